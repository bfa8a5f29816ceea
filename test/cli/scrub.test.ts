import { expect, test } from 'vitest';
import { DIGITS_MARK, isTelling, markOf, Scrubber } from '../../src/cli/scrub.js';

const phone = '[phone_number:0a1b2c3d]';
const name = '[name:11112222]';
const scrubber = new Scrubber(
  new Map([
    ['13900000000', phone],
    ['张三', name],
    ['28', '[age:33334444]'],
  ]),
  new Map([['whole thing', '[x:1]']]),
  new Map([['a1b2-c3d4', '[oaid:5]']]),
);

test('a mark names type and tag', () => {
  expect(markOf({ dataType: 'imei', tag: '3f1c9ab4' })).toBe('[imei:3f1c9ab4]');
  expect(['1390', '张三', 'CN', '张'].map(isTelling)).toEqual([true, true, false, false]);
});

test('pieces go wherever they stand, short and foreign values only as a whole', () => {
  expect(scrubber.value('call 13900000000, 张三')).toBe(`call ${phone}, ${name}`);
  expect(scrubber.value('28')).toBe('[age:33334444]');
  expect(scrubber.value('page 28')).toBe('page 28');
  expect(scrubber.value(' whole thing')).toBe('[x:1]');
  expect(scrubber.value('a1b2-c3d4')).toBe('[oaid:5]');
  expect(scrubber.value('x=a1b2-c3d4')).toBe('x=a1b2-c3d4');
});

test('long digits go found or not; Unix times stay, unless a value stands in them', () => {
  expect(scrubber.value('order 20261121')).toBe(`order ${DIGITS_MARK}`);
  expect(scrubber.value('at 1767225600 and 1767225600123')).toBe('at 1767225600 and 1767225600123');
  expect(scrubber.value('0013900000000')).toBe(DIGITS_MARK);
  const inTime = new Scrubber(new Map([['72256', '[zip:1]']]), new Map(), new Map());
  expect(inTime.value('1767225600123')).toBe(DIGITS_MARK);
});

test('JSON stays JSON: escapes are read, numbers become strings, keys too, untouched tokens keep their bytes', () => {
  const text = String.raw`{"n":"\u5f20\u4e09","p":13900000000,"f":1.50,"13900000000":[28,"x\/y"]}`;
  const masked = scrubber.json(text);
  expect(JSON.parse(masked)).toEqual({ n: name, p: phone, f: 1.5, [phone]: ['[age:33334444]', 'x/y'] });
  expect(masked).toContain(String.raw`"x\/y"`);
  expect(masked).toContain('1.50');
  expect(scrubber.json(`{"a":1}\n{"p":"13900000000"}`)).toBe(`{"a":1}\n{"p":"${phone}"}`);
});

test('pairs are decoded first; what is no UTF-8 does not travel', () => {
  expect(scrubber.pairs('n=%E5%BC%A0%E4%B8%89&p=139%300000000&q=a+b&13900000000')).toBe(`n=${name}&p=${phone}&q=a+b&${phone}`);
  expect(scrubber.pairs('gbk=%D5%C5%C8%FD')).toBe('gbk=[not-decoded]');
});

test('a URL keeps its form and loses values, user name and fragment', () => {
  expect(scrubber.url('https://me:pw@a.test:8443/u/13900000000/%E5%BC%A0%E4%B8%89?p=13900000000&t=1767225600#13900000000')).toBe(
    `https://a.test:8443/u/${phone}/${name}?p=${phone}&t=1767225600`,
  );
  expect(scrubber.url('/relative?a=28')).toBe('/relative?a=[age:33334444]');
  expect(scrubber.url('https://a.test')).toBe('https://a.test');
  expect(scrubber.holds('x13900000000')).toBe(true);
  expect(scrubber.holds('nothing')).toBe(false);
});
