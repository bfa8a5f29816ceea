import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Delegation, packDelegations, readDelegations, registryOf } from '../../src/rulebook/delegations.js';
import { loadRulebook } from '../../src/rulebook/load.js';
import { threadTime } from '../processor-time.js';
import { REAL_RULES } from '../rulebook/rules-folder.js';

const unit = (a: number, b: number, c: number) => a * 65_536 + b * 256 + c;

describe('a table of our own', () => {
  const bytes = packDelegations({
    4: [
      { first: unit(192, 0, 2), last: unit(192, 0, 2), country: 'JP' },
      { first: unit(198, 51, 100), last: unit(198, 51, 101), country: 'US' },
      { first: unit(203, 0, 113), last: unit(203, 0, 113), country: 'JP' },
    ],
    6: [{ first: 0x2001_0db8_0000, last: 0x2001_0db8_00ff, country: 'DE' }],
  });
  const { asOf, countryOf } = readDelegations(bytes, '2026-02-01');

  test('first and last address of a range answer, their neighbours do not', () => {
    expect(asOf).toBe('2026-02-01');
    expect(['192.0.2.0', '192.0.2.255', '198.51.100.0', '198.51.101.255', '203.0.113.9'].map(countryOf)).toEqual([
      'JP',
      'JP',
      'US',
      'US',
      'JP',
    ]);
    expect(['192.0.1.255', '192.0.3.0', '198.51.102.0', '0.0.0.0', '255.255.255.255'].map(countryOf)).toEqual(new Array(5).fill(null));
    expect(['2001:db8::1', '2001:db8:ff:ffff::1', '2001:db8:100::', '2001:db7:ffff::', '::ffff:203.0.113.1'].map(countryOf)).toEqual([
      'DE',
      'DE',
      null,
      null,
      'JP',
    ]);
    expect(['api.example.test', '', '203.0.113'].map(countryOf)).toEqual([null, null, null]);
  });

  test('bytes that are no table say so at the first question, and set no memory aside', () => {
    const bombs = [
      new Uint8Array(9),
      brotliCompressSync(Buffer.from('OVA2')),
      brotliCompressSync(Buffer.from([...Buffer.from('OVA1'), 0, 255, 255, 255, 255, 15, 0, 0, 0])),
    ];
    for (const broken of bombs) expect(() => readDelegations(broken, 'x').countryOf('192.0.2.1')).toThrow(/damaged/);
    for (let cut = 1; cut < bytes.length; cut += 7)
      expect(() => readDelegations(bytes.subarray(0, cut), 'x').countryOf('192.0.2.1')).toThrow(/damaged/);
  });

  test('ranges that overlap are not packed', () => {
    expect(() =>
      packDelegations({
        4: [
          { first: 5, last: 9, country: 'JP' },
          { first: 9, last: 9, country: 'US' },
        ],
        6: [],
      }),
    ).toThrow(RangeError);
  });
});

test('what was packed is what is read: any ranges, any address', () => {
  const steps = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 0, max: 40_000 }), fc.constantFrom('CN', 'HK', 'US')),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(steps, fc.array(fc.integer({ min: 0, max: 2 ** 24 - 1 }), { maxLength: 40 }), (plan, asked) => {
      const ranges: Delegation[] = [];
      let next = 0;
      for (const [gap, length, country] of plan) {
        ranges.push({ first: next + gap, last: next + gap + length, country });
        next += gap + length + 1;
      }
      const { countryOf } = readDelegations(packDelegations({ 4: ranges, 6: [] }), 'x');
      for (const one of [...asked, ...ranges.flatMap(({ first, last }) => [first, last])]) {
        const text = `${one >> 16}.${(one >> 8) & 255}.${one & 255}.7`;
        expect(countryOf(text)).toBe(ranges.find(({ first, last }) => first <= one && one <= last)?.country ?? null);
      }
    }),
    { numRuns: 60 },
  );
});

describe('the table of the rules', () => {
  const rulebook = loadRulebook({ dir: REAL_RULES });
  const table = registryOf(rulebook);

  test("known registrations; what is nobody's, private, or for documentation is not known", () => {
    expect(
      ['114.114.114.114', '223.5.5.5', '240e::1', '2400:3200::1', '8.8.8.8', '2606:4700::1'].map((one) => table?.countryOf(one)),
    ).toEqual(['CN', 'CN', 'CN', 'CN', 'US', 'US']);
    for (const one of [
      '127.0.0.1',
      '10.1.2.3',
      '172.16.0.1',
      '192.168.1.1',
      '169.254.1.1',
      '100.64.0.1',
      '203.0.113.5',
      '224.0.0.1',
      '::1',
      'fe80::1',
      'fd00::1',
      '2001:db8::1',
    ])
      expect(table?.countryOf(one), one).toBeNull();
  });

  test('a cloud block registered in Singapore and used in the mainland is not called abroad', () => {
    for (const one of ['8.130.1.1', '8.140.1.1', '8.191.255.255', '43.0.1.1', '17.94.20.1']) expect(table?.countryOf(one), one).toBeNull();
  });

  test('every code has a name in both languages; Hong Kong, Macao and Taiwan as in China', () => {
    const plain = rulebook.registry;
    expect(plain?.places).toMatchObject({ HK: { zh: '中国香港' }, MO: { zh: '中国澳门' }, TW: { zh: '中国台湾' }, CN: { zh: '中国大陆' } });
    for (const octet of Array.from({ length: 224 }, (_, index) => index))
      for (const second of [1, 64, 128, 200]) {
        const code = table?.countryOf(`${octet}.${second}.1.1`);
        if (code) expect(plain?.places[code], code).toBeDefined();
      }
  });

  test('it is small, and unpacked for the first question within a fraction of a second of computing', () => {
    expect(readFileSync(join(REAL_RULES, 'registry', 'addresses.bin')).length).toBeLessThan(1024 * 1024);
    const began = threadTime();
    registryOf(rulebook)?.countryOf('8.8.8.8');
    expect(threadTime() - began).toBeLessThan(250);
  });
});

test('rules without a table have none', () => {
  expect(registryOf({})).toBeNull();
  expect(registryOf({ registry: null })).toBeNull();
});
