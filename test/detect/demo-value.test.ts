import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isDemo } from '../../src/detect/demo-value.js';

describe('isDemo', () => {
  it.each([
    '1234567890abcdef',
    '0123456789ABCDEF',
    'fedcba9876543210',
    '12345678-1234-1234-1234-123456789012',
    'qwertyuiop123456',
    'asdfghjkl1234567',
    'abcdabcdabcdabcd',
    'deadbeefdeadbeef',
    'abcdefghijklmnop',
    '123456789012345',
    'f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
    '550E8400-E29B-41D4-A716-446655440000',
  ])('%s was typed', (value) => expect(isDemo(value)).toBe(true));

  it.each(['3f9d1c7ab0e25486', '490154203237518', '13912345678', '12345', '861234560123457', '3f9d1c7a-12ab-4d34-9e56-0123456789ab'])(
    '%s was not, or nobody can tell',
    (value) => expect(isDemo(value)).toBe(false),
  );

  it('ten thousand random identifiers are none', () => {
    for (let index = 0; index < 10_000; index++) {
      const digest = createHash('md5').update(`${index}`).digest('hex');
      expect(isDemo(digest) || isDemo(digest.slice(16))).toBe(false);
    }
  });
});
