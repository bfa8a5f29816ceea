import { describe, expect, it } from 'vitest';
import { limits } from '../../../src/limits.js';
import type { Framing } from '../../../src/wire/http1/framing.js';
import { MessageReader } from '../../../src/wire/http1/reader.js';
import { text } from '../conversation.js';

/** A reader whose heads name their own framing: `len 3`, `chunked`, `close`, `none`, `skip`, `stop`, `bad`. */
function reader(ready: () => boolean = () => true) {
  const log: string[] = [];
  const made = new MessageReader({
    ready,
    plausible: (bytes) => bytes[0] !== 0x7b,
    head: (bytes, startedAt, at) => {
      const line = text(bytes).trim();
      log.push(`head ${line} ${startedAt}-${at}`);
      if (line === 'skip' || line === 'stop') return line;
      if (line === 'bad') return { fault: 'bad-head' };
      const length = /^len (\d+)$/.exec(line)?.[1];
      if (length !== undefined) return { kind: 'length', length: Number(length) };
      const kinds: Record<string, Framing> = { chunked: { kind: 'chunked' }, close: { kind: 'close' } };
      return kinds[line] ?? { kind: 'none' };
    },
    data: (bytes) => log.push(`data ${text(bytes)}`),
    wire: (bytes) => log.push(`wire ${text(bytes).length}`),
    miss: (missed) => log.push(`miss ${missed}`),
    end: (_at, trailers, _warnings, whole) => log.push(`end ${trailers.length} ${whole}`),
    lost: (reason, rest) => log.push(`lost ${reason} ${text(rest)}`),
    beyond: (bytes) => log.push(`beyond ${text(bytes)}`),
  });
  return { reader: made, log, push: (bytes: string, at = 0) => made.push(Buffer.from(bytes, 'latin1'), at) };
}

describe('MessageReader', () => {
  it('reads message behind message, each with its own first byte', () => {
    const { push, log } = reader();
    push('len 2\r\n\r\nabskip\r\n\r\nno', 1);
    push('ne\n\n\r\n', 2);
    push('close\r\n\r\nx', 3);
    expect(log).toEqual([
      'head len 2 1-1',
      'data ab',
      'end 0 true',
      'head skip 1-1',
      'head none 1-2',
      'end 0 true',
      'head close 3-3',
      'data x',
    ]);
  });

  it('waits for leave to read, and gives up on too much', () => {
    let open = false;
    const { reader: made, push, log } = reader(() => open);
    push('none\r\n\r\n');
    expect(log).toEqual([]);
    open = true;
    made.resume();
    expect(log).toEqual(['head none 0-0', 'end 0 true']);
    open = false;
    push('x'.repeat(limits.wireHeld + 1));
    expect(log[2]?.startsWith('lost limit-wireHeld')).toBe(true);
  });

  it('leaves the rest to another protocol', () => {
    const { reader: made, push, log } = reader();
    push('stop\r\n\r\nframes');
    push('more');
    made.close(9);
    expect(log).toEqual(['head stop 0-0', 'beyond frames', 'beyond more']);
  });

  it('gives everything raw once it is lost', () => {
    const { push, log } = reader();
    push('bad\r\n\r\nrest');
    push('later');
    expect(log.slice(1)).toEqual(['lost bad-head bad\r\n\r\n', 'lost bad-head rest', 'lost bad-head later']);
    const other = reader();
    other.push('{"not":"http"}');
    expect(other.log).toEqual(['lost not-http {"not":"http"}']);
  });

  it('ends at the close: whole where the close is the end, cut elsewhere', () => {
    const whole = reader();
    whole.push('close\r\n\r\nx');
    whole.reader.close(1);
    expect(whole.log).toContain('end 0 true');
    const cut = reader();
    cut.push('len 5\r\n\r\nx');
    cut.reader.close(1);
    expect(cut.log).toContain('end 0 false');
    const head = reader();
    head.push('len');
    head.reader.close(1);
    expect(head.log).toEqual(['lost cut-short len']);
  });

  it('takes a gap inside a body and nowhere else', () => {
    const { reader: made, push, log } = reader();
    expect(made.gap(1, 0)).toBe(false);
    push('len 10\r\n\r\nab');
    expect(made.gap(9, 1)).toBe(false);
    expect(made.gap(8, 1)).toBe(true);
    push('none\r\n\r\n');
    expect(log).toEqual(['head len 10 0-0', 'data ab', 'miss 8', 'end 0 true', 'head none 0-0', 'end 0 true']);
    push('close\r\n\r\n');
    expect(made.gap(1e9, 1)).toBe(true);
  });

  it('tells when a body has not begun, and drops it on request', () => {
    const { reader: made, push, log } = reader();
    push('len 3\r\n\r\n');
    expect(made.bodyUntouched).toBe(true);
    made.abandonBody(1);
    push('none\r\n\r\n');
    expect(log.filter((line) => line.startsWith('head'))).toHaveLength(2);
  });
});
