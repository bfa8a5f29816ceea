import { createHash } from 'node:crypto';
import { Packr } from 'msgpackr';
import { expect, test } from 'vitest';
import { decodeBytes, decodeRequest } from '../../../src/decode/index.js';
import { limits } from '../../../src/limits.js';
import { threadTime } from '../../processor-time.js';
import { inside, opened, request } from '../sample.js';

const packr = new Packr({ useRecords: false });
const value = {
  imei: '860000000000001',
  n: [1, -1, 200, -200, 70_000, -70_000, 2 ** 40, 1.5],
  big: 9007199254740993n,
  ok: true,
  none: null,
  name: '张三',
  raw: Buffer.from('{"a":"x"}'),
  long: 'y'.repeat(300),
};

test('what another library packed', () => {
  const expected = {
    'body|msgpack.imei': '860000000000001',
    'body|msgpack.n[0]': '1',
    'body|msgpack.n[1]': '-1',
    'body|msgpack.n[2]': '200',
    'body|msgpack.n[3]': '-200',
    'body|msgpack.n[5]': '-70000',
    'body|msgpack.n[6]': String(2 ** 40),
    'body|msgpack.n[7]': '1.5',
    'body|msgpack.big': '9007199254740993',
    'body|msgpack.ok': 'true',
    'body|msgpack.none': 'null',
    'body|msgpack.name': '张三',
    'body|msgpack.raw|json$.a': 'x',
    'body|msgpack.long': 'y'.repeat(300),
  };
  expect(opened(packr.pack(value), 'application/msgpack')).toMatchObject(expected);
  expect(opened(packr.pack(value))).toMatchObject(expected);
  expect(inside(packr.pack({ imei: '1', mac: '2' }))).toMatchObject({ '|base64|msgpack.imei': '1' });
});

test('lengths that lie allocate nothing', () => {
  for (const lie of ['dfffffffff', 'ddffffffff', 'c6ffffffff00', 'dbffffffff41', '81a161dfffffffff']) {
    expect(
      Object.keys(opened(Buffer.from(lie, 'hex'), 'application/msgpack')).filter((path) => path.includes('|msgpack')),
      lie,
    ).toEqual([]);
  }
});

test('noise that begins like a map is none', () => {
  for (let i = 0; i < 500; i++) {
    const noise = Buffer.concat([Buffer.from([0x80 | (i % 16)]), createHash('sha256').update(String(i)).digest()]);
    expect(decodeBytes(noise, 'body').fields.some((field) => field.steps.includes('msgpack'))).toBe(false);
  }
});

test('objects one after the other, and one that is cut', () => {
  const queue = Buffer.concat([packr.pack({ a: '1' }), packr.pack({ b: '2' }), packr.pack({ c: '345' }).subarray(0, 5)]);
  expect(opened(queue, 'application/x-msgpack')).toMatchObject({ 'body|msgpack[0].a': '1', 'body|msgpack[1].b': '2' });
});

// Incident: a list that claimed 2^32 elements was counted to its end once the fields of the message were full: minutes for 25 KB.
test('a list that claims more elements than are kept ends with them', () => {
  const lie = Buffer.concat([Buffer.from('ddffffffff', 'hex'), Buffer.alloc(limits.decodeFields + 5_000, 1)]);
  const started = threadTime();
  const decoded = decodeRequest(request({ type: 'application/msgpack', body: lie }));
  expect(threadTime() - started).toBeLessThan(2_000);
  expect(decoded.limits.map(({ limit }) => limit)).toContain('decodeFields');
});

test('text_declared_as_messagepack: JSON, a form and XML under this content type are what they are', () => {
  for (const type of ['application/msgpack', 'application/x-msgpack']) {
    expect(opened('{"a":"x"}', type)).toMatchObject({ 'body.$.a': 'x' });
    expect(opened('a=x&b=1', type)).toMatchObject({ 'body.form.a': 'x' });
  }
});

test('incident: what stood behind an object that breaks down was lost, and nobody was told', () => {
  const noise = createHash('sha512').update('behind').digest();
  const body = Buffer.concat([packr.pack({ seq: 1 }), Buffer.from([0xc1]), noise]);
  const decoded = decodeRequest(request({ type: 'application/msgpack', body }));
  expect(decoded.fields.map(({ path }) => path)).toContain('body|msgpack[0].seq');
  expect(decoded.opaque.map(({ bytes }) => bytes)).toEqual([noise.length]);
});
