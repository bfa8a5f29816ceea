import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decoder } from '../../../src/decode/formats/amf.js';
import { decodeRequest } from '../../../src/decode/index.js';
import { element, member } from '../../../src/decode/path.js';
import { nearMisses } from '../near-misses.js';
import { inside, limitsOf, opened, request, takenFor, under } from '../sample.js';

type Value = string | number | boolean | null | Value[] | { [name: string]: Value };

const TYPE = 'application/x-amf';
const u16 = (value: number) => Buffer.from([value >> 8, value & 255]);
const u32 = (value: number) => Buffer.from([value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255]);
const double = (value: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes;
};
const short = (text: string) => Buffer.concat([u16(Buffer.byteLength(text)), Buffer.from(text)]);

/** As the specification of AMF 0 says (2.2 to 2.18). */
function amf0(value: Value): Buffer {
  if (value === null) return Buffer.from([5]);
  if (typeof value === 'number') return Buffer.concat([Buffer.from([0]), double(value)]);
  if (typeof value === 'boolean') return Buffer.from([1, Number(value)]);
  if (typeof value === 'string') return Buffer.concat([Buffer.from([2]), short(value)]);
  if (Array.isArray(value)) return Buffer.concat([Buffer.from([10]), u32(value.length), ...value.map(amf0)]);
  const members = Object.entries(value).flatMap(([name, inner]) => [short(name), amf0(inner)]);
  return Buffer.concat([Buffer.from([3]), ...members, Buffer.from([0, 0, 9])]);
}

/** As that of AMF 3 says (3.1 to 3.12): texts and classes that were written before are referred to. */
function amf3(root: Value): Buffer {
  const texts: string[] = [];
  const u29 = (value: number): Buffer => {
    if (value < 0x80) return Buffer.from([value]);
    if (value < 0x4000) return Buffer.from([(value >> 7) | 128, value & 127]);
    if (value < 0x200000) return Buffer.from([(value >> 14) | 128, ((value >> 7) & 127) | 128, value & 127]);
    return Buffer.from([((value >> 22) & 127) | 128, ((value >> 15) & 127) | 128, ((value >> 8) & 127) | 128, value & 255]);
  };
  const text = (value: string): Buffer => {
    const known = texts.indexOf(value);
    if (known >= 0) return u29(known << 1);
    if (value !== '') texts.push(value);
    const bytes = Buffer.from(value);
    return Buffer.concat([u29((bytes.length << 1) | 1), bytes]);
  };
  let classes = 0;
  const write = (value: Value): Buffer => {
    if (value === null) return Buffer.from([1]);
    if (typeof value === 'boolean') return Buffer.from([value ? 3 : 2]);
    if (typeof value === 'string') return Buffer.concat([Buffer.from([6]), text(value)]);
    if (typeof value === 'number')
      return Number.isInteger(value) && !Object.is(value, -0) && Math.abs(value) < 2 ** 28
        ? Buffer.concat([Buffer.from([4]), u29(value & 0x1fffffff)])
        : Buffer.concat([Buffer.from([5]), double(value)]);
    if (Array.isArray(value)) return Buffer.concat([Buffer.from([9]), u29((value.length << 1) | 1), text(''), ...value.map(write)]);
    // A dynamic class without a name, written out once.
    const head = classes++ === 0 ? Buffer.concat([u29(0x0b), text('')]) : u29(1);
    const parts = [Buffer.from([10]), head];
    for (const [name, inner] of Object.entries(value)) parts.push(text(name), write(inner));
    return Buffer.concat([...parts, text('')]);
  };
  return write(root);
}

function packet(content: Buffer, version = 0, headers: Buffer[] = []): Buffer {
  const message = Buffer.concat([short('user.login'), short('/1'), u32(content.length), content]);
  return Buffer.concat([u16(version), u16(headers.length), ...headers, u16(1), message]);
}
const packet3 = (value: Value) => packet(Buffer.concat([Buffer.from([10]), u32(1), Buffer.from([0x11]), amf3(value)]), 3);

const DEVICE = {
  imei: '490154203237518',
  phone: 13_900_000_001,
  n: -5,
  lat: 31.2304,
  ok: true,
  none: null,
  list: ['a', { imei: '490154203237518', 手机: '13900000002' }],
  wide: 'x'.repeat(200),
};
const FIELDS = {
  '.imei': '490154203237518',
  '.phone': '13900000001',
  '.n': '-5',
  '.lat': '31.2304',
  '.ok': 'true',
  '.none': 'null',
  '.list[0]': 'a',
  '.list[1].imei': '490154203237518',
  '.list[1].手机': '13900000002',
  '.wide': 'x'.repeat(200),
};

test('calls in AMF 0 and AMF 3, with the content type and without', () => {
  for (const type of [TYPE, undefined]) {
    expect(opened(packet(amf0(DEVICE)), type)).toMatchObject({
      'body|amf.messages[0].target': 'user.login',
      ...under('body|amf.messages[0].content', FIELDS),
    });
    expect(opened(packet3(DEVICE), type)).toMatchObject(under('body|amf.messages[0].content[0]', FIELDS));
  }
  expect(inside(packet3(DEVICE))).toMatchObject(under('|base64|amf.messages[0].content[0]', FIELDS));
  const header = Buffer.concat([short('Credentials'), Buffer.from([0]), u32(0), amf0({ userid: 'lin', password: 'secret' })]);
  expect(opened(packet(amf0('x'), 0, [header]), TYPE)).toMatchObject({ 'body|amf.headers.Credentials.password': 'secret' });
});

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

test('other types of AMF 0: maps, dates, long texts, classes, references', () => {
  const map = Buffer.concat([
    hex('08 00000001'),
    short('born'),
    hex('0b 4270000000000000 0000'),
    short('long'),
    hex('0c 00000003 616263'),
    short('class'),
    hex('10 0001 41'),
    short('mac'),
    amf0('02:ab:cd:00:00:01'),
    hex('000009'),
    short('again'),
    hex('07 0000 000009'),
  ]);
  expect(opened(packet(map), TYPE)).toMatchObject({
    'body|amf.messages[0].content.born': String(2 ** 40),
    'body|amf.messages[0].content.long': 'abc',
    'body|amf.messages[0].content.class.mac': '02:ab:cd:00:00:01',
  });
});

test('what a class that is not known writes, and what breaks off, is told as unread', () => {
  const told = (body: Buffer, truncated = false) =>
    decodeRequest(request({ body, type: TYPE, truncated })).opaque.map(({ path, shape }) => `${path} ${shape.join(' ')}`);
  const external = packet(Buffer.concat([hex('11 0a 07 07'), Buffer.from('DSK'), Buffer.from('what nobody knows')]), 3);
  expect(told(external)).toEqual(['body|amf unread-part amf']);
  const whole = packet3(DEVICE);
  expect(told(whole)).toEqual([]);
  expect(told(whole.subarray(0, -20))).toEqual(['body|amf unread-part amf']);
  expect(told(whole.subarray(0, -20), true)).toEqual([]);
  expect(Object.keys(opened(whole.subarray(0, -20))).filter((path) => path.includes('|amf'))).toEqual([]);
});

test('whatever is written is read', () => {
  const name = fc.stringMatching(/^[A-Za-z_\u4e00-\u9fa5][\w\u4e00-\u9fa5]{0,9}$/);
  const scalar = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'abc 123张三'), maxLength: 300 }),
    fc.integer(),
    fc.double({ noNaN: true }),
    fc.boolean(),
    fc.constant(null),
  );
  const { value } = fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, scalar, fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(name, tie('value'), { maxKeys: 4 })),
  }));
  const leavesOf = (path: string, each: Value): Array<readonly [string, string]> => {
    if (typeof each !== 'object' || each === null) return [[path, String(each)]];
    return Array.isArray(each)
      ? each.flatMap((inner, index) => leavesOf(element(path, index), inner))
      : Object.entries(each).flatMap(([key, inner]) => leavesOf(member(path, key), inner));
  };
  fc.assert(
    fc.property(fc.dictionary(name, value, { minKeys: 1, maxKeys: 4 }), (document) => {
      for (const [body, root] of [
        [packet(amf0(document)), 'body|amf.messages[0].content'],
        [packet3(document), 'body|amf.messages[0].content[0]'],
      ] as const) {
        const fields = opened(body, TYPE);
        for (const [path, expected] of leavesOf(root, document)) expect(fields[path]).toBe(expected);
      }
    }),
    { numRuns: 150, endOnFailure: true },
  );
});

test('lists in lists without end, and random bytes', () => {
  expect(limitsOf(packet(Buffer.alloc(100_000, hex('0a 00000001'))))).toEqual(['structDepth']);
  expect(takenFor({ ...decoder, guess: decoder.magic! }, 20_000)).toEqual([]);
});

nearMisses('amf', { content: packet(amf0(DEVICE)), type: TYPE });
nearMisses('amf', { content: packet3(DEVICE), type: TYPE });
