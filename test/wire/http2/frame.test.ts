import { describe, expect, it } from 'vitest';
import { limits } from '../../../src/limits.js';
import { FrameReader, parseFrameHead } from '../../../src/wire/http2/frame.js';
import { text } from '../conversation.js';
import { frame } from './frames.js';

function reader(preface = 0) {
  const log: string[] = [];
  const made = new FrameReader(
    {
      ready: () => true,
      order: () => null,
      frame: (head, payload) => {
        log.push(`frame ${head.type} ${text(payload)}`);
        return null;
      },
      data: (stream, bytes) => {
        const last = log.at(-1);
        if (last?.startsWith(`data ${stream} `)) log[log.length - 1] = last + text(bytes);
        else log.push(`data ${stream} ${text(bytes)}`);
      },
      dataEnd: (head) => log.push(`end ${head.stream} ${head.flags}`),
      foreign: (bytes) => log.push(`foreign ${text(bytes)}`),
      lost: (reason, rest) => log.push(`lost ${reason} ${text(rest)}`),
    },
    preface,
  );
  return { reader: made, log };
}

describe('FrameReader', () => {
  const bytes = Buffer.concat([
    Buffer.from('PRE'),
    frame(4, 0, 0, 'settings'),
    frame(0, 8, 1, `\x03hello\0\0\0`),
    frame(1, 4, 3, 'block'),
    frame(7, 0, 0, '12345678and debug text'),
    frame(0, 1, 5, ''),
    frame(0, 9, 7, '\x02\0\0'),
    frame(3, 0, 1, ''),
    frame(8, 0, 0, 'wind'),
    frame(0x10, 0, 0, 'u=1'),
    frame(0x0b + 0x1f * 3, 0, 0, 'grease'),
  ]);
  const expected = ['data 1 hello', 'end 1 8', 'frame 1 block', 'frame 7 12345678', 'end 5 1', 'end 7 9', 'frame 3 '];

  it('cuts frames at any cut of the bytes', () => {
    for (let step = 1; step <= bytes.length; step++) {
      const { reader: made, log } = reader(3);
      for (let from = 0; from < bytes.length; from += step) made.push(bytes.subarray(from, from + step), 1);
      expect(log, `pieces of ${step}`).toEqual(expected);
    }
  });

  it('does not hold a frame that announces 16 MiB', () => {
    const { reader: made, log } = reader();
    made.push(Buffer.from([0xff, 0xff, 0xff, 1, 4, 0, 0, 0, 1]), 1);
    expect(log).toEqual(['lost limit-h2HeaderBlock ']);
    const skipping = reader();
    skipping.reader.push(Buffer.from([0xff, 0xff, 0xff, 4, 0, 0, 0, 0, 0]), 1);
    for (let sent = 0; sent < 1 << 24; sent += 1 << 16) skipping.reader.push(Buffer.alloc(Math.min(1 << 16, 0xffffff - sent)), 1);
    skipping.reader.push(frame(1, 4, 1, 'after'), 1);
    expect(skipping.log).toEqual(['frame 1 after']);
  });

  it('waits while it may not read, and not for ever', () => {
    const log: string[] = [];
    let open = false;
    const made = new FrameReader(
      {
        ready: () => open,
        order: () => null,
        frame: () => null,
        data: (_stream, bytes) => log.push(text(bytes)),
        dataEnd: () => undefined,
        foreign: () => undefined,
        lost: (reason) => log.push(reason),
      },
      0,
    );
    made.push(frame(0, 0, 1, 'held'), 1);
    expect(log).toEqual([]);
    open = true;
    made.resume();
    expect(log).toEqual(['held']);
    open = false;
    for (let sent = 0; sent <= limits.wireHeld; sent += 10_000) made.push(frame(0, 0, 1, Buffer.alloc(10_000)), 1);
    expect(log[1]).toBe('limit-wireHeld');
  });

  it('knows whose DATA a gap lies in', () => {
    const { reader: made, log } = reader();
    made.push(frame(0, 0, 9, Buffer.alloc(100)).subarray(0, 20), 1);
    expect(made.gap(89)).toBe(9);
    expect(made.gap(1)).toBeNull();
    made.push(frame(1, 4, 1, 'x').subarray(0, 5), 1);
    expect(made.gap(1)).toBeNull();
    expect(log.filter((line) => line.startsWith('lost'))).toEqual([]);
  });
});

it('reads a frame head, reserved bit removed', () => {
  expect(parseFrameHead(Uint8Array.from([0, 1, 2, 3, 4, 0x80, 0, 0, 5]))).toEqual({ length: 258, type: 3, flags: 4, stream: 5 });
});
