import type { Decoder, Leaf } from '../decoder.js';
import { element } from '../path.js';

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
    const leaves: Leaf[] = [];
    const group = work.group();
    let at = 0;
    while (at + 5 <= bytes.length && leaves.length <= work.fieldsLeft) {
      const flags = bytes[at]!;
      const length = view.getUint32(at + 1);
      const end = at + 5 + length;
      if ((flags & ~0x83) !== 0 || (end > bytes.length && !(declared && source.truncated))) break;
      const contentType = (flags & 0x80) !== 0 ? 'text/plain' : json ? 'application/json' : 'application/x-protobuf';
      leaves.push({
        path: element(source.root, leaves.length),
        keys: source.keys,
        value: '',
        kind: 'binary',
        group,
        frame: true,
        bytes: bytes.subarray(at + 5, Math.min(end, bytes.length)),
        contentType,
        encoding: source.encoding,
      });
      at = end;
    }
    if (leaves.length === 0 || (at < bytes.length && !declared)) return null;
    return declared || (source.base && bytes.length > 8) ? { leaves } : null;
  },
};
