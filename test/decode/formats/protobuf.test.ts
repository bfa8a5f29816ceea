import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeBytes, decodeRequest } from '../../../src/decode/index.js';
import { threadTime } from '../../processor-time.js';
import { inside, opened, request, schemaOf, values } from '../sample.js';

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  do {
    bytes.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Buffer.from(bytes);
}
const number = (field: number, value: bigint): Buffer => Buffer.concat([varint(BigInt(field * 8)), varint(value)]);
const bytes = (field: number, value: Buffer | string): Buffer => {
  const content = Buffer.from(value as string);
  return Buffer.concat([varint(BigInt(field * 8 + 2)), varint(BigInt(content.length)), content]);
};
const double = (field: number, value: number): Buffer => {
  const content = Buffer.alloc(8);
  content.writeDoubleLE(value);
  return Buffer.concat([varint(BigInt(field * 8 + 1)), content]);
};

const device = Buffer.concat([bytes(1, '860000000000001'), bytes(2, '张三'), number(3, 13900000000n)]);
const message = Buffer.concat([
  bytes(1, device),
  double(2, 31.2304),
  double(3, 121.4737),
  number(4, -7n),
  bytes(5, '{"a":"x"}'),
  bytes(7, 'one'),
  bytes(7, 'two'),
]);

test('declared: nested messages, texts, every wire type, repeats, and what stands in the texts', () => {
  expect(opened(message, 'application/x-protobuf')).toMatchObject({
    'body|protobuf.1.1': '860000000000001',
    'body|protobuf.1.2': '张三',
    'body|protobuf.1.3': '13900000000',
    'body|protobuf.2': '31.2304',
    'body|protobuf.3': '121.4737',
    'body|protobuf.4': '-7',
    'body|protobuf.5|json$.a': 'x',
    'body|protobuf.7': 'one',
    'body|protobuf.7[1]': 'two',
  });
});

test('undeclared, as a body and in base64, also when most of it is compressed', () => {
  const json = gzipSync(Buffer.from('{"imei":"1"}').toString('base64'));
  expect(opened(Buffer.concat([bytes(1, 'v1.0.3'), bytes(5, json)]))).toMatchObject({ 'body|protobuf.5|gzip|base64|json$.imei': '1' });
  expect(opened(message)).toMatchObject({ 'body|protobuf.1.1': '860000000000001' });
  expect(inside(message)).toMatchObject({ '|base64|protobuf.1.1': '860000000000001' });
});

test('incident: a log whose events nobody can read hid the device that it began with', () => {
  const events = Buffer.concat(Array.from({ length: 200 }, (_, index) => createHash('sha512').update(String(index)).digest()));
  const texts = Buffer.concat(Array.from({ length: 80 }, (_, index) => bytes(2, `ro.example.property.${index}`)));
  expect(opened(Buffer.concat([bytes(1, device), texts, bytes(3, events)]))).toMatchObject({ 'body|protobuf.1.1': '860000000000001' });
  // A word or two may stand in anything.
  expect(Object.keys(opened(Buffer.concat([bytes(1, device), bytes(3, events)])))).toEqual(['body']);
});

test('a text that could be read as a message stays a text', () => {
  expect(opened(Buffer.concat([bytes(1, 'hello world'), bytes(2, '"  nine chars')]), 'application/x-protobuf')).toMatchObject({
    'body|protobuf.1': 'hello world',
    'body|protobuf.2': '"  nine chars',
  });
});

test('noise is no protobuf', () => {
  let taken = 0;
  for (let i = 0; i < 2000; i++) {
    const noise = createHash('sha512')
      .update(String(i))
      .digest()
      .subarray(0, 8 + (i % 56));
    if (decodeBytes(noise, 'body').fields.some((field) => field.steps.length > 0)) taken++;
  }
  expect(taken).toBeLessThanOrEqual(1);
});

test('nesting ends at the bound', () => {
  let deep = bytes(1, 'the innermost text');
  for (let i = 0; i < 300; i++) deep = bytes(1, deep);
  const decoded = decodeRequest(request({ type: 'application/x-protobuf', body: deep }));
  expect(decoded.limits.map((hit) => hit.limit)).toContain('protobufDepth');
});

test('a truncated message gives the fields that are whole', () => {
  const decoded = decodeRequest(
    request({ type: 'application/x-protobuf', body: message.subarray(0, message.length - 2), truncated: true }),
  );
  expect(values(decoded)).toMatchObject({ 'body|protobuf.1.1': '860000000000001', 'body|protobuf.7': 'one' });
});

test('with a definition: names in the path, numbers in the steps, values as their types say', () => {
  const definition = `syntax = "proto3"; package a;
    message Report { Device device = 1; repeated sint64 steps = 2; map<string, string> extra = 3; Kind kind = 4; bool on = 5; fixed64 big = 6; string note = 7; Kind last = 8; }
    message Device { string imei = 1; float level = 2; int64 born = 3; bytes raw = 4; }
    enum Kind { NONE = 0; PHONE = 1; LOST = -3; }`;
  const body = Buffer.concat([
    bytes(1, Buffer.concat([bytes(1, '860000000000001'), number(3, -5n), bytes(4, Buffer.from([0, 1, 2, 255]))])),
    bytes(2, Buffer.from([1, 2, 0xac, 0x02])),
    bytes(3, Buffer.concat([bytes(1, 'k'), bytes(2, 'v')])),
    number(4, 1n),
    number(5, 1n),
    number(8, -3n),
    bytes(9, 'newer than the definition'),
  ]);
  const decoded = decodeRequest(request({ type: 'application/x-protobuf', body }), { schemas: [schemaOf(definition, 'a.proto')] });
  expect(values(decoded)).toMatchObject({
    'body|protobuf.device.imei': '860000000000001',
    'body|protobuf.device.born': '-5',
    'body|protobuf.steps[0]': '-1',
    'body|protobuf.steps[1]': '1',
    'body|protobuf.steps[2]': '150',
    'body|protobuf.extra.key': 'k',
    'body|protobuf.extra.value': 'v',
    'body|protobuf.kind': 'PHONE',
    'body|protobuf.on': 'true',
    'body|protobuf.last': 'LOST',
    'body|protobuf.9': 'newer than the definition',
  });
  const imei = decoded.fields.find(({ path }) => path === 'body|protobuf.device.imei');
  expect(imei).toMatchObject({ keys: ['device', 'imei'], steps: ['protobuf', 'field 1.1'] });
});

test('a definition of something else changes nothing', () => {
  const schemas = [schemaOf('message Other { double a = 1; double b = 2; }', 'b.proto')];
  const body = { type: 'application/x-protobuf', body: message };
  expect(decodeRequest(request(body), { schemas }).fields).toEqual(decodeRequest(request(body)).fields);
});

test('bytes that contradict the definition are read as if there were none', () => {
  const schemas = [schemaOf('message A { B b = 1; string c = 2; repeated int32 d = 3; } message B { fixed64 x = 1; }', 'c.proto')];
  const body = Buffer.concat([bytes(1, 'just a text, no message'), bytes(2, 'c'), bytes(3, Buffer.from([0x80, 0x80]))]);
  expect(values(decodeRequest(request({ type: 'application/x-protobuf', body }), { schemas }))).toMatchObject({
    'body|protobuf.b': 'just a text, no message',
    'body|protobuf.c': 'c',
  });
});

const tagged = (field: number, wire: number) => varint(BigInt(field * 8 + wire));
const group = (field: number, ...content: readonly Buffer[]) => Buffer.concat([tagged(field, 3), ...content, tagged(field, 4)]);

test('groups: by a definition under their names, without one under their numbers, nested and repeated', () => {
  const definition =
    'message Report { repeated group Seen = 1 { optional string mac = 2; optional group Place = 3 { optional double lat = 1; } } optional string imei = 4; }';
  const body = Buffer.concat([
    group(1, bytes(2, '02:4e:6f:aa:bb:cc'), group(3, double(1, 31.2304))),
    group(1, bytes(2, '02:4e:6f:aa:bb:cd')),
    bytes(4, '860000000000001'),
  ]);
  const sent = request({ type: 'application/x-protobuf', body });
  expect(values(decodeRequest(sent, { schemas: [schemaOf(definition)] }))).toMatchObject({
    'body|protobuf.seen.mac': '02:4e:6f:aa:bb:cc',
    'body|protobuf.seen.place.lat': '31.2304',
    'body|protobuf.seen[1].mac': '02:4e:6f:aa:bb:cd',
    'body|protobuf.imei': '860000000000001',
  });
  expect(values(decodeRequest(sent))).toMatchObject({ 'body|protobuf.1.2': '02:4e:6f:aa:bb:cc', 'body|protobuf.1.3.1': '31.2304' });
});

test('a group that another tag closes, that nothing closes, or that is nested without end is no message', () => {
  const open = tagged(1, 3);
  for (const body of [
    Buffer.concat([bytes(4, 'a text that is long'), open, bytes(2, 'abc'), tagged(2, 4)]),
    Buffer.concat([bytes(4, 'a text that is long'), open, bytes(2, 'abc')]),
    Buffer.concat([bytes(4, 'a text that is long'), ...Array.from({ length: 50_000 }, () => open)]),
  ]) {
    const started = threadTime();
    const decoded = decodeRequest(request({ type: 'application/x-protobuf', body }));
    expect(decoded.fields.filter(({ path }) => path.startsWith('body|protobuf'))).toEqual([]);
    expect(threadTime() - started).toBeLessThan(500);
  }
});

test('an Any is read as the type that it names, and types of other files by their names', () => {
  const schema = schemaOf(
    'import "google/protobuf/any.proto"; import "google/protobuf/timestamp.proto"; import "device.proto"; message Envelope { google.protobuf.Any content = 1; google.protobuf.Timestamp at = 2; app.Kind kind = 3; }',
    'a.proto',
    null,
    { 'device.proto': 'package app; message Device { string imei = 1; } enum Kind { NONE = 0; PHONE = 1; }' },
  );
  const any = Buffer.concat([bytes(1, 'type.googleapis.com/app.Device'), bytes(2, bytes(1, '860000000000001'))]);
  const body = Buffer.concat([bytes(1, any), bytes(2, number(1, 1_700_000_000n)), number(3, 1n)]);
  expect(values(decodeRequest(request({ type: 'application/x-protobuf', body }), { schemas: [schema] }))).toMatchObject({
    'body|protobuf.content.type_url': 'type.googleapis.com/app.Device',
    'body|protobuf.content.value.imei': '860000000000001',
    'body|protobuf.at.seconds': '1700000000',
    'body|protobuf.kind': 'PHONE',
  });
});
