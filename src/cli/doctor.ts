import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { authorityPaths, openAuthority } from '../capture/certificate-authority.js';
import { type AdbRun, adbProgram, connectedPhones } from '../capture/device/adb.js';
import { EXIT, OverreachError } from '../errors.js';
import { errorWords } from '../model/error-words.js';
import { type Bilingual, inLanguage } from '../model/text.js';
import { openStore } from '../store/index.js';
import { type Cli, type CommonFlags, settingsOf } from './cli.js';
import { askClock } from './clock.js';
import { isLoopback } from './loopback.js';
import { withCommonOptions } from './options.js';
import { findBrowser } from './pdf.js';
import { authority, reachableAddresses } from './phone.js';
import type { Settings } from './settings.js';
import { printable } from './terminal.js';

const DAY_MS = 86_400_000;
const GiB = 1024 ** 3;

/** `optional`: something that only some uses need is not there. */
export type Health = 'ok' | 'optional' | 'warning' | 'failed';

export interface Diagnosis {
  readonly id: string;
  readonly health: Health;
  readonly found: Bilingual;
  /** What to do; null where nothing is to be done. */
  readonly fix: Bilingual | null;
}

/** What the doctor looks at; a test puts its own patient here. */
export interface Patient {
  readonly settings: Settings;
  readonly nodeVersion: string;
  readonly env: NodeJS.ProcessEnv;
  readonly now: number;
  /** Addresses a phone could use, as for a listener on all interfaces. */
  readonly addresses: readonly string[];
  readonly adb: AdbRun;
  /** A server to compare the clock with; null: nobody is asked. */
  readonly clockAgainst: string | null;
}

type Checkup = (patient: Patient) => Diagnosis | Promise<Diagnosis>;

function diagnosis(id: string, health: Health, zh: string, en: string, fix: Bilingual | null = null): Diagnosis {
  return { id, health, found: { zh, en }, fix };
}

function node({ nodeVersion }: Patient): Diagnosis {
  const [major = 0, minor = 0] = nodeVersion.replace(/^v/, '').split('.').map(Number);
  const fine = major > 20 || (major === 20 && minor >= 19);
  return diagnosis(
    'node',
    fine ? 'ok' : 'failed',
    `Node ${nodeVersion}`,
    `Node ${nodeVersion}`,
    fine ? null : { zh: '安装 Node 20.19 或更新版本。', en: 'Install Node 20.19 or newer.' },
  );
}

/** Tries to listen, and stops at once. @returns the error's code, or null. */
function listenError(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

function port(id: 'proxy-port' | 'ui-port', flag: string): Checkup {
  return async ({ settings }) => {
    const at = id === 'proxy-port' ? settings.listen : settings.ui;
    const name = authority(at.host, at.port);
    const code = await listenError(at.host, at.port);
    if (code === null) return diagnosis(id, 'ok', `${name} 可用`, `${name} is free`);
    if (code === 'EADDRINUSE')
      return diagnosis(id, 'failed', `${name} 已被占用`, `${name} is in use`, {
        zh: `换一个端口：${flag} ${at.host}:0；或结束占用它的程序（可能是另一个正在运行的 Overreach）。`,
        en: `Take another: ${flag} ${at.host}:0; or end the program that holds it (perhaps another Overreach that runs).`,
      });
    if (code === 'EACCES')
      return diagnosis(id, 'failed', `无权监听 ${name}`, `no right to listen on ${name}`, {
        zh: `使用 1024 以上的端口：${flag} ${at.host}:8080。`,
        en: `Take a port above 1023: ${flag} ${at.host}:8080.`,
      });
    return diagnosis(id, 'failed', `无法监听 ${name}（${code}）`, `cannot listen on ${name} (${code})`, {
      zh: `${flag} 的地址必须属于本机；监听所有网卡用 0.0.0.0。`,
      en: `The address of ${flag} must be one of this machine; 0.0.0.0 takes all.`,
    });
  };
}

function network({ settings, addresses }: Patient): Diagnosis {
  const { host } = settings.listen;
  if (host !== '0.0.0.0' && host !== '::') {
    const local = isLoopback(host);
    return diagnosis(
      'network',
      local ? 'warning' : 'ok',
      `只在 ${host} 监听`,
      `listens on ${host} only`,
      local
        ? {
            zh: '手机连不到本机回环地址：用 --listen 0.0.0.0:8080；USB 连接可用 adb reverse tcp:8080 tcp:8080。',
            en: 'A phone cannot reach loopback: use --listen 0.0.0.0:8080; over USB, "adb reverse tcp:8080 tcp:8080" works.',
          }
        : null,
    );
  }
  const reachable = addresses.filter((address) => !address.startsWith('127.'));
  if (reachable.length > 0)
    return diagnosis('network', 'ok', `手机可用的地址：${reachable.join('、')}`, `addresses for the phone: ${reachable.join(', ')}`);
  return diagnosis('network', 'failed', '没有手机可连的网络地址', 'no network address that a phone could reach', {
    zh: '让本机与手机接入同一 Wi-Fi；USB 连接可用 adb reverse tcp:8080 tcp:8080。',
    en: 'Put this machine and the phone on the same Wi-Fi; over USB, "adb reverse tcp:8080 tcp:8080" works.',
  });
}

function dataDir({ settings }: Patient): Diagnosis {
  const { dataDir: path } = settings;
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return diagnosis('data-dir', 'ok', `${path} 将在首次启动时建立`, `${path} will be made by the first start`);
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return diagnosis('data-dir', 'failed', `无权读写 ${path}`, `no right to read and write ${path}`, {
      zh: '改正该目录的属主与权限，或用 --data-dir 换一个目录。',
      en: 'Correct its owner and rights, or choose another with --data-dir.',
    });
  }
  if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0)
    return diagnosis('data-dir', 'failed', `其他用户可进入 ${path}`, `others can enter ${path}`, {
      zh: `它存放抓到的个人信息：chmod 700 ${path}`,
      en: `It holds captured personal data: chmod 700 ${path}`,
    });
  const disk = statfsSync(path);
  const free = disk.bavail * disk.bsize;
  const space = `${(free / GiB).toFixed(1)} GiB`;
  if (free < GiB)
    return diagnosis('data-dir', 'warning', `${path} 所在磁盘只剩 ${space}`, `${space} left on the disk of ${path}`, {
      zh: '清理磁盘，或用 overreach sessions purge 删除旧会话。',
      en: 'Make room, or delete old sessions with "overreach sessions purge".',
    });
  return diagnosis('data-dir', 'ok', `${path}，剩余 ${space}`, `${path}, ${space} free`);
}

async function ca({ settings, now }: Patient): Promise<Diagnosis> {
  const paths = authorityPaths(settings.dataDir);
  // Looking must not make one: a phone would be told of a certificate that nobody asked for.
  if (!existsSync(paths.certificate) && !existsSync(paths.key))
    return diagnosis('ca', 'ok', '证书将在首次启动时生成', 'the certificate will be made by the first start');
  try {
    const opened = await openAuthority(settings.dataDir, () => now);
    const days = Math.floor((opened.notAfter.getTime() - now) / DAY_MS);
    if (days < 30)
      return diagnosis('ca', 'warning', `证书 ${days} 天后过期`, `the certificate expires in ${days} days`, {
        zh: '运行 overreach ca rotate --yes，并在手机上安装新证书。',
        en: 'Run "overreach ca rotate --yes", and install the new one on the phone.',
      });
    return diagnosis('ca', 'ok', `证书 SHA-256 ${opened.fingerprint}`, `certificate SHA-256 ${opened.fingerprint}`);
  } catch (error) {
    return failure('ca', error);
  }
}

function failure(id: string, error: unknown): Diagnosis {
  if (!(error instanceof OverreachError)) throw error;
  const found = `${error.code} ${error.message}`;
  // The Chinese line tells what to do; what to type stands in the other.
  const words = errorWords(error.code);
  return diagnosis(id, 'failed', found, found, { zh: words === null ? error.next : `${words} ${error.next}`, en: error.next });
}

function database({ settings }: Patient): Diagnosis {
  if (!existsSync(join(settings.dataDir, 'overreach.sqlite'))) return diagnosis('database', 'ok', '还没有会话', 'no session yet');
  try {
    const store = openStore({ dir: settings.dataDir, readOnly: true });
    try {
      const [problem] = store.check();
      const count = store.sessions().length;
      if (problem === undefined)
        return diagnosis('database', 'ok', `数据库完好，${count} 个会话`, `the database is sound, ${count} sessions`);
      return diagnosis('database', 'failed', `数据库损坏：${problem}`, `the database is damaged: ${problem}`, {
        zh: '先备份数据目录，导出仍可读取的会话（overreach report），再换一个 --data-dir。',
        en: 'Copy the data directory, export the sessions that can still be read (overreach report), then use another --data-dir.',
      });
    } finally {
      store.close();
    }
  } catch (error) {
    return failure('database', error);
  }
}

/** An hour matters to no certificate of ours, which are back-dated; a minute does to the timeline and to one-time codes. */
const CLOCK_OFF_MS = 60_000;

/**
 * Without a server to compare with, nothing here asks the network for the time: a clock behind our own files is surely wrong, and makes
 * every certificate invalid.
 */
async function clock({ now, clockAgainst }: Patient): Promise<Diagnosis> {
  const shown = new Date(now).toISOString();
  const fix: Bilingual = {
    zh: '校准本机时间；手机时间也要正确，否则证书无效、时间线有误。',
    en: 'Set the time of this machine; the phone’s must be right, too, or certificates are invalid and the timeline is wrong.',
  };
  const made = statSync(fileURLToPath(new URL('../../package.json', import.meta.url))).mtimeMs;
  if (now + DAY_MS < made) return diagnosis('clock', 'failed', `时钟落后：${shown}`, `the clock is behind: ${shown}`, fix);
  if (clockAgainst === null) return diagnosis('clock', 'ok', `${shown}（未与任何服务器比较）`, `${shown} (compared with no server)`);
  try {
    const { ahead, uncertain } = await askClock(clockAgainst);
    const seconds = (ahead / 1000).toFixed(1);
    const about = (uncertain / 1000).toFixed(1);
    const off = Math.abs(ahead) > CLOCK_OFF_MS + uncertain;
    return diagnosis(
      'clock',
      off ? 'failed' : 'ok',
      `${shown}，与 ${clockAgainst} 的 Date 相差 ${seconds} ± ${about} 秒`,
      `${shown}, ${seconds} ± ${about} s from the Date of ${clockAgainst}`,
      off ? fix : null,
    );
  } catch (error) {
    return failure('clock', error);
  }
}

async function phones({ adb }: Patient): Promise<Diagnosis> {
  try {
    const found = await connectedPhones(adb);
    const stuck = found.find(({ state }) => state !== 'device');
    if (stuck !== undefined)
      return diagnosis('adb', 'warning', `${stuck.serial}：${stuck.state}`, `${stuck.serial}: ${stuck.state}`, {
        zh: '解锁手机并允许 USB 调试；仍不行则重新插拔，再运行 adb kill-server。',
        en: 'Unlock the phone and allow USB debugging; if that does not help, plug it again and run "adb kill-server".',
      });
    const names = found.map(({ serial, model }) => model ?? serial).join(', ');
    if (found.length === 0)
      return diagnosis('adb', 'optional', 'adb 可用，没有连接手机', 'adb is there, no phone is connected', {
        zh: '按应用归属流量、读取手机标识需要 USB 连接；其余功能不需要。',
        en: 'Attribution to apps and reading identifiers want a phone on USB; nothing else does.',
      });
    return diagnosis('adb', 'ok', names, names);
  } catch (error) {
    if (error instanceof OverreachError && error.code === 'OVR_ADB_MISSING')
      return diagnosis('adb', 'optional', '没有安装 adb', 'adb is not installed', {
        zh: '需要按应用归属流量时安装 Android platform-tools。',
        en: 'Install the Android platform tools where traffic is to be attributed to apps.',
      });
    return failure('adb', error);
  }
}

/** The proxy that adb set on a phone outlives us: with it left on, the phone has no Internet. */
async function phoneProxy({ adb, settings }: Patient): Promise<Diagnosis> {
  const none = (zh: string, en: string) => diagnosis('phone-proxy', 'ok', zh, en);
  // Not 'ok': nobody looked.
  const unseen = (zh: string, en: string) =>
    diagnosis('phone-proxy', 'optional', zh, en, {
      zh: '曾用 adb 给手机设过代理的，用 USB 只接那一部手机再运行一次。',
      en: 'Where adb has set the proxy of a phone, connect that phone alone by USB and run this again.',
    });
  try {
    const usable = (await connectedPhones(adb)).filter(({ state }) => state === 'device');
    const [phone, ...others] = usable;
    if (phone === undefined || others.length > 0) return unseen('未查看（需恰好连接一部手机）', 'not looked at (wants exactly one phone)');
    const ask = async (...words: string[]): Promise<string> => (await adb(['-s', phone.serial, ...words])).trim();
    const set = await ask('shell', 'settings', 'get', 'global', 'http_proxy');
    if (set === '' || set === 'null' || set === ':0') return none('手机未设全局代理', 'no global proxy is set on the phone');
    const undo: Bilingual = {
      zh: '若不是您要的：adb shell settings put global http_proxy :0',
      en: 'If that is not what you want: adb shell settings put global http_proxy :0',
    };
    const at = /^(?:127\.0\.0\.1|localhost):(\d{1,5})$/.exec(set);
    if (at === null) return diagnosis('phone-proxy', 'warning', `手机的全局代理：${set}`, `global proxy of the phone: ${set}`, undo);
    const wanted = `tcp:${at[1]} tcp:${settings.listen.port}`;
    if ((await ask('reverse', '--list')).includes(wanted))
      return none(`手机经 USB 连到本代理（${wanted}）`, `the phone comes by USB (${wanted})`);
    return diagnosis(
      'phone-proxy',
      'failed',
      `手机的全局代理是 ${set}，但没有通向 ${settings.listen.port} 端口的 adb reverse：手机现在无法上网`,
      `the phone's global proxy is ${set}, but no adb reverse leads to port ${settings.listen.port}: the phone has no Internet now`,
      {
        zh: `adb reverse ${wanted}；不再测试则 adb shell settings put global http_proxy :0`,
        en: `adb reverse ${wanted}; or, when done: adb shell settings put global http_proxy :0`,
      },
    );
  } catch (error) {
    // What is wrong with adb itself stands in the line before.
    if (error instanceof OverreachError) return unseen('未查看', 'not looked at');
    throw error;
  }
}

function browser({ env }: Patient): Diagnosis {
  const found = findBrowser(env);
  if (found !== null) return diagnosis('pdf-browser', 'ok', found, found);
  return diagnosis('pdf-browser', 'optional', '没有找到 Chromium 或 Chrome', 'no Chromium or Chrome was found', {
    zh: '导出 PDF 时需要：安装一个，或设置 CHROMIUM_PATH；HTML 报告可在浏览器里打印。',
    en: 'Wanted for PDF only: install one, or set CHROMIUM_PATH; the HTML report can be printed from any browser.',
  });
}

const CHECKUPS: readonly Checkup[] = [
  node,
  port('proxy-port', '--listen'),
  port('ui-port', '--ui'),
  network,
  dataDir,
  ca,
  database,
  clock,
  phones,
  phoneProxy,
  browser,
];

/** Looks at everything, one after another. Nothing is changed, and no network is asked but for the time, where somebody wants that. */
export async function examine(patient: Patient): Promise<Diagnosis[]> {
  const found: Diagnosis[] = [];
  for (const checkup of CHECKUPS) found.push(await checkup(patient));
  return found;
}

const SIGNS: Readonly<Record<Health, string>> = { ok: '✓', optional: '·', warning: '!', failed: '✗' };

/** `overreach doctor`: is this machine ready to audit a phone? */
export function addDoctor(program: Command, cli: Cli): void {
  withCommonOptions(program.command('doctor'))
    .option('--listen <host:port>')
    .option('--ui <host:port>')
    .option('--clock-against <url>')
    .action(async (flags: CommonFlags & { listen?: string; ui?: string; clockAgainst?: string }) => {
      const settings = settingsOf(cli, { ...flags });
      const all = await examine({
        settings,
        nodeVersion: process.version,
        env: cli.env,
        now: Date.now(),
        addresses: reachableAddresses('0.0.0.0'),
        adb: adbProgram(cli.env.ADB ?? 'adb'),
        clockAgainst: flags.clockAgainst ?? null,
      });
      const { paint } = cli.terminal;
      if (flags.json) cli.terminal.json({ ready: all.every(({ health }) => health !== 'failed'), checks: all });
      else
        for (const { id, health, found, fix } of all) {
          const sign = health === 'failed' ? paint.red(SIGNS[health]) : health === 'warning' ? paint.yellow(SIGNS[health]) : SIGNS[health];
          cli.terminal.result(`${sign} ${id.padEnd(13)} ${printable(inLanguage(found, settings.language))}`);
          if (fix !== null) cli.terminal.result(`  → ${printable(inLanguage(fix, settings.language))}`);
        }
      cli.exit(all.some(({ health }) => health === 'failed') ? EXIT.usage : EXIT.clean);
    });
}
