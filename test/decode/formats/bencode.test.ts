import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decoder } from '../../../src/decode/formats/bencode.js';
import { decodeRequest } from '../../../src/decode/index.js';
import { element, member } from '../../../src/decode/path.js';
import { nearMisses } from '../near-misses.js';
import { inside, limitsOf, opened, request, takenFor, under, values } from '../sample.js';

const none = (hex: string) => Object.keys(opened(Buffer.from(hex.replaceAll(' ', ''), 'hex'))).filter((path) => path.includes('|bencode'));

/** As the package `bencode` wrote it. */
const DICTIONARY = Buffer.from(
  'ZDM6ZGV2ZDM6bWFjMTc6MDI6QUI6Q0Q6MDA6MDA6MDFlNDppbWVpMTU6NDkwMTU0MjAzMjM3NTE4NDpsaXN0bDE6YWQ1OnBob25lMTE6MTM5MDAwMDAwMDFlZTE6bmkt' +
    'NWU0Om5hbWU2OuW8oOS4iTM6cmF3Mzr//gFl',
  'base64',
);
const FIELDS = {
  '.imei': '490154203237518',
  '.name': '张三',
  '.n': '-5',
  '.list[0]': 'a',
  '.list[1].phone': '13900000001',
  '.dev.mac': '02:AB:CD:00:00:01',
};

test('a dictionary, its lists and the dictionaries in it', () => {
  expect(opened(DICTIONARY)).toMatchObject(under('body|bencode', FIELDS));
  expect(inside(DICTIONARY)).toMatchObject(under('|base64|bencode', FIELDS));
  expect(opened('d2:id20:abcdefghij0123456789e')).toEqual({ 'body|bencode.id': 'abcdefghij0123456789' });
});

test('lengths that lie, numbers that are none, what stands behind the end', () => {
  for (const lie of [
    'd1:a5:abce',
    'd1:a99999999999:be',
    'd1:ai1-2ee',
    'd1:aiee',
    'd1:a1:b',
    'd1:a1:bex',
    'd0:1:be',
    'd1:axe',
    'd1:ale',
    'de',
  ])
    expect(none(Buffer.from(lie).toString('hex')), lie).toEqual([]);
});

test('a list of dictionaries, and one of texts', () => {
  expect(opened(Buffer.concat([Buffer.from('l'), DICTIONARY, Buffer.from('5:othere')]))).toMatchObject({
    'body|bencode[0].imei': '490154203237518',
    'body|bencode[1]': 'other',
  });
  expect(opened('l11:139000000013:abce')).toEqual({ 'body|bencode[0]': '13900000001', 'body|bencode[1]': 'abc' });
});

test('incident: what broke off was not read at all, and nothing was said of it', () => {
  const told = (size: number, truncated = false) => {
    const decoded = decodeRequest(request({ body: DICTIONARY.subarray(0, size), truncated }));
    return { fields: values(decoded), unread: decoded.opaque.map(({ path, shape }) => `${path} ${shape.join(' ')}`) };
  };
  const inValue = told(DICTIONARY.indexOf('3751') + 2);
  expect(inValue.fields).toEqual({ 'body|bencode.dev.mac': '02:AB:CD:00:00:01' });
  expect(inValue.unread).toEqual(['body|bencode unread-part bencode']);
  for (let size = DICTIONARY.indexOf('4:list'); size < DICTIONARY.length; size++) {
    const cut = told(size);
    expect(cut.fields['body|bencode.imei'], String(size)).toBe('490154203237518');
    expect(cut.unread, String(size)).toEqual(['body|bencode unread-part bencode']);
    expect(told(size, true).unread, 'a body that was cut says so by itself').toEqual([]);
  }
});

test('whatever is written is read, wherever it breaks off', () => {
  type Value = string | bigint | Value[] | { [name: string]: Value };
  const written = (value: Value): string => {
    if (typeof value === 'bigint') return `i${value}e`;
    if (typeof value === 'string') return `${value.length}:${value}`;
    if (Array.isArray(value)) return `l${value.map(written).join('')}e`;
    return `d${Object.entries(value)
      .map(([name, inner]) => written(name) + written(inner))
      .join('')}e`;
  };
  const text = fc.stringMatching(/^[a-z][a-z0-9 .]{2,20}$/);
  const { value } = fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      text,
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(text, tie('value'), { maxKeys: 3 }),
    ),
  }));
  const leavesOf = (path: string, each: Value): Array<readonly [string, string]> => {
    if (typeof each === 'object')
      return Array.isArray(each)
        ? each.flatMap((inner, index) => leavesOf(element(path, index), inner))
        : Object.entries(each).flatMap(([name, inner]) => leavesOf(member(path, name), inner));
    return [[path, String(each)]];
  };
  fc.assert(
    fc.property(fc.record({ first: text, second: value, third: text }), fc.nat(), (document, at) => {
      const whole = Buffer.from(written(document));
      const fields = Object.fromEntries(leavesOf('body|bencode', document));
      expect(opened(whole)).toMatchObject(fields);
      const cut = opened(whole.subarray(0, at % whole.length));
      for (const [path, each] of Object.entries(cut)) if (path.includes('|bencode') && path in fields) expect(each).toBe(fields[path]);
    }),
    { numRuns: 200 },
  );
});

test('lists in lists without end', () => {
  expect(limitsOf(Buffer.from(`d1:a${'l'.repeat(100_000)}`))).toEqual(['structDepth']);
});

test('random bytes are none', () => {
  expect(takenFor(decoder, 20_000)).toEqual([]);
});

nearMisses('bencode', { content: DICTIONARY });
nearMisses('bencode', { content: Buffer.concat([Buffer.from('l'), DICTIONARY, Buffer.from('e')]) });
