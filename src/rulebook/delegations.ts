import { isIP } from 'node:net';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { InputError } from '../errors.js';
import { limits } from '../limits.js';
import type { CountryTable } from '../model/party.js';
import type { Rulebook } from '../model/rulebook.js';
import { addressNumber, plainAddress } from './country.js';

/**
 * The table of address registrations that comes with the rules (`rules/registry/addresses.bin`): ranges of addresses that the
 * regional internet registries delegated under one country code. What stands between two ranges is not known.
 *
 * Layout, all of it compressed with brotli: `OVA1`, a byte with the count of country codes, the codes (two letters each), then
 * for IPv4 in units of /24 and for IPv6 in units of /48: the count of ranges, and three columns, each with its length in bytes
 * first: the gap to the range before, the length less one, the index of the code. All numbers are LEB128.
 */
export interface Delegation {
  /** First and last unit, both inside: the upper 24 bits of an IPv4 address, the upper 48 of an IPv6 address. */
  readonly first: number;
  readonly last: number;
  /** ISO 3166-1 alpha-2, or `EU`. */
  readonly country: string;
}

export interface Delegations {
  readonly 4: readonly Delegation[];
  readonly 6: readonly Delegation[];
}

const MAGIC = 'OVA1';
/** Bits of an address below one unit. */
const BELOW = { 4: 8n, 6: 80n } as const;

interface Columns {
  readonly first: Float64Array;
  readonly last: Float64Array;
  readonly code: Uint8Array;
}

/**
 * Unpacks at the first question, and each family at the first question about it: most commands never ask.
 * @param bytes of the file. @param asOf date of the table, `YYYY-MM-DD`.
 * @throws InputError `OVR_REGISTRY` at that question when the bytes are no such table.
 */
export function readDelegations(bytes: Uint8Array, asOf: string): CountryTable {
  let table: Table | null = null;
  const families: { 4?: Columns; 6?: Columns } = {};
  return {
    asOf,
    countryOf(raw) {
      const address = plainAddress(raw);
      const family = isIP(address);
      if (family !== 4 && family !== 6) return null;
      table ??= unpacked(bytes);
      families[family] ??= columnsOf(table.packed[family]);
      const unit = Number(addressNumber(address, family) >> BELOW[family]);
      const { first, last, code } = families[family];
      const at = lastAtOrBelow(first, unit);
      return at < 0 || unit > (last[at] ?? -1) ? null : (table.codes[code[at] ?? -1] ?? null);
    },
  };
}

/** The table that comes with the rules; null where they have none. */
export function registryOf({ registry }: Pick<Rulebook, 'registry'>): CountryTable | null {
  return registry ? readDelegations(registry.bytes, registry.date) : null;
}

/** @param delegations in order of address, without overlap. */
export function packDelegations(delegations: Delegations): Uint8Array {
  const codes = [...new Set([...delegations[4], ...delegations[6]].map(({ country }) => country))].sort();
  const head = [...Buffer.from(MAGIC), codes.length, ...Buffer.from(codes.join(''))];
  const plain = Buffer.from([...head, ...packed(delegations[4], codes), ...packed(delegations[6], codes)]);
  return brotliCompressSync(plain, {
    params: { [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
  });
}

function packed(ranges: readonly Delegation[], codes: readonly string[]): number[] {
  let next = 0;
  const gaps: number[] = [];
  for (const { first, last } of ranges) {
    if (first < next || last < first) throw new RangeError(`ranges overlap or run backwards at unit ${first}`);
    pushNumber(gaps, first - next);
    next = last + 1;
  }
  const lengths: number[] = [];
  for (const { first, last } of ranges) pushNumber(lengths, last - first);
  const countries = ranges.map(({ country }) => codes.indexOf(country));
  const out: number[] = [];
  pushNumber(out, ranges.length);
  for (const column of [gaps, lengths, countries]) {
    pushNumber(out, column.length);
    for (const byte of column) out.push(byte);
  }
  return out;
}

/** LEB128 by division: units of IPv6 have 48 bits, and bitwise operators stop at 32. */
function pushNumber(out: number[], number: number): void {
  let rest = number;
  while (rest >= 128) {
    out.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  out.push(rest);
}

interface Packed {
  readonly size: number;
  readonly gaps: Uint8Array;
  readonly lengths: Uint8Array;
  readonly code: Uint8Array;
}

interface Table {
  readonly codes: readonly string[];
  readonly packed: { readonly 4: Packed; readonly 6: Packed };
}

function unpacked(bytes: Uint8Array): Table {
  let plain: Uint8Array;
  try {
    plain = brotliDecompressSync(bytes, { maxOutputLength: limits.registryPlain });
  } catch {
    throw damaged();
  }
  if (Buffer.from(plain.subarray(0, MAGIC.length)).toString('latin1') !== MAGIC) throw damaged();
  const count = plain[MAGIC.length] ?? 0;
  let at = MAGIC.length + 1;
  const letters = Buffer.from(plain.subarray(at, at + 2 * count)).toString('latin1');
  at += 2 * count;
  const number = (): number => {
    const [value = 0] = numbersOf(plain.subarray(at), 1);
    while ((plain[at++] ?? 0) >= 128);
    return value;
  };
  const column = (): Uint8Array => {
    const length = number();
    at += length;
    if (at > plain.length) throw damaged();
    return plain.subarray(at - length, at);
  };
  const family = (): Packed => ({ size: number(), gaps: column(), lengths: column(), code: column() });
  const codes = Array.from({ length: count }, (_, index) => letters.slice(2 * index, 2 * index + 2));
  return { codes, packed: { 4: family(), 6: family() } };
}

function columnsOf({ size, gaps, lengths, code }: Packed): Columns {
  // A range takes a byte of each column at least: a count that they cannot hold is no reason to set memory aside.
  if (code.length !== size || gaps.length < size || lengths.length < size) throw damaged();
  const [first, last] = [numbersOf(gaps, size), numbersOf(lengths, size)];
  let next = 0;
  for (let index = 0; index < size; index++) {
    next += first[index] ?? 0;
    first[index] = next;
    next += last[index] ?? 0;
    last[index] = next;
    next += 1;
  }
  return { first, last, code };
}

/** The first `count` numbers: one tight loop, for there are four hundred thousand of them. */
function numbersOf(bytes: Uint8Array, count: number): Float64Array {
  const numbers = new Float64Array(count);
  let at = 0;
  for (let index = 0; index < count; index++) {
    let number = 0;
    let scale = 1;
    let byte = 128;
    while (byte >= 128) {
      byte = bytes[at++] ?? END;
      if (byte === END || scale > 2 ** 49) throw damaged();
      number += (byte & 127) * scale;
      scale *= 128;
    }
    numbers[index] = number;
  }
  return numbers;
}

/** No byte has this value. */
const END = 256;

/** The greatest index whose value is not above `unit`; -1: none. */
function lastAtOrBelow(sorted: Float64Array, unit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= unit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function damaged(): InputError {
  return new InputError('OVR_REGISTRY', 'The table of address registrations is damaged.', {
    next: 'Install the program anew, or make the table again: see rules/registry/registry.yaml.',
  });
}
