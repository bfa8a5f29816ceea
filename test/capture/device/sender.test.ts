import { describe, expect, test } from 'vitest';
import { senderOf, type Tested } from '../../../src/capture/device/sender.js';
import type { Client, PhoneApp } from '../../../src/model/exchange.js';

const SHOP: Tested = { name: '商城', package: 'com.example.shop' };
const UNNAMED: Tested = { name: null, package: null };

const app = (uid: number, ...packages: string[]): PhoneApp => ({ uid, packages, system: uid < 10_000 });
const client = (change: Partial<Client> = {}): Client => ({ address: '192.0.2.7', port: 40_001, user: null, ...change });
const sent = (from: Client | null, headers: Record<string, string> = {}) => ({
  headers: Object.entries(headers),
  url: 'https://api.example.cn/v1',
  client: from,
});

describe('by the phone', () => {
  test.each([
    ['the app under test', app(10_123, 'com.example.shop'), { id: 'main', by: 'adb' }],
    ['it shares its user with another', app(10_123, 'com.example.plugin', 'com.example.shop'), { id: 'main', by: 'adb' }],
    ['another app', app(10_200, 'com.example.keyboard'), { id: 'com.example.keyboard', by: 'adb' }],
    ['the system', app(1000, 'android', 'com.android.settings'), { id: 'android:1000', by: 'adb' }],
    ['a part of the system', app(10_050, 'com.google.android.gms'), { id: 'android:com.google.android.gms', by: 'adb' }],
    ['an app the phone does not name', app(10_999), null],
  ])('%s', (_, from, expected) => {
    expect(senderOf(sent(client({ app: from })), SHOP)).toEqual(expected);
  });

  test('without a package only the system is told apart: any other app could be the one under test', () => {
    expect(senderOf(sent(client({ app: app(10_200, 'com.example.keyboard') })), UNNAMED)).toBeNull();
    expect(senderOf(sent(client({ app: app(1001) })), UNNAMED)).toEqual({ id: 'android:1001', by: 'adb' });
    expect(senderOf(sent(client({ app: app(10_050, 'com.xiaomi.xmsf') })), UNNAMED)?.id).toBe('android:com.xiaomi.xmsf');
  });

  test('an app that is a part of the system can be the one under test', () => {
    const tested = { name: null, package: 'com.android.vending' };
    expect(senderOf(sent(client({ app: app(10_060, 'com.android.vending') })), tested)).toEqual({ id: 'main', by: 'adb' });
  });

  test('it goes before what the request says; but a mini program is told by its Referer', () => {
    const from = client({ app: app(10_200, 'com.example.keyboard'), user: 'com.example.shop' });
    expect(senderOf(sent(from, { 'X-Requested-With': 'com.example.shop' }), SHOP)?.id).toBe('com.example.keyboard');
    const referer = { Referer: 'https://servicewechat.com/wx0123456789abcdef/31/page-frame.html' };
    expect(senderOf(sent(from, referer), SHOP)).toEqual({ id: 'wechat:wx0123456789abcdef', by: 'referer' });
  });
});

describe('by the user name of a per-app VPN tool', () => {
  test.each([
    ['com.example.shop', SHOP, { id: 'main', by: 'user' }],
    ['商城', SHOP, { id: 'main', by: 'user' }],
    ['com.example.game', SHOP, { id: 'com.example.game', by: 'user' }],
    ['Pixel 8', SHOP, null],
    ['com.example.game', UNNAMED, null],
  ])('%s', (user, tested, expected) => {
    expect(senderOf(sent(client({ user })), tested)).toEqual(expected);
  });
});

describe('by the request', () => {
  test.each([
    [{ 'X-Requested-With': 'com.example.shop' }, SHOP, { id: 'main', by: 'header' }],
    [{ 'X-Requested-With': 'com.example.game' }, SHOP, { id: 'com.example.game', by: 'header' }],
    [{ 'X-Requested-With': 'com.example.game' }, UNNAMED, null],
    [{ 'X-Requested-With': 'XMLHttpRequest' }, SHOP, null],
    [{ 'User-Agent': 'com.example.shop/3.1 (Linux; Android 14)' }, SHOP, { id: 'main', by: 'agent' }],
    [{ 'User-Agent': 'trustd/1.0 CFNetwork/1410 Darwin/22.6.0' }, UNNAMED, { id: 'ios:system', by: 'agent' }],
    [{ 'User-Agent': 'CaptiveNetworkSupport-443.40.2 wispr' }, SHOP, { id: 'ios:system', by: 'agent' }],
    [{ 'User-Agent': 'Shop/7 CFNetwork/1410 Darwin/22.6.0' }, SHOP, null],
    [{ 'User-Agent': 'trustd-lookalike/1.0 CFNetwork/1410' }, SHOP, null],
    [{}, SHOP, null],
  ])('%j', (headers, tested, expected) => {
    expect(senderOf(sent(null, headers as Record<string, string>), tested)).toEqual(expected);
  });
});
