import { limits } from '../../limits.js';
import type { Decoder, Leaf } from '../decoder.js';
import { parameterOf } from '../node.js';
import { member, named, Repeats } from '../path.js';
import { fromBase64, fromQuotedPrintable } from '../radix.js';

/** RFC 2046 section 5.1.1: at most 70 characters. Undeclared, the first line of the body is the boundary. */
function boundaryOf(contentType: string, bytes: Buffer): string {
  const declared = parameterOf(contentType, 'boundary');
  if (declared !== '' || bytes[0] !== 0x2d || bytes[1] !== 0x2d) return declared;
  const end = bytes.subarray(0, 80).indexOf('\r\n');
  const line = end < 3 ? '' : bytes.toString('latin1', 2, end);
  return /^[\w'()+,\-./:=? ]{3,70}$/.test(line) && bytes.includes('ontent-', end) ? line : '';
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

/**
 * `multipart/form-data` and its relatives (RFC 7578), on bytes and in one pass. A parser for streams does not fit: the body is
 * here, and the answer must not depend on when chunks arrive.
 */
export const decoder: Decoder = {
  id: 'multipart',
  order: 10,
  mark: { whole: '.multipart', nested: '|multipart' },
  mime: (mime) => mime.startsWith('multipart/'),
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
    let at = bytes.indexOf(mark);
    for (let count = 0; at >= 0; count++) {
      const lineEnd = bytes.indexOf('\n', at + mark.length);
      if (lineEnd < 0 || bytes.toString('latin1', at + mark.length, at + mark.length + 2) === '--') break;
      if (count >= limits.multipartParts) {
        work.hit(root, 'multipartParts');
        break;
      }
      const next = bytes.indexOf(mark, lineEnd);
      const end = next < 0 ? bytes.length : next - (bytes[next - 2] === 0x0d ? 2 : 1);
      let head = bytes.subarray(lineEnd + 1, Math.min(end, lineEnd + limits.partHead)).indexOf('\r\n\r\n');
      let gap = 4;
      if (head < 0) {
        head = bytes.subarray(lineEnd + 1, Math.min(end, lineEnd + limits.partHead)).indexOf('\n\n');
        gap = 2;
      }
      if (head >= 0) {
        const headers = headersOf(bytes.toString('latin1', lineEnd + 1, lineEnd + 1 + head));
        const disposition = headers.get('content-disposition') ?? '';
        const name = nameText(parameterOf(disposition, 'name'));
        const file = nameText(parameterOf(disposition, 'filename'));
        const path = repeats.path(root, name);
        let content = bytes.subarray(lineEnd + 1 + head + gap, Math.max(end, lineEnd + 1 + head + gap));
        let step: string | null = null;
        const transfer = headers.get('content-transfer-encoding')?.toLowerCase() ?? '';
        if (transfer === 'base64') {
          const plain = fromBase64(content.toString('latin1').trim());
          if (plain !== null) {
            content = Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength);
            step = 'base64';
          }
        } else if (transfer === 'quoted-printable') {
          content = fromQuotedPrintable(content.toString('latin1'));
          step = 'quoted-printable';
        }
        const own = name === '' ? keys : named(keys, name);
        leaves.push({
          path,
          keys: own,
          value: '',
          kind: 'binary',
          group,
          bytes: content,
          step,
          layer: step !== null,
          contentType: headers.get('content-type') ?? '',
        });
        if (file !== '') {
          leaves.push({ path: member(path, 'filename'), keys: named(own, 'filename'), value: file, kind: 'string', group });
        }
      } else if (end - lineEnd > limits.partHead) work.hit(root, 'partHead');
      at = next;
    }
    return leaves.length === 0 ? null : { leaves };
  },
};
