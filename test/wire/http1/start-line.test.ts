import { describe, expect, it } from 'vitest';
import { mayBeRequestLine, parseRequestLine, parseStatusLine } from '../../../src/wire/http1/start-line.js';
import { Warnings } from '../../../src/wire/warnings.js';

describe('parseRequestLine', () => {
  it('reads method, target and version', () => {
    const warnings = new Warnings();
    expect(parseRequestLine('PROPFIND /a?b=c HTTP/1.1', warnings)).toEqual({ method: 'PROPFIND', target: '/a?b=c', httpVersion: '1.1' });
    expect(parseRequestLine('GET * HTTP/1.0', warnings)).toEqual({ method: 'GET', target: '*', httpVersion: '1.0' });
    expect(warnings.list()).toEqual([]);
  });

  it('keeps what a sloppy client puts into the target, and says so', () => {
    const warnings = new Warnings();
    expect(parseRequestLine('GET /a b HTTP/2.7', warnings)).toEqual({ method: 'GET', target: '/a b', httpVersion: '1.1' });
    expect(warnings.list().map(({ code }) => code)).toEqual(['space-in-target', 'invalid-version']);
  });

  it.each(['GET /', 'GET  HTTP/1.1', 'G<T / HTTP/1.1', ' GET / HTTP/1.1', 'HTTP/1.1 200 OK', ''])('refuses %j', (line) => {
    expect(parseRequestLine(line, new Warnings())).toBeNull();
  });
});

describe('parseStatusLine', () => {
  it('reads a reason, an empty one and none', () => {
    const warnings = new Warnings();
    expect(parseStatusLine('HTTP/1.1 404 Not Found', warnings)).toEqual({ status: 404, statusText: 'Not Found', httpVersion: '1.1' });
    expect(parseStatusLine('HTTP/1.1 200 ', warnings)?.statusText).toBe('');
    expect(parseStatusLine('HTTP/1.0 200', warnings)).toEqual({ status: 200, statusText: '', httpVersion: '1.0' });
    expect(warnings.list()).toEqual([]);
  });

  it('names a status that does not exist and refuses what is none', () => {
    const warnings = new Warnings();
    expect(parseStatusLine('HTTP/1.1 099 X', warnings)?.status).toBe(99);
    expect(warnings.has('invalid-status')).toBe(true);
    expect(parseStatusLine('HTTP/1.1 20 X', new Warnings())).toBeNull();
    expect(parseStatusLine('ICY 200 OK', new Warnings())).toBeNull();
  });
});

it('gives up on a line as soon as something speaks against it', () => {
  for (const good of ['', 'G', 'GET', 'GET ', 'GET /x HTTP/1.1\r\nHo', '\r\nGET /', `GET /${'x'.repeat(600)}`])
    expect(mayBeRequestLine(good)).toBe(true);
  for (const bad of ['{', 'G{', 'GET /\r\n', 'EHLO me\r\n', 'x'.repeat(65)]) expect(mayBeRequestLine(bad)).toBe(false);
});
