import { createHash } from 'node:crypto';
import { Encoder } from 'cbor-x';
import { expect, test } from 'vitest';
import { decoder } from '../../../src/decode/formats/cbor.js';
import { decodeBytes, decodeRequest } from '../../../src/decode/index.js';
import { limits } from '../../../src/limits.js';
import { threadTime } from '../../processor-time.js';
import { opened, request } from '../sample.js';

const encoder = new Encoder({ useRecords: false, mapsAsObjects: true });

test('what another library encoded', () => {
  const bytes = encoder.encode({
    imei: '860000000000001',
    n: [1, -1, 500, 1.5, 2 ** 40],
    big: 9007199254740993n,
    ok: true,
    none: null,
    name: '张三',
    raw: Buffer.from('{"a":"x"}'),
  });
  const expected = {
    'body|cbor.imei': '860000000000001',
    'body|cbor.n[1]': '-1',
    'body|cbor.n[2]': '500',
    'body|cbor.n[3]': '1.5',
    'body|cbor.n[4]': String(2 ** 40),
    'body|cbor.big': '9007199254740993',
    'body|cbor.ok': 'true',
    'body|cbor.none': 'null',
    'body|cbor.name': '张三',
    'body|cbor.raw|json$.a': 'x',
  };
  expect(opened(bytes, 'application/cbor')).toMatchObject(expected);
  expect(opened(bytes)).toMatchObject(expected);
});

test('the examples of RFC 8949 appendix A: indefinite lengths, half floats, tags, integer keys', () => {
  expect(opened(Buffer.from('bf61610161629f0203ffff', 'hex'), 'application/cbor')).toMatchObject({
    'body|cbor.a': '1',
    'body|cbor.b[1]': '3',
  });
  expect(opened(Buffer.from('7f657374726561646d696e67ff', 'hex'), 'application/cbor')).toMatchObject({ 'body|cbor': 'streaming' });
  expect(opened(Buffer.from('82f93e00f97bff', 'hex'), 'application/cbor')).toMatchObject({
    'body|cbor[0]': '1.5',
    'body|cbor[1]': '65504',
  });
  expect(opened(Buffer.from('c11a514b67b0', 'hex'), 'application/cbor')).toMatchObject({ 'body|cbor': '1363896240' });
  expect(opened(Buffer.from('a201020304', 'hex'), 'application/cbor')).toMatchObject({ 'body|cbor.1': '2', 'body|cbor.3': '4' });
  expect(opened(Buffer.from('1bffffffffffffffff', 'hex'), 'application/cbor')).toMatchObject({ 'body|cbor': '18446744073709551615' });
});

test('lengths that lie and strings without end', () => {
  for (const lie of ['5bffffffffffffffff41', '9bffffffffffffffff', 'bbffffffffffffffff', '7f', '9f', 'bf', 'ff']) {
    expect(() => opened(Buffer.from(lie, 'hex'), 'application/cbor'), lie).not.toThrow();
  }
});

test('noise that begins like a map is none', () => {
  for (let i = 0; i < 500; i++) {
    const noise = Buffer.concat([Buffer.from([0xa0 | (i % 24)]), createHash('sha256').update(String(i)).digest()]);
    expect(decodeBytes(noise, 'body').fields.some((field) => field.steps.includes('cbor'))).toBe(false);
  }
});

test('a sequence (RFC 8742), and CBOR within a byte string (tag 24)', () => {
  const sequence = Buffer.concat([encoder.encode({ a: 1 }), encoder.encode({ b: 'x' })]);
  expect(opened(sequence, 'application/cbor-seq')).toMatchObject({ 'body|cbor[0].a': '1', 'body|cbor[1].b': 'x' });
  // { "e": 24(h'a1616278...') }, by hand.
  expect(opened(Buffer.from('a16165d81845a161626178', 'hex'), 'application/cbor')).toMatchObject({ 'body|cbor.e|cbor.b': 'x' });
});

// Incident: a list that claimed 2^64 elements was counted on for ever once the fields of the message were full.
test('a list that claims more elements than are kept ends with them', () => {
  const lie = Buffer.concat([Buffer.from('9bffffffffffffffff', 'hex'), Buffer.alloc(limits.decodeFields + 5_000, 1)]);
  const started = threadTime();
  const decoded = decodeRequest(request({ type: 'application/cbor', body: lie }));
  expect(threadTime() - started).toBeLessThan(2_000);
  expect(decoded.limits.map(({ limit }) => limit)).toContain('decodeFields');
});

test('what is open is looked at up to its break, and no further', () => {
  // {_ "imei": "860000000000001", "n": [_ 2, {"a": 1}], "s": (_ "x", "yz")}, with nothing said of it.
  const open = 'bf 64696d6569 6f383630303030303030303030303031 616e 9f02a1616101ff 6173 7f6178 62797a ff ff'.replaceAll(' ', '');
  const bytes = Buffer.from(open, 'hex');
  expect(opened(bytes)).toMatchObject({ 'body|cbor.imei': '860000000000001', 'body|cbor.n[1].a': '1', 'body|cbor.s': 'xyz' });
  expect(decoder.guess?.(bytes, { base: true, truncated: false })).toBe(true);
  for (const other of [bytes.subarray(0, -1), Buffer.concat([bytes, Buffer.from([0])])])
    expect(decoder.guess?.(other, { base: true, truncated: false })).toBe(false);
});

test('text_declared_as_cbor: a form under this content type is a form', () => {
  expect(opened('mobile=13900000000&x=1', 'application/cbor')).toMatchObject({ 'body.form.mobile': '13900000000' });
});

test('numbers beyond 64 bits are numbers (RFC 8949 section 3.4.3)', () => {
  // {"iccid": 2(h'04df0ed9e8c3dde37e'), "n": 3(h'010000000000000000'), "key": 2(h'' of 17 bytes)}
  const bytes = Buffer.from(`a3656963636964c24904df0ed9e8c3dde37e616ec349010000000000000000636b6579c251${'ab'.repeat(17)}`, 'hex');
  expect(opened(bytes, 'application/cbor')).toMatchObject({
    'body|cbor.iccid': '89860000008711824254',
    'body|cbor.n': '-18446744073709551617',
  });
  expect(Object.keys(opened(bytes, 'application/cbor'))).toContain('body|cbor.key');
});

test('incident: items behind the first were lost where the content type named a single one', () => {
  const items = Buffer.concat([encoder.encode({ seq: 1 }), encoder.encode({ phone: '13900000000' })]);
  expect(opened(items, 'application/cbor')).toMatchObject({ 'body|cbor[0].seq': '1', 'body|cbor[1].phone': '13900000000' });
});

test('incident: what stood behind an item that breaks down was lost, and nobody was told', () => {
  const noise = createHash('sha512').update('behind').digest();
  const body = Buffer.concat([encoder.encode({ seq: 1 }), Buffer.from([0x1f]), noise]);
  expect(decodeRequest(request({ type: 'application/cbor', body })).opaque.map(({ bytes }) => bytes)).toEqual([noise.length]);
});
