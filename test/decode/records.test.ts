import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdsDocument, isTyped, mayHoldRecords, readRecord, recordsIn } from '../../src/decode/records.js';
import { processorTime } from '../processor-time.js';

const LINE = '2026-11-22 10:00:01.500 I/Net(1734): ';
const parts = (text: string) => recordsIn(text, 100).tokens.map((token) => token.text);
const pairs = (text: string) => Object.fromEntries(readRecord(text)?.pairs.map(({ names, value }) => [names.join('.'), value]) ?? []);

test('each document of a log is a part of its own', () => {
  const [a, b, c] = ['{"imei":"1"}', '{ "list": [{"mac": "}"}] }', '[{"x": 1}]'];
  expect(parts(`${LINE}sent ${a} ok\n${LINE}start {main}\n${LINE}got ${b} and ${c}, {1, 2}`)).toEqual([a, b, c]);
  expect(parts(`${LINE}python {'imei': '1'} ok`)).toEqual(["{'imei': '1'}"]);
});

test('a document begins with its brace and a name; a brace alone begins none', () => {
  expect(holdsDocument('Mozilla/5.0 (Linux) app {"imei":"1"}')).toBe(true);
  expect(holdsDocument('{ "imei": "1" }')).toBe(true);
  expect(holdsDocument('Mozilla/5.0 (Linux; {build}) {0}')).toBe(false);
});

test('incident: a document in a log, written over several lines, was looked for only where its brace and its first name stood together', () => {
  const document = '{\n  "imei": "860000000000001"\n}';
  expect(mayHoldRecords(`sent ${document} ok`)).toBe(true);
  expect(parts(`sent ${document} ok`)).toEqual([document]);
});

test('a document that breaks off within a line does not take the next one with it', () => {
  expect(parts(`${LINE}sent {"imei":"1", "name":"ab\n${LINE}sent {"mac":"2"} ok`)).toEqual(['{"imei":"1", "name":"ab', '{"mac":"2"}']);
});

test('addresses with a query that says something', () => {
  const address = 'https://a.example.com/v1?imei=860000000000001&b=1';
  expect(parts(`${LINE}--> POST ${address} http/1.1`)).toEqual([address]);
  expect(parts(`url: (${address}), and Request: myapp://open?uid=10086.`)).toEqual([address, 'myapp://open?uid=10086']);
  expect(parts('see https://a.example.com/?a=1 or https://a.example.com/list for more')).toEqual([]);
});

test('incident: whose page and which place somebody shared in a chat was told as the account and the place of the phone', () => {
  expect(
    parts('看这个 https://weibo.example.com/u/1?user_id=5550001111 还有 https://map.example.com/?lat=31.2304&lng=121.4737 哈'),
  ).toEqual([]);
});

test('incident: source code was read as a log, and what a program asks for was the value', () => {
  expect(parts('        self.device_id = self.content.get("device_id")\n')).toEqual([]);
  expect(parts('deviceName = getName(3)\npassword = os.Getenv("DB_PASSWORD")\n')).toEqual([]);
  expect(parts('x = row_values[1]')).toEqual([]);
  expect(parts('<root xmlns:ram="urn:example:Reusable:100" ram="8192MB">')).toEqual(['ram="8192MB"']);
  for (const line of [
    'import requests',
    'from a.b import c',
    '#include <a.h>',
    'package main',
    'public class A {',
    'def f(a, b=1):',
    'export interface A {',
  ])
    expect(parts(`${line}\ndevice_id = "0f0b9c2a3d4e5f60"\n`), line).toEqual([]);
  for (const line of ['package com.example updated', 'import failed: a', 'public class', 'class Foo(a)'])
    expect(parts(`${line}\ndevice_id = "0f0b9c2a3d4e5f60"\n`).at(-1), line).toBe('device_id = "0f0b9c2a3d4e5f60"');
  // What stands in brackets behind a value says more of it.
  expect(parts('at=login phone=13900000001(main) wifi=home(5G)')).toEqual(['at=login phone=13900000001', 'wifi=home']);
});

test('objects as programs print them', () => {
  expect(pairs('User(phone=13900000001, name=张三, age=0)')).toEqual({ phone: '13900000001', name: '张三', age: '0' });
  expect(pairs("Info{imei='860000000000001', name='a, b=c', lat=31.2}")).toEqual({ imei: '860000000000001', name: 'a, b=c', lat: '31.2' });
  expect(pairs('Device [mac=02:AB:CD:00:00:01, model=Redmi Note 12]')).toEqual({ mac: '02:AB:CD:00:00:01', model: 'Redmi Note 12' });
  expect(pairs('User(phone: "13900000001", at: Place(lat: 31.2, lng: 121.4), tags: ["a", "b"])')).toEqual({
    phone: '13900000001',
    'at.lat': '31.2',
    'at.lng': '121.4',
    tags: '["a", "b"]',
  });
  expect(pairs('{\n    phone = 13900000001;\n    name = "a b";\n}')).toEqual({ phone: '13900000001', name: 'a b' });
  expect(pairs('Body{json={"imei":"1"}, at=Foo@1a2b(x), none=}')).toEqual({ json: '{"imei":"1"}', at: 'Foo@1a2b(x)', none: '' });
  expect(readRecord('User(phone=13900000001, name=张三')).toBeNull();
  expect(readRecord('User(phone=13900000001) and more')).toBeNull();
});

test('fields of one record share its number, those of an inner one another', () => {
  expect(readRecord('A(a=1, b=B(c=2, d=3), e=4)')?.pairs.map(({ record }) => record)).toEqual([0, 1, 1, 0]);
});

test('pairs that follow on each other in a line, and over lines', () => {
  const run = 'imei=860000000000001 name=张三, at="a b"';
  expect(parts(`${LINE}login ok ${run} in 31 ms`)).toEqual([run]);
  expect(pairs(run)).toEqual({ imei: '860000000000001', name: '张三', at: 'a b' });
  expect(parts('[user]\nphone = "13900000001"\nname = "a"\n\n[app]\nversion = "1.0.25"')).toEqual([
    'phone = "13900000001"\nname = "a"',
    'version = "1.0.25"',
  ]);
  expect(parts(`${LINE}params={imei=860000000000001, mac=1} done`)).toEqual(['params={imei=860000000000001, mac=1}']);
});

test('names with a colon, where no sentence goes on', () => {
  const run = 'imei:860000000000001,mac:02:AB:CD:00:00:01,os:a';
  expect(parts(`${LINE}device ${run} done`)).toEqual([run]);
  expect(parts(`12 I/Net: ${run} done`)).toEqual([run]);
  expect(pairs(run)).toEqual({ imei: '860000000000001', mac: '02:AB:CD:00:00:01', os: 'a' });
  expect(parts('X-Imei: 860000000000001\nX-Mac: 02:AB:CD:00:00:01\nOther: words only')).toEqual([
    'X-Imei: 860000000000001\nX-Mac: 02:AB:CD:00:00:01\nOther: words',
  ]);
  for (const text of [
    `${LINE}started at 10:00:01 in Main.java:6612 of http://a.example.com:8080/x1`,
    'Error: could not connect 12345',
    'at 2026-11-22T10:00:01.500 the phone rang: twice',
  ])
    expect(parts(text), text).toEqual([]);
});

test('no pairs: comparisons, padding, short values, source of pages and programs', () => {
  for (const text of [
    'if (count == 1234 && left >= 5678) then',
    'where a != 1234 or b <= 5678',
    'value QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo= next word',
    'x = 12 and y=3, z=[1]',
    'at com.example.app.Main.run(Main.java:66) and [main] of {0}',
    '<a href="/p?id=10086" class="item">text</a> n="1234"',
    'var uid = "10086"; call(function(a){ return a })',
    'yOY2EWN1OTGTE0NOMjk2NmNjQzJ5NFNN8zNOGGQzlMOTd=abcdefgh',
  ])
    expect(parts(text), text).toEqual([]);
});

test('the name of a type, and which texts are looked through', () => {
  expect(isTyped('User(phone=1)')).toBe(true);
  expect(isTyped('{phone=1}')).toBe(false);
  expect(isTyped('call(1, 2)')).toBe(false);
  for (const text of ['a=1', 'x {"a":1}', 'see https://a.example.com/?a=1', 'U(a: "b")']) expect(mayHoldRecords(text), text).toBe(true);
  expect(mayHoldRecords('at com.example.Main.run(Native Method) {main} [0], 10:00:01')).toBe(false);
});

test('parts stand in order, apart, and letter for letter in the text; what is cut out reads by itself as it did', () => {
  const unit = fc.constantFrom(...'ab1 ,;=:"\'{}[]()&?/\n\\', 'name=', 'https://a?', '{"k":', 'T(a=', '张');
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 80 }), (text) => {
      const { tokens } = recordsIn(text, 100);
      let last = 0;
      for (const token of tokens) {
        expect(token.start).toBeGreaterThanOrEqual(last);
        last = token.start + token.text.length;
        expect(text.slice(token.start, last)).toBe(token.text);
        if (token.isRecord === true) expect(readRecord(token.text), token.text).not.toBeNull();
        expect(mayHoldRecords(text)).toBe(true);
      }
    }),
    { numRuns: 3_000 },
  );
});

test('brackets that never close, and others that cost', () => {
  const cost = processorTime(() => {
    for (const piece of [
      '(a=',
      '{a=b, c={',
      'x (a=1 ',
      'a=',
      'a=b ',
      '{"',
      'a="',
      'a://b?',
      'a=b(c=d[e=f{',
      `{${' '.repeat(500)}`,
      '(a=b\n',
    ])
      recordsIn(`x ${piece.repeat(Math.ceil(200_000 / piece.length))}`, 100_000);
  });
  expect(cost).toBeLessThan(2_000);
  expect(recordsIn('(a='.repeat(100_000), 100).more).toBe(true);
});
