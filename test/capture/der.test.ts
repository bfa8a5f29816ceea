import { expect, test } from 'vitest';
import { bits, child, children, element, objectIdentifier, pem, sequence, time, unsignedInteger, utf8 } from '../../src/capture/der.js';

test('lengths of one, two and three bytes', () => {
  expect([...element(4, Buffer.alloc(0x7f)).subarray(0, 2)]).toEqual([4, 0x7f]);
  expect([...element(4, Buffer.alloc(0x80)).subarray(0, 3)]).toEqual([4, 0x81, 0x80]);
  expect([...element(4, Buffer.alloc(0x100)).subarray(0, 4)]).toEqual([4, 0x82, 1, 0]);
  expect(() => element(4, Buffer.alloc(0x1_0000))).toThrow(RangeError);
});

test('integers stay positive', () => {
  expect(unsignedInteger(Buffer.from([0x80])).toString('hex')).toBe('02020080');
  expect(unsignedInteger(Buffer.from([0x7f])).toString('hex')).toBe('02017f');
});

test('object identifiers', () => {
  expect(objectIdentifier('1.2.840.113549.1.1.11').toString('hex')).toBe('06092a864886f70d01010b');
  expect(objectIdentifier('2.5.29.17').toString('hex')).toBe('0603551d11');
});

test('times change their form in 2050', () => {
  expect(
    time(new Date(Date.UTC(2049, 11, 31, 23, 59, 59)))
      .subarray(2)
      .toString(),
  ).toBe('491231235959Z');
  expect(
    time(new Date(Date.UTC(2050, 0, 1)))
      .subarray(2)
      .toString(),
  ).toBe('20500101000000Z');
});

test('what is written can be taken apart', () => {
  const whole = sequence(utf8('名'), bits(Buffer.from([0x80]), 7), element(4, Buffer.alloc(300)));
  expect(children(child(whole, 0).content).map((part) => part.tag)).toEqual([0x0c, 0x03, 0x04]);
  expect(child(child(whole, 0).content, 2).content.length).toBe(300);
  expect(() => child(whole, 1)).toThrow(RangeError);
});

test('PEM never ends in a blank line', () => {
  for (const length of [47, 48, 49, 96, 97]) expect(pem('X', Buffer.alloc(length)).split('\n').slice(0, -1)).not.toContain('');
});
