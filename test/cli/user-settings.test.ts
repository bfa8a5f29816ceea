import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSettings, userSettingsPath } from '../../src/cli/settings.js';
import { fixedBy, writeUserSetting } from '../../src/cli/user-settings.js';

let home: string;
const around = (more: NodeJS.ProcessEnv = {}) => ({ env: { HOME: home, ...more }, cwd: home });
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'overreach-settings-'));
});
afterEach(() => rmSync(home, { recursive: true }));

test('the file is made, private, and read again', () => {
  writeUserSetting('retentionDays', 7, around());
  expect(readSettings({}, around()).retentionDays).toBe(7);
  expect(statSync(userSettingsPath(around().env)).mode & 0o777).toBe(0o600);
});

test('comments and other settings stay', () => {
  const path = userSettingsPath(around().env);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '# mine\nlanguage: en # why\nretentionDays: 90\n');
  writeUserSetting('retentionDays', 14, around());
  expect(readFileSync(path, 'utf8')).toBe('# mine\nlanguage: en # why\nretentionDays: 14\n');
});

test('a file that is not understood stays as it is', () => {
  const path = userSettingsPath(around().env);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, 'nonsense: 1\n');
  expect(() => writeUserSetting('retentionDays', 14, around())).toThrow(expect.objectContaining({ code: 'OVR_SETTINGS_FILE' }));
  expect(readFileSync(path, 'utf8')).toBe('nonsense: 1\n');
});

test('a place that cannot be written is said, with what else can be done', () => {
  writeFileSync(join(home, '.config'), 'a file in the way of the folder');
  expect(() => writeUserSetting('retentionDays', 14, around())).toThrow(
    expect.objectContaining({ code: 'OVR_SETTINGS_FILE', next: expect.stringContaining('overreach.yaml') }),
  );
  chmodSync(join(home, '.config'), 0o600);
});

test('what stands above the file is named', () => {
  expect(fixedBy('retentionDays', around())).toBeNull();
  writeFileSync(join(home, 'overreach.yaml'), 'retentionDays: 20\n');
  expect(fixedBy('retentionDays', around())).toBe('project');
  expect(fixedBy('retentionDays', around({ OVERREACH_RETENTION_DAYS: '5' }))).toBe('environment');
  expect(readSettings({}, around({ OVERREACH_RETENTION_DAYS: '5' })).retentionDays).toBe(5);
});
