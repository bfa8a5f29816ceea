import { expect, test } from 'vitest';
import type { PickleValue } from '../../src/decode/pickle.js';
import { calledValue } from '../../src/decode/pickle-calls.js';

const bytes = (hex: string): PickleValue => ({ kind: 'bytes', bytes: Buffer.from(hex, 'hex') });
const text = (value: string): PickleValue => ({ kind: 'text', bytes: Buffer.from(value) });
const call = (name: string, ...items: PickleValue[]) => calledValue(name, [{ kind: 'group', items, entries: [], given: [] }]);

test('dates and times', () => {
  expect(call('datetime date', bytes('07c60102'))).toEqual(text('1990-01-02'));
  expect(call('datetime time', bytes('870809000000'))).toEqual(text('07:08:09'));
  expect(call('datetime datetime', bytes('07e883050a0b0c0001f4'))).toEqual(text('2024-03-05T10:11:12.000500'));
  expect(call('datetime datetime', bytes('07e803050a0b0c000000'), text('zone'))).toMatchObject({
    items: [text('2024-03-05T10:11:12'), text('zone')],
  });
});

test('bytes that were written as a text', () => {
  expect(call('_codecs encode', text('\u0001ÿ'), text('latin1'))).toEqual(bytes('01ff'));
});

test('what is none of these is nothing', () => {
  for (const hex of ['', '07c60d02', '07c60100', '07c6010200', '00000101']) expect(call('datetime date', bytes(hex)), hex).toBeNull();
  expect(call('datetime time', bytes('180809000000'))).toBeNull();
  expect(call('_codecs encode', text('a'), text('rot13'))).toBeNull();
  expect(call('posix system', text('ls'))).toBeNull();
  expect(calledValue('datetime date', [bytes('07c60102')])).toBeNull();
});

test('incident: a text that was given to thousands of calls was encoded for each, and what that made again', () => {
  const long = text('é'.repeat(10));
  const once = call('_codecs encode', long, text('latin1'));
  expect(once).toEqual(bytes('e9'.repeat(10)));
  expect(call('_codecs encode', long, text('latin1'))).toBe(once);
  expect(call('_codecs encode', once!, text('latin1'))).toBeNull();
  expect(call('datetime date', bytes('07c60102'), ...Array.from({ length: 2 }, () => text('a')))).toBeNull();
});
