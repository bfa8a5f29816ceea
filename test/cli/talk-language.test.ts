import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { talkLanguage } from '../../src/cli/talk-language.js';

const cwd = mkdtempSync(join(tmpdir(), 'overreach-talk-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

test('the command line wins over the settings, and they over the locale', () => {
  const english = { env: { HOME: cwd, OVERREACH_LANGUAGE: 'en' }, cwd };
  expect(talkLanguage([], english)).toBe('en');
  expect(talkLanguage(['check', '--lang', 'zh-CN', '--help'], english)).toBe('zh-CN');
  expect(talkLanguage(['--lang=en'], { env: { HOME: cwd, OVERREACH_LANGUAGE: 'zh-CN' }, cwd })).toBe('en');
  expect(talkLanguage([], { env: { HOME: cwd, OVERREACH_LANGUAGE: 'zh-CN', LANG: 'en_US.UTF-8' }, cwd })).toBe('zh-CN');
  expect(talkLanguage(['--lang', 'fr'], english)).toBe('en');
});

test('without a setting the locale decides, in the order of POSIX; one that names no language leaves it Chinese', () => {
  const by = (env: NodeJS.ProcessEnv) => talkLanguage([], { env: { HOME: cwd, ...env }, cwd });
  expect([by({}), by({ LANG: 'C.UTF-8' }), by({ LANG: 'POSIX' }), by({ LANG: 'zh_CN.UTF-8' })]).toEqual(Array(4).fill('zh-CN'));
  expect([by({ LANG: 'en_US.UTF-8' }), by({ LANG: 'de_DE' }), by({ LANG: 'zh_CN', LC_ALL: 'en_GB' })]).toEqual(['en', 'en', 'en']);
  expect(by({ LANG: 'en_US', LC_MESSAGES: 'zh_CN.UTF-8' })).toBe('zh-CN');
});

test('settings that cannot be read do not keep help from speaking', () => {
  writeFileSync(join(cwd, 'overreach.yaml'), 'language: [');
  expect(talkLanguage([], { env: { HOME: cwd }, cwd })).toBe('zh-CN');
  expect(talkLanguage([], { env: { HOME: cwd, OVERREACH_LANGUAGE: 'en' }, cwd })).toBe('en');
});
