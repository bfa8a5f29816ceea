import { expect, test } from 'vitest';
import { parseProto } from '../../src/decode/proto.js';
import { InputError } from '../../src/errors.js';
import { limits } from '../../src/limits.js';
import { threadTime } from '../processor-time.js';

const TEXT = `
syntax = "proto3"; // a comment; with a semicolon
package com.example;
import "other.proto";
import public 'sub/more.proto';
option java_package = "x{y}";
/* message Not { } */
message Report {
  option deprecated = true;
  reserved 9, 12 to 15; reserved "old";
  message Device { string imei = 1; repeated string macs = 2 [deprecated = true]; Kind kind = 3; }
  enum Kind { option allow_alias = true; UNKNOWN = 0; PHONE = 1; HANDSET = 1; BROKEN = -1; }
  Device device = 1;
  repeated sint64 steps = 2 [packed = true];
  map<string, Device> others = 3;
  oneof who { string phone = 4; .com.example.Person person = 5; }
  optional bool on = 7;
}
service Log { option (y) = true; rpc Send (stream Report) returns (Person) { option (x) = { a: "b" }; } rpc Ask(Person) returns (stream Report); }
`;

test('messages, enums, maps and oneofs at any depth, imports with their lines, what services speak', () => {
  const { messages, enums, imports, spoken } = parseProto(TEXT, 'a.proto');
  expect([...messages.keys()]).toEqual(['com.example.Report', 'com.example.Report.Device', 'com.example.Report.othersEntry']);
  expect(messages.get('com.example.Report')?.fields).toMatchObject({
    1: { name: 'device', type: 'Device', repeated: false },
    2: { name: 'steps', type: 'sint64', repeated: true },
    3: { name: 'others', type: '.com.example.Report.othersEntry', repeated: true },
    4: { name: 'phone', type: 'string' },
    5: { name: 'person', type: '.com.example.Person' },
    7: { name: 'on', type: 'bool' },
  });
  expect(enums.get('com.example.Report.Kind')).toEqual({ [-1]: 'BROKEN', 0: 'UNKNOWN', 1: 'PHONE' });
  expect(imports).toEqual([
    { path: 'other.proto', line: 4 },
    { path: 'sub/more.proto', line: 5 },
  ]);
  expect(spoken.map(({ type }) => type)).toEqual(['Report', 'Person', 'Person', 'Report']);
});

test('proto2: labels, defaults, groups, extensions, fields named like words of the language', () => {
  const { messages, extensions } = parseProto(
    `message A { required string message = 1 [default = "x;y"]; optional int32 optional = 2; extensions 100 to max;
      extend A { optional int32 z = 101; } repeated A repeated = 3; repeated group Seen = 4 { optional string mac = 5; } oneof which { group Only = 6 { optional int32 n = 1; } } }
    extend A { optional group Late = 102 [deprecated = true] { optional string imei = 1; } }`,
    'b.proto',
  );
  expect(Object.values(messages.get('A')?.fields ?? {})).toEqual([
    { name: 'message', type: 'string', repeated: false },
    { name: 'optional', type: 'int32', repeated: false },
    { name: 'repeated', type: 'A', repeated: true },
    { name: 'seen', type: '.A.Seen', repeated: true },
    { name: 'only', type: '.A.Only', repeated: false },
  ]);
  expect([...messages.keys()]).toEqual(['A', 'A.Seen', 'A.Only', 'Late']);
  expect(extensions).toEqual([
    { extendee: 'A', scope: 'A', number: 101, field: { name: 'z', type: 'int32', repeated: false } },
    { extendee: 'A', scope: '', number: 102, field: { name: 'late', type: '.Late', repeated: false } },
  ]);
});

test('what cannot be read is refused with its line', () => {
  for (const text of [
    'message A {',
    'message A {\n string = 1; }',
    'message A {\n string a = x; }',
    'message 1 {}',
    'message A {} message A {}',
    'import other;',
    'service S { rpc A B; }',
    'message A { group B = 1; }',
  ]) {
    expect(() => parseProto(text, 'c.proto')).toThrow(InputError);
  }
  expect(() => parseProto('message A {\n\n string a = 0; }', 'c.proto')).toThrow(/^c\.proto:3: /);
  expect(() => parseProto('x'.repeat(limits.protoFile + 1), 'c.proto')).toThrow(/larger/);
  const started = threadTime();
  for (const deep of ['message A {', 'extend A {', 'message A { optional group B = 1 {'])
    expect(() => parseProto(deep.repeat(20_000), 'c.proto')).toThrow(InputError);
  expect(threadTime() - started).toBeLessThan(1_500);
});
