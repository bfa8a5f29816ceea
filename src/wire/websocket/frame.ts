import type { Intake } from '../intake.js';

/** Head of one WebSocket frame (RFC 6455 section 5.2). */
export interface Frame {
  readonly fin: boolean;
  readonly rsv1: boolean;
  readonly rsv2: boolean;
  readonly rsv3: boolean;
  readonly opcode: number;
  readonly masked: boolean;
  /** 4 bytes, or empty. */
  readonly mask: Uint8Array;
  /** Payload bytes; beyond 2^53 not exact. */
  readonly length: number;
}

/** Bytes of the frame head that begins here, 2 to 14; null while that cannot be told. */
export function frameSize(intake: Intake): number | null {
  const second = intake.at(1);
  if (second === -1) return null;
  const length = second & 0x7f;
  return 2 + (length === 126 ? 2 : length === 127 ? 8 : 0) + ((second & 0x80) !== 0 ? 4 : 0);
}

/** @param head exactly the bytes of `frameSize`. */
export function parseFrame(head: Uint8Array): Frame {
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const first = view.getUint8(0);
  const second = view.getUint8(1);
  const short = second & 0x7f;
  const masked = (second & 0x80) !== 0;
  return {
    fin: (first & 0x80) !== 0,
    rsv1: (first & 0x40) !== 0,
    rsv2: (first & 0x20) !== 0,
    rsv3: (first & 0x10) !== 0,
    opcode: first & 0x0f,
    masked,
    mask: masked ? head.slice(head.length - 4) : new Uint8Array(0),
    length: short === 126 ? view.getUint16(2) : short === 127 ? Number(view.getBigUint64(2)) : short,
  };
}
