import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { causeOf, isCauseCode } from '../../src/capture/causes.js';

const CODES = [...readFileSync(new URL('../../src/capture/causes.ts', import.meta.url), 'utf8').matchAll(/^ {2}(OVR_\w+):/gm)].map(
  (match) => match[1] ?? '',
);

describe('every code', () => {
  test.each(CODES)('%s has a text in both languages', (code) => {
    if (!isCauseCode(code)) throw new Error(code);
    const { text } = causeOf(code, { host: 'api.example.cn', port: 443, detail: 'WORDS', others: 3 });
    expect(text.zh).toMatch(/[\u4e00-\u9fff]{4,}/);
    expect(text.en).toMatch(/^[\x20-\x7e]{20,}$/);
    expect(text.zh.includes('api.example.cn')).toBe(text.en.includes('api.example.cn'));
    expect(text.zh.includes('WORDS')).toBe(text.en.includes('WORDS'));
    expect(`${text.zh}${text.en}`).not.toMatch(/undefined|\(\)/);
  });
});

test('what is no code is none', () => {
  for (const code of ['toString', '__proto__', 'OVR_NOTHING']) expect(isCauseCode(code)).toBe(false);
  expect(CODES.length).toBeGreaterThan(30);
});
