import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { buildDigests } from '../../src/detect/digest.js';
import { canonicalValue } from '../../src/detect/forms/canonical.js';
import { buildKnownSearch, isBinary } from '../../src/detect/known-search.js';

const values = [
  canonicalValue('phone_number', '19900001234'),
  canonicalValue('imei', '860000001234567'),
  canonicalValue('mac_address', '00:00:5e:00:53:1f'),
];
const search = buildKnownSearch(
  values,
  buildDigests(
    values.map(({ digested }) => digested),
    [],
  ),
);

function forms(bytes: Uint8Array): string[] {
  const found: string[] = [];
  search.search(bytes, ({ value, form }) => {
    found.push(`${value} ${form}`);
    return false;
  });
  return found;
}

describe('search over bytes', () => {
  test('text forms, digests and positions', () => {
    expect(forms(Buffer.from('{"p":"19900001234"}'))).toEqual(['0 plain']);
    expect(forms(Buffer.from(createHash('md5').update('860000001234567').digest('hex')))).toEqual(['1 md5']);
    search.search(Buffer.from('xx 199-0000-1234'), (hit) => {
      expect([hit.start, hit.end, hit.text]).toEqual([3, 16, '199-0000-1234']);
      return false;
    });
  });

  test('binary forms only in data that has control bytes', () => {
    const binary = Buffer.concat([Buffer.from([0x0a, 0x06]), Buffer.from('00005e00531f', 'hex'), Buffer.from([0x10])]);
    expect(forms(binary)).toContain('2 raw-bytes');
    expect(isBinary(Buffer.from('plain text\r\n\twith 中文'))).toBe(false);
    expect(isBinary(binary)).toBe(true);
    // A control at every place of the words that it is looked for in, and bytes that do not begin at one.
    for (let at = 0; at < 13; at++)
      for (const from of [0, 1, 2, 3]) {
        const bytes = Buffer.concat([Buffer.alloc(from), Buffer.from('a\nb\tc\rd\fefgh中')]).subarray(from);
        expect(isBinary(bytes)).toBe(false);
        if (at < bytes.length - 3) bytes[at] = 0x1f;
        expect(isBinary(bytes)).toBe(at < bytes.length - 3);
      }
    expect(isBinary(Buffer.from([0xa5, 0xc3, 0x9f, 0xff]))).toBe(true);
  });

  test('a raw digest inside binary data', () => {
    expect(forms(Buffer.concat([Buffer.from([1, 16]), createHash('sha256').update('19900001234').digest()]))).toEqual(['0 sha256']);
  });

  test('a value under a single-byte XOR, with the key in the form', () => {
    expect(forms(Buffer.from('{"p":"860000001234567"}').map((byte) => byte ^ 0xa5))).toEqual(['1 xor-a5']);
  });

  test('a digit run that goes on is not the number', () => {
    expect(forms(Buffer.from('119900001234'))).toEqual([]);
    expect(forms(Buffer.from('1990000123400'))).toEqual([]);
  });

  test('stops when told to', () => {
    let calls = 0;
    expect(
      search.search(Buffer.from('19900001234,19900001234'), () => {
        calls++;
        return true;
      }),
    ).toBe(true);
    expect(calls).toBe(1);
  });

  test('shorter input than any pattern', () => {
    for (let size = 0; size < 8; size++) expect(forms(Buffer.alloc(size, 0x31))).toEqual([]);
  });
});
