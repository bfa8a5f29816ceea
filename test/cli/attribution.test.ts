import { expect, test } from 'vitest';
import { attributeMiniProgram } from '../../src/cli/attribution.js';

test('a mini program is an app of its own; the package name of a WebView is not', () => {
  const referer = [['Referer', 'https://servicewechat.com/wx0123456789abcdef/12/page-frame.html']] as const;
  expect(attributeMiniProgram(referer, 'https://api.example.test/')?.id).toContain('wx0123456789abcdef');
  expect(attributeMiniProgram([['X-Requested-With', 'com.example.app']], 'https://api.example.test/')).toBeNull();
  expect(attributeMiniProgram([], 'https://api.example.test/')).toBeNull();
});
