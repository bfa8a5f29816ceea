import { describe, expect, it } from 'vitest';
import { limits } from '../../src/limits.js';
import type { WireEvent } from '../../src/wire/event.js';
import { Raw } from '../../src/wire/raw.js';
import { ofType } from './conversation.js';

describe('Raw', () => {
  it('gives bytes up to its bound, then counts, and reports the count at the close', () => {
    const events: WireEvent[] = [];
    const raw = new Raw((event) => events.push(event));
    const piece = new Uint8Array(limits.wireRaw / 2 + 1);
    raw.push('up', 'mqtt', piece, 1);
    raw.push('up', 'mqtt', piece, 2);
    raw.push('up', 'mqtt', piece, 3);
    raw.push('down', 'mqtt', piece, 4);
    raw.close(5);
    const given = ofType(events, 'unreadable');
    expect(given.map(({ direction, bytes, size, at }) => [direction, bytes.length, size, at])).toEqual([
      ['up', piece.length, piece.length, 1],
      ['up', piece.length - 2, piece.length, 2],
      ['down', piece.length, piece.length, 4],
      ['up', 0, piece.length, 5],
    ]);
  });

  it('keeps reasons apart and counts what is not worth giving', () => {
    const events: WireEvent[] = [];
    const raw = new Raw((event) => events.push(event));
    raw.count('up', 'tls-not-decrypted', 10, 1);
    raw.count('up', 'tls-not-decrypted', 5, 2);
    raw.push('up', 'tunnel', Uint8Array.from([1]), 3);
    raw.close(4);
    expect(ofType(events, 'unreadable').map(({ reason, size }) => [reason, size])).toEqual([
      ['tls-not-decrypted', 15],
      ['tunnel', 1],
    ]);
  });

  it('gives copies', () => {
    const events: WireEvent[] = [];
    const bytes = Uint8Array.from([1, 2]);
    new Raw((event) => events.push(event)).push('up', 'tunnel', bytes, 1);
    bytes.fill(9);
    expect([...(ofType(events, 'unreadable')[0]?.bytes ?? [])]).toEqual([1, 2]);
  });
});
