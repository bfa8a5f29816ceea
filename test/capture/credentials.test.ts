import { expect, test } from 'vitest';
import { admits, labelOf, readBasic } from '../../src/capture/credentials.js';

const header = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

test('a user name is read, password or not', () => {
  expect(readBasic(header('小米 14:'))).toEqual({ user: '小米 14', password: '' });
  expect(readBasic(header('a:b:c'))).toEqual({ user: 'a', password: 'b:c' });
  for (const bad of [undefined, '', 'Bearer x', 'Basic', header('nocolon'), 'Basic ???']) expect(readBasic(bad)).toBeNull();
});

test('a label has no control characters and an end', () => {
  expect(labelOf({ user: ' a\u001b[31m\u202eb\r\n', password: '' })).toBe('a[31mb');
  expect(labelOf({ user: 'x'.repeat(500), password: '' })).toHaveLength(64);
  expect(labelOf({ user: '\0', password: '' })).toBeNull();
  expect(labelOf(null)).toBeNull();
});

test('where credentials are demanded only they admit', () => {
  const demanded = { user: 'u', password: 'p' };
  expect(admits(null, null)).toBe(true);
  expect(admits(demanded, null)).toBe(false);
  expect(admits(demanded, { user: 'u', password: 'p' })).toBe(true);
  expect(admits(demanded, { user: 'u', password: 'q' })).toBe(false);
  expect(admits(demanded, { user: 'up', password: '' })).toBe(false);
  expect(admits({ user: 'a\0b', password: 'c' }, { user: 'a', password: 'b\0c' })).toBe(false);
});
