import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/wire/budget.js';
import { Gather } from '../../src/wire/gather.js';
import { text } from './conversation.js';

describe('Gather', () => {
  it('keeps a true beginning: nothing behind the first byte that did not fit', () => {
    const gather = new Gather(new Budget(100), 5);
    gather.add(Buffer.from('abc'));
    gather.add(Buffer.from('def'));
    gather.add(Buffer.from('g'));
    expect(gather.full).toBe(true);
    expect(text(gather.finish())).toBe('abcde');
  });

  it('stops where the budget stops, and gives it back', () => {
    const budget = new Budget(4);
    const gather = new Gather(budget, 100);
    gather.add(Buffer.from('abcdef'));
    expect([gather.length, gather.full, budget.left]).toEqual([4, true, 0]);
    expect(text(gather.finish())).toBe('abcd');
    expect(budget.left).toBe(4);
  });

  it('holds copies, in an array of their own size', () => {
    const source = Buffer.from('abc');
    const gather = new Gather(new Budget(100), 100);
    gather.add(source);
    source.fill(0);
    gather.add(Buffer.from('d'));
    const bytes = gather.finish();
    expect(text(bytes)).toBe('abcd');
    expect(bytes.buffer.byteLength).toBe(4);
  });

  it('adds nothing once sealed', () => {
    const gather = new Gather(new Budget(100), 100);
    gather.seal();
    gather.add(Buffer.from('x'));
    expect(gather.peek().length).toBe(0);
  });
});
