import { limits } from '../../limits.js';
import { OPAQUE_SHAPE } from '../../model/field.js';
import type { Decoder, Leaf, UnreadPart } from '../decoder.js';
import { lineLeaves } from '../labelled.js';
import { paragraphsOf } from '../office/paragraphs.js';
import { customProperties } from '../office/properties.js';
import { cellLeaves, sharedStrings } from '../office/sheets.js';
import { element, member, named } from '../path.js';
import { unzip, type ZipEntry, zipEntries } from '../zip-entries.js';

/** The parts by which a document is known: Office Open XML (ECMA-376 part 1) and OpenDocument (1.3 part 2). */
const KNOWN = /^(?:word\/document|xl\/workbook|ppt\/presentation|content)\.xml$/;
/** The part that says what the others are. */
const TYPES = ['[Content_Types].xml', 'mimetype'];
/** Parts of running text: bodies, heads and feet of pages, notes, comments, slides, and charts with the values that they were last drawn of. */
const TEXT =
  /^(?:word\/(?:document|header\d*|footer\d*|comments|footnotes|endnotes)|ppt\/(?:slides\/slide|notesSlides\/notesSlide|comments\/\w*?)\d+|xl\/(?:comments|threadedComments\/\w*?)\d+|\w+\/charts\/chart\w*|content)\.xml$/;
const SHEET = /^xl\/worksheets\/sheet\d+\.xml$/;
const STRINGS = 'xl/sharedStrings.xml';
/** What a document says of itself and of those who wrote comments, and data that stands behind it. */
const DATA = /^(?:docProps\/core|meta|customXml\/item\d+|word\/people|ppt\/(?:commentAuthors|authors)|xl\/persons\/\w+)\.xml$/;
const CUSTOM = 'docProps/custom.xml';
/** Programs in a document: a container of Microsoft's own ([MS-OVBA]), packed. */
const MACROS = /^\w+\/vbaProject\.bin$/;
/** Documents within the document. */
const EMBEDDED = /^\w+\/embeddings\//;
const PICTURE = /\.(?:jpe?g|png|gif|webp|emf|wmf|tiff?|bmp)$/i;
/** Addresses that a text links to. */
const LINKS = /\.rels$/;
const LINK = /\bTarget="((?:mailto|tel|sms):[^"]{1,500})"/g;
/** What reading a byte of XML costs, in bytes read. */
const BYTE_COST = 4;
/** In a photograph: where and with what it was taken is read, the picture itself is part of the document. */
const EXIF = 'Exif\0\0';

/**
 * Documents of word processors, sheets and slides: zip archives of XML, in which one word of a sentence may stand in several elements. Text is read by the paragraph and cells by the
 * row; styles, fonts and settings are not. Fences: entries are inflated under the message's budget, as those of any archive.
 */
export const decoder: Decoder = {
  id: 'office',
  says: {
    zh: 'Office 或 OpenDocument 文件：zip 内的 XML；text[n] 为段落，A1 式为单元格',
    en: 'Office or OpenDocument file: XML in a zip; text[n] is the paragraph, A1 the cell',
  },
  order: 7,
  first: (byte) => byte === 0x50,
  magic: (bytes) => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4,
  open(source) {
    const { work, root, keys } = source;
    const bytes = Buffer.from(source.bytes.buffer, source.bytes.byteOffset, source.bytes.byteLength);
    const entries = new Map<string, ZipEntry>();
    for (const entry of zipEntries(bytes, source.truncated) ?? []) {
      if (entries.size >= limits.zipEntries) break;
      entries.set(entry.name, entry);
    }
    if (!TYPES.some((name) => entries.has(name)) || ![...entries.keys()].some((name) => KNOWN.test(name))) return null;
    if (entries.size >= limits.zipEntries) work.hit(root, 'zipEntries');
    const leaves: Leaf[] = [];
    const unread: UnreadPart[] = [];
    const put = (list: readonly Leaf[]) => {
      for (const leaf of list) if (leaves.length <= work.fieldsLeft) leaves.push(leaf);
    };
    const tell = (path: string, part: Uint8Array, what = 'zip') => {
      if (unread.length < limits.decodeHits) unread.push({ path, bytes: part, shape: [OPAQUE_SHAPE.unreadPart, what] });
    };
    const open = (name: string): Buffer | null => {
      const entry = entries.get(name);
      const path = member(root, name);
      if (entry === undefined || entry.content.length === 0 || !work.read(entry.content.length, path)) return null;
      const inner = unzip(entry, path, work)?.bytes;
      if (inner === undefined) tell(path, entry.content);
      if (inner === undefined || !work.decoded(inner.length, path) || !work.read(inner.length * BYTE_COST, path)) return null;
      return Buffer.from(inner.buffer, inner.byteOffset, inner.byteLength);
    };
    const link = { keys: named(keys, 'link'), kind: 'string', group: work.group() } as const;
    const strings = sharedStrings(open(STRINGS)?.toString('utf8') ?? '');
    let pictures = 0;
    for (const name of entries.keys()) {
      const path = member(root, name);
      const isPicture = PICTURE.test(name);
      if (isPicture) pictures++;
      if (MACROS.test(name)) {
        tell(path, entries.get(name)!.content, 'vba');
        continue;
      }
      if (
        !(name === CUSTOM || isPicture || TEXT.test(name) || SHEET.test(name) || DATA.test(name) || EMBEDDED.test(name) || LINKS.test(name))
      )
        continue;
      const inner = open(name);
      if (inner === null) continue;
      if (TEXT.test(name)) {
        const { lines, isWhole } = paragraphsOf(inner.toString('utf8'));
        put(lineLeaves(lines, `${path}.text`, 'text', source));
        if (!isWhole) tell(path, inner);
      } else if (SHEET.test(name)) {
        const cells = cellLeaves(inner.toString('utf8'), strings, path, source);
        put(cells.leaves);
        if (!cells.isWhole) tell(path, inner);
      } else if (name === CUSTOM) {
        const { properties, isWhole } = customProperties(inner.toString('utf8'));
        const group = work.group();
        put(properties.map(({ name: own, value }) => ({ path: member(path, own), keys: named(keys, own), value, kind: 'string', group })));
        if (!isWhole) tell(path, inner);
      } else if (LINKS.test(name))
        put(linksOf(inner.toString('utf8')).map((value, at) => ({ ...link, path: element(`${path}.link`, at), value })));
      else {
        const leaf: Leaf = { path, keys: named(keys, name), value: '', kind: 'binary', group: work.group(), bytes: inner, layer: true };
        if (!isPicture) put([{ ...leaf, frame: true }]);
        else if (inner.includes(EXIF, 0, 'latin1')) put([{ ...leaf, within: true }]);
      }
    }
    if (leaves.every(({ kind }) => kind === 'binary') && pictures > 0)
      unread.push({ path: null, bytes, shape: [OPAQUE_SHAPE.picture, 'zip'] });
    return { leaves, beside: true, unread };
  },
};

function linksOf(relations: string): string[] {
  return Array.from(relations.matchAll(LINK), ([, target = '']) => target);
}
