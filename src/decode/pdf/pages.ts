import { limits } from '../../limits.js';
import type { PdfFile, PdfStream } from './file.js';
import { nameOf, type PdfDictionary, type PdfValue } from './syntax.js';

/** A page with what it has from those above it. */
export interface Page {
  readonly contents: readonly PdfStream[];
  readonly resources: PdfDictionary | null;
  /** Of the paper, in the units of the page. */
  readonly area: number;
}

/** A sheet of US letter, where no size is given. */
const LETTER = 612 * 792;

function areaOf(box: readonly PdfValue[]): number {
  const [left = 0, bottom = 0, right = 0, top = 0] = box.map((side) => (typeof side === 'number' ? side : 0));
  return Math.abs((right - left) * (top - bottom)) || LETTER;
}

/**
 * The pages in their order (ISO 32000-1, 7.7.3), and behind them those that the tree of pages does not lead to: the tree may be lost, and whoever takes a page out leaves it in
 * the file. Each is given once, whatever ring the tree is.
 */
export function pagesOf(file: PdfFile): readonly Page[] {
  const pages: Page[] = [];
  const seen = new Set<PdfDictionary>();
  const inherited = (page: PdfDictionary, name: string): PdfValue => {
    let at: PdfDictionary | null = page;
    for (let up = 0; at !== null && up < limits.structDepth; up++) {
      const value = file.get(at.get(name));
      if (value !== null) return value;
      at = file.dictionary(at.get('Parent'));
    }
    return null;
  };
  const add = (page: PdfDictionary) => {
    const contents = page.get('Contents');
    const listed = file.stream(contents) === null ? file.list(contents) : [contents];
    const area = areaOf(file.list(inherited(page, 'MediaBox')).map(file.get));
    const streams = listed.map((each) => file.stream(each)).filter((stream) => stream !== null);
    pages.push({ contents: streams, resources: file.dictionary(inherited(page, 'Resources')), area });
  };
  const visit = (node: PdfDictionary | null, depth: number) => {
    if (node === null || seen.has(node) || depth > limits.structDepth) return;
    seen.add(node);
    if (node.has('Kids')) for (const kid of file.list(node.get('Kids'))) visit(file.dictionary(kid), depth + 1);
    else if (nameOf(file.get(node.get('Type'))) === 'Page' || node.has('Contents')) add(node);
  };
  const typed = (type: string) =>
    [...file.objects.values()].map((value) => file.dictionary(value)).filter((each) => nameOf(each?.get('Type')) === type);
  for (const catalog of typed('Catalog')) visit(file.dictionary(catalog?.get('Pages')), 0);
  for (const page of typed('Page')) visit(page, 0);
  return pages;
}
