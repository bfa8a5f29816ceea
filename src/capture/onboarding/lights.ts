/**
 * The four lights in words. Only what was seen turns a light on: downloading a certificate is not installing it, and no web page
 * can see an installed certificate that is not trusted, so the third light tells its own uncertainty and the fourth settles both.
 */
import { type Bilingual, inLanguage, type Language } from '../../model/text.js';
import type { DeviceState } from '../devices.js';

export type LightState = 'on' | 'waiting' | 'problem' | 'off';

export interface Light {
  readonly id: 'reached' | 'proxy' | 'installed' | 'trusted';
  readonly state: LightState;
  readonly text: string;
}

export interface LightsAnswer {
  readonly lights: readonly Light[];
  /** What to look at next; null where all is well or not known yet. */
  readonly advice: string | null;
}

/** A tester opens the app well within a minute of setting up. */
const SILENT_MS = 60_000;

const WORDS = {
  reached: { zh: '手机已连到本机', en: 'This phone reaches the proxy machine' },
  proxyOn: { zh: '代理已生效', en: 'The proxy is set' },
  proxyOff: { zh: '尚未经过代理：请在 Wi-Fi 设置中填写代理', en: 'Not through the proxy yet: enter it in the Wi-Fi settings' },
  installedOn: { zh: '证书已安装', en: 'The certificate is installed' },
  installedWaiting: {
    zh: '证书已下载；是否已安装要等信任测试通过才能确定',
    en: 'The certificate was downloaded; whether it is installed shows once the trust test succeeds',
  },
  installedOff: { zh: '证书尚未下载', en: 'The certificate was not downloaded yet' },
  trustedOn: { zh: '证书已受信任（已通过 HTTPS 实测）', en: 'The certificate is trusted (tested over HTTPS)' },
  trustedProblem: {
    zh: '信任测试未通过：证书未安装，或安装后未开启信任',
    en: 'The trust test failed: not installed, or installed and not trusted yet',
  },
  trustedOff: { zh: '等待信任测试', en: 'Waiting for the trust test' },
  trustedNotYet: {
    zh: '尚未受信任：请先安装证书，再按说明开启信任',
    en: 'Not trusted yet: install the certificate first, then switch trust on',
  },
  refusing: {
    zh: '证书已受信任，但应用的连接都被应用自己拒绝。Android 7 及以上的应用默认不信任用户证书：自己的应用请用可调试构建（见 Android 页），其他应用请用模拟器或已 root 的手机；也可能是证书锁定，可在电脑的页面上将该主机设为直通。',
    en: 'The certificate is trusted, but the app itself refuses every connection. Apps on Android 7 and later do not trust user certificates by default: use a debuggable build of your own app (see the Android page), an emulator or a rooted phone for others; or the app pins, then pass its hosts through in the page on the computer.',
  },
  silent: {
    zh: '手机已接入，但还没有看到应用流量。可能原因：应用尚未打开；应用（如 Flutter、自研网络栈）不走系统代理，可改用支持 SOCKS5 的按应用 VPN 工具；应用不信任用户证书；应用只用 QUIC（可在路由器上阻断 UDP 443）；手机切换到了移动数据。',
    en: 'The phone is connected, but no app traffic has been seen. Likely causes: the app is not open yet; the app (Flutter, own network stacks) ignores the system proxy, so route it with a per-app VPN tool that speaks SOCKS5; it does not trust user certificates; it uses QUIC only (block UDP 443 at the router); the phone went over to mobile data.',
  },
} satisfies Record<string, Bilingual>;

/**
 * How far a phone's setup has come, and what to do where it stands still.
 * @param magicHost host of the trust test: a refusal there is about the certificate, not about an app.
 * @param now ms since the epoch.
 */
export function lightsOf(device: DeviceState, magicHost: string, now: number, language: Language): LightsAnswer {
  const say = (text: Bilingual): string => inLanguage(text, language);
  const { proxySet, downloaded, trusted } = device.lights;
  const refused = device.hosts.some((host) => host.host === magicHost && host.rejected > 0);
  // Before anything was installed a failed test is what is to be expected, and no alarm.
  const failed = refused && downloaded;
  const lights: Light[] = [
    { id: 'reached', state: 'on', text: say(WORDS.reached) },
    { id: 'proxy', state: proxySet ? 'on' : 'off', text: say(proxySet ? WORDS.proxyOn : WORDS.proxyOff) },
    {
      id: 'installed',
      state: trusted ? 'on' : downloaded ? 'waiting' : 'off',
      text: say(trusted ? WORDS.installedOn : downloaded ? WORDS.installedWaiting : WORDS.installedOff),
    },
    {
      id: 'trusted',
      state: trusted ? 'on' : failed ? 'problem' : 'off',
      text: say(trusted ? WORDS.trustedOn : failed ? WORDS.trustedProblem : refused ? WORDS.trustedNotYet : WORDS.trustedOff),
    },
  ];
  const silent = proxySet && trusted && device.connections === 0 && now - device.firstSeenAt > SILENT_MS;
  const apps = device.hosts.filter(({ host }) => host !== magicHost);
  const refusing = trusted && apps.some(({ rejected }) => rejected > 0) && apps.every(({ accepted }) => accepted === 0);
  return { lights, advice: refusing ? say(WORDS.refusing) : silent ? say(WORDS.silent) : null };
}
