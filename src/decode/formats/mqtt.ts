import { isUtf8 } from 'node:buffer';
import { limits } from '../../limits.js';
import type { Decoder, Leaf, Source } from '../decoder.js';
import { element, member, named } from '../path.js';

const CONNECT = 1;
const PUBLISH = 3;
const SUBSCRIBE = 8;
const UNSUBSCRIBE = 10;
/** Of MQTT 5.0, in which properties stand behind the fixed fields. */
const VERSION_5 = 5;
/** Characters of the shortest topic that is no chance. */
const SHORTEST_TOPIC = 2;

/** One packet: its kind, the low bits of its first byte, and where its content stands. */
interface Packet {
  readonly kind: number;
  readonly flags: number;
  readonly start: number;
  readonly end: number;
}

/** A number in seven bits a byte, the lowest first, in at most four bytes (MQTT 3.1.1 section 2.2.3). */
function varint(bytes: Uint8Array, at: number): { readonly value: number; readonly end: number } | null {
  let value = 0;
  for (let index = 0; index < 4; index++) {
    const byte = bytes[at + index];
    if (byte === undefined) return null;
    value += (byte & 0x7f) * 128 ** index;
    if (byte < 0x80) return { value, end: at + index + 1 };
  }
  return null;
}

function packetAt(bytes: Uint8Array, at: number): Packet | null {
  const length = varint(bytes, at + 1);
  if (length === null || length.end + length.value > bytes.length) return null;
  return { kind: bytes[at]! >> 4, flags: bytes[at]! & 15, start: length.end, end: length.end + length.value };
}

/** Bytes behind their length in two, or null. */
function stringAt(bytes: Uint8Array, at: number, end: number): { readonly bytes: Uint8Array; readonly end: number } | null {
  if (at + 2 > end) return null;
  const stop = at + 2 + ((bytes[at]! << 8) | bytes[at + 1]!);
  return stop > end ? null : { bytes: bytes.subarray(at + 2, stop), end: stop };
}

/** A topic: UTF-8 without control characters. */
function topicAt(bytes: Uint8Array, at: number, end: number): { readonly topic: string; readonly end: number } | null {
  const found = stringAt(bytes, at, end);
  if (found === null || found.bytes.length < SHORTEST_TOPIC || !isUtf8(found.bytes) || found.bytes.some((byte) => byte < 0x20)) return null;
  return { topic: Buffer.from(found.bytes).toString('utf8'), end: found.end };
}

/** Whether bytes begin with a packet that a client sends, of which the form refutes nearly everything else: length, protocol name or topic. */
function isPacket(bytes: Uint8Array, at = 0): boolean {
  const packet = packetAt(bytes, at);
  if (packet === null) return false;
  const { kind, flags, start, end } = packet;
  if (kind === CONNECT) {
    const name = stringAt(bytes, start, end);
    return flags === 0 && name !== null && /^MQ(?:TT|Isdp)$/.test(Buffer.from(name.bytes).toString('latin1'));
  }
  if (kind === PUBLISH) return (flags & 6) !== 6 && topicAt(bytes, start, end) !== null;
  return (kind === SUBSCRIBE || kind === UNSUBSCRIBE) && flags === 2 && topicAt(bytes, start + 2, end) !== null;
}

class Reader {
  readonly leaves: Leaf[] = [];
  readonly #source: Source;
  readonly #bytes: Uint8Array;

  constructor(source: Source) {
    this.#source = source;
    this.#bytes = source.bytes;
  }

  read({ kind, flags, start, end }: Packet, root: string): void {
    const group = this.#source.work.group();
    const text = (name: string, value: string) =>
      this.leaves.push({ path: member(root, name), keys: named(this.#source.keys, name), value, kind: 'string', group });
    const binary = (name: string, bytes: Uint8Array) => {
      if (bytes.length > 0)
        this.leaves.push({ path: member(root, name), keys: named(this.#source.keys, name), value: '', kind: 'binary', group, bytes });
    };
    if (kind === CONNECT) this.#connect(start, end, binary);
    else if (kind === PUBLISH) {
      const topic = topicAt(this.#bytes, start, end);
      if (topic === null) return;
      text('topic', topic.topic);
      const from = topic.end + ((flags & 6) === 0 ? 0 : 2);
      // No property, in version 5; of the others no payload begins so that is text or compressed.
      binary('payload', this.#bytes.subarray(this.#bytes[from] === 0 ? from + 1 : from, end));
    } else {
      for (let at = start + 2, topic = topicAt(this.#bytes, at, end); topic !== null; topic = topicAt(this.#bytes, at, end)) {
        if (this.leaves.length >= limits.decodeFields) {
          this.#source.work.hit(root, 'decodeFields');
          break;
        }
        text('topic', topic.topic);
        at = topic.end + (kind === SUBSCRIBE ? 1 : 0);
      }
    }
  }

  /** Who connects, what is said of it when it is gone, and its credentials (section 3.1). */
  #connect(start: number, end: number, put: (name: string, bytes: Uint8Array) => void): void {
    const name = stringAt(this.#bytes, start, end);
    if (name === null) return;
    const [version, flags] = [this.#bytes[name.end] ?? 0, this.#bytes[name.end + 1] ?? 0];
    let at = this.#passProperties(name.end + 4, version);
    const next = (title: string) => {
      const found = stringAt(this.#bytes, at, end);
      if (found === null) return;
      put(title, found.bytes);
      at = found.end;
    };
    next('clientId');
    if ((flags & 4) !== 0) {
      at = this.#passProperties(at, version);
      next('willTopic');
      next('willMessage');
    }
    if ((flags & 0x80) !== 0) next('username');
    if ((flags & 0x40) !== 0) next('password');
  }

  #passProperties(at: number, version: number): number {
    const size = version === VERSION_5 ? varint(this.#bytes, at) : null;
    return size === null ? at : size.end + size.value;
  }
}

/** Packets of MQTT 3.1, 3.1.1 and 5.0 (OASIS), as push services and devices send them through a WebSocket: one or several in a message. */
export const decoder: Decoder = {
  id: 'mqtt',
  says: { zh: 'MQTT 报文；[n] 为第 n 个报文', en: 'MQTT packets; [n] is the packet' },
  order: 12,
  magic: (bytes) => (bytes[0] === 0x10 || bytes[0]! >> 4 === PUBLISH || bytes[0] === 0x82 || bytes[0] === 0xa2) && isPacket(bytes),
  open(source) {
    const { bytes, root, work } = source;
    const reader = new Reader(source);
    let at = 0;
    for (let count = 0; at < bytes.length; count++) {
      const packet = packetAt(bytes, at);
      if (packet === null || (at > 0 && packet.kind > 14)) break;
      if (count >= limits.zipEntries) {
        work.hit(root, 'zipEntries');
        break;
      }
      if (isPacket(bytes, at)) reader.read(packet, element(root, count));
      at = packet.end;
    }
    // What is no packet to its end is something else, unless it was cut.
    return at === bytes.length && reader.leaves.length > 0 ? { leaves: reader.leaves } : null;
  },
};
