import type { Decoder } from '../decoder.js';
import { type Frame, frameLeaves } from '../frame.js';

/** Compressed; the end of a Connect stream; trailers. */
const FLAGS = 0x83;
const SHORTEST = 8;

/** Whether frames end exactly with the bytes, and the first of them holds something. */
function isWalkable(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(1) === 0) return false;
  let at = 0;
  while (at + 5 <= bytes.length && (bytes[at]! & ~FLAGS) === 0) at += 5 + view.getUint32(at + 1);
  return at === bytes.length;
}

/**
 * gRPC, gRPC-web and Connect frames (grpc.io, PROTOCOL-HTTP2: one flag byte, four length bytes, big endian). Undeclared, the
 * frames must end exactly with the body, or with the value that they were kept in: four bytes that say their length.
 */
export const decoder: Decoder = {
  id: 'grpc',
  says: { zh: 'gRPC 帧：5 字节头之后的消息；[n] 为第 n 帧', en: 'gRPC frames: what stands behind the head of 5 bytes; [n] is the frame' },
  order: 12,
  first: (byte) => (byte & ~FLAGS) === 0,
  guess: (bytes, { base, truncated }) =>
    bytes.length > SHORTEST && (bytes[0]! & ~FLAGS) === 0 && (base || (!truncated && isWalkable(bytes))),
  mime: (mime) =>
    (mime.startsWith('application/grpc') && !mime.startsWith('application/grpc-web-text')) || mime.startsWith('application/connect+'),
  open(source) {
    const { bytes, declared, work } = source;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const json = source.mime.endsWith('json');
    const frames: Frame[] = [];
    let at = 0;
    while (at + 5 <= bytes.length && frames.length <= work.fieldsLeft) {
      const flags = bytes[at]!;
      const length = view.getUint32(at + 1);
      const end = at + 5 + length;
      if ((flags & ~FLAGS) !== 0 || (end > bytes.length && !(declared && source.truncated))) break;
      const contentType = (flags & 0x80) !== 0 ? 'text/plain' : json ? 'application/json' : 'application/x-protobuf';
      frames.push({ bytes: bytes.subarray(at + 5, Math.min(end, bytes.length)), contentType, encoding: source.encoding });
      at = end;
    }
    if (frames.length === 0 || (at < bytes.length && !declared) || !(declared || source.base || isWalkable(bytes))) return null;
    return declared || bytes.length > SHORTEST ? { leaves: frameLeaves(source, frames), consumed: Math.min(at, bytes.length) } : null;
  },
};
