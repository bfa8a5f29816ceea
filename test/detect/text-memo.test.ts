import { describe, expect, it } from 'vitest';
import { TextMemo } from '../../src/detect/text-memo.js';
import { limits } from '../../src/limits.js';

/** A memo that counts how often it had to ask. */
function counted() {
  let asked = 0;
  const memo = new TextMemo((text) => {
    asked++;
    return text.length * 3;
  });
  return { memo, asked: () => asked };
}

describe('TextMemo', () => {
  it('asks twice about a text and never again', () => {
    const { memo, asked } = counted();
    for (let turn = 0; turn < 10; turn++) expect(memo.of('vivo PD2183A')).toBe(36);
    expect(asked()).toBe(2);
  });

  it('gives what it would be told anew, however many texts there are', () => {
    const { memo } = counted();
    for (let turn = 0; turn < 3; turn++)
      for (let number = 0; number < 3 * limits.readingsKept; number++) expect(memo.of(`n${number}`)).toBe(3 * `n${number}`.length);
  });

  it('does not take another text of the same place for the one it knows', () => {
    const { memo, asked } = counted();
    const texts = Array.from({ length: 2 * limits.readingsKept }, (_, number) => `device ${number}`);
    for (const text of texts) memo.of(text);
    const before = asked();
    for (const text of texts) memo.of(text);
    expect(asked()).toBeGreaterThan(before);
  });

  it('remembers no long texts and answers for an empty one', () => {
    const { memo, asked } = counted();
    for (let turn = 0; turn < 4; turn++) expect(memo.of('x'.repeat(limits.readingLength + 1))).toBe(3 * (limits.readingLength + 1));
    for (let turn = 0; turn < 4; turn++) expect(memo.of('')).toBe(0);
    expect(asked()).toBe(8);
  });
});
