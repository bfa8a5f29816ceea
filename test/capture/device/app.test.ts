import { describe, expect, test } from 'vitest';
import { attributeApp } from '../../../src/capture/device/app.js';

const URL_ = 'https://api.example.cn/v1';
const byReferer = (referer: string) =>
  attributeApp(
    [
      ['Host', 'api.example.cn'],
      ['referer', referer],
    ],
    URL_,
  );

describe('mini programs, by the Referer of their platform', () => {
  test.each([
    ['https://servicewechat.com/wx0123456789abcdef/31/page-frame.html', 'wechat:wx0123456789abcdef'],
    ['https://servicewechat.com/wx0123456789abcdef/devtools/page-frame.html', 'wechat:wx0123456789abcdef'],
    ['https://appservice.qq.com/1109999999/1.0.0/page-frame.html', 'qq:1109999999'],
    ['https://2021001100110011.hybrid.alipay-eco.com/2021001100110011/0.2.1/index.html#pages/index', 'alipay:2021001100110011'],
    ['https://smartapps.cn/A1b2C3d4E5f6G7h8I9j0/1.0.3/page-frame.html', 'baidu:A1b2C3d4E5f6G7h8I9j0'],
    ['https://smartapp.baidu.com/A1b2C3d4E5f6G7h8I9j0/1.0.3/page-frame.html', 'baidu:A1b2C3d4E5f6G7h8I9j0'],
    ['https://tmaservice.developer.toutiao.com/?appid=tt0123456789abcdef01&version=1.2', 'douyin:tt0123456789abcdef01'],
    ['https://tmaservice.developer.toutiao.com?version=1&appid=tt0123456789abcdef01', 'douyin:tt0123456789abcdef01'],
  ])('%s', (referer, id) => {
    expect(byReferer(referer)).toMatchObject({ id, kind: 'mini_program' });
  });

  test.each([
    'http://servicewechat.com/wx0123456789abcdef/1/x',
    'https://servicewechat.com.evil.test/wx0123456789abcdef/1/x',
    'https://evil.test/?https://servicewechat.com/wx0123456789abcdef/1/x',
    'https://servicewechat.com/wxNOTHEX/1/x',
    'https://evil.alipay-eco.com/2021001100110011/',
    'https://tmaservice.developer.toutiao.com/?xappid=tt0123456789abcdef01',
    '',
  ])('not from %j', (referer) => {
    expect(byReferer(referer)).toBeNull();
  });
});

test('an Android web view names its app', () => {
  expect(attributeApp([['X-Requested-With', 'com.example.shop']], URL_)).toEqual({
    id: 'com.example.shop',
    kind: 'app',
    label: 'com.example.shop',
  });
  for (const other of ['XMLHttpRequest', '<b>.x', 'a..b', `com.${'a'.repeat(300)}`, ''])
    expect(attributeApp([['X-Requested-With', other]], URL_), other).toBeNull();
});

test('the mini program comes before the app it runs in', () => {
  const headers = [
    ['X-Requested-With', 'com.tencent.mm'],
    ['Referer', 'https://servicewechat.com/wx0123456789abcdef/31/page-frame.html'],
  ] as const;
  expect(attributeApp(headers, URL_)?.kind).toBe('mini_program');
});

test('nothing said, nothing guessed', () => {
  expect(attributeApp([['User-Agent', 'okhttp/4.12.0']], URL_)).toBeNull();
});
