import { describe, expect, it } from 'vitest';
import { copied, hashOf, Recall } from '../../src/detect/recall.js';
import { limits } from '../../src/limits.js';

/** A recall that counts how often it had to ask. */
function counted() {
  let asked = 0;
  const recall = new Recall((text) => {
    asked++;
    return text.length * 3;
  });
  return { recall, asked: () => asked };
}

describe('Recall', () => {
  it('asks twice about a text and never again', () => {
    const { recall, asked } = counted();
    for (let turn = 0; turn < 10; turn++) expect(recall.of('vivo PD2183A')).toBe(36);
    expect(asked()).toBe(2);
  });

  it('gives what it would be told anew, however many texts there are', () => {
    const { recall } = counted();
    for (let turn = 0; turn < 3; turn++)
      for (let number = 0; number < 3 * limits.readingsKept; number++) expect(recall.of(`n${number}`)).toBe(3 * `n${number}`.length);
  });

  it('does not take another text of the same place for the one it knows', () => {
    const { recall, asked } = counted();
    const texts = Array.from({ length: 2 * limits.readingsKept }, (_, number) => `device ${number}`);
    for (const text of texts) recall.of(text);
    const before = asked();
    for (const text of texts) recall.of(text);
    expect(asked()).toBeGreaterThan(before);
  });

  it('remembers no long texts and answers for an empty one', () => {
    const { recall, asked } = counted();
    for (let turn = 0; turn < 4; turn++) expect(recall.of('x'.repeat(limits.readingLength + 1))).toBe(3 * (limits.readingLength + 1));
    for (let turn = 0; turn < 4; turn++) expect(recall.of('')).toBe(0);
    expect(asked()).toBe(8);
  });
});

describe('hashOf, copied', () => {
  it('tells texts and beginnings apart', () => {
    expect(hashOf('imei', 1)).not.toBe(hashOf('imei', 2));
    expect(hashOf('imei', 1)).not.toBe(hashOf('imie', 1));
  });

  it('copies every text as it is', () => {
    for (const text of ['', 'a', '蓝牙耳机', '\ud83d\ude00', '\ud800']) expect(copied(text)).toBe(text);
  });
});
