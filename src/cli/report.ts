import { writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { UsageError } from '../errors.js';
import { buildReport, formatIds, renderReport } from '../report/index.js';
import { type Cli, type CommonFlags, settingsOf } from './cli.js';
import { writeHar } from './har-export.js';
import { ofApp } from './one-app.js';
import { withCommonOptions } from './program.js';
import { findSession, recordOf, rulebookOf, withStore } from './stored.js';

interface ReportFlags extends CommonFlags {
  readonly format: string;
  readonly template: 'audit' | 'developer' | 'complaint';
  readonly out?: string;
  readonly showValues?: boolean;
  readonly candidates?: boolean;
  readonly appId?: string;
  readonly raw?: boolean;
  readonly yes?: boolean;
}

/** `overreach report`: a stored session as a document to hand over. */
export function addReport(program: Command, cli: Cli): void {
  withCommonOptions(program.command('report').description('export the report of a stored session'), { json: false })
    .argument('<session>', 'session id, its beginning, or "latest"')
    .option('--format <format>', `one of ${[...formatIds(), 'har'].join(', ')}`, 'html')
    .addOption(new Option('--template <template>', 'what the report is for').choices(['audit', 'developer', 'complaint']).default('audit'))
    .option('--out <file>', 'write to this file (default: stdout)')
    .option('--show-values', 'put unmasked values into the report; the file is then 0600')
    .option('--candidates', 'list weak evidence too')
    .option('--app-id <id>', 'only this app or mini program (main, wechat:wx...), against its own category')
    .option('--raw', 'with --format har: unmasked bodies, values and credentials; the file is then 0600')
    .option('--yes', 'confirms --raw')
    .action((word: string, flags: ReportFlags) => {
      if (flags.format === 'har') {
        writeHar(cli, word, flags);
        return;
      }
      if (flags.raw === true)
        throw new UsageError('OVR_RAW', `--raw belongs to --format har, not to ${flags.format}.`, {
          next: 'For values in a report: --show-values.',
        });
      if (!formatIds().includes(flags.format))
        throw new UsageError('OVR_FORMAT', `There is no format "${flags.format}".`, {
          next: `Use one of: ${[...formatIds(), 'har'].join(', ')}.`,
        });
      const rulebook = rulebookOf(cli, flags);
      const { language } = settingsOf(cli, { ...flags });
      const text = withStore(cli, flags, (store) => {
        const record = ofApp(recordOf(store, findSession(store, word), rulebook), flags.appId ?? null);
        const report = buildReport(record, { showValues: flags.showValues === true, candidates: flags.candidates === true });
        return renderReport(report, flags.format, { language, template: flags.template });
      });
      if (flags.out === undefined) {
        if (typeof text === 'string') cli.terminal.result(text.replace(/\n$/, ''));
        else cli.terminal.bytes(text);
        return;
      }
      if (flags.showValues === true)
        cli.terminal.say(cli.terminal.paint.yellow('This report holds unmasked personal data. 本报告含未脱敏的个人信息。'));
      writeOut(flags.out, text, flags.showValues === true ? 0o600 : 0o644);
      cli.terminal.say(flags.out);
    });
}

/** @throws UsageError naming the path when it cannot be written. */
export function writeOut(path: string, content: string | Uint8Array, mode: number): void {
  try {
    writeFileSync(path, content, { mode });
  } catch (cause) {
    throw new UsageError('OVR_OUT', `Cannot write ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      next: 'Choose another --out.',
      cause,
    });
  }
}
