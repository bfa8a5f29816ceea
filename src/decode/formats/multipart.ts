import { limits } from '../../limits.js';
import type { Decoder, Leaf } from '../decoder.js';
import { parameterOf } from '../node.js';
import { member, named, Repeats } from '../path.js';
import { unescapePercent } from '../percent.js';
import { fromBase64, fromQuotedPrintable } from '../radix.js';

/** RFC 2046 section 5.1.1: at most 70 characters. Undeclared, or declared another than the body has, the first line of the body is the boundary. */
function boundaryOf(contentType: string, bytes: Buffer): string {
  const declared = parameterOf(contentType, 'boundary');
  if (bytes[0] !== 0x2d || bytes[1] !== 0x2d || (declared !== '' && bytes.includes(`--${declared}`))) return declared;
  const end = bytes.subarray(0, 80).indexOf('\n');
  const line = end < 3 ? '' : bytes.toString('latin1', 2, end).trimEnd();
  return /^[\w'()+,\-./:=? ]{3,70}$/.test(line) && bytes.includes('ontent-', end) ? line : declared;
}

function headersOf(block: string): Map<string, string> {
  const headers = new Map<string, string>();
  // A line that begins with a blank goes on with the one before (RFC 5322 section 2.2.3).
  for (const line of block.replace(/\r?\n[ \t]+/g, ' ').split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return headers;
}

/** File and field names are UTF-8 in practice (WHATWG HTML section 4.10.21.8), whatever RFC 2047 had in mind. */
function nameText(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8');
}

/** A parameter as RFC 8187 writes it: `UTF-8''%e6%97%a5.txt`; '' where it is absent. */
function extendedOf(header: string, name: string): string {
  const [charset = '', , ...value] = parameterOf(header, `${name}*`).split("'");
  return unescapePercent(value.join("'"), false, charset.toLowerCase()).text;
}

/** What headers of a part say of its form and not of anybody; a Content-ID looks like an e-mail address (RFC 2392). */
const FORMAL = new Set(
  'content-disposition content-type content-transfer-encoding content-encoding content-length content-id content-language mime-version'.split(
    ' ',
  ),
);

interface Delimiter {
  readonly at: number;
  /** Where the line ends. */
  readonly end: number;
  readonly isLast: boolean;
}

/** The next line that is nothing but the boundary (RFC 2046 section 5.1.1): a value may hold the same characters, and an inner boundary begin with them. */
function delimiterFrom(bytes: Buffer, mark: Buffer, from: number): Delimiter | null {
  for (let at = bytes.indexOf(mark, from); at >= 0; at = bytes.indexOf(mark, at + 1)) {
    if (at > 0 && bytes[at - 1] !== 0x0a) continue;
    let end = at + mark.length;
    const isLast = bytes[end] === 0x2d && bytes[end + 1] === 0x2d;
    if (isLast) end += 2;
    while (bytes[end] === 0x20 || bytes[end] === 0x09 || bytes[end] === 0x0d) end++;
    if (end >= bytes.length || bytes[end] === 0x0a) return { at, end, isLast };
  }
  return null;
}

/** Bytes before a line break that belongs to the delimiter behind it. */
function beforeBreak(bytes: Buffer, start: number, next: Delimiter | null): Buffer {
  if (next === null) return bytes.subarray(start);
  return bytes.subarray(start, Math.max(start, next.at - (bytes[next.at - 2] === 0x0d ? 2 : 1)));
}

/** Headers and content of a part; the headers are null where they are longer than is read. */
function splitPart(part: Buffer): { readonly headers: Map<string, string> | null; readonly content: Buffer } {
  const none = new Map<string, string>();
  const first = part[0] === 0x0d ? 1 : 0;
  if (part[first] === 0x0a) return { headers: none, content: part.subarray(first + 1) };
  const beginning = part.subarray(0, limits.partHead);
  // The one that comes first: what is inside may be written with the other.
  const gap = /\r\n\r\n|\n\n/.exec(beginning.toString('latin1'));
  if (gap !== null) return { headers: headersOf(part.toString('latin1', 0, gap.index)), content: part.subarray(gap.index + gap[0].length) };
  // Without an empty line there is nothing to tell headers from content by.
  return { headers: part.length > limits.partHead ? null : none, content: part };
}

/**
 * `multipart/form-data` and its relatives (RFC 7578), on bytes and in one pass. A parser for streams does not fit: the body is
 * here, and the answer must not depend on when chunks arrive.
 */
export const decoder: Decoder = {
  id: 'multipart',
  says: { zh: 'multipart/form-data 的各部分，按名称', en: 'parts of multipart/form-data, by name' },
  order: 10,
  mark: { whole: '.multipart', nested: '|multipart' },
  mime: (mime) => mime.startsWith('multipart/'),
  first: (byte) => byte === 0x2d,
  magic: (bytes) => bytes[0] === 0x2d && bytes[1] === 0x2d && bytes.length > 16,
  open(source) {
    const { root, keys, work } = source;
    const bytes = Buffer.from(source.bytes.buffer, source.bytes.byteOffset, source.bytes.byteLength);
    const boundary = boundaryOf(source.contentType, bytes);
    if (boundary === '') return null;
    const mark = Buffer.from(`--${boundary}`, 'latin1');
    const leaves: Leaf[] = [];
    const repeats = new Repeats();
    const group = work.group();
    /** What stands around the parts, which readers pass over (RFC 2046 section 5.1.1). */
    const around = (step: string, text: Buffer): void => {
      if (text.some((byte) => byte > 0x20)) leaves.push({ path: root, keys, value: '', kind: 'binary', group, bytes: text, step });
    };
    let line = delimiterFrom(bytes, mark, 0);
    const preamble = line === null ? null : bytes.subarray(0, line.at);
    for (let count = 0; line !== null && line.end < bytes.length && leaves.length <= work.fieldsLeft; count++) {
      if (line.isLast) {
        around('epilogue', bytes.subarray(line.end + 1));
        break;
      }
      if (count >= limits.multipartParts) {
        work.hit(root, 'multipartParts');
        break;
      }
      const next = delimiterFrom(bytes, mark, line.end);
      const part = splitPart(beforeBreak(bytes, line.end + 1, next));
      if (part.headers === null) work.hit(root, 'partHead');
      else leaves.push(...leavesOf(part.headers, part.content));
      line = next;
    }
    if (leaves.length > 0 && preamble !== null) around('preamble', preamble);
    return leaves.length === 0 ? null : { leaves };

    function leavesOf(headers: Map<string, string>, raw: Buffer): readonly Leaf[] {
      const disposition = headers.get('content-disposition') ?? '';
      const name = nameText(parameterOf(disposition, 'name')) || extendedOf(disposition, 'name');
      const path = repeats.path(root, name);
      const own = name === '' ? keys : named(keys, name);
      const { content, step } = undone(raw, headers.get('content-transfer-encoding')?.toLowerCase() ?? '');
      const contentType = headers.get('content-type') ?? '';
      const found: Leaf[] = [
        { path, keys: own, value: '', kind: 'binary', group, bytes: content, step, layer: step !== null, contentType },
      ];
      const add = (key: string, value: string, how: string | null = null): void => {
        if (value !== '') found.push({ path: member(path, key), keys: named(own, key), value, kind: 'string', group, step: how });
      };
      const file = nameText(parameterOf(disposition, 'filename'));
      const extended = extendedOf(disposition, 'filename');
      add('filename', file);
      if (extended !== file) add('filename*', extended, 'percent');
      for (const [key, value] of headers) if (!FORMAL.has(key)) add(key, nameText(value));
      return found;
    }
  },
};

/** The content with its transfer encoding (RFC 2045 section 6) undone, and the step that took. */
function undone(content: Buffer, transfer: string): { readonly content: Buffer; readonly step: string | null } {
  if (transfer === 'quoted-printable') return { content: fromQuotedPrintable(content.toString('latin1')), step: 'quoted-printable' };
  const plain = transfer === 'base64' ? fromBase64(content.toString('latin1').trim()) : null;
  if (plain === null) return { content, step: null };
  return { content: Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength), step: 'base64' };
}
