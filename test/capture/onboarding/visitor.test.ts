import { expect, test } from 'vitest';
import { chooseLanguage, readBrowser, readModel, readPlatform } from '../../../src/capture/onboarding/visitor.js';

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

test('kind of browser', () => {
  const ios = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
  expect(readBrowser(`${ios} Version/17.0 Mobile/15E148 Safari/604.1`)).toBe('safari');
  expect(readBrowser(`${ios} CriOS/120.0.0.0 Mobile/15E148 Safari/604.1`)).toBe('other');
  expect(readBrowser(`${ios} FxiOS/121.0 Mobile/15E148 Safari/605.1.15`)).toBe('other');
  expect(readBrowser(`${ios} Mobile/15E148 MicroMessenger/8.0.47 NetType/WIFI`)).toBe('in_app');
  expect(readBrowser('Mozilla/5.0 (Linux; Android 14) Chrome/120 Mobile Safari/537.36 MicroMessenger/8.0')).toBe('in_app');
  expect(readBrowser('Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36')).toBe('other');
  expect(readBrowser(undefined)).toBe('other');
});

test.each([
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)', 'iPhone · iOS 17.4.1'],
  ['Mozilla/5.0 (iPad; CPU OS 16_2 like Mac OS X) AppleWebKit/605.1.15', 'iPad · iOS 16.2'],
  ['Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/UQ1A.240105.004; wv) AppleWebKit/537.36', 'Pixel 8 · Android 14'],
  ['Mozilla/5.0 (Linux; U; Android 13; zh-cn; 23049RAD8C Build/TKQ1) AppleWebKit/537.36', '23049RAD8C · Android 13'],
  ['Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36', 'Android'],
  ['Mozilla/5.0 (Linux; Android 12; HarmonyOS; NOH-AN00; HMSCore 6.13) HuaweiBrowser', 'NOH-AN00 · HarmonyOS'],
  ['Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 ArkWeb/4.1.6.1', 'HarmonyOS 5.0'],
  ['Mozilla/5.0 (X11; Linux x86_64) Chrome/120', null],
  ['Mozilla/5.0 (Linux; Android 14; <script>alert(1)</script>) Chrome', 'Android 14'],
  [`Mozilla/5.0 (Linux; Android 14; ${'x'.repeat(5_000)}) Chrome`, 'Android 14'],
  [undefined, null],
])('model of %s', (agent, model) => {
  expect(readModel(agent)).toBe(model);
});
