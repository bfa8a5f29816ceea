import { limits } from '../../limits.js';
import { OPAQUE_SHAPE } from '../../model/field.js';
import type { Leaf, Source, UnreadPart } from '../decoder.js';
import { lineLeaves } from '../labelled.js';
import { element, member, named } from '../path.js';
import { PdfFile, type PdfStream } from './file.js';
import type { Font } from './font.js';
import { settleFurniture } from './furniture.js';
import { PageText } from './page-text.js';
import { pagesOf } from './pages.js';
import { isDictionary, nameOf, type PdfDictionary } from './syntax.js';
import { textString } from './text-string.js';

/** Share of a page that a picture fills, from which on it is the page: a scan, a photograph of a document. */
const PICTURE_SHARE = 0.5;
/** What a document says of itself (ISO 32000-1, table 317). */
const INFO = ['Author', 'Creator', 'Producer', 'CreationDate', 'ModDate'];
/** The programs that made it, of which browsers say what they say on the web, the device included: that is no device which sends it. Known values are searched there. */
const MAKERS = new Set(['Creator', 'Producer']);
/** Names under which objects keep what somebody wrote: notes, links, bookmarks, names of attached files, descriptions of pictures. */
const WRITTEN = ['Contents', 'URI', 'Title', 'UF', 'F', 'Alt', 'RC'];
const EXIF = 'Exif\0\0';

/** Reads one document. */
class Document {
  readonly leaves: Leaf[] = [];
  readonly unread: UnreadPart[] = [];
  /** Every two lines of a page as one: a number or an address may be broken at the end of a line. */
  readonly joined: Leaf[] = [];
  /** Pages whose content was there. */
  pages = 0;
  readonly #source: Source;
  readonly #file: PdfFile;
  readonly #fonts = new Map<PdfDictionary, Font>();
  readonly #pictures = new Set<PdfStream>();

  constructor(bytes: Buffer, source: Source) {
    this.#source = source;
    this.#file = new PdfFile(bytes, source.work, source.root);
  }

  read(): void {
    const { root } = this.#source;
    for (const [number, value] of this.#file.objects) if (isDictionary(value)) this.#object(number, value);
    for (const [index, page] of pagesOf(this.#file).entries()) {
      if (page.contents.length > 0) this.pages++;
      const path = element(`${root}.page`, index);
      this.#page(path, page.contents, page.resources, page.area);
    }
    for (const picture of this.#pictures) this.#photograph(picture);
    settleFurniture(this.#file);
    this.#drawings();
    for (const stream of [...this.#file.streams.values(), ...this.#file.replaced])
      if (!this.#file.settled.has(stream) && (stream.raw.length > 0 || stream.isCut))
        this.#tell(element(`${root}.object`, stream.number), stream.raw, 'unreadPart');
  }

  #tell(path: string, bytes: Uint8Array, shape: keyof typeof OPAQUE_SHAPE): void {
    if (this.unread.length < limits.decodeHits) this.unread.push({ path, bytes, shape: [OPAQUE_SHAPE[shape], 'pdf'] });
  }

  #text(path: string, name: string, value: string, group: number): void {
    const { keys, work } = this.#source;
    if (value !== '' && this.leaves.length <= work.fieldsLeft)
      this.leaves.push({ path, keys: named(keys, name), value, kind: 'string', group });
  }

  /** What an object says by itself, whatever page it belongs to. */
  #object(number: number, dictionary: PdfDictionary): void {
    const { root, keys, work } = this.#source;
    const file = this.#file;
    const stream = file.streams.get(number);
    const type = nameOf(file.get(dictionary.get('Type')));
    if (stream !== undefined) {
      if (type === 'Metadata') this.#content(`${root}.metadata`, 'metadata', stream, 'application/xml');
      else if (type === 'EmbeddedFile') this.#content(element(`${root}.file`, number), 'file', stream, '');
      return;
    }
    const group = work.group();
    if (type === '' && INFO.some((name) => dictionary.has(name))) {
      for (const [name, value] of dictionary) {
        const text = file.text(value);
        if (text === null) continue;
        const path = member(`${root}.info`, name);
        const bytes = Buffer.from(textString(text));
        if (!MAKERS.has(name)) this.#text(path, name, textString(text), group);
        else this.leaves.push({ path, keys: named(keys, name), value: '', kind: 'binary', group, bytes, layer: true, closed: true });
      }
      return;
    }
    if (dictionary.has('V')) this.#field(dictionary, group);
    const actions = [dictionary, file.dictionary(dictionary.get('A'))];
    for (const name of WRITTEN)
      for (const each of actions) {
        const text = file.text(each?.get(name));
        if (text !== null) this.#text(member(element(`${root}.object`, number), name), name, textString(text), group);
      }
    // Whoever wrote a note stands in its title (12.5.6.2); that of a field is the field's name.
    const author = dictionary.has('Contents') && !dictionary.has('FT') ? file.text(dictionary.get('T')) : null;
    if (author !== null) this.#text(member(element(`${root}.object`, number), 'T'), 'T', textString(author), group);
    for (const value of file.stream(dictionary.get('XFA')) === null ? file.list(dictionary.get('XFA')) : [dictionary.get('XFA')]) {
      const part = file.stream(value);
      if (part !== null) this.#content(element(`${root}.xfa`, part.number), 'xfa', part, 'application/xml');
    }
  }

  /** What was filled in: the value of a field, under its whole name (12.7.3). */
  #field(dictionary: PdfDictionary, group: number): void {
    const file = this.#file;
    const names: string[] = [];
    let at: PdfDictionary | null = dictionary;
    for (let up = 0; at !== null && up < limits.structDepth; up++) {
      const name = file.text(at.get('T'));
      if (name !== null) names.unshift(textString(name));
      at = file.dictionary(at.get('Parent'));
    }
    if (names.length === 0) return;
    const path = member(`${this.#source.root}.form`, names.join('.'));
    const given = dictionary.get('V');
    const stream = file.stream(given);
    for (const each of Array.isArray(file.get(given)) ? file.list(given) : [given]) {
      const text = file.text(each);
      const value = text === null ? nameOf(file.get(each)) : textString(text);
      this.#text(path, names.at(-1) ?? '', value, group);
    }
    if (stream !== null) this.#content(path, names.at(-1) ?? '', stream, '');
  }

  /** A stream that is a document of its own. */
  #content(path: string, name: string, stream: PdfStream, contentType: string): void {
    const { keys, work } = this.#source;
    const bytes = this.#file.content(stream);
    if (bytes === null || this.leaves.length > work.fieldsLeft) return;
    this.leaves.push({
      path,
      keys: named(keys, name),
      value: '',
      kind: 'binary',
      group: work.group(),
      bytes,
      contentType,
      layer: true,
      frame: true,
    });
  }

  #page(path: string, contents: readonly PdfStream[], resources: PdfDictionary | null, area: number): void {
    const file = this.#file;
    const page = this.#reader();
    const pieces: Buffer[] = [];
    let size = 0;
    for (const stream of contents) {
      const bytes = file.content(stream);
      if (bytes === null) {
        page.isCut = true;
        continue;
      }
      size += bytes.length + 1;
      if (size > limits.decodeInflated) {
        this.#source.work.hit(path, 'decodeInflated');
        break;
      }
      pieces.push(bytes, Buffer.from('\n'));
    }
    const whole = Buffer.concat(pieces);
    page.run(whole, resources);
    this.#lines(page, path, whole);
    for (const picture of page.pictures) {
      this.#pictures.add(picture);
      file.settled.add(picture);
    }
    // Characters may be drawn as lines and areas, too.
    const isPicture = page.pictured >= area * PICTURE_SHARE || (page.isDrawn && page.lines.length === 0);
    if (isPicture) this.#tell(`${path}.picture`, page.pictures[0]?.raw ?? whole, 'picture');
  }

  #reader(): PageText {
    return new PageText(this.#file, this.#source.work, this.#source.root, this.#fonts);
  }

  #lines(page: PageText, path: string, content: Buffer): void {
    // One by one: a page may have more lines than a call may have arguments.
    for (const leaf of lineLeaves(page.lines, `${path}.text`, 'page', this.#source))
      if (this.leaves.length <= this.#source.work.fieldsLeft) this.leaves.push(leaf);
    const value = page.lines.map((line, at) => `${line}${page.lines[at + 1] ?? ''}`).join('\n');
    if (page.lines.length > 1)
      this.joined.push({ path: `${path}.text`, keys: this.#source.keys, value, kind: 'string', group: 0, bytes: Buffer.from(value) });
    if (page.lost > 0) this.#tell(`${path}.characters`, content, 'unmapped');
    if (page.isCut) this.#tell(`${path}.part`, content, 'unreadPart');
  }

  /** What is drawn, and not by a page itself: how a note or a filled-in field looks, patterns. */
  #drawings(): void {
    const file = this.#file;
    for (const stream of file.streams.values()) {
      const { dictionary } = stream;
      const isForm = nameOf(file.get(dictionary.get('Subtype'))) === 'Form';
      if (file.settled.has(stream) || (!isForm && file.get(dictionary.get('PatternType')) !== 1)) continue;
      const bytes = file.content(stream);
      if (bytes === null) continue;
      const drawing = this.#reader();
      drawing.run(bytes, file.dictionary(dictionary.get('Resources')));
      this.#lines(drawing, element(`${this.#source.root}.object`, stream.number), bytes);
    }
  }

  /** Where and with what a photograph was taken; the picture itself is part of the page. */
  #photograph(stream: PdfStream): void {
    if (nameOf(this.#file.get(stream.dictionary.get('Filter'))) !== 'DCTDecode' || !stream.raw.includes(EXIF, 0, 'latin1')) return;
    const { root, keys, work } = this.#source;
    const path = element(`${root}.picture`, stream.number);
    this.leaves.push({
      path,
      keys: named(keys, 'picture'),
      value: '',
      kind: 'binary',
      group: work.group(),
      bytes: stream.raw,
      within: true,
    });
  }
}

/** What there is in a PDF: values, parts that could not be read, and how many pages have a content. */
export function readPdf(bytes: Buffer, source: Source): Pick<Document, 'leaves' | 'unread' | 'joined' | 'pages'> {
  const document = new Document(bytes, source);
  document.read();
  return document;
}
