import { expect, test } from 'vitest';
import { Addresses } from '../../src/session/addresses.js';
import { exchangeOf } from './traffic.js';

test('the first address a host was reached at counts; a host that is an address stands for itself', () => {
  const addresses = new Addresses();
  addresses.add(exchangeOf(0, 'https://a.example.test/', undefined, { serverAddress: null }));
  addresses.add(exchangeOf(1, 'https://A.example.test:8443/', undefined, { serverAddress: '203.0.113.1' }));
  addresses.add(exchangeOf(2, 'https://a.example.test/', undefined, { serverAddress: '203.0.113.2' }));
  const asked: string[] = [];
  const { countries } = addresses.settings({
    asOf: '2026-01-01',
    countryOf(address) {
      asked.push(address);
      return 'JP';
    },
  });
  for (const host of ['a.example.test', 'b.example.test', '198.51.100.7']) expect(countries?.countryOf(host)).toBe('JP');
  expect(countries?.asOf).toBe('2026-01-01');
  expect(asked).toEqual(['203.0.113.1', 'b.example.test', '198.51.100.7']);
});

test('without a table nothing is said of any country', () => {
  for (const none of [undefined, null]) expect(new Addresses().settings(none)).toEqual({});
});
