import { expect, it } from 'vitest';
import { isWholeCookie } from '../../src/detect/cookie.js';

it.each([
  ['cookie', 'cookie.sid', true],
  ['cookie', 'cookie.sid|percent', true],
  ['cookie', 'cookie.sid|percent|json$.id', false],
  ['cookie', 'cookie.sid|percent|percent', true],
  ['cookie', 'cookie.sid|base64', false],
  ['header', 'header.x-sid', false],
] as const)('%s %s: %s', (part, path, is) => {
  expect(isWholeCookie({ part, path })).toBe(is);
});
