import { describe, expect, it } from 'vitest';
import { limits } from '../../src/limits.js';
import { Budget } from '../../src/wire/budget.js';
import { Call } from '../../src/wire/call.js';
import type { WireEvent } from '../../src/wire/event.js';
import { Raw } from '../../src/wire/raw.js';
import { assertOrder, codes, ofType, openTap, sha256, text } from './conversation.js';

function call(headers: Array<[string, string]> = [], streaming = false) {
  const events: WireEvent[] = [];
  const budget = new Budget(limits.wireKept);
  let stream = 0;
  const emit = (event: WireEvent): void => void events.push(event);
  const raw = new Raw(emit);
  const made = new Call({ open: openTap(), emit, raw, budget, next: () => stream++ }, 1);
  made.requestHead({ method: 'POST', target: '/', url: 'https://shop.example/', httpVersion: '2', headers }, [], 2, streaming);
  return { call: made, events, budget };
}

const RESPONSE = { status: 200, statusText: '', httpVersion: '2' } as const;
const GRPC: Array<[string, string]> = [['content-type', 'application/grpc']];
const frame = (body: string) => Buffer.concat([Buffer.from([0, 0, 0, 0, body.length]), Buffer.from(body)]);

describe('Call', () => {
  it('gives a gRPC request with its head and its messages as they come', () => {
    const { call: made, events } = call(GRPC);
    expect(ofType(events, 'request')[0]?.request.body.size).toBe(0);
    made.requestData(frame('up one'), 3);
    made.responseHead({ ...RESPONSE, headers: GRPC }, [], 4);
    made.responseData(frame('down one'), 5);
    made.requestData(frame('up two'), 6);
    made.requestEnd(7);
    made.responseEnd(8, { trailers: [['grpc-status', '0']], warnings: [] });
    expect(events.map(({ type }) => type)).toEqual(['request', 'message', 'message', 'message', 'response', 'end']);
    expect(
      ofType(events, 'message').map(({ message }) => [
        message.index,
        message.direction,
        message.kind,
        text(message.body.bytes),
        message.at,
      ]),
    ).toEqual([
      [0, 'request', 'grpc', 'up one', 3],
      [1, 'response', 'grpc', 'down one', 5],
      [2, 'request', 'grpc', 'up two', 6],
    ]);
    expect(ofType(events, 'response')[0]?.response).toMatchObject({
      trailers: [['grpc-status', '0']],
      body: { size: 13, sha256: sha256(frame('down one')), truncated: false },
    });
  });

  it('takes an early gRPC error for an answer, not for a cut', () => {
    const { call: made, events } = call(GRPC);
    made.requestData(frame('half').subarray(0, 7), 3);
    made.responseHead({ ...RESPONSE, headers: GRPC }, [], 4);
    made.responseEnd(5);
    made.finish(6, null);
    expect(ofType(events, 'end')[0]?.failure).toBeNull();
    expect(codes(ofType(events, 'end')[0])).toEqual(['grpc-cut-short']);
    expect(ofType(events, 'message')[0]?.message.body.truncated).toBe(true);
  });

  it('puts the request first, even when its answer is whole before it', () => {
    const { call: made, events } = call();
    made.informational(100, [], 2);
    made.requestData(Buffer.from('half '), 3);
    made.responseHead({ ...RESPONSE, headers: [['content-type', 'text/event-stream']] }, [], 4);
    made.responseData(Buffer.from('data: early\n\n'), 5);
    made.responseEnd(6);
    expect(events).toEqual([]);
    made.requestData(Buffer.from('whole'), 7);
    made.requestEnd(8);
    expect(events.map(({ type }) => type)).toEqual(['request', 'informational', 'message', 'response', 'end']);
    assertOrder(events);
  });

  it('bounds what waits for a request, and says so', () => {
    const { call: made, events, budget } = call();
    made.responseHead({ ...RESPONSE, headers: [['content-type', 'text/event-stream']] }, [], 4);
    const flood = Buffer.from('data: x\n\n'.repeat(500));
    for (let count = 0; count < 10; count++) made.responseData(flood, 5);
    made.finish(6, null);
    expect(ofType(events, 'message').length).toBeLessThanOrEqual(limits.wireEarly);
    expect(codes(ofType(events, 'end')[0])).toContain('limit-wireEarly');
    expect(budget.left).toBe(limits.wireKept);
  });

  it('keeps a coded event stream as one body', () => {
    const { call: made, events } = call();
    made.requestEnd(3);
    made.responseHead(
      {
        ...RESPONSE,
        headers: [
          ['content-type', 'text/event-stream'],
          ['content-encoding', 'gzip'],
        ],
      },
      [],
      4,
    );
    made.responseData(Buffer.from('packed'), 5);
    made.responseEnd(6);
    expect(ofType(events, 'message')).toEqual([]);
    expect(text(ofType(events, 'response')[0]?.response.body.bytes ?? new Uint8Array())).toBe('packed');
    expect(codes(ofType(events, 'response')[0])).toEqual(['sse-coded']);
  });

  it('hands on what was sent into a tunnel that was refused', () => {
    const { call: made, events } = call([], true);
    made.requestData(Buffer.from('early'), 3);
    made.responseHead({ ...RESPONSE, status: 403, headers: [] }, [], 4);
    made.responseEnd(5);
    made.requestEnd(6);
    expect(ofType(events, 'unreadable').map(({ reason, bytes }) => [reason, text(bytes)])).toEqual([['tunnel-refused', 'early']]);
    expect(ofType(events, 'end')).toHaveLength(1);
  });

  it('ends once, whatever is called afterwards', () => {
    const { call: made, events, budget } = call();
    made.requestData(Buffer.from('x'), 3);
    made.finish(4, { code: 'reset', detail: '' });
    made.requestEnd(5);
    made.responseEnd(5);
    made.finish(6, null);
    expect(events.map(({ type }) => type)).toEqual(['request', 'end']);
    expect(ofType(events, 'end')[0]?.failure?.code).toBe('reset');
    expect(budget.left).toBe(limits.wireKept);
  });
});
