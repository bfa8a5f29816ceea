import { OPAQUE_SHAPE } from '../../model/field.js';
import { Amf3Reader } from '../amf3.js';
import { ByteCursor } from '../byte-cursor.js';
import { isName } from '../control.js';
import type { Decoder, Source } from '../decoder.js';
import { element, member, named } from '../path.js';
import { type Place, TypedLeaves } from '../typed.js';

/** Types (AMF 0 specification, 2.1). */
const TYPE = {
  number: 0x00,
  boolean: 0x01,
  string: 0x02,
  object: 0x03,
  null: 0x05,
  undefined: 0x06,
  reference: 0x07,
  map: 0x08,
  end: 0x09,
  list: 0x0a,
  date: 0x0b,
  long: 0x0c,
  unsupported: 0x0d,
  document: 0x0f,
  typed: 0x10,
  amf3: 0x11,
} as const;

/** Version, headers and messages of a packet that somebody sends: nobody has counted to 256 of either. */
const HEAD = 6;
/** What is shorter holds no value. */
const SHORTEST = 16;

class Reader {
  readonly cursor: ByteCursor;
  readonly leaves: TypedLeaves;
  names = 0;
  readonly #source: Source;
  #amf3: Amf3Reader | null = null;

  constructor(source: Source) {
    this.#source = source;
    this.cursor = new ByteCursor(source.bytes);
    this.leaves = new TypedLeaves(source.work);
  }

  get #ended(): boolean {
    return this.cursor.broken || this.leaves.full;
  }

  /** Version, headers, messages (4.1). */
  packet(root: Place): void {
    const { cursor } = this;
    cursor.uint(2);
    const headers = cursor.uint(2);
    for (let index = 0; index < headers && !this.#ended; index++) {
      const name = this.#name();
      cursor.byte();
      this.#content({ ...root, path: member(`${root.path}.headers`, name), keys: named(root.keys, name) });
    }
    const messages = cursor.uint(2);
    for (let index = 0; index < messages && !this.#ended; index++) {
      const path = element(`${root.path}.messages`, index);
      for (const name of ['target', 'response'] as const) {
        const text = cursor.slice(cursor.uint(2));
        if (text.length > 0) this.leaves.text({ ...root, path: `${path}.${name}`, keys: named(root.keys, name) }, text);
      }
      this.#content({ ...root, path: `${path}.content` });
    }
  }

  /** A value behind its length, which many clients do not know and write as nought or as all ones. */
  #content(place: Place): void {
    this.#amf3 = null;
    this.cursor.slice(4);
    this.#value({ ...place, group: this.#source.work.group() }, 0);
  }

  #name(): string {
    const name = this.cursor.slice(this.cursor.uint(2)).toString('utf8');
    if (!isName(name)) this.cursor.broken = true;
    return name;
  }

  #value(place: Place, depth: number): void {
    const { cursor, leaves } = this;
    if (!leaves.enters(place, depth)) cursor.broken = true;
    if (this.#ended) return;
    const type = cursor.byte();
    switch (type) {
      case TYPE.number:
      case TYPE.date: {
        const value = cursor.double();
        if (type === TYPE.date) cursor.slice(2);
        if (!cursor.broken) leaves.number(place, value);
        return;
      }
      case TYPE.boolean: {
        const value = cursor.byte();
        if (!cursor.broken) leaves.boolean(place, value !== 0);
        return;
      }
      case TYPE.string:
      case TYPE.long:
      case TYPE.document: {
        const text = cursor.slice(cursor.uint(type === TYPE.string ? 2 : 4));
        if (!cursor.broken) leaves.text(place, text);
        return;
      }
      case TYPE.null:
      case TYPE.undefined:
      case TYPE.unsupported:
        if (!cursor.broken) leaves.list.push({ ...place, value: 'null', kind: 'null' });
        return;
      // What it refers to is told where it stood.
      case TYPE.reference:
        cursor.slice(2);
        return;
      case TYPE.amf3:
        this.#amf3 ??= new Amf3Reader(cursor, leaves, this.#source.work, () => this.names++);
        this.#amf3.value(place, depth + 1);
        return;
      default:
        this.#collection(type, place, depth);
    }
  }

  #collection(type: number, place: Place, depth: number): void {
    const { cursor } = this;
    if (type === TYPE.list) {
      const count = cursor.uint(4);
      for (let index = 0; index < count && !this.#ended; index++) this.#value({ ...place, path: element(place.path, index) }, depth + 1);
      return;
    }
    if (type !== TYPE.object && type !== TYPE.map && type !== TYPE.typed) {
      cursor.broken = true;
      return;
    }
    if (type === TYPE.map) cursor.slice(4);
    if (type === TYPE.typed) this.#name();
    const group = this.#source.work.group();
    while (!this.#ended) {
      const name = this.#name();
      if (name === '' && cursor.bytes[cursor.at] === TYPE.end) {
        cursor.byte();
        return;
      }
      this.names++;
      this.#value({ path: member(place.path, name), keys: named(place.keys, name), group }, depth + 1);
    }
  }
}

function isAmf(mime: string): boolean {
  return mime === 'application/x-amf' || mime === 'application/amf';
}

/** Version 0 or 3, fewer than 256 headers and messages, and the first name, of which the first character can be read. */
function beginsPacket(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0 || (bytes[1] !== 0 && bytes[1] !== 3) || bytes[2] !== 0 || bytes.length < SHORTEST) return false;
  const at = bytes[3] === 0 ? HEAD : 4;
  if (at === HEAD && (bytes[4] !== 0 || bytes[5] === 0)) return false;
  return bytes[at] === 0 && bytes[at + 1]! > 0 && bytes[at + 2]! > 0x20 && bytes[at + 2]! < 0x7f;
}

/** Action Message Format (AMF 0 and AMF 3 specifications of Adobe), in which clients made with Flash, Flex and AIR call servers. */
export const decoder: Decoder = {
  id: 'amf',
  says: {
    zh: 'AMF 0 或 AMF 3 的远程调用报文（Flash、AIR）；messages[n] 为第 n 条消息',
    en: 'packet of calls in AMF 0 or AMF 3 (Flash, AIR); messages[n] is the message',
  },
  order: 16,
  first: (byte) => byte === 0,
  magic: beginsPacket,
  mime: isAmf,
  open(source) {
    const { bytes, root, keys, work, truncated } = source;
    // By its first bytes it is asked before its content type is looked at.
    const declared = isAmf(source.mime);
    if (!beginsPacket(bytes)) return null;
    const reader = new Reader(source);
    reader.packet({ path: root, keys, group: work.group() });
    const { cursor, leaves, names } = reader;
    const isWhole = leaves.full || (!cursor.broken && cursor.left === 0);
    if (leaves.list.length === 0 || (!declared && !(isWhole && leaves.dark === 0 && (names > 0 || leaves.readable > 0)))) return null;
    if (isWhole || truncated) return { leaves: leaves.list };
    const rest = Buffer.from(bytes.buffer, bytes.byteOffset + cursor.at, cursor.left);
    return { leaves: leaves.list, unread: [{ path: root, bytes: rest, shape: [OPAQUE_SHAPE.unreadPart, 'amf'] }] };
  },
};
