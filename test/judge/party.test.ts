import { describe, expect, test } from 'vitest';
import { createPartyResolver, demandOwnDomains, ownDomain } from '../../src/judge/party.js';
import type { PartyRule } from '../../src/model/rulebook.js';
import { openFolders } from '../../src/rulebook/folder.js';
import { party as partySchema } from '../../src/rulebook/schema/party.js';
import { REAL_RULES } from '../rulebook/rules-folder.js';

const rule = (suffix: string, purpose: string): PartyRule => ({
  suffix,
  company: { zh: '甲', en: 'A' },
  sdk: `${suffix} SDK`,
  purpose,
  reason: 'because',
});
const RULES = [rule('vendor.com', 'analytics'), rule('ads.vendor.com', 'ads'), rule('vendor.com.cn', 'push')];

describe('known receivers', () => {
  const partyOf = createPartyResolver(RULES, []);

  test('the longest suffix wins, on whole labels', () => {
    expect(partyOf('x.ads.vendor.com')).toMatchObject({ purpose: 'ads', firstParty: false, registrableDomain: 'vendor.com' });
    expect(partyOf('x.vendor.com').purpose).toBe('analytics');
    expect(partyOf('notvendor.com').purpose).toBeNull();
    expect(partyOf('a.vendor.com.cn')).toMatchObject({ purpose: 'push', registrableDomain: 'vendor.com.cn' });
  });

  test('case, final dot and port make no difference; the host is shown as it came', () => {
    expect(partyOf('X.Vendor.COM.')).toMatchObject({ purpose: 'analytics', host: 'X.Vendor.COM.' });
    expect(partyOf('vendor.com:8443').purpose).toBe('analytics');
  });

  test('the reason names the rule', () => {
    expect(partyOf('x.vendor.com').reason.zh).toContain('vendor.com 登记为甲');
    expect(partyOf('x.vendor.com').reason.en).toContain('because');
  });
});

describe('unknown receivers are never accused', () => {
  test.each(['somewhere.test', '203.0.113.7', '[2001:db8::1]', '127.0.0.1', 'localhost', '192.168.1.2', '', 'com'])('%s', (host) => {
    expect(createPartyResolver(RULES, [])(host)).toMatchObject({ firstParty: null, company: null, purpose: null });
    expect(createPartyResolver(RULES, ['own.test'])(host).firstParty).toBeNull();
  });

  test('an address has no registrable domain, and loopback is said to be local', () => {
    const partyOf = createPartyResolver(RULES, []);
    expect(partyOf('203.0.113.7').registrableDomain).toBeNull();
    expect(partyOf('127.0.0.1').reason.zh).toContain('本机');
    expect(partyOf('fcclub.example').reason.zh).not.toContain('本机');
  });
});

describe("the app's own domains", () => {
  test('win over rules, with their subdomains', () => {
    const partyOf = createPartyResolver(RULES, ['*.Vendor.com']);
    expect(partyOf('x.ads.vendor.com')).toMatchObject({ firstParty: true, purpose: 'first_party', sdk: null });
    expect(partyOf('vendor.com').firstParty).toBe(true);
    expect(partyOf('vendor.com.cn').firstParty).toBe(false);
  });

  test.each([
    ['https://user@api.own.com:8443/v1?x=1', 'api.own.com'],
    ['*.Own.com.', 'own.com'],
    ['例子.公司', 'xn--fsqu00a.xn--55qx5d'],
    ['http://[2001:db8::1]:80/', '2001:db8::1'],
    ['localhost', 'localhost'],
    ['own.com.cn', 'own.com.cn'],
    ['com', null],
    ['com.cn', null],
    ['.CN', null],
    ['', null],
    ['my app', null],
  ])('%s is read as %s', (text, domain) => {
    expect(ownDomain(text)).toBe(domain);
  });

  test('incident: a public suffix made everybody the operator, and an address as it is copied made nobody', () => {
    const everybody = createPartyResolver(RULES, ['com', 'com.cn']);
    expect([everybody('x.vendor.com').firstParty, everybody('a.test.com').firstParty]).toEqual([false, null]);
    expect(createPartyResolver([], ['https://api.own.com/v1'])('api.own.com').firstParty).toBe(true);
    expect(() => demandOwnDomains(['own.com', 'com.cn'])).toThrow(expect.objectContaining({ code: 'OVR_OWN_DOMAIN' }));
    expect(() => demandOwnDomains(['own.com', 'own.com.cn'])).not.toThrow();
  });

  test('may be an address', () => {
    expect(createPartyResolver([], ['127.0.0.1'])('127.0.0.1').firstParty).toBe(true);
  });

  test('an empty entry does not claim the whole internet', () => {
    expect(createPartyResolver(RULES, ['', ' ', '.'])('x.vendor.com').firstParty).toBe(false);
  });
});

test('the country comes from whoever knows', () => {
  expect(createPartyResolver([], [])('x.test').country).toBeNull();
  const from = (asOf: string | null, country: string | null) => createPartyResolver([], [], { asOf, countryOf: () => country })('x.test');
  expect(from('2026-02-01', 'US')).toMatchObject({ country: 'US', countryAsOf: '2026-02-01' });
  for (const party of [from(null, 'US'), from('2026-02-01', null)]) expect(party).not.toHaveProperty('countryAsOf');
});

test('incident: what Play services and the daemons of iOS send by themselves counted for the app, which speaks to other hosts of the same makers', () => {
  const [folder] = openFolders([REAL_RULES]);
  const rules = ['google', 'apple'].flatMap((name) => {
    const { company, hosts } = folder?.read(`parties/${name}.yaml`, partySchema).value ?? { company: { zh: '', en: '' }, hosts: [] };
    return hosts.map((host): PartyRule => ({ company, ...host }));
  });
  const partyOf = createPartyResolver(rules, []);
  for (const host of [
    'android.clients.google.com',
    'android.googleapis.com',
    'play.googleapis.com',
    'mtalk.google.com',
    'connectivitycheck.gstatic.com',
    'time.android.com',
    '12-courier.push.apple.com',
    'p25-buy.itunes.apple.com',
    'gs-loc.apple.com',
    'xp.apple.com',
  ])
    expect([host, partyOf(host).purpose]).toEqual([host, 'os']);
  // Kits that live in the app speak to these.
  for (const host of [
    'app-measurement.com',
    'firebaseinstallations.googleapis.com',
    'fcmtoken.googleapis.com',
    'maps.googleapis.com',
    'www.google.com',
  ])
    expect([host, partyOf(host).purpose]).not.toEqual([host, 'os']);
});
