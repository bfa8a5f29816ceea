import { isIP } from 'node:net';
import { InputError } from '../errors.js';
import { limits } from '../limits.js';
import type { CountryTable } from '../model/party.js';

const BITS = { 4: 32, 6: 128 } as const;

/**
 * @param text lines of `CIDR,CC` (`203.0.113.0/24,JP`, `2001:db8::/32,US`); `#` begins a comment, one heading line is passed over.
 * @throws InputError `OVR_COUNTRIES` naming file and line.
 */
export function parseCountries(text: string, file: string): CountryTable {
  // One map for each prefix length: blocks nest, and the longest prefix that fits is the answer.
  const blocks = { 4: new Map<number, Map<bigint, string>>(), 6: new Map<number, Map<bigint, string>>() };
  let size = 0;
  for (const [index, raw] of text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = raw.replace(/#.*$/, '').trim();
    if (line === '') continue;
    const match = /^"?([0-9a-fA-F:.]+)\/(\d{1,3})"?\s*,\s*"?([A-Za-z]{2})"?\s*$/.exec(line);
    const family = isIP(match?.[1] ?? '');
    const prefix = Number(match?.[2]);
    if (match === null || (family !== 4 && family !== 6) || prefix > BITS[family]) {
      if (size === 0 && /^[a-z _"]+,[a-z _"]+$/i.test(line)) continue;
      throw new InputError('OVR_COUNTRIES', `${file}:${index + 1}: not a line like 203.0.113.0/24,JP.`, {
        next: 'Each line names one block of addresses and the country code that it is registered under.',
      });
    }
    size += 1;
    if (size > limits.countryBlocks)
      throw new InputError('OVR_COUNTRIES', `${file} has more than ${limits.countryBlocks} blocks.`, {
        next: 'Join neighbouring blocks of one country.',
        zh: `${file} 中的网段超过 ${limits.countryBlocks} 个。请合并同一国家的相邻网段。`,
      });
    const ofPrefix = blocks[family].get(prefix) ?? new Map<bigint, string>();
    blocks[family].set(prefix, ofPrefix);
    ofPrefix.set(addressNumber(match[1] ?? '', family) >> BigInt(BITS[family] - prefix), (match[3] ?? '').toUpperCase());
  }
  const longestFirst = {
    4: [...blocks[4]].sort(([a], [b]) => b - a),
    6: [...blocks[6]].sort(([a], [b]) => b - a),
  };
  return {
    asOf: null,
    countryOf(raw) {
      const address = plainAddress(raw);
      const family = isIP(address);
      if (family !== 4 && family !== 6) return null;
      const number = addressNumber(address, family);
      for (const [prefix, ofPrefix] of longestFirst[family]) {
        const country = ofPrefix.get(number >> BigInt(BITS[family] - prefix));
        if (country !== undefined) return country;
      }
      return null;
    },
  };
}

/** IPv4 addresses in their IPv6 clothes (RFC 4291 section 2.5.5.2), as sockets of both families give them. */
export function plainAddress(raw: string): string {
  return raw.replace(/^::ffff:(?=\d+\.)/i, '');
}

/** An address that `isIP` accepts, as a number; a zone (`%eth0`) is no part of it. */
export function addressNumber(address: string, family: 4 | 6): bigint {
  if (family === 4) return address.split('.').reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
  const plain = address.replace(/%.*$/, '').replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) => {
    const hex = (high: string, low: string) => ((Number(high) << 8) | Number(low)).toString(16);
    return `${hex(a, b)}:${hex(c, d)}`;
  });
  const [head = '', tail] = plain.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const [front, back] = [groups(head), tail === undefined ? [] : groups(tail)];
  const all = [...front, ...new Array<string>(8 - front.length - back.length).fill('0'), ...back];
  return all.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}
