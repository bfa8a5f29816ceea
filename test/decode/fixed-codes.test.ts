import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFixedBlock } from '../../src/decode/fixed-codes.js';

const holdsFixedBlock = (bytes: Uint8Array): boolean => readFixedBlock(bytes, 3, 0) !== null;

function inflates(bytes: Uint8Array): boolean {
  try {
    inflateRawSync(bytes);
    return true;
  } catch {
    return false;
  }
}

const fixed = (bytes: Uint8Array): Uint8Array => {
  const block = Uint8Array.from(bytes);
  block[0] = (block[0]! & ~6) | 2;
  return block;
};

test('never refuses what zlib reads', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 8, maxLength: 60 }), (bytes) => {
      const block = fixed(bytes);
      expect(inflates(block) && !holdsFixedBlock(block)).toBe(false);
    }),
  );
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 300 }), fc.nat(), (text, flip) => {
      const block = deflateRawSync(`${text}${text}`, { strategy: constants.Z_FIXED });
      expect(holdsFixedBlock(block)).toBe(true);
      block[flip % block.length]! ^= 1 << (flip & 7);
      const broken = fixed(block);
      expect(inflates(broken) && !holdsFixedBlock(broken)).toBe(false);
    }),
  );
});

test('refuses nearly all noise', () => {
  let state = 7;
  const next = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 16;
  };
  let passed = 0;
  for (let round = 0; round < 1_000; round++) if (holdsFixedBlock(fixed(Uint8Array.from({ length: 24 }, next)))) passed++;
  expect(passed).toBeLessThan(150);
});

test('tells where a block ends and what it has written', () => {
  const block = deflateRawSync('abcabcabcabc', { strategy: constants.Z_FIXED });
  const read = readFixedBlock(block, 3, 0);
  expect(read?.written).toBe(12);
  expect(Math.ceil((read?.end ?? 0) / 8)).toBe(block.length);
});
