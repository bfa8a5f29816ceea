import { expect, test } from 'vitest';
import { parseProto } from '../../src/decode/proto.js';
import { InputError } from '../../src/errors.js';

const TEXT = `
syntax = "proto3"; // a comment; with a semicolon
package com.example;
import "other.proto";
option java_package = "x{y}";
/* message Not { } */
message Report {
  option deprecated = true;
  reserved 9, 12 to 15; reserved "old";
  message Device { string imei = 1; repeated string macs = 2 [deprecated = true]; Kind kind = 3; }
  enum Kind { option allow_alias = true; UNKNOWN = 0; PHONE = 1; HANDSET = 1; }
  Device device = 1;
  repeated sint64 steps = 2 [packed = true];
  map<string, Device> others = 3;
  oneof who { string phone = 4; .com.example.Person person = 5; }
  other.Thing elsewhere = 6;
  optional bool on = 7;
}
message Person { string name = 1; Report.Kind kind = 2; }
service Log { rpc Send (Report) returns (Person) { option (x) = { a: "b" }; } }
`;

test('messages, enums, maps and oneofs at any depth, names resolved from the inside out', () => {
  const { messages, enums, root } = parseProto(TEXT, 'a.proto');
  expect(root).toBeNull();
  expect(Object.keys(messages)).toEqual([
    'com.example.Report',
    'com.example.Report.Device',
    'com.example.Report.othersEntry',
    'com.example.Person',
  ]);
  expect(messages['com.example.Report']?.fields).toMatchObject({
    1: { name: 'device', type: 'com.example.Report.Device', repeated: false },
    2: { name: 'steps', type: 'sint64', repeated: true },
    3: { name: 'others', type: 'com.example.Report.othersEntry', repeated: true },
    4: { name: 'phone', type: 'string' },
    5: { name: 'person', type: 'com.example.Person' },
    6: { name: 'elsewhere', type: 'other.Thing' },
    7: { name: 'on', type: 'bool' },
  });
  expect(messages['com.example.Report.othersEntry']?.fields[2]).toMatchObject({ name: 'value', type: 'com.example.Report.Device' });
  expect(messages['com.example.Report.Device']?.fields[3]?.type).toBe('com.example.Report.Kind');
  expect(messages['com.example.Person']?.fields[2]?.type).toBe('com.example.Report.Kind');
  expect(enums['com.example.Report.Kind']).toEqual({ 0: 'UNKNOWN', 1: 'PHONE' });
});

test('proto2: labels, defaults, extensions, fields named like words of the language', () => {
  const { messages } = parseProto(
    'message A { required string message = 1 [default = "x;y"]; optional int32 optional = 2; extensions 100 to max; extend A { optional int32 z = 101; } repeated A repeated = 3; }',
    'b.proto',
  );
  expect(Object.values(messages.A?.fields ?? {}).map(({ name }) => name)).toEqual(['message', 'optional', 'repeated']);
});

test('the root by its full or its last name', () => {
  expect(parseProto(TEXT, 'a.proto', 'Person').root).toBe('com.example.Person');
  expect(() => parseProto(TEXT, 'a.proto', 'Persona')).toThrow(/no message "Persona".*com\.example\.Report/);
});

test('what cannot be read is refused with its line', () => {
  for (const text of [
    'message A {',
    'message A {\n string = 1; }',
    'message A {\n string a = x; }',
    'message 1 {}',
    'syntax = "proto3";',
    'message A { group B = 1 {} }',
  ]) {
    expect(() => parseProto(text, 'c.proto')).toThrow(InputError);
  }
  expect(() => parseProto('message A {\n\n string a = 0; }', 'c.proto')).toThrow(/^c\.proto:3: /);
  const started = process.cpuUsage();
  expect(() => parseProto('message A {'.repeat(50_000), 'c.proto')).toThrow(/too deep/);
  expect(process.cpuUsage(started).user / 1e3).toBeLessThan(1_500);
});
