import type { Leaf, Source } from '../decoder.js';
import { member, named } from '../path.js';
import { scanXml, type XmlAttribute, type XmlSink } from '../xml.js';

interface Cell {
  /** `B2`. */
  readonly place: string;
  readonly text: string;
  readonly isText: boolean;
}

/** What a character of a cell costs, in bytes read: any number of cells may share one long text, and each is looked at. */
const CHARACTER_COST = 16;

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** The texts that the cells of all sheets share, each in one piece (ECMA-376 part 1, 18.4.8): a text with one bold word is three. What it sounds like is not part of it. */
export function sharedStrings(xml: string): readonly string[] {
  const texts: string[] = [];
  let text = '';
  let sounds = 0;
  const sink: XmlSink = {
    open(name, _attributes, empty) {
      if (localName(name) === 'si') text = '';
      if (localName(name) === 'rPh' && !empty) sounds++;
      return true;
    },
    text(value) {
      if (sounds === 0) text += value;
    },
    close(name) {
      if (localName(name) === 'rPh') sounds--;
      if (localName(name) === 'si') texts.push(text.trim());
    },
  };
  scanXml(xml, sink);
  return texts;
}

/** Rows of cells (18.3.1.4). */
class Rows implements XmlSink {
  readonly rows: Cell[][] = [];
  readonly #strings: readonly string[];
  #place = '';
  #type = '';
  #text = '';
  #isValue = false;

  constructor(strings: readonly string[]) {
    this.#strings = strings;
  }

  open(full: string, attributes: readonly XmlAttribute[], empty: boolean): boolean {
    const name = localName(full);
    const of = (wanted: string) => attributes.find((each) => each.name === wanted)?.value ?? '';
    if (name === 'row') this.rows.push([]);
    if (name === 'c') [this.#place, this.#type, this.#text] = [of('r'), of('t'), ''];
    this.#isValue = !empty && (name === 'v' || name === 't');
    return true;
  }

  text(value: string): void {
    if (this.#isValue) this.#text += value;
  }

  close(full: string): void {
    const name = localName(full);
    if (name === 'v' || name === 't') this.#isValue = false;
    if (name !== 'c') return;
    const text = this.#type === 's' ? (this.#strings[Number(this.#text)] ?? '') : this.#text.trim();
    const place = /^[A-Z]{1,3}\d{1,7}$/.test(this.#place) ? this.#place : `cell${(this.rows.at(-1)?.length ?? 0) + 1}`;
    if (text !== '') this.rows.at(-1)?.push({ place, text, isText: /^(?:s|str|inlineStr)$/.test(this.#type) });
  }
}

function columnOf({ place }: Cell): string {
  return place.replace(/\d+$/, '');
}

/**
 * The cells of a sheet, those of one row as neighbours. Where the first row is all text and others follow, it holds the names of the columns.
 * @param strings see `sharedStrings`. @returns them, and whether the sheet could be read to its end.
 */
export function cellLeaves(
  xml: string,
  strings: readonly string[],
  path: string,
  { keys, work }: Pick<Source, 'keys' | 'work'>,
): { readonly leaves: readonly Leaf[]; readonly isWhole: boolean } {
  const sheet = new Rows(strings);
  const isWhole = scanXml(xml, sheet) >= xml.length;
  const rows = sheet.rows.filter((row) => row.length > 0);
  const head = rows[0] ?? [];
  const isHead = rows.length > 1 && head.length > 1 && head.every(({ isText, text }) => isText && !/\d{4}/.test(text));
  const names = new Map(isHead ? head.map((cell) => [columnOf(cell), cell.text]) : []);
  const leaves: Leaf[] = [];
  for (const row of rows) {
    const group = work.group();
    for (const cell of row) {
      if (leaves.length > work.fieldsLeft || !work.read(cell.text.length * CHARACTER_COST, path)) return { leaves, isWhole };
      const own = row === head ? undefined : names.get(columnOf(cell));
      const kind = cell.isText ? 'string' : 'number';
      leaves.push({ path: member(path, cell.place), keys: own === undefined ? keys : named(keys, own), value: cell.text, kind, group });
    }
  }
  return { leaves, isWhole };
}
