import { describe, expect, it } from 'vitest';
import { limits } from '../../../src/limits.js';
import { Budget } from '../../../src/wire/budget.js';
import { otherReadings } from '../../../src/wire/http1/readings.js';
import { Warnings } from '../../../src/wire/warnings.js';
import { codes, ofType, openTap, tell, text, up } from '../conversation.js';

const HEAD = { method: 'POST', target: '/', url: 'https://shop.example/', httpVersion: '1.1', headers: [] } as const;

function read(framing: Parameters<typeof otherReadings>[2][number]['framing'], raw: string, warnings = new Warnings()) {
  const budget = new Budget(limits.wireKept);
  const found = otherReadings(openTap(), budget, [{ head: HEAD, framing }], Buffer.from(raw), warnings);
  expect(budget.left).toBe(limits.wireKept);
  return found.map(({ target, body }) => [target, text(body.bytes), body.truncated]);
}

describe('otherReadings', () => {
  it('reads what a shorter body leaves as further requests', () => {
    expect(
      read(
        { kind: 'length', length: 4 },
        '1c\r\nPOST /hidden HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc\r\nGET /two HTTP/1.1\r\n\r\n0\r\n\r\n',
      ),
    ).toEqual([
      ['/', '1c\r\n', false],
      ['/hidden', 'abc', false],
      ['/two', '', false],
    ]);
  });

  it('reads what is behind the last chunk', () => {
    expect(read({ kind: 'chunked' }, '1\r\na\r\n0\r\n\r\nGET /hidden HTTP/1.1\r\n\r\n')).toEqual([
      ['/', 'a', false],
      ['/hidden', '', false],
    ]);
  });

  it('marks a body that is not whole', () => {
    expect(read({ kind: 'length', length: 9 }, 'abc')).toEqual([['/', 'abc', true]]);
    expect(read({ kind: 'chunked' }, '5\r\nabc')).toEqual([['/', 'abc', true]]);
  });

  it('gives at most so many, and says where there are more', () => {
    const warnings = new Warnings();
    const one = 'GET /x HTTP/1.1\r\n\r\n';
    expect(read({ kind: 'none' }, one.repeat(limits.wireReadings - 1), warnings)).toHaveLength(limits.wireReadings);
    expect(warnings.list()).toEqual([]);
    expect(read({ kind: 'none' }, one.repeat(50), warnings)).toHaveLength(limits.wireReadings);
    expect(warnings.has('limit-wireReadings')).toBe(true);
  });
});

describe('on a connection', () => {
  const alternatives = (request: string) => {
    const [event] = ofType(tell([up(request)]), 'request');
    return { codes: codes(event), others: (event?.alternatives ?? []).map(({ url, body }) => [url, text(body.bytes)]) };
  };

  it('CL.TE: the hidden request is seen', () => {
    const hidden = 'GET /hidden?imei=490154203237518 HTTP/1.1\r\n\r\n';
    const size = hidden.length.toString(16);
    expect(
      alternatives(
        `POST / HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n${size}\r\n${hidden}\r\n0\r\n\r\n`,
      ),
    ).toEqual({
      codes: ['content-length-with-transfer-encoding'],
      others: [
        ['https://shop.example/', `${size}\r\n`],
        ['https://shop.example/hidden?imei=490154203237518', ''],
      ],
    });
  });

  it('two lengths: both bodies are given', () => {
    expect(alternatives('POST / HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 6\r\nContent-Length: 3\r\n\r\nabcdef').others).toEqual([
      ['https://shop.example/', 'abc'],
    ]);
  });

  it('a line feed in a chunk extension: the strict reading is given', () => {
    const { codes: found, others } = alternatives(
      'POST / HTTP/1.1\r\nHost: shop.example\r\nTransfer-Encoding: chunked\r\n\r\n2;\nxx\r\n0\r\n\r\n',
    );
    expect(found).toEqual(['chunk-bare-lf']);
    expect(others).toHaveLength(1);
  });

  it('two hosts: both receivers are named', () => {
    expect(alternatives('GET /a HTTP/1.1\r\nHost: shop.example\r\nHost: evil.example\r\n\r\n').others).toEqual([
      ['https://evil.example/a', ''],
    ]);
  });
});
