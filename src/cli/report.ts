import { type Command, Option } from 'commander';
import { UsageError } from '../errors.js';
import type { AuditRecord, SessionReport } from '../model/report.js';
import { buildReport, formatIds, renderReport } from '../report/index.js';
import { type Cli, type CommonFlags, settingsOf } from './cli.js';
import { writeHar } from './har-export.js';
import { earlierReport } from './judgement.js';
import { ofApp } from './one-app.js';
import { repeatable, withCommonOptions } from './options.js';
import { writeOut } from './output-file.js';
import { printPdf } from './pdf.js';
import { picturesOf, UNMASKED_PICTURES } from './screenshot.js';
import { selectedSource, selectionOf, sourceOfApp } from './selection.js';
import { findSession, noteReveal, recordOf, rulebookOf, withStore } from './stored.js';

interface ReportFlags extends CommonFlags {
  readonly format: string;
  readonly template: 'audit' | 'developer' | 'complaint';
  readonly out?: string;
  readonly showValues?: boolean;
  readonly candidates?: boolean;
  readonly appId?: string;
  readonly only?: string[];
  readonly judgement?: string;
  readonly raw?: boolean;
  readonly yes?: boolean;
}

/** `overreach report`: a stored session as a document to hand over. */
export function addReport(program: Command, cli: Cli): void {
  withCommonOptions(program.command('report'), { json: false })
    .argument('<session>')
    .option('--format <format>', [...formatIds(), 'har', 'pdf'].join(', '), 'html')
    .addOption(new Option('--template <template>').choices(['audit', 'developer', 'complaint']).default('audit'))
    .option('--out <file>')
    .option('--show-values')
    .option('--candidates')
    .option('--app-id <id>')
    .addOption(repeatable('--only <key=value>'))
    .option('--judgement <n>')
    .option('--raw')
    .option('--yes')
    .action(async (word: string, flags: ReportFlags) => {
      if (flags.format === 'har') {
        refuseForTraffic(flags);
        const { only, appId } = flags;
        writeHar(cli, word, flags, (store, session) => {
          if (only === undefined && appId === undefined) return store;
          const record = ofApp(recordOf(store, session, rulebookOf(cli, flags)), appId ?? null);
          const selected = only === undefined ? store : selectedSource(store, selectionOf(record, only) ?? new Set());
          return appId === undefined ? selected : sourceOfApp(selected, appId);
        });
        return;
      }
      if (flags.raw === true)
        throw new UsageError('OVR_RAW', `--raw belongs to --format har, not to ${flags.format}.`, {
          next: 'For values in a report: --show-values.',
        });
      const format = flags.format === 'pdf' ? 'html' : flags.format;
      if (!formatIds().includes(format))
        throw new UsageError('OVR_REPORT_FORMAT', `There is no format "${flags.format}".`, {
          next: `Use one of: ${[...formatIds(), 'har', 'pdf'].join(', ')}.`,
        });
      if (
        flags.judgement !== undefined &&
        (flags.showValues === true || flags.candidates === true || flags.appId !== undefined || flags.only !== undefined)
      )
        throw new UsageError('OVR_JUDGEMENT', 'An earlier judgement is kept as the report it was, with values masked.', {
          next: 'Leave out --show-values, --candidates, --app-id and --only.',
          zh: '较早的判定按当时的脱敏报告保存，不能再改变内容。请去掉 --show-values、--candidates、--app-id 和 --only。',
        });
      const rulebook = rulebookOf(cli, flags);
      const { language } = settingsOf(cli, { ...flags });
      const rendered = withStore(cli, flags, (store) => {
        const session = findSession(store, word);
        if (flags.showValues === true) noteReveal(cli, flags, session.id, 'report --show-values');
        const report =
          flags.judgement === undefined
            ? reportOf(ofApp(recordOf(store, session, rulebook), flags.appId ?? null), flags)
            : earlierReport(store, session.id, flags.judgement);
        const pictures = format === 'html' ? picturesOf(store, session.id, report) : new Map<string, Uint8Array>();
        if (pictures.size > 0) cli.terminal.say(cli.terminal.paint.yellow(UNMASKED_PICTURES));
        return renderReport(report, format, { language, template: flags.template, pictures });
      });
      const text = flags.format === 'pdf' ? await printPdf(String(rendered), cli.env) : rendered;
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

/** @throws UsageError where an option would say nothing: whoever gave it would believe that it did. */
function refuseForTraffic({ showValues, candidates, judgement }: ReportFlags): void {
  const given = { '--show-values': showValues, '--candidates': candidates, '--judgement': judgement };
  const [idle] = Object.entries(given).find(([, value]) => value !== undefined) ?? [];
  if (idle !== undefined)
    throw new UsageError('OVR_RAW', `${idle} says nothing in --format har, which is the traffic and no report.`, {
      next: 'Leave it out. For values as they were captured: --raw --yes --out FILE.',
    });
}

function reportOf(record: AuditRecord, { only = [], showValues, candidates }: ReportFlags): SessionReport {
  const selection = selectionOf(record, only);
  return buildReport(record, {
    showValues: showValues === true,
    candidates: candidates === true,
    ...(selection === undefined ? {} : { only: selection }),
  });
}
