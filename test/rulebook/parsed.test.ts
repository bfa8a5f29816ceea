import { expect, test } from 'vitest';
import { parsedBefore } from '../../src/rulebook/parsed.js';

test('run from the sources nothing was parsed before; what a build has, the door tests hold against the files', () => {
  expect(parsedBefore('0'.repeat(64))).toBeUndefined();
});
