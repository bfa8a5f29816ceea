import type { Decoder, Leaf, Source } from '../decoder.js';
import { element } from '../path.js';

/** Furthest that a document is looked for behind the sender's own header: lengths, versions and message numbers take 4 to 32 bytes. */
const LONGEST = 64;
/** A document shorter than this is not worth a second look at noise. */
const SHORTEST = 16;
/** What one try costs, in bytes read: an inflater that starts on noise takes 0.2 ms, and hostile messages hold thousands of such. */
const ATTEMPT = 32 * 1024;

/** Whether bytes that only a compressor or a JSON writer leaves begin here (RFC 1952, 1950 and 8878). */
function beginsAt(bytes: Uint8Array, at: number): boolean {
  const second = bytes[at + 1]!;
  switch (bytes[at]) {
    case 0x1f:
      return second === 0x8b && bytes[at + 2] === 8 && bytes[at + 3]! < 0x20;
    case 0x28:
      return second === 0xb5 && bytes[at + 2] === 0x2f && bytes[at + 3] === 0xfd;
    case 0x78:
      return (second === 0x01 || second === 0x5e || second === 0x9c || second === 0xda) && (bytes[at + 2]! & 6) !== 6;
    case 0x7b:
      return second === 0x22;
    default:
      return false;
  }
}

/** Letters in a row that numbers do not make by chance: a device's name or an account among lengths and versions. */
const TEXT = /[\x20-\x7e]{8,}/g;

/** What stands in clear in the header itself; the rest of it are numbers of the app's own. */
function textsIn(head: Uint8Array, { root, keys, work }: Source): readonly Leaf[] {
  const texts = Buffer.from(head).toString('latin1').match(TEXT) ?? [];
  const group = work.group();
  return texts.map((value, index) => ({ path: element(root, index), keys, value, kind: 'string', group }));
}

/** Offset behind a header, or -1. */
function behind(bytes: Uint8Array): number {
  const last = Math.min(LONGEST, bytes.length - SHORTEST);
  for (let at = 1; at <= last; at++) if (beginsAt(bytes, at)) return at;
  return -1;
}

/** A frame of the app's own: a few bytes of header, then something compressed or a JSON document. Kept only if that opens. The step says how much was left out. */
export const decoder: Decoder = {
  id: 'header',
  says: { zh: '自定义头部中的可读文字', en: "readable text in a header of the app's own" },
  order: 95,
  guess: (bytes) => behind(bytes) > 0,
  open(source) {
    const { bytes, root, work } = source;
    const at = behind(bytes);
    if (at < 0 || !work.read(ATTEMPT, root)) return null;
    const child = { bytes: bytes.subarray(at), step: `skip-${at}`, sure: false, structured: true, announced: true };
    return { child, leaves: textsIn(bytes.subarray(0, at), source) };
  },
};
