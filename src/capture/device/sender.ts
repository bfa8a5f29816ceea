/**
 * Which app a request or connection belongs to, from everything that is known of its sender. Two errors are possible, and neither is
 * made in silence: traffic of another app taken for that of the app under test would accuse it wrongly, and its own taken for another's
 * would leave it unjudged. So traffic is only taken away from the app under test where something names another sender, what is taken
 * away is counted under its name with the reason, and what nobody names stays.
 */
import type { Attribution, Headers, PhoneApp, Sender } from '../../model/exchange.js';
import { attributeApp, PACKAGE } from './app.js';

/** The app under test as the tester named it. */
export interface Tested {
  /** Its name; also what a per-app VPN tool may give as user name. */
  readonly name: string | null;
  /** Its package name. */
  readonly package: string | null;
}

/**
 * Packages that are a part of the phone and work for all apps: Google Play services, services framework and store, the push and
 * account services of Huawei, Xiaomi, OPPO, vivo, Meizu and Honor, downloads and captive portal check. They are known to be another
 * sender even where the app under test was not named.
 */
const SERVICES: ReadonlySet<string> = new Set([
  'android',
  'com.google.android.gms',
  'com.google.android.gsf',
  'com.android.vending',
  'com.huawei.hwid',
  'com.huawei.android.pushagent',
  'com.hihonor.id',
  'com.xiaomi.xmsf',
  'com.heytap.mcs',
  'com.coloros.mcs',
  'com.vivo.pushservice',
  'com.meizu.cloud',
  'com.android.providers.downloads',
  'com.android.captiveportallogin',
  'com.google.android.captiveportallogin',
  'com.google.android.networkstack',
]);

/** Processes of iOS that speak for the system and for no app, as they stand first in their user agents. */
const IOS_PROCESS =
  /^(?:(?:com\.apple\.[\w.-]+|trustd|locationd|geod|cloudd|itunesstored|softwareupdated|mobileassetd)\/\S+ .*(?:CFNetwork|Darwin)\/|com\.apple\.trustd\/|CaptiveNetworkSupport-)/;

function isSystem(app: PhoneApp): boolean {
  return app.system || (app.packages.length > 0 && app.packages.every((name) => SERVICES.has(name)));
}

/** `android:1000` for the system itself, `android:com.google.android.gms` for a part of it, the package name for any other app. */
function idOf(app: PhoneApp): string | null {
  if (app.system) return `android:${app.uid}`;
  const [first] = app.packages;
  if (first === undefined) return null;
  return isSystem(app) ? `android:${first}` : first;
}

function byPhone(app: PhoneApp, tested: Tested): Attribution | null {
  if (tested.package !== null && app.packages.includes(tested.package)) return { id: 'main', by: 'adb' };
  // Without a package of the app under test any app could be it, but for the system.
  if (tested.package === null && !isSystem(app)) return null;
  const id = idOf(app);
  return id === null ? null : { id, by: 'adb' };
}

function byUser(user: string, tested: Tested): Attribution | null {
  if (user === tested.package || (tested.name !== null && user === tested.name)) return { id: 'main', by: 'user' };
  return tested.package !== null && PACKAGE.test(user) ? { id: user, by: 'user' } : null;
}

function agentOf(headers: Headers): string {
  return headers.find(([name]) => name.toLowerCase() === 'user-agent')?.[1] ?? '';
}

function byAgent(agent: string, tested: Tested): Attribution | null {
  if (IOS_PROCESS.test(agent)) return { id: 'ios:system', by: 'agent' };
  const product = /^[^\s/]+(?=\/)/.exec(agent)?.[0];
  return product !== undefined && (product === tested.package || product === tested.name) ? { id: 'main', by: 'agent' } : null;
}

/**
 * What the phone says of the connection goes before what stands in the request; only a mini program, which runs inside another app, is
 * told by its Referer first.
 * @returns null where nothing tells: it counts for the app under test.
 */
export function senderOf({ headers, url, client }: Sender, tested: Tested): Attribution | null {
  const said = attributeApp(headers, url);
  if (said?.kind === 'mini_program') return { id: said.id, by: 'referer' };
  if (client?.app !== undefined) {
    const phone = byPhone(client.app, tested);
    if (phone !== null) return phone;
  }
  if (client !== null && client.user !== null) {
    const user = byUser(client.user, tested);
    if (user !== null) return user;
  }
  // A WebView names the package it runs in, as a rule that of the app under test: while nobody has named that, it tells nothing.
  if (said !== null && tested.package !== null) return { id: said.id === tested.package ? 'main' : said.id, by: 'header' };
  return byAgent(agentOf(headers), tested);
}
