import { limits } from '../../limits.js';
import type { Work } from '../work.js';
import type { PdfFile, PdfStream } from './file.js';
import { type Font, readFont } from './font.js';
import { Lines, type Spot } from './lines.js';
import { isDictionary, nameOf, type PdfDictionary, PdfReader, PdfRef, type PdfValue, PdfWord } from './syntax.js';
import { plainText, textString } from './text-string.js';

/** `[a b c d e f]`: x' = a x + c y + e, y' = b x + d y + f (ISO 32000-1, 8.3.3). */
type Matrix = readonly [number, number, number, number, number, number];
const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** `first`, and then `second`. */
function product(first: Matrix, second: Matrix): Matrix {
  const [a, b, c, d, e, f] = first;
  const [g, h, i, j, k, l] = second;
  return [a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l];
}

function numberOf(value: PdfValue | undefined): number {
  return typeof value === 'number' ? value : 0;
}

function matrixOf(values: readonly PdfValue[]): Matrix {
  const at = (index: number) => numberOf(values[index]);
  return values.length < 6 ? IDENTITY : [at(0), at(1), at(2), at(3), at(4), at(5)];
}

/** The part of the graphics state that says where text stands (9.3). */
interface State {
  ctm: Matrix;
  font: Font | null;
  size: number;
  charSpace: number;
  wordSpace: number;
  scale: number;
  leading: number;
}

/** Operators that paint (tables 60, 77). */
const PAINTS = new Set(['f', 'F', 'f*', 'B', 'B*', 'b', 'b*', 'S', 's', 'sh']);

/** All the others that read no text (table 51), which are passed over. */
const OTHERS = new Set(
  'BX CS DP EI ET EX G J K M MP RG SC SCN Tr Ts W W* c cs d d0 d1 g gs h i j k l m n re rg ri sc scn v w y q Q BI'.split(' '),
);

/** What reading a byte of a page costs, in bytes read. */
const BYTE_COST = 16;
/** What showing a byte of text costs besides, as it is a character with its place: half a microsecond and more. A dense page has 3,000. */
const CHARACTER_COST = 128;
/** Of that, what is counted in one: asking has a price of its own. */
const MOST_OWED = 65_536;
/** What running a form costs by itself, however short it is: three microseconds. Pages have some ten. */
const FORM_COST = 512;
/** Operands of one operator: a path has six, a list of characters is one. */
const MOST_OPERANDS = 64;
/** States that are remembered in one another. */
const MOST_STATES = 64;

/** The text that one page shows (9.4), and what of it nobody can read. */
export class PageText {
  readonly #file: PdfFile;
  readonly #work: Work;
  readonly #path: string;
  readonly #fonts: Map<PdfDictionary, Font>;
  readonly #lines = new Lines();
  /** Characters that are shown and stand for nobody knows what. */
  lost = 0;
  /** Area of the pictures on the page, in the units of its size. */
  pictured = 0;
  /** Pictures that it shows, in order. */
  readonly pictures: PdfStream[] = [];
  /** Something is painted: pictures, and lines of which characters may be made. */
  isDrawn = false;
  /** Some of what it shows could not be read at all. */
  isCut = false;
  #state: State = { ctm: IDENTITY, font: null, size: 0, charSpace: 0, wordSpace: 0, scale: 1, leading: 0 };
  #tm: Matrix = IDENTITY;
  #line: Matrix = IDENTITY;
  /** What a stretch of the page says that it reads as, until it has been said; '' from then on; null: nothing. */
  #actual: string | null = null;
  #marks: boolean[] = [];
  /** Bytes of text that were shown and not counted yet. */
  #shown = 0;

  /** @param fonts those of the file that have been read. */
  constructor(file: PdfFile, work: Work, path: string, fonts: Map<PdfDictionary, Font>) {
    this.#file = file;
    this.#work = work;
    this.#path = path;
    this.#fonts = fonts;
  }

  /** The lines that have been shown. */
  get lines(): readonly string[] {
    this.#lines.flush();
    return this.#lines.done;
  }

  /**
   * Runs what a page or a form shows.
   * @param resources where it finds its fonts and forms. @param depth forms around it.
   */
  run(content: Buffer, resources: PdfDictionary | null, depth = 0): void {
    if (!this.#work.read(content.length * BYTE_COST, this.#path)) {
      this.isCut = true;
      return;
    }
    const states: State[] = [];
    const reader = new PdfReader(content);
    let operands: PdfValue[] = [];
    for (let value = reader.next(); value !== undefined; value = reader.next()) {
      if (!(value instanceof PdfWord)) {
        if (operands.length < MOST_OPERANDS) operands.push(value);
        continue;
      }
      const { word } = value;
      if (word === 'q' && states.length < MOST_STATES) states.push({ ...this.#state });
      else if (word === 'Q') this.#state = states.pop() ?? this.#state;
      else if (word === 'Do') this.#draw(nameOf(operands[0]), resources, depth);
      else if (PAINTS.has(word)) this.isDrawn = true;
      else if (word === 'Tf') this.#setFont(operands, resources);
      else if (word === 'BDC' || word === 'BMC') this.#mark(operands[1], resources);
      else if (word === 'ID') {
        this.#measure();
        skipPicture(reader, content);
      } else this.#operate(word, operands);
      operands = [];
    }
    this.#pay();
    if (reader.isSpent) this.isCut = true;
    this.#state = states[0] ?? this.#state;
  }

  #operate(word: string, operands: readonly PdfValue[]): void {
    const state = this.#state;
    const first = numberOf(operands[0]);
    if (word === 'cm') state.ctm = product(matrixOf(operands), state.ctm);
    else if (word === 'BT') this.#moveTo(IDENTITY);
    else if (word === 'Tm') this.#moveTo(matrixOf(operands));
    else if (word === 'Td') this.#move(first, numberOf(operands[1]));
    else if (word === 'TD') {
      state.leading = -numberOf(operands[1]);
      this.#move(first, numberOf(operands[1]));
    } else if (word === 'T*') this.#move(0, -state.leading);
    else if (word === 'TL') state.leading = first;
    else if (word === 'Tc') state.charSpace = first;
    else if (word === 'Tw') state.wordSpace = first;
    else if (word === 'Tz') state.scale = first / 100;
    else if (word === 'EMC') {
      if (this.#marks.pop() === true) this.#actual = null;
    } else if (word === 'Tj') this.#show(operands[0]);
    else if (word === 'TJ') for (const piece of this.#file.list(operands[0])) this.#show(piece);
    else if (word === "'" || word === '"') {
      if (word === '"') [state.wordSpace, state.charSpace] = [first, numberOf(operands[1])];
      this.#move(0, -state.leading);
      this.#show(operands.at(-1));
    } else if (!OTHERS.has(word)) this.isCut = true;
  }

  #moveTo(matrix: Matrix): void {
    this.#tm = matrix;
    this.#line = matrix;
  }

  #move(x: number, y: number): void {
    this.#moveTo(product([1, 0, 0, 1, x, y], this.#line));
  }

  #setFont(operands: readonly PdfValue[], resources: PdfDictionary | null): void {
    const file = this.#file;
    const dictionary = file.dictionary(file.dictionary(resources?.get('Font'))?.get(nameOf(operands[0])));
    this.#state.size = numberOf(operands[1]);
    this.#state.font = dictionary === null ? null : (this.#fonts.get(dictionary) ?? readFont(file, dictionary, this.#work, this.#path));
    if (dictionary !== null && this.#state.font !== null) this.#fonts.set(dictionary, this.#state.font);
  }

  /** A marked stretch (14.9.4) may say what it reads as. */
  #mark(properties: PdfValue | undefined, resources: PdfDictionary | null): void {
    const file = this.#file;
    const dictionary = isDictionary(properties)
      ? properties
      : file.dictionary(file.dictionary(resources?.get('Properties'))?.get(nameOf(properties)));
    const actual = file.get(dictionary?.get('ActualText'));
    const isActual = Buffer.isBuffer(actual) && this.#actual === null && this.#owe(actual.length);
    if (isActual) this.#actual = textString(actual);
    if (this.#marks.length < limits.jsonDepth) this.#marks.push(isActual);
  }

  /** A string is shown, a number moves back by thousandths of the size. */
  #show(piece: PdfValue | undefined): void {
    const { font, size, charSpace, wordSpace, scale } = this.#state;
    if (typeof piece === 'number') this.#advance((-piece / 1_000) * size, font?.isVertical === true);
    if (!Buffer.isBuffer(piece)) return;
    if (font === null) {
      this.lost += piece.length;
      return;
    }
    if (!this.#owe(piece.length)) return;
    const { isVertical } = font;
    const matrix = product(this.#tm, this.#state.ctm);
    const run = this.#direction(matrix, isVertical);
    const [a, b, c, d] = matrix;
    let [, , , , x, y] = matrix;
    let distance = 0;
    for (const { text, width, isSpace } of font.glyphs(piece)) {
      const read = this.#actual ?? text;
      if (this.#actual !== null) this.#actual = '';
      if (read === null) this.lost++;
      const spacing = charSpace + (isSpace ? wordSpace : 0);
      const extent = isVertical ? -size - spacing : (width / 1_000) * size + spacing;
      const start = { x, y, ...run };
      const across = isVertical ? 0 : extent * scale;
      const down = isVertical ? extent : 0;
      x += across * a + down * c;
      y += across * b + down * d;
      distance += extent;
      // Spacing belongs to the characters: a gap is what the page leaves between them beyond it.
      this.#lines.show(read === null ? '\ufffd' : plainText(read), start, { x, y });
    }
    this.#advance(distance, isVertical);
  }

  /** So much text is about to be shown. False: the budget is spent. */
  #owe(bytes: number): boolean {
    this.#shown += bytes;
    return this.#shown * CHARACTER_COST <= MOST_OWED || this.#pay();
  }

  /** Counts what has been shown since. False: the budget is spent. */
  #pay(): boolean {
    const owed = this.#shown * CHARACTER_COST;
    this.#shown = 0;
    if (owed === 0 || this.#work.read(owed, this.#path)) return true;
    this.isCut = true;
    return false;
  }

  #advance(distance: number, isVertical: boolean): void {
    this.#tm = product([1, 0, 0, 1, isVertical ? 0 : distance * this.#state.scale, isVertical ? distance : 0], this.#tm);
  }

  /** How text runs on the page, and how high its characters are there. */
  #direction([a, b, c, d]: Matrix, isVertical: boolean): Pick<Spot, 'dx' | 'dy' | 'size'> {
    const [dx, dy] = isVertical ? [-c, -d] : [a, b];
    const length = Math.hypot(dx, dy) || 1;
    return { dx: dx / length, dy: dy / length, size: Math.abs(this.#state.size) * (Math.hypot(c, d) || 1) };
  }

  /** A picture fills the unit square (8.9.5.1). */
  #measure(): void {
    const [a, b, c, d] = this.#state.ctm;
    this.pictured += Math.abs(a * d - b * c);
    this.isDrawn = true;
  }

  /** A form is run where it stands, a picture is measured. */
  #draw(name: string, resources: PdfDictionary | null, depth: number): void {
    const file = this.#file;
    const target = file.dictionary(resources?.get('XObject'))?.get(name);
    const stream = file.stream(target);
    if (stream === null) {
      if (target instanceof PdfRef) this.isCut = true;
      return;
    }
    const { dictionary } = stream;
    if (nameOf(file.get(dictionary.get('Subtype'))) === 'Image') {
      this.#measure();
      if (!this.pictures.includes(stream)) this.pictures.push(stream);
      return;
    }
    if (depth >= limits.decodeDepth) {
      this.#work.hit(this.#path, 'decodeDepth');
      this.isCut = true;
      return;
    }
    const content = file.content(stream);
    if (content === null || !this.#work.read(FORM_COST, this.#path)) {
      this.isCut = true;
      return;
    }
    const [state, tm, line] = [{ ...this.#state }, this.#tm, this.#line];
    this.#state.ctm = product(matrixOf(file.list(dictionary.get('Matrix'))), state.ctm);
    this.run(content, file.dictionary(dictionary.get('Resources')) ?? resources, depth + 1);
    [this.#state, this.#tm, this.#line] = [state, tm, line];
  }
}

/** A picture within the page (8.9.7): its bytes are none of the page's operators. */
function skipPicture(reader: PdfReader, content: Buffer): void {
  let end = content.indexOf('EI', reader.at, 'latin1');
  while (end >= 0 && !/^\sEI(?:\s|$)/.test(content.toString('latin1', end - 1, end + 3))) end = content.indexOf('EI', end + 2, 'latin1');
  reader.at = end < 0 ? content.length : end + 2;
}
