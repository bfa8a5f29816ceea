/** The onboarding pages: one per platform, each in both languages, with the steps as they are named on the phone. */
import { readFileSync } from 'node:fs';
import { type Bilingual, inLanguage, type Language } from '../../model/text.js';
import type { CertificateAuthority } from '../certificate-authority.js';
import { escapeMarkup } from '../markup.js';
import type { Browser, Platform } from './visitor.js';

export type PageId = 'start' | 'ios' | 'android' | 'harmony' | 'cleanup';

export interface PageFacts {
  readonly language: Language;
  readonly platform: Platform;
  readonly browser: Browser;
  readonly authority: CertificateAuthority;
  readonly magicHost: string;
  /** `address:port` to enter as proxy. */
  readonly proxy: string;
  /** URL of the pixel behind our certificate. */
  readonly probe: string;
}

const SNIPPET = readFileSync(new URL('../../../certs/android/network_security_config.xml', import.meta.url), 'utf8').replace(
  /<!--[\s\S]*?-->\n/,
  '',
);

const TITLES: Readonly<Record<PageId, Bilingual>> = {
  start: { zh: '手机接入', en: 'Connect this phone' },
  ios: { zh: 'iPhone / iPad', en: 'iPhone / iPad' },
  android: { zh: 'Android', en: 'Android' },
  harmony: { zh: 'HarmonyOS', en: 'HarmonyOS' },
  cleanup: { zh: '清理', en: 'Clean up' },
};

function proxyStep(facts: PageFacts): string {
  const at = facts.proxy.lastIndexOf(':');
  const host = escapeMarkup(facts.proxy.slice(0, at));
  const port = escapeMarkup(facts.proxy.slice(at + 1));
  return facts.language === 'en'
    ? `Set the proxy of this Wi-Fi by hand: server <code>${host}</code>, port <code>${port}</code>. Or give the script address <code>http://${host}:${port}/proxy.pac</code>.`
    : `在当前 Wi-Fi 中手动设置代理：服务器 <code>${host}</code>，端口 <code>${port}</code>；或填写自动代理脚本 <code>http://${host}:${port}/proxy.pac</code>。`;
}

function list(items: readonly string[]): string {
  return `<ol>${items.map((item) => `<li>${item}</li>`).join('')}</ol>`;
}

/** What this browser cannot do, before the steps that need it. */
function browserWarning({ language, platform, browser }: PageFacts): string {
  const say = (zh: string, en: string): string => `<p class="warning"><strong>${language === 'en' ? en : zh}</strong></p>`;
  if (browser === 'in_app')
    return say(
      '当前是在微信等应用的内置浏览器中打开，无法下载和安装证书。请点右上角菜单，选择“在浏览器中打开”（iPhone 请用 Safari）。',
      'This page is open in the browser of another app, which cannot download or install the certificate. Choose "Open in browser" in its menu (Safari on an iPhone).',
    );
  if (platform === 'ios' && browser !== 'safari')
    return say(
      '当前不是 Safari，无法安装描述文件。请复制地址，用 Safari 打开本页。',
      'This is not Safari and cannot install a profile. Copy the address and open this page in Safari.',
    );
  return '';
}

/** iOS installs a profile from Safari only: elsewhere the file would be saved and nothing said. */
function profileLink({ language, platform, browser }: PageFacts): string {
  const name = language === 'en' ? 'the profile' : '描述文件';
  return platform === 'ios' && browser !== 'safari' ? name : `<a href="/ca.mobileconfig">${name}</a>`;
}

function iosSteps(facts: PageFacts): string {
  return facts.language === 'en'
    ? `<p>Use Safari: other browsers on iOS cannot install a profile.</p>${list([
        `Settings › Wi-Fi › (i) › Configure Proxy › Manual. ${proxyStep(facts)}`,
        `In Safari: open ${profileLink(facts)} and allow the download.`,
        'Settings › General › VPN &amp; Device Management › the downloaded profile › Install. Compare the fingerprint below first.',
        '<strong>The step most often missed:</strong> Settings › General › About › Certificate Trust Settings › switch this certificate on.',
        'Come back here: the fourth light turns on by itself.',
      ])}`
    : `<p>请用 Safari 打开本页：iOS 上其他浏览器无法安装描述文件。</p>${list([
        `设置 › 无线局域网 › (i) › 配置代理 › 手动。${proxyStep(facts)}`,
        `在 Safari 中打开${profileLink(facts)}并允许下载。`,
        '设置 › 通用 › VPN 与设备管理 › 已下载的描述文件 › 安装。安装前请先核对下方指纹。',
        '<strong>最常遗漏的一步：</strong>设置 › 通用 › 关于本机 › 证书信任设置 › 打开该证书的开关。',
        '回到本页：第四盏灯会自动点亮。',
      ])}`;
}

function androidSteps(facts: PageFacts): string {
  const { subjectHashOld } = facts.authority;
  const port = escapeMarkup(facts.proxy.slice(facts.proxy.lastIndexOf(':') + 1));
  const snippet = `<pre><code>${escapeMarkup(SNIPPET)}</code></pre>`;
  return facts.language === 'en'
    ? `${list([
        `Settings › Wi-Fi › this network › Proxy › Manual. ${proxyStep(facts)}`,
        'Download <a href="/ca.crt">the certificate</a>.',
        'Android 11 and later (API 30+): Settings › Security › Encryption &amp; credentials › Install a certificate › CA certificate; opening the file does not install it. Android 7 to 10 (API 24–29): Settings › Security › Install from storage. Android 6 and earlier (API 23): open the file. Names differ between makers: search the settings for "certificate".',
        'Compare the fingerprint below, then come back here.',
      ])}<h2>If the browser works but the app does not</h2><p>From Android 7 (API level 24) on, apps trust only the system's certificates unless they say otherwise.</p><ul>
<li><strong>Your own app:</strong> add this file to a debuggable build as <code>res/xml/network_security_config.xml</code> and name it in the manifest: <code>android:networkSecurityConfig="@xml/network_security_config"</code>${snippet}</li>
<li><strong>Emulator or rooted phone, up to Android 13:</strong> put <a href="/ca.0"><code>${subjectHashOld}.0</code></a> into <code>/system/etc/security/cacerts/</code> (mode 644) and reboot.</li>
<li><strong>Android 14 and later:</strong> the system store lies in the Conscrypt module, <code>/apex/com.android.conscrypt/cacerts</code>; it needs a mount over it, which emulator images and root tools offer.</li>
<li><strong>A closed app:</strong> use a test build from its maker; what stays closed is listed in the report as not looked into.</li></ul>
<h2>By USB</h2><pre><code>adb reverse tcp:8080 tcp:${port}
adb shell settings put global http_proxy 127.0.0.1:8080</code></pre><p>Undo: <code>adb shell settings put global http_proxy :0</code> and <code>adb reverse --remove tcp:8080</code></p>
<p>To tell the apps of the phone apart (<code>start --adb --package …</code>) set the proxy in the Wi-Fi settings instead: <code>adb reverse</code> hides which app a connection belongs to.</p>`
    : `${list([
        `设置 › WLAN › 当前网络 › 代理 › 手动。${proxyStep(facts)}`,
        '下载<a href="/ca.crt">证书</a>。',
        'Android 11 及以上（API 30 起）：设置 › 安全 › 加密与凭据 › 安装证书 › CA 证书，直接打开文件无法安装。Android 7–10（API 24–29）：设置 › 安全 › 从存储设备安装。Android 6 及以下（API 23）：直接打开文件。各品牌名称略有不同，可在设置中搜索“证书”。',
        '核对下方指纹，然后回到本页。',
      ])}<h2>浏览器正常而应用不通</h2><p>自 Android 7（API 24）起，应用默认只信任系统证书。</p><ul>
<li><strong>自己的应用：</strong>在可调试构建中加入 <code>res/xml/network_security_config.xml</code>，并在清单中写上 <code>android:networkSecurityConfig="@xml/network_security_config"</code>${snippet}</li>
<li><strong>模拟器或已 root 的手机（Android 13 及以下）：</strong>将 <a href="/ca.0"><code>${subjectHashOld}.0</code></a> 放入 <code>/system/etc/security/cacerts/</code>（权限 644）并重启。</li>
<li><strong>Android 14 及以上：</strong>系统证书位于 Conscrypt 模块 <code>/apex/com.android.conscrypt/cacerts</code>，需以挂载方式覆盖，模拟器镜像与 root 工具可做到。</li>
<li><strong>无法修改的应用：</strong>请向开发方索取测试包；未能解密的部分会在报告中逐一列出。</li></ul>
<h2>用 USB 连接</h2><pre><code>adb reverse tcp:8080 tcp:${port}
adb shell settings put global http_proxy 127.0.0.1:8080</code></pre><p>撤销：<code>adb shell settings put global http_proxy :0</code>，以及 <code>adb reverse --remove tcp:8080</code></p>
<p>需要区分手机上的各个应用时（<code>start --adb --package …</code>），请改在 Wi-Fi 设置中填写代理：经 <code>adb reverse</code> 的连接看不出属于哪个应用。</p>`;
}

function harmonySteps(facts: PageFacts): string {
  return facts.language === 'en'
    ? list([
        `Settings › WLAN › this network › Proxy › Manual. ${proxyStep(facts)}`,
        'Download <a href="/ca.cer">the certificate (.cer)</a>.',
        'Settings › Privacy &amp; security › Advanced › Certificates and credentials › Install from storage › CA certificate (search the settings for "certificate" where the names differ). Compare the fingerprint below.',
        'HarmonyOS 4 and earlier runs Android apps: for them the <a href="/android">Android page</a> holds. Apps of HarmonyOS 5 and later decide themselves whether they trust user certificates.',
      ])
    : list([
        `设置 › WLAN › 当前网络 › 代理 › 手动。${proxyStep(facts)}`,
        '下载<a href="/ca.cer">证书（.cer）</a>。',
        '设置 › 隐私和安全 › 高级 › 证书与凭据 › 从存储设备安装 › CA 证书（名称不同时可在设置中搜索“证书”）。安装前请核对下方指纹。',
        'HarmonyOS 4 及以下运行 Android 应用，参见 <a href="/android">Android 页</a>；HarmonyOS 5 及以上的应用自行决定是否信任用户证书。',
      ]);
}

function cleanupSteps(facts: PageFacts): string {
  return facts.language === 'en'
    ? `<p>A certificate that stays on a phone lets its owner's machine read that phone. Remove it after the audit.</p>${list([
        'Wi-Fi settings › Proxy › Off (by USB: <code>adb shell settings put global http_proxy :0</code> and <code>adb reverse --remove-all</code>). With it left on, the phone has no Internet once Overreach ends.',
        'iOS: Settings › General › VPN &amp; Device Management › the profile › Remove.',
        'Android: Settings › Security › Encryption &amp; credentials › User credentials › remove it.',
        'HarmonyOS: Settings › Privacy &amp; security › Certificates and credentials › remove it.',
        'Emulator: delete the <code>.0</code> file from the system store.',
        'On the computer: <code>overreach ca remove</code> if it will not be used again.',
      ])}`
    : `<p>留在手机上的证书意味着持有其密钥的电脑可以读取这部手机。测试结束后请删除。</p>${list([
        'Wi-Fi 设置 › 代理 › 关闭（USB 方式：<code>adb shell settings put global http_proxy :0</code> 与 <code>adb reverse --remove-all</code>）。不关闭的话，Overreach 结束后手机将无法上网。',
        'iOS：设置 › 通用 › VPN 与设备管理 › 该描述文件 › 移除。',
        'Android：设置 › 安全 › 加密与凭据 › 用户凭据 › 删除该证书。',
        'HarmonyOS：设置 › 隐私和安全 › 证书与凭据 › 删除该证书。',
        '模拟器：从系统证书目录删除该 <code>.0</code> 文件。',
        '电脑：不再使用时执行 <code>overreach ca remove</code>。',
      ])}`;
}

function lightsList(facts: PageFacts): string {
  const names =
    facts.language === 'en'
      ? ['Reached', 'Proxy set', 'Certificate installed', 'Certificate trusted']
      : ['已连到本机', '代理已设置', '证书已安装', '证书已信任'];
  const items = ['reached', 'proxy', 'installed', 'trusted'].map(
    (id, index) =>
      `<li class="light off" id="light-${id}"><span class="mark" aria-hidden="true">○</span><span class="text">${names[index] ?? ''}</span></li>`,
  );
  return `<ol id="lights" aria-live="polite" data-probe="${escapeMarkup(facts.probe)}">${items.join('')}</ol><p id="advice" role="status" hidden></p>`;
}

function certificateBox(facts: PageFacts): string {
  const { authority, language } = facts;
  const words =
    language === 'en'
      ? {
          title: 'The certificate',
          unique: 'Made by this installation alone, on its first start. Compare this SHA-256 fingerprint with the one in the terminal:',
          files: 'Files',
        }
      : { title: '证书', unique: '由这份安装在首次启动时生成，仅此一份。请将以下 SHA-256 指纹与终端显示的核对：', files: '文件' };
  return `<h2>${words.title}</h2><p>${escapeMarkup(authority.name)}</p><p>${words.unique}</p><p class="print"><code>${authority.fingerprint}</code></p>
<p class="files">${words.files}: <a href="/ca.crt">PEM .crt</a> · <a href="/ca.cer">DER .cer</a> · <a href="/ca.mobileconfig">.mobileconfig</a> · <a href="/ca.0">Android ${authority.subjectHashOld}.0</a> · <a href="/proxy.pac">PAC</a></p>`;
}

function startBody(facts: PageFacts): string {
  const steps = { ios: iosSteps, android: androidSteps, harmony: harmonySteps }[facts.platform === 'other' ? 'android' : facts.platform](
    facts,
  );
  if (facts.platform !== 'other') return steps;
  return facts.language === 'en'
    ? `<p>Choose the kind of phone above. ${proxyStep(facts)}</p>`
    : `<p>请在上方选择手机类型。${proxyStep(facts)}</p>`;
}

/** A whole page. Everything variable in it is escaped or made by this program. */
export function renderPage(page: PageId, facts: PageFacts): string {
  const { language } = facts;
  const bodies: Readonly<Record<PageId, (facts: PageFacts) => string>> = {
    start: startBody,
    ios: iosSteps,
    android: androidSteps,
    harmony: harmonySteps,
    cleanup: cleanupSteps,
  };
  const links = (Object.keys(TITLES) as PageId[]).map((id) => {
    const path = id === 'start' ? '/' : `/${id}`;
    return `<a href="${path}?lang=${language}"${id === page ? ' aria-current="page"' : ''}>${inLanguage(TITLES[id], language)}</a>`;
  });
  const path = page === 'start' ? '/' : `/${page}`;
  const other =
    language === 'en' ? `<a href="${path}?lang=zh-CN" lang="zh-CN">中文</a>` : `<a href="${path}?lang=en" lang="en">English</a>`;
  const footer =
    language === 'en'
      ? `With the proxy set, this page is also at <code>http://${escapeMarkup(facts.magicHost)}/</code>.`
      : `设好代理后，也可用 <code>http://${escapeMarkup(facts.magicHost)}/</code> 打开本页。`;
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Overreach · ${inLanguage(TITLES[page], language)}</title><link rel="stylesheet" href="/site.css"></head>
<body><nav>${links.join('')}${other}</nav><main><h1>Overreach · ${inLanguage(TITLES[page], language)}</h1>
${page === 'cleanup' ? '' : browserWarning(facts) + lightsList(facts)}${bodies[page](facts)}${page === 'cleanup' ? '' : certificateBox(facts)}</main>
<footer>${footer}</footer><script src="/lights.js"></script></body></html>
`;
}
