import { expect, test } from 'vitest';
import { NamingBook } from '../../src/detect/naming.js';
import { ROLE } from '../../src/detect/surroundings.js';
import { limits } from '../../src/limits.js';
import { dataTypes } from './fixture.js';

test('one naming for equal names, whichever array they come in', () => {
  const book = new NamingBook(dataTypes);
  const keys = ['device', 'imei'];
  const naming = book.of(keys);
  expect(book.of(keys)).toBe(naming);
  expect(book.of(['device', 'imei'])).toBe(naming);
  expect(naming.matches.map(({ type }) => type.id)).toContain('imei');
  expect(book.of(['device', 'platform']).role & ROLE.platform).toBe(ROLE.platform);
  expect(book.of([])).toMatchObject({ matches: [], role: 0 });
});

test('tells the composites whose names it meets', () => {
  const book = new NamingBook(dataTypes);
  const woken = (keys: readonly string[]) => book.of(keys).awaited?.places.length ?? 0;
  expect(woken(['geo', 'lat'])).toBeGreaterThan(0);
  expect(woken(['page', 'title'])).toBe(0);
});

test('forgets rather than grows', () => {
  const book = new NamingBook(dataTypes);
  const first = book.of(['imei']);
  for (let index = 0; index <= limits.keyMemory; index++) book.of([`k${index}`]);
  expect(book.of(['imei'])).not.toBe(first);
  expect(book.of(['imei']).matches).toEqual(first.matches);
});

test('knows what a name says that it does not hold', () => {
  const book = new NamingBook(dataTypes);
  const refused = dataTypes.flatMap(({ id, detect }) =>
    detect.notKeys.filter((key) => /^[a-z ]+$/.test(key)).map((key) => [key.replaceAll(' ', '_'), id] as const),
  );
  expect(refused.length).toBeGreaterThan(100);
  for (const [name, type] of refused)
    for (let turn = 0; turn < 2; turn++) expect(book.refuses([name], type), `${type}: ${name}`).toBe(true);
  expect(book.refuses([], 'imei')).toBe(false);
  expect(book.refuses(['imei'], 'imei')).toBe(false);
});
