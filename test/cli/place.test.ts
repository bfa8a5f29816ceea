import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { callName, RULES_DIR, TOOL } from '../../src/cli/place.js';

test('the program finds its rules and its own version wherever it stands', () => {
  expect(existsSync(`${RULES_DIR}/packs/cn-2021/pack.yaml`)).toBe(true);
  expect(TOOL.name).toBe('overreach');
  expect(TOOL.version).toMatch(/^\d+\.\d+\.\d+$/);
});

test('incident: after npm start the hint named a command that no path holds', () => {
  expect(callName({ npm_lifecycle_event: 'start', npm_package_name: 'overreach' })).toBe('npm run -s overreach --');
  // A script of somebody else's package has it on its path; so has whoever ran `npm link`.
  expect(callName({ npm_lifecycle_event: 'audit', npm_package_name: 'their-app' })).toBe('overreach');
  expect(callName({})).toBe('overreach');
});
