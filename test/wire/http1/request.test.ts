import { describe, expect, it } from 'vitest';
import { limits } from '../../../src/limits.js';
import { readRequestHead } from '../../../src/wire/http1/request.js';
import { Warnings } from '../../../src/wire/warnings.js';
import { openTap } from '../conversation.js';

function read(lines: string, start = 'POST /p HTTP/1.1') {
  const warnings = new Warnings();
  const reading = readRequestHead(openTap(), Buffer.from(`${start}\r\n${lines}\r\n`, 'latin1'), warnings);
  return { reading, codes: warnings.list().map(({ code }) => code) };
}

describe('readRequestHead', () => {
  it('gives one reading of an honest head', () => {
    const { reading, codes } = read('Host: shop.example\r\nContent-Length: 4\r\n');
    expect(reading).toMatchObject({
      usual: { head: { method: 'POST', url: 'https://shop.example/p' }, framing: { length: 4 } },
      others: [],
    });
    expect(codes).toEqual([]);
  });

  it('names a missing Host', () => {
    expect(read('').codes).toEqual(['missing-host']);
    expect(read('', 'GET / HTTP/1.0').codes).toEqual([]);
  });

  it('reads a doubled Host both ways, where it matters', () => {
    const { reading, codes } = read('Host: shop.example\r\nHost: evil.example\r\n');
    expect(codes).toEqual(['duplicate-host', 'host-mismatch']);
    expect(reading?.others.map(({ head }) => head.url)).toEqual(['https://evil.example/p']);
    expect(read('Host: shop.example\r\nHost: SHOP.example\r\n').reading?.others).toEqual([]);
  });

  const hidden: Array<[string, string, string]> = [
    ['a bare LF', 'Host: shop.example\r\nX: 1\nContent-Length: 5\r\n', 'bare-lf'],
    ['a bare CR', 'Host: shop.example\r\nX: 1\rContent-Length: 5\r\n', 'bare-cr'],
    ['folding', 'Host: shop.example\r\nX: 1\r\n Content-Length: 5\r\n', 'obs-fold'],
    ['space before the colon', 'Host: shop.example\r\nContent-Length : 5\r\n', 'space-before-colon'],
  ];
  it.each(hidden)('gives both ends of a body whose length hides behind %s', (_name, lines, code) => {
    const { reading, codes } = read(lines);
    expect(codes).toContain(code);
    const kinds = [reading?.usual.framing.kind, ...(reading?.others ?? []).map(({ framing }) => framing.kind)];
    expect(kinds.sort()).toEqual(['length', 'none']);
  });

  it('does not read twice where both readings lead to the same', () => {
    expect(read('Host: shop.example\r\nX: 1\r\n folded\r\n').reading?.others).toEqual([]);
  });

  it('lets no length hide behind the fields it records', () => {
    const { reading, codes } = read(`Host: shop.example\r\n${'a:b\r\n'.repeat(limits.httpHeaderCount)}Content-Length: 5\r\n`);
    expect(reading?.usual.framing).toEqual({ kind: 'length', length: 5 });
    expect(codes).toEqual(['limit-httpHeaderCount']);
  });

  it('gives a CONNECT no body', () => {
    expect(read('Host: in.example:443\r\nContent-Length: 5\r\n', 'CONNECT in.example:443 HTTP/1.1').reading).toMatchObject({
      usual: { head: { url: 'https://in.example:443/' }, framing: { kind: 'none' } },
      others: [],
    });
  });

  it('refuses what is no request', () => {
    expect(read('', 'HTTP/1.1 200 OK').reading).toBeNull();
  });
});
