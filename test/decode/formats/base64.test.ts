import { createHash, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { inside, opened, request } from '../sample.js';

test('readable text, and structure at any depth', () => {
  expect(inside(Buffer.from('13900000000'))).toMatchObject({ '|base64': '13900000000' });
  const twice = Buffer.from(Buffer.from('{"a":"deep"}').toString('base64')).toString('base64');
  expect(inside(twice)).toMatchObject({ '|base64|base64|json$.a': 'deep' });
  expect(opened(Buffer.from('{"a":"whole body"}').toString('base64'))).toMatchObject({ 'body|base64|json$.a': 'whole body' });
});

test('short texts must be plain', () => {
  expect(inside(Buffer.from('张三 x1'))).toMatchObject({ '|base64': '张三 x1' });
  expect(Object.keys(inside(Buffer.from('aé bß cü d')))).toEqual(['', '|base64']);
  expect(Object.keys(inside(Buffer.from('aébßcüd')))).toEqual(['']);
});

test('broken into lines of 76, and with spaces that were plus signs', () => {
  const lines = Buffer.from(JSON.stringify({ note: 'x'.repeat(200) }))
    .toString('base64')
    .replace(/(.{76})/g, '$1\r\n');
  expect(inside(lines)).toHaveProperty(['|base64|json$.note']);
  const plus = Buffer.from('{"k":"~~~~>>>>????"}').toString('base64');
  expect(plus).toContain('+');
  expect(inside(plus.replaceAll('+', ' '))).toHaveProperty(['|base64|json$.k']);
});

test('regression: the parameters of a page, whose padding was written with points, were not opened', () => {
  for (const text of ['uuid:18dfd10d88268;city:292;net:WIFI1', 'uuid:18dfd10d88268;city:292;net:WIFI12']) {
    const pointed = Buffer.from(text).toString('base64').replaceAll('=', '.');
    expect(pointed).toMatch(/\w\.{1,2}$/);
    expect(inside(pointed)).toMatchObject({ '|base64|listing.uuid': '18dfd10d88268' });
  }
  for (const text of ['com.example.app.MainActivity..', 'IsThisTheEndOfTheStory1...', 'This is the End of 1 story.'])
    expect(Object.keys(inside(text)), text).toEqual(['']);
});

test('random tokens, digests and identifiers yield nothing', () => {
  let seen = 0;
  for (let i = 0; i < 400; i++) {
    const noise = createHash('sha512')
      .update(String(i))
      .digest()
      .subarray(0, 9 + (i % 50));
    seen += Object.keys(inside(noise)).length - 1;
    seen += Object.keys(inside(noise, i % 2 === 0 ? 'hex' : 'base64url')).length - 1;
  }
  expect(seen).toBe(0);
  for (const word of [randomUUID(), 'com.example.application', 'HomePageActivity', 'ISO8859EncodingNames', 'PLAY_STORE_REFERRER'])
    expect(Object.keys(inside(word)), word).toEqual(['']);
});

test('a doubtful decode is kept when a known value is inside', () => {
  const noise = createHash('sha512').update('x').digest();
  const body = JSON.stringify({
    v: Buffer.concat([noise.subarray(0, 20), Buffer.from('860000000000001'), noise.subarray(20, 40)]).toString('base64'),
  });
  const without = decodeRequest(request({ body }));
  const withKnown = decodeRequest(request({ body }), { earns: (bytes) => Buffer.from(bytes).includes('860000000000001') });
  expect(without.fields.map((field) => field.path)).toEqual(['body.$.v']);
  expect(withKnown.fields.map((field) => field.path)).toEqual(['body.$.v', 'body.$.v|base64']);
  expect(withKnown.layers.map((layer) => layer.path)).toContain('body.$.v|base64');
});

test('a known value of six bytes is found where it is asked for', () => {
  const bcd = Buffer.from('013900000001', 'hex');
  const body = JSON.stringify({ v: bcd.toString('base64') });
  const earns = (bytes: Uint8Array): boolean => Buffer.from(bytes).equals(bcd);
  expect(decodeRequest(request({ body }), { earns }).fields.map((field) => field.path)).toEqual(['body.$.v', 'body.$.v|base64']);
  expect(decodeRequest(request({ body })).fields).toHaveLength(1);
});

test('gRPC-web text with padding in the middle', () => {
  const frame = (content: string): string =>
    Buffer.from(`\0\0\0\0${String.fromCharCode(content.length)}${content}`, 'latin1').toString('base64');
  const body = frame('\n\x05hello') + frame('\n\x05world');
  expect(opened(body, 'application/grpc-web-text')).toMatchObject({
    'body|base64|grpc[0]|protobuf.1': 'hello',
    'body|base64|grpc[1]|protobuf.1': 'world',
  });
});

test('incident: with padding too much, or in lines that a header made one of, nothing was read', () => {
  const text = Buffer.from(JSON.stringify({ phone: '13900000000', pad: 'x'.repeat(100) })).toString('base64');
  expect(inside(`${text}==`, 'utf8')).toMatchObject({ '|base64|json$.phone': '13900000000' });
  expect(inside(text.replace(/.{76}/g, '$& '), 'utf8')).toMatchObject({ '|base64|json$.phone': '13900000000' });
  // A space that was a plus stands anywhere.
  const plus = Buffer.from(JSON.stringify({ a: '\u{3ffff}>>>>>>>>>>>>>>>>>>>>>>>>', phone: '13900000000' })).toString('base64');
  expect(plus).toContain('+');
  expect(inside(plus.replaceAll('+', ' '), 'utf8')).toMatchObject({ '|base64|json$.phone': '13900000000' });
});
