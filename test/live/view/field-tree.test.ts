import { expect, test } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { limits } from '../../../src/limits.js';
import { layOutFields } from '../../../src/live/view/field-tree.js';
import type { Field } from '../../../src/model/field.js';
import { exchangeOf } from '../../session/traffic.js';

const field = (path: string, value: string, patch: Partial<Field> = {}): Field => ({
  path,
  part: 'body',
  keys: [],
  value,
  kind: 'string',
  steps: [],
  group: 0,
  ...patch,
});

test('names stand once, what is nested is indented, and each leaf points at its value', () => {
  const tree = layOutFields(
    [
      field('query.a', 'not of the body'),
      field('body|protobuf.1', '13900000000'),
      field('body|protobuf.2.1', '3', { kind: 'number' }),
      field('body|protobuf.2.3[0]', 'a "b"\n'),
      field('body|protobuf.2.3[1]', 'c'),
      field('body|protobuf.4', 'eyJ4Ijp7InkiOjF9fQ==', { opened: true }),
      field('body|protobuf.4|base64|json$.x.y', '1', { kind: 'number' }),
    ],
    ['body'],
    false,
  )!;
  expect(tree.text).toBe(
    [
      '→ protobuf',
      '  1: "13900000000"',
      '  2',
      '    1: 3',
      '    3[0]: "a \\"b\\"\\n"',
      '    3[1]: "c"',
      '  4',
      '    → base64',
      '      → json',
      '        x',
      '          y: 1',
    ].join('\n'),
  );
  expect(tree.leaves.map(({ start, end }) => tree.text.slice(start, end))).toEqual(['13900000000', '3', 'a \\"b\\"\\n', 'c', '1']);
  expect(tree.leaves[2]?.tokens).toEqual(['body', '|protobuf', '2', '3', '[0]']);
});

test('content-encodings of the body are no level of it, and bytes are written out only where nothing is hidden', () => {
  const blob = [field('body|gzip|protobuf.1', '\x01\x02', { kind: 'binary', bytes: Uint8Array.of(1, 2) })];
  expect(layOutFields(blob, ['body'], false)?.text).toBe('→ protobuf\n  1: ‹2›');
  expect(layOutFields(blob, ['body'], true)?.text).toBe('→ protobuf\n  1: ‹2› 0102');
});

test('a message of a stream has its own fields', () => {
  const fields = [field('ws[3]|msgpack.a', 'x', { part: 'ws' }), field('ws[4]|msgpack.a', 'y', { part: 'ws' })];
  expect(layOutFields(fields, ['ws', '[3]'], true)?.text).toBe('→ msgpack\n  a: "x"');
});

test('nothing found is no tree; more than is shown is said', () => {
  expect(layOutFields([field('query.a', 'b')], ['body'], true)).toBeNull();
  const many = Array.from({ length: 40_000 }, (_, n) => field(`body|cbor.k${n}`, 'value'));
  const tree = layOutFields(many, ['body'], true)!;
  expect([tree.cut, tree.text.length < limits.viewText + 100]).toEqual([true, true]);
});

test('what the real decoders find in protobuf is laid out', () => {
  const phone = '13900000000';
  const bytes = Buffer.concat([
    Buffer.from([0x08, 0x96, 0x01, 0x12, phone.length]),
    Buffer.from(phone),
    Buffer.from([0x1a, 5]),
    Buffer.from('hello'),
  ]);
  const { request } = exchangeOf(0, 'https://api.example.test/v1', '');
  const body = { ...request.body, bytes, size: bytes.length };
  const message = { ...request, headers: [['Content-Type', 'application/x-protobuf'] as const], body };
  expect(layOutFields(decodeRequest(message).fields, ['body'], true)?.text).toBe('→ protobuf\n  1: 150\n  2: "13900000000"\n  3: "hello"');
});
