import type { Decoder, Leaf } from '../decoder.js';
import { element, named } from '../path.js';

/** A message of the domain name system begins with six numbers of two bytes (RFC 1035 section 4.1.1). */
const HEADER = 12;
/** Questions of one message; nobody asks more than one. */
const MOST_QUESTIONS = 4;
/** Labels of a name, which has 255 bytes at most. */
const MOST_LABELS = 127;
const OPT = 41;
/** The option in which a resolver is told the client's address, or the beginning of it (RFC 7871). */
const CLIENT_SUBNET = 8;
/** Characters of what is hidden in labels: shorter ones are words. */
const LONG_LABEL = 16;
/** Digits of a number that was cut into labels. */
const LONG_NUMBER = 8;
/** Labels of the domain itself, which somebody has registered. */
const DOMAIN_LABELS = 2;

interface Name {
  readonly labels: readonly string[];
  readonly end: number;
}

/** A name that stands in full, as those of questions do; null where there is none. */
function nameAt(bytes: Buffer, start: number): Name | null {
  const labels: string[] = [];
  let at = start;
  for (;;) {
    const length = bytes[at];
    if (length === undefined || length > 63 || labels.length > MOST_LABELS || at + 1 + length > bytes.length) return null;
    at++;
    if (length === 0) return { labels, end: at };
    labels.push(bytes.toString('latin1', at, at + length));
    at += length;
  }
}

/**
 * What may be hidden in a name, put together again: labels of one length from the first on, with a shorter one behind them and without it, as whoever cuts data
 * to pieces makes them, and numbers one behind the other. What reads it shows whether it was.
 */
function hiddenIn(labels: readonly string[]): string[] {
  if (labels.at(-1) === 'arpa') return [];
  const own = labels.slice(0, -DOMAIN_LABELS);
  const size = own[0]?.length ?? 0;
  const other = own.findIndex((label) => label.length !== size);
  const run = other < 0 ? own : own.slice(0, other);
  const tail = other > 0 && own[other]!.length < size ? own[other]! : '';
  const whole = run.join('');
  const found = new Set([whole + tail, whole].filter((text) => text.length >= LONG_LABEL));
  const from = own.findIndex((label) => /^\d+$/.test(label));
  const numbers = from < 0 ? [] : own.slice(from);
  const end = numbers.findIndex((label) => !/^\d+$/.test(label));
  const number = (end < 0 ? numbers : numbers.slice(0, end)).join('');
  if (number.length >= LONG_NUMBER) found.add(number);
  return [...found];
}

/** The address of an option that tells it (family, bits that are sent, bits that matter, bytes): `203.0.113.7`, or of how many it is one, `203.0.113.0/24`. null: it is another option. */
function subnetOf(option: Buffer): string | null {
  if (option.length < 5) return null;
  const isFour = option.readUInt16BE(0) === 1;
  if (!isFour && option.readUInt16BE(0) !== 2) return null;
  const address = Buffer.alloc(isFour ? 4 : 16);
  option.copy(address, 0, 4);
  const groups = Array.from({ length: 8 }, (_, i) => (isFour ? '' : address.readUInt16BE(2 * i).toString(16)));
  const text = isFour ? address.join('.') : groups.join(':');
  return option[2] === address.length * 8 ? text : `${text}/${option[2]}`;
}

/** Addresses of clients in the records behind the question; only an `OPT` of no name is looked for, which is how they are sent. */
function subnets(bytes: Buffer, from: number): string[] {
  const found: string[] = [];
  if (bytes[from] !== 0 || from + 11 > bytes.length || bytes.readUInt16BE(from + 1) !== OPT) return found;
  const end = Math.min(bytes.length, from + 11 + bytes.readUInt16BE(from + 9));
  for (let at = from + 11; at + 4 <= end; at += 4 + bytes.readUInt16BE(at + 2)) {
    if (bytes.readUInt16BE(at) !== CLIENT_SUBNET) continue;
    const address = subnetOf(bytes.subarray(at + 4, Math.min(end, at + 4 + bytes.readUInt16BE(at + 2))));
    if (address !== null) found.push(address);
  }
  return found;
}

/** A question and no answer, with the bits of a query, and a name behind them: eight bytes that chance does not make. */
function isQuery(bytes: Uint8Array): boolean {
  return (
    bytes.length > HEADER + 5 &&
    (bytes[2]! & 0xfe) === 0 &&
    (bytes[3]! & 0xcf) === 0 &&
    bytes[4] === 0 &&
    bytes[5] === 1 &&
    bytes[6] === 0 &&
    bytes[7] === 0 &&
    bytes[8] === 0 &&
    bytes[9] === 0 &&
    bytes[10] === 0 &&
    bytes[11]! <= 1 &&
    bytes[HEADER]! > 0 &&
    bytes[HEADER]! < 64
  );
}

/**
 * Questions to the domain name system, as they are sent over HTTPS (RFC 8484): which names are looked up, the client's address where it is sent along, and what is
 * hidden in a name, put together from the labels that it was cut into.
 */
export const decoder: Decoder = {
  id: 'dns',
  says: {
    zh: 'DNS 报文（RFC 1035）；joined 为相邻标签首尾相接',
    en: 'DNS message (RFC 1035); joined: labels next to each other, put together',
  },
  order: 80,
  mime: (mime) => mime === 'application/dns-message',
  guess: isQuery,
  open(source) {
    const { root, keys, work, declared } = source;
    const bytes = Buffer.from(source.bytes.buffer, source.bytes.byteOffset, source.bytes.byteLength);
    if (bytes.length < HEADER || (!declared && !isQuery(bytes))) return null;
    const leaves: Leaf[] = [];
    const count = bytes.readUInt16BE(4);
    let at = HEADER;
    if (count > MOST_QUESTIONS) return null;
    for (let index = 0; index < count; index++) {
      const name = nameAt(bytes, at);
      if (name === null || name.end + 4 > bytes.length || !name.labels.every((label) => /^[\x21-\x7e]+$/.test(label))) return null;
      at = name.end + 4;
      const place = { keys: named(keys, 'qname'), kind: 'string', group: work.group() } as const;
      const path = `${element(`${root}.question`, index)}.qname`;
      leaves.push({ ...place, path, value: name.labels.join('.') });
      for (const [at, value] of hiddenIn(name.labels).entries()) leaves.push({ ...place, path: element(`${path}.joined`, at), value });
    }
    for (const [index, value] of subnets(bytes, at).entries())
      leaves.push({
        path: element(`${root}.client`, index),
        keys: named(keys, value.includes('/') ? 'client_subnet' : 'client_ip'),
        value,
        kind: 'string',
        group: work.group(),
      });
    return leaves.length > 0 ? { leaves } : null;
  },
};
