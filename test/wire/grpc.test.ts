import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { limits } from '../../src/limits.js';
import type { Headers } from '../../src/model/exchange.js';
import { Budget } from '../../src/wire/budget.js';
import type { Part } from '../../src/wire/carrier.js';
import { GrpcCarrier, type GrpcFlavour, grpcFlavour } from '../../src/wire/grpc.js';
import { text } from './conversation.js';

function message(flags: number, payload: Uint8Array | string): Buffer {
  const body = Buffer.from(typeof payload === 'string' ? Buffer.from(payload) : payload);
  const head = Buffer.alloc(5);
  head[0] = flags;
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
}

function listen(flavour: GrpcFlavour, encoding: string | null = null) {
  const parts: Part[] = [];
  const trailers: Headers[] = [];
  const warnings: string[] = [];
  const budget = new Budget(limits.wireKept);
  const carrier = new GrpcCarrier(budget, flavour, encoding, {
    message: (part) => parts.push(part),
    trailers: (found) => trailers.push(found),
    warn: (code) => warnings.push(code),
  });
  return { parts, trailers, warnings, carrier, budget, texts: () => parts.map(({ body }) => text(body.bytes)) };
}

it('knows the content types', () => {
  expect(grpcFlavour('application/grpc')).toBe('grpc');
  expect(grpcFlavour('Application/gRPC+proto; v=1')).toBe('grpc');
  expect(grpcFlavour('application/grpc-web+json')).toBe('grpc-web');
  expect(grpcFlavour('application/grpc-web-text')).toBe('grpc-web-text');
  expect(grpcFlavour('application/grpcx')).toBeNull();
  expect(grpcFlavour('text/html')).toBeNull();
  expect(grpcFlavour(null)).toBeNull();
});

describe('GrpcCarrier', () => {
  it('splits messages at any cut, empty ones included', () => {
    const bytes = Buffer.concat([message(0, 'one'), message(0, ''), message(0, 'three')]);
    for (let step = 1; step <= bytes.length; step++) {
      const { carrier, texts, budget } = listen('grpc');
      for (let from = 0; from < bytes.length; from += step) carrier.push(bytes.subarray(from, from + step), 1);
      carrier.finish(2);
      expect(texts()).toEqual(['one', '', 'three']);
      expect(budget.left).toBe(limits.wireKept);
    }
  });

  it('inflates what is compressed, and gives as sent what it cannot open', () => {
    const good = listen('grpc', 'gzip');
    good.carrier.push(Buffer.concat([message(1, gzipSync('imei=490154203237518')), message(0, 'plain')]), 1);
    expect(good.texts()).toEqual(['imei=490154203237518', 'plain']);
    const odd = listen('grpc', 'snappy');
    odd.carrier.push(message(1, 'packed'), 1);
    expect([odd.texts(), odd.warnings]).toEqual([['packed'], ['grpc-encoding']]);
    const bomb = listen('grpc', 'gzip');
    bomb.carrier.push(message(1, gzipSync(Buffer.alloc(limits.wireInflated + 1))), 1);
    expect(bomb.warnings).toEqual(['grpc-encoding']);
  });

  it('keeps a message that announces 4 GiB to its bound', () => {
    const { carrier, parts, warnings } = listen('grpc');
    carrier.push(Buffer.from([0, 255, 255, 255, 255]), 1);
    for (let sent = 0; sent < 40; sent++) carrier.push(Buffer.alloc(64 * 1024), 1);
    carrier.finish(2);
    expect(parts[0]?.body).toMatchObject({ size: 40 * 64 * 1024, truncated: true });
    expect(parts[0]?.body.bytes.length).toBe(limits.bodyKept);
    expect(warnings).toEqual(['grpc-cut-short']);
  });

  it('gives what came of a prefix', () => {
    const { carrier, texts } = listen('grpc');
    carrier.push(Buffer.from([0, 0]), 1);
    carrier.finish(2);
    expect(texts()).toEqual(['\0\0']);
  });

  it('reads gRPC-web with its trailers, binary and text', () => {
    const bytes = Buffer.concat([message(0, 'hello'), message(0x80, 'grpc-status: 0\r\ngrpc-message:ok\r\n')]);
    const expected = [
      [
        ['grpc-status', '0'],
        ['grpc-message', 'ok'],
      ],
    ];
    const binary = listen('grpc-web');
    binary.carrier.push(bytes, 1);
    expect([binary.texts(), binary.trailers]).toEqual([['hello'], expected]);
    const coded = `${message(0, 'hello').toString('base64')}${bytes.subarray(10).toString('base64')}`;
    for (const step of [1, 3, 100]) {
      const one = listen('grpc-web-text');
      for (let from = 0; from < coded.length; from += step) one.carrier.push(Buffer.from(coded.slice(from, from + step)), 1);
      one.carrier.finish(2);
      expect([one.texts(), one.trailers, one.warnings]).toEqual([['hello'], expected, []]);
    }
  });

  it('takes a gap inside a message, and says when it lost its place', () => {
    const { carrier, parts } = listen('grpc');
    carrier.push(message(0, 'x'.repeat(100)).subarray(0, 50), 1);
    expect(carrier.miss(30)).toBe(true);
    carrier.push(Buffer.concat([Buffer.alloc(25, 'x'), message(0, 'next')]), 1);
    expect(parts.map(({ body }) => [body.size, body.truncated])).toEqual([
      [100, true],
      [4, false],
    ]);
    expect(carrier.miss(30)).toBe(false);
  });
});
