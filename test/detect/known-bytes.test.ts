import { expect, test, vi } from 'vitest';
import type { Stretch } from '../../src/detect/idle.js';
import { KnownBytes } from '../../src/detect/known-bytes.js';
import { joinFields } from '../../src/detect/known-joined.js';
import { buildKnownTables } from '../../src/detect/known-tables.js';
import { leaf } from './known-fixture.js';

const PHONE = '19900001234';
const { search } = buildKnownTables({ values: { phone_number: [PHONE] }, salts: [], keys: [] }, []);
const bytes = (text: string) => new TextEncoder().encode(text);

test('each value once for each form, and every place of all hits', () => {
  const stretches: Stretch[] = [];
  const hits = new KnownBytes(search).find(bytes(`${PHONE} and ${PHONE}, 199-0000-1234`), false, stretches);
  expect(hits.map(({ form }) => form)).toEqual(['plain', 'separators']);
  expect(stretches).toEqual([
    [0, 11],
    [16, 27],
    [29, 42],
  ]);
});

test('long binary bytes without a known value are looked through once', () => {
  const known = new KnownBytes(search);
  const noise = Uint8Array.from({ length: 20_000 }, (_, index) => (index * 7) & 0xff);
  const looked = vi.spyOn(search, 'search');
  expect([known.contains(noise), known.isBarren(noise), known.contains(noise)]).toEqual([false, true, false]);
  expect(known.find(noise, true)).toEqual([]);
  expect(looked).toHaveBeenCalledTimes(1);
  looked.mockRestore();
  const holding = Uint8Array.from([...noise, 0, ...bytes(PHONE), 0]);
  expect([known.contains(holding), known.isBarren(holding)]).toEqual([true, false]);
});

test('a hit in fields laid end to end is told with its field; none reaches from one into the next', () => {
  const found: Array<[number, number, string]> = [];
  const fields = [leaf('body.$.a', '1990000'), leaf('body.$.b', '1234'), leaf('body.$.c', `tel ${PHONE} ${PHONE}`)];
  new KnownBytes(search).findJoined(joinFields(fields), false, (index, { start }, own) =>
    found.push([index, start, new TextDecoder().decode(own)]),
  );
  expect(found).toEqual([[2, 4, `tel ${PHONE} ${PHONE}`]]);
});
