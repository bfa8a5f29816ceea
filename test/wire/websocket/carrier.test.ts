import http from 'node:http';
import { constants, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { limits } from '../../../src/limits.js';
import { Budget } from '../../../src/wire/budget.js';
import type { Part } from '../../../src/wire/carrier.js';
import { WebSocketCarrier } from '../../../src/wire/websocket/carrier.js';
import { codes, essence, ofType, record, sha256, tell, text } from '../conversation.js';

interface Heard {
  readonly parts: Part[];
  readonly raw: Array<{ reason: string; bytes: string }>;
  readonly warnings: string[];
  readonly carrier: WebSocketCarrier;
}

function listen(direction: 'up' | 'down', takeover: boolean | null = null, budget = new Budget(limits.wireKept)): Heard {
  const parts: Part[] = [];
  const raw: Array<{ reason: string; bytes: string }> = [];
  const warnings: string[] = [];
  const carrier = new WebSocketCarrier(budget, direction, takeover === null ? null : { takeover }, {
    message: (part) => parts.push(part),
    unreadable: (reason, bytes) => raw.push({ reason, bytes: text(bytes) }),
    warn: (code) => warnings.push(code),
  });
  return { parts, raw, warnings, carrier };
}

/** A frame as RFC 6455 section 5.2 draws it. */
function frame(first: number, payload: Uint8Array | string, mask: number[] | null = null): Buffer {
  const body = Buffer.from(typeof payload === 'string' ? Buffer.from(payload) : payload);
  const bit = mask === null ? 0 : 0x80;
  let head: Buffer;
  if (body.length < 126) head = Buffer.from([first, bit | body.length]);
  else if (body.length < 65536) head = Buffer.from([first, bit | 126, body.length >> 8, body.length & 255]);
  else {
    head = Buffer.alloc(10);
    head[0] = first;
    head[1] = bit | 127;
    head.writeBigUInt64BE(BigInt(body.length), 2);
  }
  if (mask === null) return Buffer.concat([head, body]);
  return Buffer.concat([head, Buffer.from(mask), body.map((byte, index) => byte ^ (mask[index % 4] ?? 0))]);
}

const MASK = [0x11, 0x22, 0x33, 0x44];

function packed(message: string): Buffer {
  return deflateRawSync(message, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -4);
}

describe('frames', () => {
  it('joins fragments around control frames, at every cut', () => {
    const bytes = Buffer.concat([
      frame(0x01, '{"imei":"4901', MASK),
      frame(0x89, 'ping', MASK),
      frame(0x00, '542032', MASK),
      frame(0x80, '37518"}', MASK),
      frame(0x82, Buffer.alloc(300, 7), MASK),
    ]);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const heard = listen('up');
      heard.carrier.push(bytes.subarray(0, cut), 1);
      heard.carrier.push(bytes.subarray(cut), 1);
      expect(heard.parts.map((part) => [part.text, part.body.size])).toEqual([
        [true, 26],
        [false, 300],
      ]);
      expect(text(heard.parts[0]?.body.bytes ?? new Uint8Array())).toBe('{"imei":"490154203237518"}');
      expect(heard.raw).toEqual([]);
    }
  });

  it('gives data that is carried in a ping or a close reason', () => {
    const heard = listen('up');
    heard.carrier.push(frame(0x89, 'imei=490154203237518', MASK), 1);
    heard.carrier.push(frame(0x88, Buffer.concat([Buffer.from([3, 232]), Buffer.from('phone 13900000000')]), MASK), 1);
    expect(heard.parts.map((part) => text(part.body.bytes))).toEqual(['imei=490154203237518', 'phone 13900000000']);
  });

  it('reads a large message without holding it', () => {
    const heard = listen('up');
    const piece = Buffer.alloc(1 << 16, 'a');
    heard.carrier.push(Buffer.from([0x82, 0x7f, 0, 0, 0, 0, 2, 0, 0, 0]), 1);
    for (let sent = 0; sent < 1 << 25; sent += piece.length) heard.carrier.push(piece, 1);
    heard.carrier.push(frame(0x81, 'after'), 1);
    const [large, after] = heard.parts;
    expect(large?.body).toMatchObject({ size: 1 << 25, truncated: true });
    expect(large?.body.bytes.length).toBe(limits.bodyKept);
    expect(text(after?.body.bytes ?? new Uint8Array())).toBe('after');
    expect(heard.warnings).toEqual(expect.arrayContaining(['limit-wsMessage', 'websocket-mask']));
  });

  it('survives a flood of fragments', () => {
    const heard = listen('down');
    heard.carrier.push(frame(0x01, 'x'), 1);
    const flood = Buffer.concat(Array.from({ length: 1000 }, () => frame(0x00, 'x')));
    for (let count = 0; count < 131; count++) heard.carrier.push(flood, 1);
    heard.carrier.push(frame(0x80, 'end'), 1);
    expect(heard.parts[0]?.body.size).toBe(131_004);
    expect(heard.warnings).toContain('limit-wsFragments');
  });

  const faults: Array<[string, Buffer]> = [
    ['websocket-opcode', frame(0x83, 'abc')],
    ['websocket-opcode', frame(0x8b, 'abc')],
    ['websocket-reserved-bits', frame(0xa1, 'abc')],
    ['websocket-reserved-bits', frame(0xc1, 'abc')],
    ['websocket-control', frame(0x09, 'abc')],
    ['websocket-control', frame(0x89, 'x'.repeat(126))],
    ['websocket-fragment', frame(0x80, 'abc')],
    ['websocket-fragment', Buffer.concat([frame(0x01, 'abc'), frame(0x81, 'abc')])],
    ['websocket-length', Buffer.from([0x81, 127, 255, 255, 255, 255, 255, 255, 255, 255])],
  ];
  it.each(faults)('stops at %s and hands the rest on', (reason, bytes) => {
    const heard = listen('down');
    heard.carrier.push(bytes, 1);
    heard.carrier.push(Buffer.from('later'), 2);
    expect(heard.warnings).toContain(reason);
    expect(heard.raw.map(({ bytes: given }) => given).join('')).toContain('later');
    expect(heard.raw.every((one) => one.reason === reason)).toBe(true);
  });

  it('gives a message that was cut short, marked so', () => {
    const heard = listen('down');
    heard.carrier.push(frame(0x81, 'imei=490154203237518').subarray(0, 15), 1);
    heard.carrier.finish(2);
    expect(heard.parts[0]?.body).toMatchObject({ size: 13, truncated: true });
    expect(heard.warnings).toEqual(['websocket-cut-short']);
  });

  it('keeps its place when a gap lies inside a payload', () => {
    const heard = listen('down');
    const bytes = frame(0x82, Buffer.alloc(100, 1));
    heard.carrier.push(bytes.subarray(0, 30), 1);
    expect(heard.carrier.miss(50)).toBe(true);
    heard.carrier.push(Buffer.concat([bytes.subarray(80), frame(0x81, 'next')]), 1);
    expect(heard.parts.map((part) => [part.body.size, part.body.truncated])).toEqual([
      [100, true],
      [4, false],
    ]);
    expect(heard.carrier.miss(5)).toBe(false);
    heard.carrier.push(frame(0x81, 'unplaced'), 1);
    expect(heard.raw[0]?.reason).toBe('gap');
  });
});

describe('permessage-deflate', () => {
  it('refuses a bomb and says so, and reads on where no context is shared', () => {
    const bomb = packed('0'.repeat(limits.wireInflated + 1));
    const alone = listen('down', false);
    alone.carrier.push(Buffer.concat([frame(0xc1, bomb), frame(0xc1, packed('next'))]), 1);
    expect(alone.warnings).toEqual(['websocket-deflate']);
    expect(alone.parts.map((part) => text(part.body.bytes))).toEqual(['next']);
    const shared = listen('down', true);
    shared.carrier.push(Buffer.concat([frame(0xc1, bomb), frame(0xc1, packed('next'))]), 1);
    expect(shared.warnings).toEqual(['websocket-deflate', 'websocket-deflate-context']);
    expect(shared.parts).toEqual([]);
    expect(shared.raw.map(({ reason }) => reason)).toEqual(['websocket-deflate', 'websocket-deflate-context']);
  });

  it('reads fragments of one compressed message', () => {
    const heard = listen('up', true);
    const bytes = packed('{"phone":"13900000000"}');
    heard.carrier.push(Buffer.concat([frame(0x41, bytes.subarray(0, 5), MASK), frame(0x80, bytes.subarray(5), MASK)]), 1);
    expect(text(heard.parts[0]?.body.bytes ?? new Uint8Array())).toBe('{"phone":"13900000000"}');
  });

  it('reads a message that ends in a final block', () => {
    const heard = listen('down', true);
    heard.carrier.push(frame(0xc1, Buffer.concat([deflateRawSync('final'), Buffer.from([0])])), 1);
    expect(text(heard.parts[0]?.body.bytes ?? new Uint8Array())).toBe('final');
  });

  it('returns what it borrowed from the budget', () => {
    const budget = new Budget(limits.wireKept);
    const heard = listen('down', true, budget);
    heard.carrier.push(
      Buffer.concat([frame(0xc1, packed('one')), frame(0x81, 'two'), frame(0xc1, Buffer.from([0xff, 0xff])), frame(0x89, '')]),
      1,
    );
    expect(heard.parts.length).toBeGreaterThanOrEqual(2);
    expect(budget.left).toBe(limits.wireKept);
  });
});

const SETTINGS = [
  ['no compression', false],
  ['context takeover', { threshold: 0 }],
  ['no context takeover', { threshold: 0, serverNoContextTakeover: true, clientNoContextTakeover: true }],
  ['a small window', { threshold: 0, serverMaxWindowBits: 9, clientMaxWindowBits: 9 }],
] as const;

describe('ws, both ends', () => {
  it.each(SETTINGS)('is read message by message with %s', async (_name, setting) => {
    const sent: string[] = [];
    const answered: string[] = [];
    const origin = http.createServer();
    const server = new WebSocketServer({ server: origin, perMessageDeflate: setting });
    server.on('connection', (socket) => {
      socket.on('message', (message: Buffer, binary: boolean) => {
        const answer = Buffer.from(`answer to ${sha256(message)} ${message.subarray(0, 2000).toString('latin1')}`);
        answered.push(sha256(answer));
        socket.send(answer, { binary });
      });
    });
    const turns = await record(origin, async (port) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/chat?uid=7`, { perMessageDeflate: setting });
      await new Promise<void>((resolve, reject) => {
        socket.on('open', () => resolve());
        socket.on('error', reject);
      });
      for (let count = 0; count < 12; count++) {
        const message = Buffer.from(`{"n":${count},"phone":"13900000000","pad":"${'lorem ipsum '.repeat(count * 300)}"}`);
        sent.push(sha256(message));
        socket.send(message, { binary: count % 3 === 0, compress: count % 4 !== 3 });
        await new Promise((resolve) => socket.once('message', resolve));
      }
      socket.close(1000, 'done');
      await new Promise((resolve) => socket.once('close', resolve));
    });
    server.close();
    const open = { layer: 'http' as const, host: '127.0.0.1', port: 80, sni: null, alpn: null };
    const events = tell(turns, { open });
    expect(ofType(events, 'request')[0]?.request).toMatchObject({ method: 'GET', target: '/chat?uid=7' });
    expect(ofType(events, 'response')[0]?.response.status).toBe(101);
    const messages = ofType(events, 'message').map(({ message }) => message);
    expect(messages.filter(({ direction }) => direction === 'request').map(({ body }) => body.sha256)).toEqual(sent);
    expect(messages.filter(({ direction }) => direction === 'response').map(({ body }) => body.sha256)).toEqual(answered);
    expect(messages.map(({ index }) => index)).toEqual(messages.map((_, index) => index));
    expect(messages.map(({ text: isText }) => isText).slice(0, 4)).toEqual([false, false, true, true]);
    expect(ofType(events, 'unreadable')).toEqual([]);
    expect(ofType(events, 'end')).toEqual([expect.objectContaining({ failure: null })]);
    expect(codes(ofType(events, 'end')[0])).toEqual([]);
    expect(essence(tell(turns, { open, piece: 5 }))).toEqual(essence(events));
  });
});
