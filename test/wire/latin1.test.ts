import { expect, it } from 'vitest';
import { latin1 } from '../../src/wire/latin1.js';

it('is one character a byte, also for views', () => {
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  expect([...latin1(all)].map((character) => character.charCodeAt(0))).toEqual([...all]);
  expect(latin1(all.subarray(65, 68))).toBe('ABC');
});
