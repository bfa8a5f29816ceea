import type { Decoder } from '../decoder.js';
import { isCallName, isFramed, KIND, type Kind, ThriftReader, unframed } from '../thrift.js';

/** Numbers of the kinds in the binary protocol (thrift-binary-protocol.md); a set is written as a list is. */
const KINDS: Readonly<Record<number, Kind>> = {
  2: KIND.boolean,
  3: KIND.byte,
  4: KIND.double,
  6: KIND.i16,
  8: KIND.i32,
  10: KIND.i64,
  11: KIND.text,
  12: KIND.struct,
  13: KIND.map,
  14: KIND.list,
  15: KIND.list,
  16: KIND.uuid,
};
/** Call, reply, exception, one way. */
const LAST_MESSAGE = 4;

class Binary extends ThriftReader {
  protected field(): Kind {
    const number = this.byte();
    if (number === 0) return KIND.stop;
    const at = this.take(2);
    if (!this.broken) this.id = this.bytes.readInt16BE(at);
    return this.#kind(number);
  }

  #kind(number: number): Kind {
    const kind = KINDS[number];
    if (kind === undefined) this.broken = true;
    return kind ?? KIND.stop;
  }

  protected boolean(): boolean {
    const value = this.byte();
    if (value > 1) this.broken = true;
    return value === 1;
  }

  protected integer(kind: Kind): number | bigint {
    const width = kind === KIND.byte ? 1 : kind === KIND.i16 ? 2 : kind === KIND.i32 ? 4 : 8;
    const at = this.take(width);
    if (this.broken) return 0;
    return width === 8 ? this.bytes.readBigInt64BE(at) : this.bytes.readIntBE(at, width);
  }

  protected double(): number {
    const at = this.take(8);
    return this.broken ? 0 : this.bytes.readDoubleBE(at);
  }

  protected size(): number {
    const at = this.take(4);
    return this.broken ? 0 : this.bytes.readInt32BE(at);
  }

  protected many(kind: Kind): number {
    if (kind === KIND.map) {
      const key = this.byte();
      const value = this.byte();
      const count = this.size();
      // An empty map need not say what it would hold.
      if (count === 0) return 0;
      this.keyKind = this.#kind(key);
      this.valueKind = this.#kind(value);
      return count;
    }
    const value = this.byte();
    const count = this.size();
    if (count > 0) this.valueKind = this.#kind(value);
    return count;
  }

  /** `80 01 00`, a type and a name; or as it was before there were versions, a name and a type. */
  protected call(): string {
    const isVersioned = startsVersioned(this.bytes);
    if (!isVersioned && oldNameEnd(this.bytes) === 0) return '';
    if (isVersioned) this.take(4);
    const name = this.slice(this.size());
    this.take(isVersioned ? 4 : 5);
    if (!isCallName(name)) this.broken = true;
    return name.toString('latin1');
  }
}

function startsVersioned(bytes: Uint8Array): boolean {
  return bytes[0] === 0x80 && bytes[1] === 1 && bytes[2] === 0 && bytes[3]! > 0 && bytes[3]! <= LAST_MESSAGE;
}

/** Where the name of a call without version ends; 0: there is none. */
function oldNameEnd(bytes: Uint8Array): number {
  const length = bytes[3] ?? 0;
  if (bytes[0] !== 0 || bytes[1] !== 0 || bytes[2] !== 0 || length === 0 || length > 128) return 0;
  const type = bytes[4 + length] ?? 0;
  return type > 0 && type <= LAST_MESSAGE && isCallName(bytes.subarray(4, 4 + length)) ? 4 + length : 0;
}

/** A field of a kind that is one, with a number below 256, and a stop at the very end; or a call. */
function mayBegin(bytes: Uint8Array, truncated: boolean): boolean {
  const first = bytes[0]!;
  if (first === 0x80) return startsVersioned(bytes);
  if (first === 0) return oldNameEnd(bytes) > 0;
  return bytes[1] === 0 && KINDS[first] !== undefined && (truncated || bytes[bytes.length - 1] === 0);
}

/** Apache Thrift, binary protocol: a bare struct, as queues and pushes hold them, or a call. It may have its length before it. */
export const decoder: Decoder = {
  id: 'thrift',
  says: { zh: 'Thrift 二进制协议：路径中的数字为字段编号', en: 'Thrift, binary protocol: numbers in the path are field numbers' },
  order: 81,
  first: (byte) => byte === 0 || byte === 0x80 || KINDS[byte] !== undefined,
  guess: (bytes, { truncated }) =>
    bytes.length >= 12 && (isFramed(bytes) ? mayBegin(bytes.subarray(4), truncated) : mayBegin(bytes, truncated)),
  mime: (mime) => mime.includes('thrift') && !mime.includes('compact'),
  open(source) {
    const { bytes, declared, truncated } = source;
    if (bytes.length < (declared ? 4 : 12)) return null;
    if (isFramed(bytes)) return mayBegin(bytes.subarray(4), truncated) ? { child: unframed(bytes) } : null;
    if (!declared && !mayBegin(bytes, truncated)) return null;
    const reader = new Binary(source);
    return reader.document() ? { leaves: reader.leaves.list } : null;
  },
};
