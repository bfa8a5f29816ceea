import { expect, test } from 'vitest';
import { FilterShelf } from '../../../src/live/page/saved-filters.js';

function storage(text?: string) {
  const kept = new Map<string, string>(text === undefined ? [] : [['overreach.filters', text]]);
  return { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
}

test('a line is saved once, newest first, and outlives the page', () => {
  const browser = storage();
  const first = new FilterShelf(browser);
  expect(['host:a', ' host:b ', 'host:a', '  '].map((line) => first.save(line))).toEqual([true, true, true, false]);
  const again = new FilterShelf(browser);
  expect(again.lines.value).toEqual(['host:a', 'host:b']);
  again.forget('host:a');
  expect(new FilterShelf(browser).lines.value).toEqual(['host:b']);
});

test('when all places are taken nothing is dropped in silence', () => {
  const shelf = new FilterShelf(storage());
  for (let n = 0; n < 20; n += 1) shelf.save(`host:${n}`);
  expect(shelf.save('host:more')).toBe(false);
  expect(shelf.lines.value).toHaveLength(20);
});

test.each([
  ['{', []],
  ['{"a":1}', []],
  ['"x"', []],
  ['[1,null,"host:a"]', ['host:a']],
])('what somebody else wrote there is no lines: %s', (text, lines) => {
  expect(new FilterShelf(storage(text)).lines.value).toEqual(lines);
});
