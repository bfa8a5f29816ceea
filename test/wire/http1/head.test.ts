import { describe, expect, it } from 'vitest';
import { limits } from '../../../src/limits.js';
import { headLength, isAmbiguous, parseHead, parseTrailers, recorded } from '../../../src/wire/http1/head.js';
import { parseRequestLine, parseStatusLine } from '../../../src/wire/http1/start-line.js';
import { Warnings } from '../../../src/wire/warnings.js';

function read(text: string, reading: 'usual' | 'other' = 'usual') {
  const warnings = new Warnings();
  const head = parseHead(Buffer.from(text, 'latin1'), reading, warnings);
  return { ...head, codes: warnings.list().map(({ code }) => code), ambiguous: isAmbiguous(warnings) };
}

describe('parseHead', () => {
  it('keeps order, case, duplicates and every byte of a value', () => {
    expect(read('GET / HTTP/1.1\r\nX-B: 1\r\nx-a:  two  \r\nX-B: \xe5\xbc\xa0\r\nEmpty:\r\n\r\n')).toEqual({
      startLine: 'GET / HTTP/1.1',
      headers: [
        ['X-B', '1'],
        ['x-a', 'two'],
        ['X-B', '\xe5\xbc\xa0'],
        ['Empty', ''],
      ],
      codes: [],
      ambiguous: false,
    });
  });

  it('reads a bare LF both ways', () => {
    const text = 'GET / HTTP/1.1\r\nA: 1\nTransfer-Encoding: chunked\r\n\r\n';
    expect(read(text)).toMatchObject({
      headers: [
        ['A', '1'],
        ['Transfer-Encoding', 'chunked'],
      ],
      codes: ['bare-lf'],
      ambiguous: true,
    });
    expect(read(text, 'other').headers).toEqual([['A', '1\nTransfer-Encoding: chunked']]);
  });

  it('reads a bare CR both ways', () => {
    const text = 'GET / HTTP/1.1\r\nA: 1\rContent-Length: 5\r\n\r\n';
    expect(read(text)).toMatchObject({
      headers: [['A', '1\rContent-Length: 5']],
      codes: ['bare-cr', 'control-in-header'],
      ambiguous: true,
    });
    expect(read(text, 'other').headers).toEqual([
      ['A', '1'],
      ['Content-Length', '5'],
    ]);
  });

  it('reads folding both ways', () => {
    const text = 'GET / HTTP/1.1\r\nA: 1\r\n\tContent-Length: 5\r\n\r\n';
    expect(read(text)).toMatchObject({ headers: [['A', '1 Content-Length: 5']], codes: ['obs-fold'], ambiguous: true });
    expect(read(text, 'other').headers).toEqual([
      ['A', '1'],
      ['Content-Length', '5'],
    ]);
  });

  it('reads space before a colon both ways', () => {
    const text = 'GET / HTTP/1.1\r\nContent-Length : 5\r\n\r\n';
    expect(read(text)).toMatchObject({ headers: [['Content-Length', '5']], codes: ['space-before-colon'], ambiguous: true });
    expect(read(text, 'other').headers).toEqual([['Content-Length ', '5']]);
  });

  it('names lines that are no fields, and keeps what they say', () => {
    expect(read('GET / HTTP/1.1\r\nimei490154203237518\r\n: v\r\nA<b: 1\r\nN: a\x00b\r\n\r\n')).toMatchObject({
      headers: [
        ['imei490154203237518', ''],
        ['', 'v'],
        ['A<b', '1'],
        ['N', 'a\x00b'],
      ],
      codes: ['header-without-colon', 'header-without-name', 'invalid-header-name', 'control-in-header'],
    });
  });

  it('keeps the last byte of a character that ends in A0', () => {
    expect(read('GET / HTTP/1.1\r\nN: \xe5\xa0\xa0 \r\n\r\n').headers).toEqual([['N', '\xe5\xa0\xa0']]);
  });

  it('reads the worst heads of full size without delay', () => {
    const room = limits.httpHead - 40;
    for (const filler of [' ', '\t', 'a ', '\r', '\n ', ':', ' :', 'a:b\n', '\x00', ',', '\r\n ', 'HTTP/1.1 ', '.:1']) {
      const fill = filler.repeat(Math.floor(room / filler.length));
      const began = performance.now();
      for (const text of [
        `GET / HTTP/1.1\r\nA: ${fill}b\r\n\r\n`,
        `GET ${fill}x HTTP/1.1\r\n\r\n`,
        `GET / HTTP/1.1${fill}x\r\n\r\n`,
        `HTTP/1.1 200 ${fill}x\r\n\r\n`,
      ])
        for (const reading of ['usual', 'other'] as const) {
          const { startLine } = read(text, reading);
          parseRequestLine(startLine, new Warnings());
          parseStatusLine(startLine, new Warnings());
        }
      expect(performance.now() - began, JSON.stringify(filler)).toBeLessThan(1500);
    }
  });
});

it('records at most so many fields, and says so', () => {
  const warnings = new Warnings();
  const many = Array.from({ length: limits.httpHeaderCount + 1 }, () => ['a', 'b'] as const);
  expect(recorded(many, warnings)).toHaveLength(limits.httpHeaderCount);
  expect(warnings.has('limit-httpHeaderCount')).toBe(true);
});

it('reads trailers without a start line', () => {
  expect(parseTrailers(Buffer.from('A: 1\r\nB: 2\r\n\r\n'), new Warnings())).toEqual([
    ['A', '1'],
    ['B', '2'],
  ]);
  expect(parseTrailers(Buffer.from('\r\n'), new Warnings())).toEqual([]);
});

it('finds the end of a head, with either line end, going on where it left off', () => {
  const head = Buffer.from('A\r\nB: 1\r\n\r\nrest');
  expect(headLength(head, 0)).toBe(11);
  for (let from = 0; from < 11; from++) expect(headLength(head.subarray(0, from), 0)).toBe(-1);
  for (let from = 0; from < 11; from++) expect(headLength(head, from)).toBe(11);
  expect(headLength(Buffer.from('A\n\nrest'), 0)).toBe(3);
  expect(headLength(Buffer.from('A\n\r\nrest'), 0)).toBe(4);
});
