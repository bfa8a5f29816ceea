import { expect, test } from 'vitest';
import { places, registry } from '../../../src/rulebook/schema/registry.js';

const whole = {
  title: { zh: '表', en: 'Table' },
  date: '2026-02-01',
  file: 'addresses.bin',
  sha256: 'a'.repeat(64),
  ranges: { ipv4: 1, ipv6: 0 },
  sources: [{ name: 'a registry', licence: 'CC0-1.0', use: { zh: '主表', en: 'all of it' } }],
  format: 'brotli',
  remake: 'run the script',
};

test('a table says where it comes from, under which licence, and of which day it is', () => {
  expect(registry.parse(whole)).toEqual({ ...whole, withheld: [] });
  for (const broken of [
    { sources: [] },
    { date: '2026' },
    { sha256: 'abc' },
    { file: '../x.bin' },
    { remake: ' ' },
    { withheld: [{ block: '8.128.0.0/10' }] },
  ])
    expect(registry.safeParse({ ...whole, ...broken }).success, JSON.stringify(broken)).toBe(false);
});

test('names are by two capital letters', () => {
  const name = { zh: '中国香港', en: 'Hong Kong, China' };
  expect(places.safeParse({ places: { HK: name } }).success).toBe(true);
  for (const code of ['hk', 'HKG', '']) expect(places.safeParse({ places: { [code]: name } }).success, code).toBe(false);
});
