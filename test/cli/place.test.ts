import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { RULES_DIR, TOOL } from '../../src/cli/place.js';

test('the program finds its rules and its own version wherever it stands', () => {
  expect(existsSync(`${RULES_DIR}/packs/cn-2021/pack.yaml`)).toBe(true);
  expect(TOOL.name).toBe('overreach');
  expect(TOOL.version).toMatch(/^\d+\.\d+\.\d+$/);
});
