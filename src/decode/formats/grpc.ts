import type { Decoder } from '../decoder.js';
import { type Frame, frameLeaves } from '../frame.js';

/**
 * gRPC, gRPC-web and Connect frames (grpc.io, PROTOCOL-HTTP2: one flag byte, four length bytes, big endian). Undeclared, the
 * frames must end exactly with the body.
 */
export const decoder: Decoder = {
  id: 'grpc',
  order: 12,
  guess: (bytes, { base }) => base && bytes.length > 8,
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
      if ((flags & ~0x83) !== 0 || (end > bytes.length && !(declared && source.truncated))) break;
      const contentType = (flags & 0x80) !== 0 ? 'text/plain' : json ? 'application/json' : 'application/x-protobuf';
      frames.push({ bytes: bytes.subarray(at + 5, Math.min(end, bytes.length)), contentType, encoding: source.encoding });
      at = end;
    }
    if (frames.length === 0 || (at < bytes.length && !declared)) return null;
    return declared || (source.base && bytes.length > 8)
      ? { leaves: frameLeaves(source, frames), consumed: Math.min(at, bytes.length) }
      : null;
  },
};
