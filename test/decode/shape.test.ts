import { expect, test } from 'vitest';
import { firstVisible, SHAPE, shapeOf } from '../../src/decode/shape.js';

function has(text: string, shape: number): boolean {
  return (shapeOf(text) & shape) !== 0;
}

test('texts that are worth a decoder are seen', () => {
  expect(has(' {"a":1}', SHAPE.brace)).toBe(true);
  expect(has('"quoted"', SHAPE.quoted)).toBe(true);
  expect(has('<a/>', SHAPE.angle)).toBe(true);
  expect(has('a%20b', SHAPE.percent)).toBe(true);
  expect(has('eyJhIjoiYiJ9', SHAPE.base64)).toBe(true);
  expect(has('MTM5MDAwMDAwMDA=', SHAPE.base64)).toBe(true);
  expect(has('3133393030303030303030aa', SHAPE.hex)).toBe(true);
  expect(has('7b:22:61:22:3a:31:7d:20', SHAPE.octets)).toBe(true);
  expect(has('0x7b2261223a317d20', SHAPE.octets)).toBe(true);
  expect(has('a=1&b=2', SHAPE.pairs)).toBe(true);
  expect(has('eyJh.eyJi.c2ln', SHAPE.dotted)).toBe(true);
  expect(has('cb({});', SHAPE.call)).toBe(true);
  expect(has('see https://h/?a', SHAPE.address)).toBe(true);
  expect(has('data:,x', SHAPE.address)).toBe(true);
  expect(has('Bearer eyJ', SHAPE.words)).toBe(true);
  expect(has('query { a }', SHAPE.document)).toBe(true);
  expect(has('42[1]', SHAPE.digit)).toBe(true);
});

test('lists of names and values, rows, and lists of which one item is long', () => {
  for (const text of [
    'a:1|b:2|c:3',
    '收件人：张三，电话：1，地址：北京',
    'a\t1\nb\t2\nc\t3',
    'a,b,c\n1,2,3',
    '[a:1][b:2][c:3]',
    'a->1;b->2;c->3',
  ])
    expect(has(text, SHAPE.listed), text).toBe(true);
  for (const text of ['2026-11-22 10:00:01', 'a4:5e:60:11:22:33', 'https://a.test:80/x,y;z', 'one, two, three', 'two\nlines'])
    expect(has(text, SHAPE.listed), text).toBe(false);
  expect(has('android,eyJpbWVpIjoiODYwMDAw,17', SHAPE.sentence)).toBe(true);
  expect(has('android;17;eyJpbWVpIjoiODYwMDAw', SHAPE.sentence)).toBe(true);
  expect(has('https://a.test/x,aW1laSI6Ijg2MDAwMDAw', SHAPE.sentence)).toBe(false);
  expect(has('https://a.test/eyJpbWVpIjoiODYwMDAw', SHAPE.sentence)).toBe(true);
  expect(has('app_eyJpbWVpIjoiODYwMDAw', SHAPE.sentence)).toBe(true);
  expect(has('a,b,c', SHAPE.sentence)).toBe(false);
});

test('long texts without a gap, and characters that are bytes', () => {
  const long = 'Ab3'.repeat(40);
  expect(has(long, SHAPE.unbroken)).toBe(true);
  expect(has(`${long} b`, SHAPE.unbroken)).toBe(false);
  expect(has('ab3'.repeat(40), SHAPE.unbroken)).toBe(false);
  expect(has(`${long}张`, SHAPE.unbroken)).toBe(false);
  expect(has('caf\u00e9', SHAPE.bytes)).toBe(true);
  expect(has('caf\u00e9 张', SHAPE.bytes)).toBe(false);
});

test('many words of one length are no prose', () => {
  expect(has('7b 22 61 22 3a 31 7d 20', SHAPE.octets)).toBe(true);
  expect(has('got 7b 22 61 22 3a 31 7d 20 from it', SHAPE.sentence)).toBe(true);
  expect(has('we can see two men and one dog', SHAPE.sentence)).toBe(false);
  expect(has('it is in an ad by me at work', SHAPE.sentence)).toBe(true);
});

test('words, identifiers and numbers are left alone', () => {
  for (const text of [
    'page_view',
    'f81d4fae-7dec-41d0-a765-00a0c91e6bf6',
    'com-example-application',
    '1700000000000',
    '12:30:11',
    '100% sure',
    'CONSTANT_NAME_OF_X',
    '',
  ]) {
    expect(shapeOf(text) & ~(SHAPE.words | SHAPE.hex), text).toBe(0);
  }
  expect(has('abc%zz', SHAPE.percent)).toBe(false);
  expect(has('abcdef1234567890a', SHAPE.hex)).toBe(false);
});

test('a base64 text does not count its padding as a pair', () => {
  expect(has('MTM5MDAwMDAwMDA=', SHAPE.pairs)).toBe(false);
  expect(has('YWJjZGVmZ2hpamts==', SHAPE.pairs)).toBe(false);
});

test('the first visible character', () => {
  expect(firstVisible(' \r\n\tx')).toBe(4);
  expect(firstVisible('')).toBe(0);
});
