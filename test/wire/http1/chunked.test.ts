import { describe, expect, it } from 'vitest';
import { limits } from '../../../src/limits.js';
import { ChunkedBody } from '../../../src/wire/http1/chunked.js';
import { Intake } from '../../../src/wire/intake.js';
import { Warnings } from '../../../src/wire/warnings.js';
import { text } from '../conversation.js';

function read(bytes: string, options: { strict?: boolean; step?: number } = {}) {
  const warnings = new Warnings();
  const body = new ChunkedBody(warnings, options.strict === true);
  const intake = new Intake();
  let out = '';
  let result: unknown = 'more';
  const step = options.step ?? bytes.length;
  for (let from = 0; from < bytes.length && result === 'more'; from += step) {
    intake.push(Buffer.from(bytes.slice(from, from + step), 'latin1'));
    result = body.read(intake, (piece) => {
      out += text(piece);
    });
  }
  return { out, result, trailers: body.trailers, codes: warnings.list().map(({ code }) => code), left: text(intake.view()) };
}

describe('ChunkedBody', () => {
  it('reads sizes in either case, extensions and trailers, at any cut', () => {
    const bytes = `A;x="y"\r\n0123456789\r\n0005\r\nabcde\r\n0;last\r\nX: 1\r\nY: 2\r\n\r\n`;
    for (let step = 1; step <= bytes.length; step++)
      expect(read(bytes, { step })).toMatchObject({
        out: '0123456789abcde',
        result: 'done',
        trailers: [
          ['X', '1'],
          ['Y', '2'],
        ],
        codes: [],
        left: '',
      });
  });

  it('leaves what follows', () => {
    expect(read('1\r\na\r\n0\r\n\r\nGET').left).toBe('GET');
  });

  it.each([
    ['0x1\r\na\r\n', 'chunk-size'],
    ['-1\r\na\r\n', 'chunk-size'],
    ['+1\r\na\r\n', 'chunk-size'],
    [' 1\r\na\r\n', 'chunk-size'],
    ['\r\n', 'chunk-size'],
    ['00000000000000001\r\na\r\n', 'chunk-size'],
    ['fffffffffffffff\r\n', 'chunk-size'],
    ['1\r\nabc', 'chunk-end'],
    ['1\r\na\rb', 'chunk-end'],
    [`1;${'e'.repeat(limits.chunkLine)}`, 'limit-chunkLine'],
    [`0\r\n${'X: y\r\n'.repeat(limits.httpHead / 5)}`, 'limit-httpHead'],
  ])('stops at %j', (bytes, fault) => {
    expect(read(bytes).result).toEqual({ fault });
  });

  it('reads bare line feeds, and names them', () => {
    expect(read('1\na\n0\n\n')).toMatchObject({ out: 'a', result: 'done', codes: ['chunk-bare-lf', 'bare-lf'] });
    expect(read('1 \r\na\r\n0\r\n\r\n')).toMatchObject({ out: 'a', codes: ['chunk-space'] });
  });

  it('finds the request that a lone line feed in an extension hides', () => {
    // One parser sees the chunk "x", the other takes everything up to CR LF for the extension.
    const bytes = '2;\nxx\r\n10\r\n\r\n0\r\n\r\nGET /hid\r\n0\r\n\r\n';
    expect(read(bytes).out).toContain('xx');
    expect(read(bytes, { strict: true }).out).toBe('10');
  });

  it('knows how much of a gap it can take', () => {
    const body = new ChunkedBody(new Warnings());
    const intake = new Intake();
    intake.push(Buffer.from('a\r\nab'));
    body.read(intake, () => undefined);
    expect(body.remaining).toBe(8);
    body.miss(8);
    intake.push(Buffer.from('\r\n0\r\n\r\n'));
    expect(body.read(intake, () => undefined)).toBe('done');
  });
});
