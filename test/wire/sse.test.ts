import { describe, expect, it } from 'vitest';
import { limits } from '../../src/limits.js';
import { Budget } from '../../src/wire/budget.js';
import type { Part } from '../../src/wire/carrier.js';
import { SseCarrier } from '../../src/wire/sse.js';
import { text } from './conversation.js';

function events(stream: string, step = stream.length): string[] {
  const parts: Part[] = [];
  const carrier = new SseCarrier(new Budget(limits.wireKept), (part) => parts.push(part));
  for (let from = 0; from < stream.length; from += step) carrier.push(Buffer.from(stream.slice(from, from + step), 'latin1'), 1);
  carrier.finish(2);
  return parts.map((part) => text(part.body.bytes));
}

const cases: Array<[string, string[]]> = [
  ['data: one\n\ndata: two\n\n', ['one', 'two']],
  ['\xef\xbb\xbfdata: bom\n\n', ['bom']],
  [': comment\nid: 1\nevent: e\ndata:first\ndata: second\nretry: 5\n\n', ['first\nsecond']],
  ['data: a\r\n\r\ndata: b\r\rdata: c\n\n', ['a', 'b', 'c']],
  ['data\ndata\n\n', ['\n']],
  ['data\n\n', []],
  ['data:  two spaces\n\n', [' two spaces']],
  ['datax: no\nxdata: no\nDATA: no\n\n', []],
  ['id: 1\n\n\n\ndata: later\n\n', ['later']],
  ['data: unfinished', ['unfinished']],
  ['data: a:b: c\n\n', ['a:b: c']],
];

describe('SseCarrier', () => {
  it.each(cases)('%j', (stream, expected) => {
    for (let step = 1; step <= stream.length; step++) expect(events(stream, step), `pieces of ${step}`).toEqual(expected);
  });

  it('keeps a flood of data to the bound of a body', () => {
    const parts: Part[] = [];
    const carrier = new SseCarrier(new Budget(limits.wireKept), (part) => parts.push(part));
    const line = Buffer.from(`data: ${'x'.repeat(60_000)}\n`);
    for (let count = 0; count < 40; count++) carrier.push(line, 1);
    carrier.push(Buffer.from('\n'), 1);
    expect(parts[0]?.body).toMatchObject({ size: 40 * 60_000 + 39, truncated: true });
    expect(parts[0]?.body.bytes.length).toBe(limits.bodyKept);
  });

  it('marks the event that a gap ran through', () => {
    const parts: Part[] = [];
    const carrier = new SseCarrier(new Budget(limits.wireKept), (part) => parts.push(part));
    carrier.push(Buffer.from('data: be'), 1);
    carrier.miss(10);
    carrier.push(Buffer.from('end\n\ndata: whole\n\n'), 1);
    expect(parts.map(({ body }) => [body.size, body.truncated])).toEqual([
      [15, true],
      [5, false],
    ]);
  });
});
