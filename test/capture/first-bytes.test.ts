import fc from 'fast-check';
import { expect, test } from 'vitest';
import { classify } from '../../src/capture/first-bytes.js';

function kind(text: string): string | undefined {
  return classify(Buffer.from(text, 'latin1'))?.kind;
}

test('HTTP is told by its first line, whatever the method, at every split', () => {
  for (const line of ['GET / HTTP/1.1\r\n', 'M-SEARCH * HTTP/1.0\r\n', 'OPTIONS * HTTP/1.1\r\n', 'PROPFIND http://h/\xff HTTP/1.1\n']) {
    for (let at = 1; at < line.length; at++) expect(kind(line.slice(0, at)), line.slice(0, at)).toBeUndefined();
    expect(kind(line)).toBe('http');
  }
});

test('incident: a line with a tab in it, or of HTTP/1.2, which servers answer, was passed by as another protocol', () => {
  for (const line of ['GET\t/\tHTTP/1.1\r\n', 'POST /a HTTP/1.2\r\n', 'GET  /a  HTTP/1.1 \r\n', 'GET / HTTP/1.10\n']) {
    for (let at = 1; at < line.length; at++) expect(kind(line.slice(0, at)), line.slice(0, at)).toBeUndefined();
    expect(kind(line)).toBe('http');
  }
});

test('HTTP/2 with prior knowledge, at every split', () => {
  const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
  for (let at = 1; at < 16; at++) expect(kind(preface.slice(0, at)), preface.slice(0, at)).toBeUndefined();
  expect(classify(Buffer.from(preface))).toEqual({ kind: 'http', alpn: 'h2' });
});

test('other protocols are raw as soon as they cannot be HTTP', () => {
  for (const text of [
    '\x10\x0c\0\x04MQTT',
    'SSH-2.0-x\r\n',
    'EHLO a b c\r\n',
    'PING\r\n',
    'NICK fred\r\n',
    '\x16GET',
    '{"a":1}',
    'GET / HTTP/3.0\r\n',
    'GET / HTTP/1.1 x\r\n',
    'a'.repeat(40),
  ])
    expect(kind(text), text).toBe('raw');
});

test('a request line without end is raw at the limit', () => {
  expect(kind(`GET /${'a'.repeat(70_000)}`)).toBe('raw');
});

test('no bytes make it throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) =>
      [undefined, 'tls', 'http', 'raw'].includes(classify(Buffer.from(bytes))?.kind),
    ),
  );
});
