import { describe, expect, it } from 'vitest';
import type { Headers } from '../../../src/model/exchange.js';
import { type Framing, requestFramings, responseFraming } from '../../../src/wire/http1/framing.js';
import { Warnings } from '../../../src/wire/warnings.js';

function short(framing: Framing): string {
  return framing.kind === 'length' ? String(framing.length) : framing.kind;
}

function request(headers: Headers, version = '1.1') {
  const warnings = new Warnings();
  const { usual, others } = requestFramings(headers, version, warnings);
  return [short(usual), others.map(short), warnings.list().map(({ code }) => code)];
}

const CL = (value: string): [string, string] => ['Content-Length', value];
const TE = (value: string): [string, string] => ['Transfer-Encoding', value];

describe('requestFramings, strict where parsers differ', () => {
  const cases: Array<[string, Headers, unknown]> = [
    ['nothing', [], ['none', [], []]],
    ['a length', [CL('5')], ['5', [], []]],
    ['chunked', [TE('Chunked')], ['chunked', [], []]],
    ['both', [CL('5'), TE('chunked')], ['chunked', ['5'], ['content-length-with-transfer-encoding']]],
    ['two equal lengths', [CL('5'), CL('5')], ['5', [], ['duplicate-content-length']]],
    ['two equal lengths in one field', [CL('5, 5')], ['5', [], ['duplicate-content-length']]],
    ['two lengths', [CL('5'), CL('7')], ['5', ['7'], ['duplicate-content-length', 'conflicting-content-length']]],
    ['a signed length', [CL('+4')], ['4', ['none'], ['invalid-content-length']]],
    ['a negative length', [CL('-4')], ['none', [], ['invalid-content-length']]],
    ['a length beyond any number', [CL('99999999999999999999')], ['999999999999999', ['none'], ['invalid-content-length']]],
    ['xchunked', [TE('xchunked')], ['chunked', ['none'], ['invalid-transfer-encoding', 'transfer-coding']]],
    [
      'xchunked beside a length',
      [TE('xchunked'), CL('5')],
      ['5', ['chunked'], ['content-length-with-transfer-encoding', 'invalid-transfer-encoding', 'transfer-coding']],
    ],
    ['chunked, identity', [TE('chunked, identity')], ['chunked', ['none'], ['invalid-transfer-encoding', 'transfer-coding']]],
    ['chunked twice', [TE('chunked'), TE('chunked')], ['chunked', ['none'], ['invalid-transfer-encoding']]],
    ['gzip, chunked', [TE('gzip, chunked')], ['chunked', [], ['transfer-coding']]],
  ];
  it.each(cases)('%s', (_name, headers, expected) => {
    expect(request(headers)).toEqual(expected);
  });

  it('names chunked in HTTP/1.0, where a server may not know it', () => {
    expect(request([TE('chunked'), CL('3')], '1.0')).toEqual([
      'chunked',
      ['3'],
      ['content-length-with-transfer-encoding', 'transfer-encoding-in-http-1.0'],
    ]);
    expect(request([TE('chunked')], '1.0')).toEqual(['chunked', ['none'], ['transfer-encoding-in-http-1.0']]);
  });

  it('gives no more readings than it can be made to by a flood of lengths', () => {
    const [, others] = request(Array.from({ length: 100 }, (_, index) => CL(String(index + 1))));
    expect(others).toHaveLength(4);
  });
});

describe('responseFraming', () => {
  const cases: Array<[string, string, number, Headers, unknown]> = [
    ['HEAD', 'HEAD', 200, [CL('5')], ['none', []]],
    ['HEAD with chunked', 'HEAD', 200, [TE('chunked')], ['none', []]],
    ['204', 'GET', 204, [CL('5')], ['none', []]],
    ['204 with chunked', 'GET', 204, [TE('chunked')], ['none', ['transfer-encoding-without-body']]],
    ['304', 'GET', 304, [], ['none', []]],
    ['103 with chunked', 'GET', 103, [TE('chunked')], ['none', ['transfer-encoding-without-body']]],
    ['until the close', 'GET', 200, [], ['close', []]],
    ['a length', 'GET', 200, [CL('5')], ['5', []]],
    ['both', 'GET', 200, [CL('5'), TE('chunked')], ['chunked', ['content-length-with-transfer-encoding']]],
    ['a coding without end', 'GET', 200, [TE('gzip')], ['close', ['invalid-transfer-encoding', 'transfer-coding']]],
  ];
  it.each(cases)('%s', (_name, method, status, headers, expected) => {
    const warnings = new Warnings();
    const framing = responseFraming(method, status, headers, warnings);
    expect([short(framing), warnings.list().map(({ code }) => code)]).toEqual(expected);
  });
});
