import { expect, test } from 'vitest';
import { Freed, stretchesOf } from '../../../src/decode/sqlite/freed.js';

/** A leaf of 64 bytes with one pointer, cells from 40 on, and a free block of 12 bytes at 44. */
function leaf(change: (page: Buffer) => void = () => {}): Buffer {
  const page = Buffer.alloc(64, 0x2e);
  page.set([13, 0, 44, 0, 1, 0, 40, 0, 0, 60]);
  page.set([0, 0, 0, 12], 44);
  change(page);
  return page;
}

const places = (page: Buffer) => {
  const { used, freed } = stretchesOf(page, 0, 64);
  const place = (part: Buffer) => [part.byteOffset - page.byteOffset, part.byteOffset - page.byteOffset + part.length];
  return { used: used.map(place), freed: freed.map(place) };
};

test('a page is cells, what was never used, and blocks that were freed', () => {
  expect(places(leaf())).toEqual({
    used: [
      [40, 44],
      [56, 64],
    ],
    freed: [
      [10, 40],
      [48, 56],
    ],
  });
});

test('a list that runs in a ring, backwards or out of the page ends', () => {
  expect(places(leaf((page) => page.set([0, 44], 44))).freed).toEqual([
    [10, 40],
    [48, 56],
  ]);
  expect(places(leaf((page) => page.set([0, 40], 44))).freed).toEqual([
    [10, 40],
    [48, 56],
  ]);
  expect(places(leaf((page) => page.set([0, 200], 46))).freed).toEqual([[10, 40]]);
  expect(places(leaf((page) => page.set([0, 2], 46))).freed).toEqual([[10, 40]]);
  expect(places(leaf((page) => page.set([255, 255], 5))).freed).toEqual([[10, 64]]);
  expect(places(leaf((page) => page.set([255, 255], 3))).freed).toEqual([[64, 64]]);
});

test('pointers that are no more are no words', () => {
  const large = Buffer.alloc(32_768);
  large.set([13, 0, 0, 0, 0, 0x70, 0, 0], 0);
  large.write('sZsJs:s*r~rnr^rNr>r.an event of the app', 8, 'latin1');
  large.fill(0x80, 47, 100);
  expect(stretchesOf(large, 0, large.length).freed.map((part) => part.toString('latin1', 0, 16))).toEqual([
    expect.not.stringContaining('sZsJ'),
  ]);
});

test('words are told only where they stand in no row', () => {
  const freed = (isWide: boolean, ...texts: string[]) => {
    const each = new Freed(isWide);
    for (const text of texts) each.add(Buffer.from(text));
    return each;
  };
  const used = [Buffer.from('\u0001an event of the app\u0002and another')];
  const told = freed(false, '\0\u0001short\0', '\0an event of the app', '\0a second line of the book', '\0张三的第二个手机\0');
  expect(told.gone(used).map(String)).toEqual(['\0a second line of the book', '\0张三的第二个手机\0']);
  expect(freed(false, '\0\u0001short\0').isEmpty).toBe(true);
  expect(freed(false, '%!an event of the app%!$(').gone(used), 'lengths and numbers of the rows beside it').toEqual([]);
  const wide = (text: string) => Buffer.from(text, 'utf16le').toString('latin1');
  expect(freed(true, wide('an event of the app')).gone(used)).toHaveLength(1);
  expect(freed(true, wide('an event of the app')).gone([Buffer.from(wide('of an event of the app'))])).toEqual([]);
});
