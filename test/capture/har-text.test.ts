import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { checkedHarText, headerFromHar, headerToHar } from '../../src/capture/har-text.js';
import { InputError } from '../../src/errors.js';

function code(text: string): string {
  try {
    checkedHarText(text, 'x.har');
    return 'accepted';
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).next.length).toBeGreaterThan(20);
    return (error as InputError).code;
  }
}

describe('text of a file', () => {
  test('a byte order mark is taken off', () => {
    expect(checkedHarText('\ufeff{"log":{}}', 'x.har')).toBe('{"log":{}}');
  });

  test('what cannot be a HAR is named', () => {
    expect(code('')).toBe('OVR_HAR_EMPTY');
    expect(code('\ufeff \n')).toBe('OVR_HAR_EMPTY');
    expect(code(gzipSync('{"log":{}}').toString('utf8'))).toBe('OVR_HAR_COMPRESSED');
    expect(code(gzipSync('{"log":{}}').toString('latin1'))).toBe('OVR_HAR_COMPRESSED');
    expect(code('PK\u0003\u0004....')).toBe('OVR_HAR_COMPRESSED');
    expect(code(Buffer.from('{"log":{}}', 'utf16le').toString('utf8'))).toBe('OVR_HAR_ENCODING');
    expect(code(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('{"log":{}}', 'utf16le')]).toString('utf8'))).toBe(
      'OVR_HAR_ENCODING',
    );
    expect(code(Buffer.from('{"log":{}}', 'utf16le').swap16().toString('utf8'))).toBe('OVR_HAR_ENCODING');
    expect(code('{"log":{}}')).toBe('accepted');
  });
});

test('header text goes both ways', () => {
  expect(headerFromHar('plain')).toBe('plain');
  expect(headerFromHar('设备')).toBe(Buffer.from('设备').toString('latin1'));
  expect(headerToHar(headerFromHar('设备 é'))).toBe('设备 é');
  expect(headerToHar('\xff\xfe')).toBe('\xff\xfe');
});
