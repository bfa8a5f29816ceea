import type { Decoder } from '../decoder.js';
import { isCallName, isFramed, KIND, type Kind, ThriftReader, unframed } from '../thrift.js';

/** Kinds by their numbers in the compact protocol (thrift-compact-protocol.md): a switch has two, a set is written as a list is. */
const KINDS: readonly Kind[] = [
  KIND.stop,
  KIND.boolean,
  KIND.boolean,
  KIND.byte,
  KIND.i16,
  KIND.i32,
  KIND.i64,
  KIND.double,
  KIND.text,
  KIND.list,
  KIND.list,
  KIND.map,
  KIND.struct,
  KIND.uuid,
];
const TRUE = 1;
/** First byte of a call, and the version in the second. */
const CALL = 0x82;
const VERSION = 1;
/** Call, reply, exception, one way. */
const LAST_MESSAGE = 4;
/** Undeclared, a struct begins with one of its first fields. */
const LARGEST_FIRST_FIELD = 4;
/** The number of elements that stands in a head; more of them follow as a number. */
const WIDE = 15;
const LONGEST_VARINT = 10;

class Compact extends ThriftReader {
  #isTrue = false;

  protected field(last: number): Kind {
    const head = this.byte();
    if (head === 0) return KIND.stop;
    const delta = head >> 4;
    this.id = delta === 0 ? Number(this.#zigzag()) : last + delta;
    this.#isTrue = (head & 15) === TRUE;
    return this.#kind(head & 15);
  }

  #kind(number: number): Kind {
    const kind = KINDS[number] ?? KIND.stop;
    if (kind === KIND.stop) this.broken = true;
    return kind;
  }

  /** Seven bits in each byte, the lowest first, no longer than it must be. */
  #varint(): bigint {
    let value = 0n;
    for (let i = 0; i < LONGEST_VARINT; i++) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << BigInt(7 * i);
      if (byte >= 0x80) continue;
      if (byte === 0 && i > 0) this.broken = true;
      return value;
    }
    this.broken = true;
    return 0n;
  }

  #zigzag(): bigint {
    const value = this.#varint();
    return BigInt.asIntN(64, (value >> 1n) ^ -(value & 1n));
  }

  protected boolean(isElement: boolean): boolean {
    if (!isElement) return this.#isTrue;
    const value = this.byte();
    if (value > 2) this.broken = true;
    return value === TRUE;
  }

  protected integer(kind: Kind): number | bigint {
    if (kind !== KIND.byte) return this.#zigzag();
    const at = this.take(1);
    return this.broken ? 0 : this.bytes.readInt8(at);
  }

  protected double(): number {
    const at = this.take(8);
    return this.broken ? 0 : this.bytes.readDoubleLE(at);
  }

  protected size(): number {
    return Number(this.#varint());
  }

  protected many(kind: Kind): number {
    if (kind === KIND.map) {
      const count = this.size();
      if (count === 0) return 0;
      const kinds = this.byte();
      this.keyKind = this.#kind(kinds >> 4);
      this.valueKind = this.#kind(kinds & 15);
      return count;
    }
    const head = this.byte();
    const count = head >> 4 === WIDE ? this.size() : head >> 4;
    if (count > 0) this.valueKind = this.#kind(head & 15);
    return count;
  }

  protected call(): string {
    if (!startsCall(this.bytes)) return '';
    this.take(2);
    this.#varint();
    const name = this.slice(this.size());
    if (!isCallName(name)) this.broken = true;
    return name.toString('latin1');
  }
}

function startsCall(bytes: Uint8Array): boolean {
  const second = bytes[1] ?? 0;
  return bytes[0] === CALL && (second & 31) === VERSION && second >> 5 > 0 && second >> 5 <= LAST_MESSAGE;
}

/** The head of one of the first fields, of a kind that is one. */
function isFirst(head: number): boolean {
  return head >> 4 > 0 && head >> 4 <= LARGEST_FIRST_FIELD && (head & 15) > 0 && (head & 15) < KINDS.length;
}

/** One of the first fields, of a kind that is one, and a stop at the very end; or a call. */
function mayBegin(bytes: Uint8Array, truncated: boolean): boolean {
  if (!truncated && bytes[bytes.length - 1] !== 0) return false;
  const first = bytes[0]!;
  if (first === CALL) return startsCall(bytes);
  return isFirst(first);
}

/** Apache Thrift, compact protocol: a bare struct or a call. It may have its length before it. */
export const decoder: Decoder = {
  id: 'thriftcompact',
  says: { zh: 'Thrift 紧凑协议：路径中的数字为字段编号', en: 'Thrift, compact protocol: numbers in the path are field numbers' },
  order: 81,
  first: (byte) => byte === 0 || byte === CALL || isFirst(byte),
  guess: (bytes, { truncated }) => bytes.length >= 10 && mayBegin(isFramed(bytes) ? bytes.subarray(4) : bytes, truncated),
  mime: (mime) => mime.includes('thrift') && !mime.includes('binary'),
  open(source) {
    const { bytes, declared, truncated } = source;
    if (bytes.length < (declared ? 3 : 10)) return null;
    if (isFramed(bytes)) return mayBegin(bytes.subarray(4), truncated) ? { child: unframed(bytes) } : null;
    if (!declared && !mayBegin(bytes, truncated)) return null;
    const reader = new Compact(source);
    return reader.document() ? { leaves: reader.leaves.list } : null;
  },
};
