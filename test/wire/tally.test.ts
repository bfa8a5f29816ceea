import { describe, expect, it } from 'vitest';
import { limits } from '../../src/limits.js';
import { EMPTY_BODY } from '../../src/model/exchange.js';
import { Budget } from '../../src/wire/budget.js';
import { Tally } from '../../src/wire/tally.js';
import { sha256, text } from './conversation.js';

describe('Tally', () => {
  it('hashes and counts all, keeps the beginning', () => {
    const tally = new Tally(new Budget(limits.wireKept), 4);
    tally.add(Buffer.from('abc'));
    tally.add(Buffer.from('def'));
    const body = tally.finish();
    expect(body).toMatchObject({ size: 6, sha256: sha256('abcdef'), truncated: true });
    expect(text(body.bytes)).toBe('abcd');
  });

  it('gives the shared empty body for nothing', () => {
    const tally = new Tally(new Budget(10));
    tally.add(new Uint8Array(0));
    expect(tally.finish()).toBe(EMPTY_BODY);
  });

  it('counts what it did not see and keeps nothing behind it', () => {
    const tally = new Tally(new Budget(100));
    tally.add(Buffer.from('ab'));
    tally.miss(10);
    tally.add(Buffer.from('cd'));
    const body = tally.finish();
    expect(text(body.bytes)).toBe('ab');
    expect([body.size, body.truncated, tally.missed]).toEqual([14, true, 10]);
  });

  it('incident: a body of which a part was not copied carried the hash of the rest', () => {
    const tally = new Tally(new Budget(100));
    tally.add(Buffer.from('ab'));
    tally.miss(10);
    expect(tally.finish().sha256).toBe('');
  });
});
