import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type HeadProblem,
  headLength,
  isProblem,
  members,
  readRequestHead,
  readResponseHead,
  requestFraming,
  responseFraming,
} from '../../src/capture/http-head.js';
import { limits } from '../../src/limits.js';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

function framing(headers: string, version = '1.1'): unknown {
  const head = readRequestHead(bytes(`POST /x HTTP/${version}\r\n${headers}\r\n`));
  return isProblem(head) ? head.code : requestFraming(head);
}

test('a head keeps its lines as they were', () => {
  const head = readRequestHead(bytes('GET http://h/ HTTP/1.1\r\nA:  b \r\na: c\r\nC:\r\n\r\n'));
  if (isProblem(head)) throw new Error(head.detail);
  expect(head).toMatchObject({ method: 'GET', target: 'http://h/', version: '1.1' });
  expect(head.lines.map((line) => [line.name, line.value, line.raw])).toEqual([
    ['a', 'b', 'A:  b '],
    ['a', 'c', 'a: c'],
    ['c', '', 'C:'],
  ]);
  expect(members(head.lines, 'a')).toEqual(['b', 'c']);
  expect(headLength(bytes('GET / HTTP/1.1\r\n\r\nbody'))).toBe(18);
  expect(headLength(bytes('GET / HTTP/1.1\r\n\r'))).toBe(-1);
});

test.each([
  ['', { kind: 'none' }],
  ['Content-Length: 7\r\n', { kind: 'length', length: 7 }],
  ['Transfer-Encoding: gzip, Chunked\r\n', { kind: 'chunked' }],
])('framing of %j', (headers, expected) => {
  expect(framing(headers)).toEqual(expected);
});

test.each([
  'Content-Length: 7\r\nContent-Length: 7\r\n',
  'Content-Length: 7, 7\r\n',
  'Content-Length: 7\r\nContent-Length: 8\r\n',
  'Content-Length: -1\r\n',
  'Content-Length: 0x7\r\n',
  'Content-Length: 7 7\r\n',
  'Content-Length: 9999999999999999\r\n',
  'Content-Length:\r\n',
  'Content-Length: 7\r\nTransfer-Encoding: chunked\r\n',
  'Transfer-Encoding: chunked, chunked\r\n',
  'Transfer-Encoding: identity\r\n',
  'Transfer-Encoding: xchunked\r\n',
  'Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip\r\n',
  'Host: a\r\nHost: b\r\n',
])('%j is ambiguous', (headers) => {
  expect((framing(headers) as HeadProblem).code).toBe('OVR_HTTP_AMBIGUOUS');
});

test('chunks on HTTP/1.0 are ambiguous', () => {
  expect((framing('Transfer-Encoding: chunked\r\n', '1.0') as HeadProblem).code).toBe('OVR_HTTP_AMBIGUOUS');
});

test.each(['A : b\r\n', ' A: b\r\n', 'A\r\n', ': b\r\n', 'A: b\rc\r\n', 'A: b\nc: d\r\n', 'A: \0\r\n', 'A: b\r\n c\r\n', 'A(: b\r\n'])(
  '%j is malformed',
  (headers) => {
    expect(framing(headers)).toBe('OVR_HTTP_HEAD');
  },
);

test.each([
  'GET  / HTTP/1.1',
  'GET / HTTP/1.1 ',
  'GET /',
  'GET / HTTP/2.0',
  'G(T / HTTP/1.1',
  'GET /\x7f HTTP/1.1',
  ' GET / HTTP/1.1',
  'GET\t/\tHTTP/1.1',
])('%j is no request line', (line) => {
  expect(isProblem(readRequestHead(bytes(`${line}\r\n\r\n`)))).toBe(true);
});

test('responses: no body where the status or the method says so', () => {
  const of = (status: string, headers: string, method = 'GET'): unknown => {
    const head = readResponseHead(bytes(`HTTP/1.1 ${status}\r\n${headers}\r\n`));
    return isProblem(head) ? head.code : responseFraming(head, method);
  };
  expect(of('200 OK', 'Content-Length: 5\r\n', 'HEAD')).toEqual({ kind: 'none' });
  expect(of('204', 'Content-Length: 5\r\n')).toEqual({ kind: 'none' });
  expect(of('304 x', 'Transfer-Encoding: chunked\r\n')).toEqual({ kind: 'none' });
  expect(of('200 OK', '')).toEqual({ kind: 'until-close' });
  expect(of('200 OK', 'Content-Length: 0\r\n')).toEqual({ kind: 'length', length: 0 });
  expect(of('099 x', '')).toBe('OVR_HTTP_HEAD');
  expect(of('20 x', '')).toBe('OVR_HTTP_HEAD');
});

test('too many lines are refused by name of the limit', () => {
  const head = readRequestHead(bytes(`GET / HTTP/1.1\r\n${'a: b\r\n'.repeat(limits.httpHeaderCount + 1)}\r\n`));
  expect(isProblem(head) && head.detail).toMatch(/httpHeaderCount/);
});

test('no bytes make it throw', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('G', ' ', '/', 'H', '1', '.', ':', '\r', '\n', '\r\n', 'Content-Length: ', '\0'), maxLength: 60 }),
      (text) => {
        const head = readRequestHead(bytes(`${text}\r\n\r\n`));
        if (!isProblem(head)) requestFraming(head);
        readResponseHead(bytes(`HTTP/1.1 200 ${text}\r\n\r\n`));
      },
    ),
  );
});
