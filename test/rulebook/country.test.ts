import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCountries } from '../../src/rulebook/country.js';

const table = parseCountries(
  'network,country\n# RFC 5737, RFC 3849\n203.0.113.0/24,jp\n203.0.113.128/25,CN\n"198.51.100.7/32","US"\r\n2001:db8::/32,DE\n2001:db8:1::/48,FR\n::1.2.3.0/120,GB\n',
  'c.csv',
);

test('the smallest block that holds the address answers; what no block holds is not known', () => {
  expect(table.asOf).toBeNull();
  expect(['203.0.113.1', '203.0.113.127', '203.0.113.128', '203.0.113.255'].map(table.countryOf)).toEqual(['JP', 'JP', 'CN', 'CN']);
  expect(['198.51.100.7', '198.51.100.8', '203.0.114.0'].map(table.countryOf)).toEqual(['US', null, null]);
  expect(['2001:db8::1', '2001:DB8:1:2::3', '2001:db9::', '::1.2.3.4', '2001:db8::1%eth0'].map(table.countryOf)).toEqual([
    'DE',
    'FR',
    null,
    'GB',
    'DE',
  ]);
  expect(['::ffff:203.0.113.1', 'api.example.test', '', '203.0.113'].map(table.countryOf)).toEqual(['JP', null, null, null]);
});

test('a line that is no block is named, wherever it stands', () => {
  for (const line of ['203.0.113.0/33,JP', '203.0.113/24,JP', '203.0.113.0/24,JPN', '2001:db8::/129,US', '1.2.3.4,US', 'x'])
    expect(() => parseCountries(`203.0.113.0/24,JP\n${line}\n`, 'c.csv'), line).toThrow(/^c\.csv:2: /);
});

test('it agrees with counting bit by bit', () => {
  const octets = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));
  const bits = (parts: readonly number[]) => parts.map((part) => part.toString(2).padStart(8, '0')).join('');
  fc.assert(
    fc.property(octets, fc.integer({ min: 0, max: 32 }), octets, (network, prefix, address) => {
      const one = parseCountries(`${network.join('.')}/${prefix},JP`, 'c.csv');
      const inside = bits(network).slice(0, prefix) === bits(address).slice(0, prefix);
      return one.countryOf(address.join('.')) === (inside ? 'JP' : null);
    }),
    { numRuns: 300 },
  );
});
