import { expect, test } from 'vitest';
import { chooseLanguage, readPlatform } from '../../../src/capture/onboarding/visitor.js';

test('language: asked, then the browser, then Chinese', () => {
  expect(chooseLanguage('en', 'zh-CN')).toBe('en');
  expect(chooseLanguage('zh-CN', 'en')).toBe('zh-CN');
  expect(chooseLanguage(null, 'en-US,en;q=0.9')).toBe('en');
  expect(chooseLanguage(null, 'zh-Hans-CN')).toBe('zh-CN');
  expect(chooseLanguage(null, 'de')).toBe('en');
  expect(chooseLanguage(null, undefined)).toBe('zh-CN');
  expect(chooseLanguage('"><script>', undefined)).toBe('zh-CN');
});

test('kind of phone', () => {
  expect(readPlatform('Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari')).toBe('ios');
  expect(readPlatform('Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome')).toBe('android');
  expect(readPlatform('Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 ArkWeb/4.1.6.1')).toBe('harmony');
  expect(readPlatform('Mozilla/5.0 (Linux; Android 12; HarmonyOS; NOH-AN00) HuaweiBrowser')).toBe('harmony');
  expect(readPlatform('curl/8')).toBe('other');
  expect(readPlatform(undefined)).toBe('other');
});
