import { expect, test } from 'vitest';
import { attribute } from '../../src/cli/attribution.js';

const subject = { app: null };
const of = (headers: ReadonlyArray<readonly [string, string]>) => ({ headers, url: 'https://api.example.test/', client: null });

test('a mini program is an app of its own; the package name of a WebView is not while nobody named the app under test', () => {
  const referer = of([['Referer', 'https://servicewechat.com/wx0123456789abcdef/12/page-frame.html']]);
  expect(attribute(referer, subject)?.id).toContain('wx0123456789abcdef');
  expect(attribute(of([['X-Requested-With', 'com.example.app']]), subject)).toBeNull();
  expect(attribute(of([['X-Requested-With', 'com.example.app']]), { app: null, package: 'com.example.app' })).toEqual({
    id: 'main',
    by: 'header',
  });
  expect(attribute(of([]), { app: null })).toBeNull();
});
