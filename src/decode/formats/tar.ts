import { limits } from '../../limits.js';
import type { Decoder, Leaf } from '../decoder.js';
import { member, named } from '../path.js';

/** Headers and contents are filled up to so many bytes. */
const BLOCK = 512;
/** Kinds of entries that hold a file (POSIX.1-1988, `ustar`, and the old format). */
const FILES = new Set(['0', '\0', '7']);
/** Kinds that describe the entry behind them: extended headers (POSIX.1-2001) and GNU's long names. */
const DESCRIPTIONS = new Set(['x', 'g', 'L', 'K']);

/** A text field of a header, up to its first zero. */
function textAt(bytes: Buffer, at: number, size: number): string {
  return bytes
    .toString('utf8', at, at + size)
    .split('\0', 1)
    .join('');
}

/** A size in octal digits, or, of large files, in base 256 behind a set bit. -1: it is neither. */
function sizeAt(bytes: Buffer, at: number): number {
  if (bytes[at]! >= 0x80) return bytes.readUIntBE(at + 6, 6);
  const digits = textAt(bytes, at, 12).trim();
  return /^[0-7]{1,12}$/.test(digits) ? Number.parseInt(digits, 8) : -1;
}

/**
 * A tar archive, as programs upload their logs in it, mostly behind gzip: known by its magic number in the first header. Names are labels, nothing is
 * written anywhere.
 */
export const decoder: Decoder = {
  id: 'tar',
  says: { zh: 'tar 归档中的文件', en: 'file in a tar archive' },
  order: 8,
  magic: (bytes) =>
    bytes.length >= BLOCK &&
    bytes[257] === 0x75 &&
    bytes[258] === 0x73 &&
    bytes[259] === 0x74 &&
    bytes[260] === 0x61 &&
    bytes[261] === 0x72,
  open(source) {
    const { work, root, keys } = source;
    const bytes = Buffer.from(source.bytes.buffer, source.bytes.byteOffset, source.bytes.byteLength);
    const leaves: Leaf[] = [];
    const group = work.group();
    let count = 0;
    for (let at = 0; at + BLOCK <= bytes.length && bytes[at] !== 0; ) {
      if (count++ >= limits.zipEntries) {
        work.hit(root, 'zipEntries');
        break;
      }
      const size = sizeAt(bytes, at + 124);
      const kind = bytes.toString('latin1', at + 156, at + 157);
      if (size < 0) break;
      const name = textAt(bytes, at, 100);
      const put = (label: string, value: string) =>
        leaves.push({ path: member(root, `${name}:${label}`), keys, value, kind: 'string', group, closed: true });
      // The name of the account on the machine that packed it.
      const owner = textAt(bytes, at + 265, 32);
      if (owner !== '') put('owner', owner);
      const content = bytes.subarray(at + BLOCK, at + BLOCK + size);
      if (content.length < size && !source.truncated) work.hit(member(root, name), 'bodyKept');
      if (FILES.has(kind) && content.length > 0)
        leaves.push({ path: member(root, name), keys: named(keys, name), value: '', kind: 'binary', group, bytes: content });
      else if (DESCRIPTIONS.has(kind)) put(kind, textAt(content, 0, limits.fieldText));
      at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    }
    return leaves.length > 0 ? { leaves, beside: true } : null;
  },
};
