import { createDecipheriv } from 'node:crypto';
import type { Decoder, Leaf } from '../decoder.js';
import { member, named } from '../path.js';

/** UMEnvelope, the names of its numbered fields as the SDK's class of that name declares them; `entity` is a zlib stream of JSON. */
const NAMES = ['version', 'address', 'signature', 'serial_num', 'ts_secs', 'length', 'entity', 'guid', 'checksum', 'codex'] as const;

/** Types of the Thrift compact protocol (thrift-compact-protocol.md) that the envelope uses. */
const INTEGER = 5;
const BINARY = 8;
const LARGEST_VARINT = 5;

/** The vector that every copy of the SDK carries (UMUtils.genIv of version 9); the key travels in the message, in its signature. */
const VECTOR = Buffer.from([10, 1, 11, 5, 4, 15, 7, 9, 23, 3, 1, 6, 8, 12, 13, 91]);
const KEY_FROM = 1;
const KEY_SIZE = 16;

type Value = Buffer | number;

/** Unsigned varint at `at`; null: cut off or longer than 32 bits need. */
function varint(bytes: Buffer, at: number): { readonly value: number; readonly next: number } | null {
  let value = 0;
  for (let i = 0; i < LARGEST_VARINT; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) return null;
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return { value, next: at + i + 1 };
  }
  return null;
}

/** The fields in their order, each one number above the last; null where the struct is any other. */
function read(bytes: Buffer): Map<string, Value> | null {
  const fields = new Map<string, Value>();
  let at = 0;
  for (const name of NAMES) {
    const head = bytes[at];
    // The stop byte, behind which nothing may follow.
    if (head === 0) break;
    if (head === undefined || head >> 4 !== 1) return null;
    const number = varint(bytes, at + 1);
    if (number === null) return null;
    at = number.next;
    if ((head & 0x0f) === INTEGER) fields.set(name, number.value % 2 === 0 ? number.value / 2 : -(number.value + 1) / 2);
    else if ((head & 0x0f) === BINARY) {
      const end = at + number.value;
      if (end > bytes.length) return null;
      fields.set(name, bytes.subarray(at, end));
      at = end;
    } else return null;
  }
  return bytes[at] === 0 && at + 1 === bytes.length ? fields : null;
}

/** `codex` 1: AES-CBC under a key that stands in the signature. What does not become a zlib stream was something else. */
function unsealed(entity: Buffer, signature: string): Buffer | null {
  const key = Buffer.from(signature, 'hex').subarray(KEY_FROM, KEY_FROM + KEY_SIZE);
  if (key.length !== KEY_SIZE) return null;
  try {
    const decipher = createDecipheriv('aes-128-cbc', key, VECTOR);
    const plain = Buffer.concat([decipher.update(entity), decipher.final()]);
    return plain[0] === 0x78 ? plain : null;
  } catch {
    // OpenSSL answers a wrong padding or length with an exception: then this key does not fit.
    return null;
  }
}

/**
 * What the statistics SDK of Umeng posts (`unify_logs`, `envelope/json`): a struct of the Thrift compact protocol around the log. The
 * log may be encrypted, but the message carries its own key.
 */
export const decoder: Decoder = {
  id: 'umeng',
  says: { zh: '友盟信封（Thrift 紧凑协议），按字段名', en: 'envelope of Umeng (Thrift, compact protocol), by field' },
  order: 14,
  magic: (bytes) =>
    // Field 1, a text of three characters that reads like 1.0, and another text behind it.
    bytes[0] === 0x18 && bytes[1] === 3 && bytes[3] === 0x2e && bytes[5] === 0x18,
  open(source) {
    const { work, root, keys } = source;
    const bytes = Buffer.from(source.bytes.buffer, source.bytes.byteOffset, source.bytes.byteLength);
    const fields = read(bytes);
    const entity = fields?.get('entity');
    const signature = fields?.get('signature');
    if (fields === null || !Buffer.isBuffer(entity) || !Buffer.isBuffer(signature)) return null;
    const group = work.group();
    const leaves: Leaf[] = [];
    for (const [name, value] of fields) {
      const leaf = { path: member(root, name), keys: named(keys, name), group };
      if (typeof value === 'number') leaves.push({ ...leaf, value: String(value), kind: 'number' });
      else if (value !== entity) leaves.push({ ...leaf, value: value.toString('latin1'), kind: 'string' });
      else {
        const plain =
          fields.get('codex') === 1 && work.read(entity.length, leaf.path) ? unsealed(entity, signature.toString('latin1')) : null;
        if (plain === null || !work.decoded(plain.length, leaf.path)) leaves.push({ ...leaf, value: '', kind: 'binary', bytes: entity });
        else leaves.push({ ...leaf, value: '', kind: 'binary', bytes: plain, layer: true, step: 'aes-128-cbc' });
      }
    }
    return { leaves };
  },
};
