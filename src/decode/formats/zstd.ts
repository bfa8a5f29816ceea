import type { Decoder } from '../decoder.js';
import { inflatedChild, inflateZstd, zstdFrames } from '../inflate.js';

/** What setting up a frame costs, in bytes read: its tables take some twenty microseconds and six kilobytes, and a frame of nothing has nine bytes. */
const FRAME = 8_192;

/** Zstandard (RFC 8878). Node 20 has none, so fzstd does it on every version: one code path, one behaviour. */
export const decoder: Decoder = {
  id: 'zstd',
  says: { zh: 'Zstandard 解压', en: 'Zstandard, inflated' },
  order: 4,
  encodings: ['zstd'],
  first: (byte) => byte === 0x28,
  magic: (bytes) => bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd,
  open(source) {
    const { bytes, work, root } = source;
    if (bytes[0] !== 0x28 || bytes[1] !== 0xb5) return null;
    const frames = zstdFrames(bytes);
    if (frames === null || !work.read(frames.count * FRAME, root)) return null;
    return inflatedChild(source, inflateZstd(bytes, work.inflatable(bytes.length), source.truncated), true);
  },
};
