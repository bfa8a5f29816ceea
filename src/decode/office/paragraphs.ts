import { limits } from '../../limits.js';
import { scanXml, type XmlSink } from '../xml.js';

/** Elements that make a paragraph (`w:p`, `a:p`, `text:p`, `text:h`), hold the whole text of a comment in a sheet, name who wrote it, or hold a value of a chart (`c:v`). */
const PARAGRAPHS = new Set(['p', 'h', 'text', 'author', 'v']);
/** Elements that part words or lines and hold no text. */
const SPACES = new Set(['tab', 's', 'noBreakHyphen']);
const BREAKS = new Set(['br', 'cr', 'line-break']);
/** Elements of which the text is none of the document's: codes of fields, and what was set for a picture that cannot be shown. */
const SILENT = new Set(['instrText', 'delInstrText', 'Fallback']);

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Puts together what stands in one paragraph, however many elements it is cut into; one may stand in another, as a frame of text does. */
class Paragraphs implements XmlSink {
  readonly lines: string[] = [];
  readonly #open: string[] = [];
  readonly #names: string[] = [];
  #silent = 0;

  open(full: string, _attributes: unknown, empty: boolean): boolean {
    const name = localName(full);
    if (BREAKS.has(name)) this.#add('\n');
    else if (SPACES.has(name)) this.#add(' ');
    if (empty) return true;
    if (this.#names.length >= limits.jsonDepth) return false;
    this.#names.push(name);
    if (PARAGRAPHS.has(name)) this.#open.push('');
    if (SILENT.has(name)) this.#silent++;
    return true;
  }

  text(value: string): void {
    if (this.#silent === 0) this.#add(value);
  }

  close(): void {
    const name = this.#names.pop() ?? '';
    if (SILENT.has(name)) this.#silent--;
    if (PARAGRAPHS.has(name)) this.#flush(this.#open.pop() ?? '');
  }

  end(): void {
    while (this.#open.length > 0) this.#flush(this.#open.pop() ?? '');
  }

  #add(text: string): void {
    const last = this.#open.length - 1;
    if (last >= 0) this.#open[last] += text;
  }

  #flush(paragraph: string): void {
    for (const line of paragraph.split('\n')) {
      const text = line.replace(/\s+/g, ' ').trim();
      if (text !== '') this.lines.push(text);
    }
  }
}

/** The lines of text of a part of a document, in its order, and whether it could be read to its end. @param xml of Word, PowerPoint or OpenDocument. */
export function paragraphsOf(xml: string): { readonly lines: readonly string[]; readonly isWhole: boolean } {
  const paragraphs = new Paragraphs();
  const end = scanXml(xml, paragraphs);
  paragraphs.end();
  return { lines: paragraphs.lines, isWhole: end >= xml.length };
}
