import { expect, test } from 'vitest';
import { inside } from '../sample.js';

test('told from base64 by its two characters', () => {
  const text = Buffer.from('{"k":"~~~~>>>>????"}').toString('base64url');
  expect(text).toMatch(/[-_]/);
  expect(inside(text)).toMatchObject({ '|base64url|json$.k': '~~~~>>>>????' });
});

test('mixed alphabets are neither', () => {
  expect(Object.keys(inside('eyJrIjoi-n5-fj4+Pj8/Pz8ifQ'))).toEqual(['']);
});
