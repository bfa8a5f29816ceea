import { expect, test } from 'vitest';
import { counted, countedWith, setOf } from '../../src/detect/owner.js';

const beside = (names: readonly string[]) => new Map(names.map((name) => [name, '1']));

test('names of a kind are counted once each, and those without a value not at all', () => {
  const prices = counted(2, /^(?:price|stock)$/);
  expect(prices(beside(['price', 'stock', 'name']))).toBe(true);
  expect(prices(beside(['price', 'name']))).toBe(false);
  expect(
    prices(
      new Map([
        ['price', '1'],
        ['stock', ''],
      ]),
    ),
  ).toBe(false);
});

test('one of them has to be of those that nothing else has', () => {
  const hero = countedWith(2, /^(?:hp|attack)$/, /^attack$/);
  expect(hero(beside(['hp', 'attack']))).toBe(true);
  expect(hero(beside(['hp', 'mp']))).toBe(false);
});

test('types are written with blanks between them', () => {
  expect([...setOf('age gender')]).toEqual(['age', 'gender']);
});
