import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { PACKAGE } from '../capture/device/app.js';
import type { OverreachError } from '../errors.js';
import { type Bilingual, inLanguage } from '../model/text.js';
import { phoneApps, type WantedPhone } from './adb-phone.js';
import { type AuditRun, startAuditRun } from './audit-run.js';
import { refusePasswordInFlag } from './capture-options.js';
import { type Cli, type CommonFlags, openCountries, openPersona, openRulebook, placeOf, readInput, settingsOf } from './cli.js';
import { isLoopback } from './loopback.js';
import { repeatable, withAuditOptions } from './options.js';
import { authority, reachableAddresses, terminalQr } from './phone.js';
import { callName } from './place.js';
import { openSchemas } from './proto-files.js';
import type { Settings } from './settings.js';
import { untilStopped } from './stop.js';
import { type SubjectFlags, subjectOf } from './subject.js';
import { tellError } from './tell-error.js';
import { printable } from './terminal.js';

export interface StartFlags extends CommonFlags, SubjectFlags {
  readonly category?: string[];
  readonly app?: string;
  readonly persona?: string;
  readonly hookModules?: boolean;
  readonly firstParty?: string[];
  readonly listen?: string;
  readonly ui?: string;
  readonly allowLoopback?: boolean;
  readonly passThrough?: string[];
  readonly upstreamCa?: string;
  readonly responses?: boolean;
  readonly countries?: string;
  readonly package?: string;
  readonly proto?: string[];
  readonly adb?: string | true;
  readonly parentProxy?: string;
  readonly directHost?: string[];
  readonly insecureHost?: string[];
  readonly autoPassThrough?: number;
  readonly magicHost?: string;
  readonly allowPeer?: string[];
  readonly credentialsFile?: string;
}

const STORED_AGAIN: Bilingual = {
  zh: '磁盘恢复写入：等待写入的记录已经保存，会话继续记录。',
  en: 'The disk takes records again: those that waited are stored, and recording goes on.',
};

/** After these the record of the session has not all that was sent. */
const LOSSES: ReadonlySet<string> = new Set(['OVR_STORE_LOST', 'OVR_ANALYSIS_DIED']);

/** `overreach start`: audit a phone, live. */
export function addStart(program: Command, cli: Cli): void {
  withAuditOptions(program.command('start'))
    .option('--listen <host:port>')
    .option('--ui <host:port>')
    .option('--package <name>')
    .option('--adb [serial]')
    .addOption(repeatable('--pass-through <host>'))
    .addOption(new Option('--auto-pass-through <n>').argParser(Number))
    .option('--upstream-ca <file>')
    .addOption(repeatable('--insecure-host <host>'))
    .option('--parent-proxy <url>')
    .addOption(repeatable('--direct-host <host>'))
    .addOption(repeatable('--allow-peer <address>'))
    .option('--credentials-file <file>')
    .option('--magic-host <name>')
    .option('--allow-loopback')
    .option('--responses')
    .action(async (flags: StartFlags) => {
      refusePasswordInFlag(flags.parentProxy);
      const settings = withPackage(settingsOf(cli, { ...flags }));
      let lost = false;
      const tell = (problem: OverreachError) => {
        if (LOSSES.has(problem.code)) lost = true;
        tellError(cli.terminal, problem, settings.language);
      };
      const rulebook = openRulebook(settings);
      // For its errors: the analysis thread reads the text again, for a table of functions cannot be posted to it.
      openCountries(flags.countries, rulebook);
      const run = await startAuditRun({
        settings,
        rulebook,
        persona: openPersona(settings, rulebook),
        schemas: openSchemas(flags.proto),
        source: 'proxy',
        countries: flags.countries === undefined ? null : { file: flags.countries, text: readInput(flags.countries) },
        responses: flags.responses === true,
        ...(settings.adb === false ? {} : { apps: await phoneApps(cli.env, wantedPhone(settings, tell)) }),
        subject: subjectOf(settings, rulebook, flags),
        onSession: ({ id, subject }) =>
          cli.terminal.say(`\n  新会话 New session: ${id}${subject.app === null ? '' : ` (${printable(subject.app)})`}`),
        onProblem: tell,
        onStoredAgain: () => cli.terminal.say(inLanguage(STORED_AGAIN, settings.language)),
        surroundings: cli,
      });
      if (flags.json) cli.terminal.json(addressesOf(run));
      await tellSteps(cli, run, settings);
      await untilStopped(cli, async () => {
        const ended = await run.end();
        try {
          run.store.demandFile();
          lost ||= (run.store.traffic(ended.id).notStored ?? 0) > 0;
        } finally {
          run.store.close();
        }
        const stored = lost ? '会话已保存，但不完整（见上） Session stored in part (see above)' : '会话已保存 Session stored';
        cli.terminal.say(`\n${stored}: ${ended.id}\n  ${callName(cli.env)} report ${ended.id}${placeOf(flags)} --out report.html`);
      });
    });
}

/** `--app com.example.app` names the package as well. */
function withPackage(settings: Settings): Settings {
  return settings.package === null && settings.app !== null && PACKAGE.test(settings.app)
    ? { ...settings, package: settings.app }
    : settings;
}

function wantedPhone({ adb, package: name }: Settings, onProblem: (problem: OverreachError) => void): WantedPhone {
  return { serial: typeof adb === 'string' ? adb : undefined, package: name, onProblem };
}

/** The contract's first line of `start --json`. */
function addressesOf(run: AuditRun): Record<string, string> {
  const { host, port } = run.capture.address;
  const at = authority(reachableAddresses(host)[0] ?? host, port);
  return {
    proxy: `http://${at}`,
    ui: run.live.url,
    onboarding: `http://${at}/`,
    socks: `socks5://${at}`,
    ca: run.capture.caPath,
    session: run.session.id,
  };
}

async function tellSteps(cli: Cli, run: AuditRun, settings: Settings): Promise<void> {
  const { say, paint } = cli.terminal;
  const addresses = addressesOf(run);
  const others = reachableAddresses(run.capture.address.host).slice(1);
  say(paint.bold('\nOverreach 已启动 is running'));
  say(`\n  1. 手机扫码，或在浏览器打开 (scan, or open on the phone): ${paint.bold(addresses.onboarding ?? '')}`);
  if (cli.terminal.interactive) say(await terminalQr(addresses.onboarding ?? ''));
  say(`  2. Wi-Fi 代理设为手动 (set the Wi-Fi proxy to manual): ${paint.bold((addresses.proxy ?? '').replace('http://', ''))}`);
  if (others.length > 0) say(paint.dim(`     其他地址 other addresses: ${others.join(', ')}`));
  say('  3. 按页面提示安装并信任证书 (install and trust the certificate as the page says)');
  say(`     SHA-256 ${new X509Certificate(readFileSync(run.capture.caPath)).fingerprint256}`);
  say(`  4. 使用 App，在这里看结果 (use the app, watch here): ${paint.bold(addresses.ui ?? '')}`);
  if (settings.category.length === 0)
    say(paint.yellow('\n  还没有选择 App 类型：请在页面上选择，选定后立即全部判定。 No category yet: choose it in the page.'));
  if (isLoopback(run.capture.address.host))
    say(
      paint.yellow(
        '\n  只在本机回环地址监听，手机连不进来（USB 可用 adb reverse）。 Listens on loopback: a phone cannot reach it, but for adb reverse over USB.',
      ),
    );
  if (settings.adb !== false && settings.package === null)
    say(
      paint.yellow(
        '\n  没有指定被测 App 的包名：其他 App 的流量无法与它区分，只能分出系统流量。 No package named (--package): only traffic of the system is told from that of the app.',
      ),
    );
  const { total, openFiles } = run.capture.bounds;
  if (openFiles !== null)
    say(
      paint.yellow(
        `\n  系统只允许打开 ${openFiles} 个文件，因此最多同时 ${total} 条连接，其余会被拒绝并记录。可先运行 ulimit -n 4096 再启动。 This system lets the program open ${openFiles} files, so at most ${total} connections at once; further ones are turned away and recorded. "ulimit -n 4096" before the start lifts that.`,
      ),
    );
  if (settings.insecureHost.length > 0)
    say(paint.yellow(`\n  不校验服务器证书 certificates not verified: ${settings.insecureHost.map(printable).join(', ')}`));
  if (settings.passThrough.length > 0)
    say(paint.yellow(`\n  直通，不解密 passed through, not looked into: ${settings.passThrough.map(printable).join(', ')}`));
  say(paint.dim('\n  Ctrl-C 结束会话 ends the session'));
}
