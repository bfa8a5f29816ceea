import { Script } from 'node:vm';
import { expect, test } from 'vitest';
import { SCRIPT } from '../../../src/capture/onboarding/script.js';

test('is a script that old phones can read, and writes text only', () => {
  expect(() => new Script(SCRIPT)).not.toThrow();
  expect(SCRIPT).not.toMatch(/=>|\blet\b|\bconst\b|`|innerHTML|document\.write|\beval\b/);
});
