import { describe, expect, test } from 'vitest';
import { linkProto, type ProtoSource } from '../../src/decode/index.js';
import { limits } from '../../src/limits.js';
import { schemaOf } from './sample.js';

const source = (path: string, text: string): ProtoSource => ({ path, file: path, text });
const nothing = () => null;

describe('across files', () => {
  test('names are found from the inside out, in whichever file they stand; what is imported is no body of its own', () => {
    const { messages, enums, outer } = schemaOf(
      'package app.log; import "device.proto"; message Report { Device device = 1; shared.Kind kind = 2; .app.Device other = 3; }',
      'report.proto',
      null,
      {
        'device.proto': 'package app; import "kind.proto"; message Device { string imei = 1; } message Unused { string a = 1; }',
        'kind.proto': 'package app.shared; enum Kind { NONE = 0; PHONE = 1; }',
      },
    );
    expect(messages['app.log.Report']?.fields).toMatchObject({
      1: { type: 'app.Device' },
      2: { type: 'app.shared.Kind' },
      3: { type: 'app.Device' },
    });
    expect(enums['app.shared.Kind']).toEqual({ 0: 'NONE', 1: 'PHONE' });
    expect(outer).toEqual(['app.log.Report']);
  });

  test('the types that compilers bring along need no file, and a file of that name wins', () => {
    const text =
      'import "google/protobuf/timestamp.proto"; import "google/protobuf/struct.proto"; message A { google.protobuf.Timestamp at = 1; google.protobuf.Struct more = 2; }';
    const { messages } = schemaOf(text);
    expect(messages['google.protobuf.Timestamp']?.fields[1]).toMatchObject({ name: 'seconds', type: 'int64' });
    expect(messages['google.protobuf.Value']?.fields[5]).toMatchObject({ type: 'google.protobuf.Struct' });
    const own = { 'google/protobuf/timestamp.proto': 'package google.protobuf; message Timestamp { int64 ticks = 1; }' };
    expect(schemaOf(text, 'a.proto', null, own).messages['google.protobuf.Timestamp']?.fields[1]?.name).toBe('ticks');
  });

  test('extensions reach the message of another file, groups and all; a number that is taken stays as it was', () => {
    const { messages } = schemaOf(
      `package more; import "base.proto"; extend base.Event { optional Place place = 100; optional string id = 1; repeated group Seen = 101 { optional string mac = 1; } }
      message Place { double lat = 1; }`,
      'more.proto',
      null,
      { 'base.proto': 'package base; message Event { optional string uid = 1; extensions 100 to max; }' },
    );
    expect(messages['base.Event']?.fields).toEqual({
      1: { name: 'uid', type: 'string', repeated: false },
      100: { name: 'place', type: 'more.Place', repeated: false },
      101: { name: 'seen', type: 'more.Seen', repeated: true },
    });
  });

  test('custom options are extensions of types that are there', () => {
    const text =
      'import "google/protobuf/descriptor.proto"; extend google.protobuf.FieldOptions { string pii = 50000; } message A { string a = 1 [(pii) = "x"]; }';
    expect(schemaOf(text).outer).toEqual(['A']);
  });

  test('what a service speaks may be a body although it is part of another message', () => {
    const text =
      'message Hello { Name name = 1; } message Name { string a = 1; } message Part { Hello hello = 1; } service S { rpc Say (Hello) returns (Part); }';
    expect(schemaOf(text).outer).toEqual(['Hello', 'Part']);
  });

  test('files that import each other, and one file by two names', () => {
    const circle = schemaOf('import "b.proto"; message A { B b = 1; }', 'a.proto', null, {
      'b.proto': 'import "a.proto"; message B { A a = 1; }',
    });
    expect(Object.keys(circle.messages)).toEqual(['A', 'B']);
    const twice = linkProto([source('a.proto', 'import "sub/b.proto"; message A { B b = 1; }')], null, (path) =>
      path === 'sub/b.proto'
        ? { path, file: 'b.proto', text: 'import "sub/a.proto"; message B { A a = 1; }' }
        : { path, file: 'a.proto', text: 'never read' },
    );
    expect(Object.keys(twice.messages)).toEqual(['A', 'B']);
  });
});

test('the root by its full or its last name, among what was given', () => {
  const text = 'package com.example; message Report { Person person = 1; } message Person { string name = 1; }';
  expect(schemaOf(text, 'a.proto', 'Person').outer).toEqual(['com.example.Person']);
  expect(schemaOf(text, 'a.proto', 'com.example.Report').outer).toEqual(['com.example.Report']);
  expect(() => schemaOf(text, 'a.proto', 'Persona')).toThrow(/no message "Persona".*com\.example\.Report/);
});

describe('what cannot be put together', () => {
  const failure = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      return error;
    }
    throw new Error('nothing was thrown');
  };

  test('a missing import names the file, the line, and what to do', () => {
    expect(failure(() => schemaOf('\nimport "gone/away.proto";\nmessage A { string a = 1; }'))).toMatchObject({
      code: 'OVR_PROTO_IMPORT',
      message: 'a.proto:2: the imported file "gone/away.proto" is not there.',
      next: expect.stringContaining('--proto FOLDER'),
    });
  });

  test('a fault in an imported file is told with that file', () => {
    expect(() => schemaOf('import "b.proto"; message A {}', 'a.proto', null, { 'b.proto': '\nmessage {' })).toThrow(/^b\.proto:2: /);
  });

  test('the same name in two files, no message at all, more files than are read', () => {
    const two = [source('a.proto', 'message A {}'), source('b.proto', 'message A {}')];
    expect(failure(() => linkProto(two, null, nothing))).toMatchObject({
      code: 'OVR_PROTO',
      message: expect.stringContaining('b.proto defines "A"'),
    });
    expect(() => schemaOf('syntax = "proto3";')).toThrow(/defines no message/);
    let n = 0;
    const endless = (path: string) => ({ path, file: path, text: `import "${++n}.proto";` });
    expect(() => linkProto([source('a.proto', 'import "x.proto"; message A {}')], null, endless)).toThrow(/too many/);
    expect(n).toBeLessThanOrEqual(limits.protoFiles);
  });
});
