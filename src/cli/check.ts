import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { EXIT, UsageError } from '../errors.js';
import { type Bilingual, inLanguage, type Language } from '../model/text.js';
import { formatIds, formatOf, type ReportFormat } from '../report/index.js';
import { annotationsOf } from './annotations.js';
import { type AuditFlags, setUpAudit } from './audit-setup.js';
import { type BaselineEntry, readBaseline, type Weighed, weighBaseline, writeBaseline } from './baseline.js';
import { type Cli, readInput } from './cli.js';
import { overThreshold, parseThreshold, type Threshold } from './gate.js';
import { isSessionWord, listInputs } from './inputs.js';
import { type Checked, type Judged, judgeInput, judgeInputs, type Unread } from './judging.js';
import { repeatable, withAuditOptions } from './options.js';
import { writeOut } from './output-file.js';
import { sayMissed, showProgress } from './progress.js';
import { mergeRun, type Run, runDocument, runText } from './run.js';
import { findSession, noteReveal, withStore } from './stored.js';
import { summarise } from './summary.js';
import { printable } from './terminal.js';

export interface CheckFlags extends AuditFlags {
  readonly showValues?: boolean;
  readonly candidates?: boolean;
  readonly appId?: string;
  readonly failOn?: string[];
  readonly format?: string;
  readonly out?: string;
  readonly baseline?: string;
  readonly writeBaseline?: string;
}

const BASELINE_FIRST =
  'Check the path; before the first run, make the file with --write-baseline FILE, review it and keep it with the code.';

/** `overreach check`: recorded traffic in, SessionReport and exit status out; no store is written, no network used. */
export function addCheck(program: Command, cli: Cli): void {
  withAuditOptions(program.command('check'))
    .argument('<input...>')
    .option('--show-values')
    .option('--candidates')
    .option('--app-id <id>')
    .option('--responses')
    .addOption(repeatable('--fail-on <what>'))
    .option('--baseline <file>')
    .option('--write-baseline <file>')
    .option('--format <format>', formatIds().join(', '))
    .option('--out <path>')
    .action((words: string[], flags: CheckFlags) => runCheck(cli, words, flags));
}

async function runCheck(cli: Cli, words: readonly string[], flags: CheckFlags): Promise<void> {
  const setup = setUpAudit(cli, flags);
  const threshold = parseThreshold(
    flags.failOn ?? [],
    setup.rulebook.checks.map((check) => check.id),
  );
  const earlier = flags.baseline === undefined ? [] : readBaseline(readInput(flags.baseline, BASELINE_FIRST), flags.baseline);
  const { inputs, several } = listInputs(setup.settings.dataDir, words);
  const format = chooseFormat(flags, several);
  if (flags.showValues === true) for (const input of inputs) if (isSessionWord(input)) noteShown(cli, flags, input);
  const wanted = { app: flags.appId ?? null, showValues: flags.showValues === true, candidates: flags.candidates === true };

  const judged: readonly Judged[] = several
    ? await judgeInputs(inputs, {
        setup,
        countries: flags.countries ?? null,
        wanted,
        onDone: (done, input) => cli.terminal.progress(`${done}/${inputs.length} ${printable(input)}`),
      })
    : await Promise.all(inputs.map(async (input) => ({ input, ...(await judgeInput(setup, input, wanted, showProgress(cli))) })));
  const checked = judged.filter((one) => 'report' in one);
  const unread = judged.filter((one) => 'error' in one);
  for (const { missed = [] } of checked) missed.forEach(sayMissed(cli));

  const today = new Date().toISOString().slice(0, 10);
  const baseline =
    flags.writeBaseline === undefined ? earlier : renewBaseline(flags.writeBaseline, earlier, checked, unread, threshold, today);
  const weighed = weighBaseline(
    baseline,
    checked.map(({ report }) => report),
    today,
  );
  const run = mergeRun(judged, threshold, weighed);
  const { language } = setup.settings;
  if (flags.writeBaseline !== undefined) tellDropped(cli, earlier, baseline, language);
  if (format !== null) writeFormatted(cli, checked, several, format, flags, language, weighed);
  else if (flags.json === true) cli.terminal.json(several ? runDocument(judged, run) : checked[0]?.report);
  else {
    for (const { input, report } of checked)
      cli.terminal.result(`${several ? `\n${printable(input)}\n` : ''}${summarise(report, setup.rulebook, language)}`);
    if (several) cli.terminal.result(`\n${runText(run, language)}`);
  }
  explainRun(cli, judged, run, weighed, several, language);
  if (cli.env.GITHUB_ACTIONS === 'true')
    for (const line of annotationsOf(
      run.failing.map(({ finding }) => finding),
      language,
    ))
      cli.terminal.say(line);
  cli.exit(run.exit);
}

/** Before anything is shown: where nothing can be noted, nothing is. */
function noteShown(cli: Cli, flags: CheckFlags, word: string): void {
  const { id } = withStore(cli, flags, (store) => findSession(store, word));
  noteReveal(cli, flags, id, 'check --show-values');
}

/** @throws UsageError when the format, or the place to write it to, cannot be. */
function chooseFormat(flags: CheckFlags, several: boolean): ReportFormat | null {
  if (flags.format === undefined && flags.out === undefined) return null;
  if (flags.json === true && flags.format !== undefined)
    throw new UsageError('OVR_FORMAT', '--json and --format are two answers to one question.', { next: 'Use --format json --out FILE.' });
  const format = formatOf(flags.format ?? 'json');
  if (several && flags.out === undefined)
    throw new UsageError('OVR_OUT', 'Several inputs make several files.', { next: 'Give a folder with --out, or use --json.' });
  if (several && statSync(flags.out ?? '', { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UsageError('OVR_OUT', `--out ${flags.out} is no folder.`, { next: 'Make the folder first; each input gets a file in it.' });
  return format;
}

function writeFormatted(
  cli: Cli,
  checked: readonly Checked[],
  several: boolean,
  format: ReportFormat,
  flags: CheckFlags,
  language: 'zh-CN' | 'en',
  { reasonOf }: Pick<Weighed, 'reasonOf'>,
): void {
  const mode = flags.showValues === true ? 0o600 : 0o644;
  const taken = new Set<string>();
  for (const { input, report } of checked) {
    const content = format.render(report, { language, acceptedBecause: reasonOf });
    if (flags.out !== undefined) {
      const path = several ? join(flags.out, freeName(input, format.extension, taken)) : flags.out;
      writeOut(path, content, mode);
      cli.terminal.say(printable(path));
    } else if (typeof content === 'string') cli.terminal.result(content.replace(/\n$/, ''));
    else throw new UsageError('OVR_OUT', `${format.id} is not text.`, { next: 'Write it to a file with --out FILE.' });
  }
}

/** `a/run.har` and `b/run.har` become `run.json` and `run-2.json`. */
function freeName(input: string, extension: string, taken: Set<string>): string {
  const stem = basename(input).replace(/\.har$/i, '');
  let name = `${stem}.${extension}`;
  for (let number = 2; taken.has(name); number += 1) name = `${stem}-${number}.${extension}`;
  taken.add(name);
  return name;
}

/** @throws UsageError where an input could not be read: what it holds would then be missing in the baseline. */
function renewBaseline(
  path: string,
  earlier: readonly BaselineEntry[],
  checked: readonly Checked[],
  unread: readonly Unread[],
  threshold: Threshold,
  today: string,
): readonly BaselineEntry[] {
  const [bad] = unread;
  if (bad !== undefined)
    throw new UsageError('OVR_BASELINE', `No baseline was written, because ${bad.input} could not be read: ${bad.error.message}`, {
      next: bad.error.next,
      zh: `没有写出基线：${bad.input} 读不了（${bad.error.zh ?? bad.error.message}）。`,
    });
  const failing = checked.flatMap(({ report }) => overThreshold(report, threshold));
  const text = writeBaseline(failing, earlier, today);
  writeOut(path, text, 0o644);
  return readBaseline(text, path);
}

/** A reason that somebody wrote must not be gone without a word. */
function tellDropped(cli: Cli, earlier: readonly BaselineEntry[], written: readonly BaselineEntry[], language: Language): void {
  const kept = new Set(written.map(({ finding }) => finding));
  for (const { finding, reason } of earlier.filter((entry) => !kept.has(entry.finding))) {
    const words = {
      zh: `基线：${printable(finding)} 这次没有未通过，未写入新文件（${printable(reason)}）。`,
      en: `Baseline: ${printable(finding)} does not fail here and is not in the new file (${printable(reason)}).`,
    };
    cli.terminal.say(cli.terminal.paint.yellow(inLanguage(words, language)));
  }
}

const REASONS: Readonly<Record<string, Bilingual>> = {
  'no-traffic': { zh: '没有流量', en: 'no traffic' },
  'nothing-decrypted': { zh: '什么都没有解密', en: 'nothing was decrypted' },
  'nothing-read': {
    zh: '发送的内容全部经过加密或采用未知编码、超出处理上限或未被录下，一处也无法查看',
    en: 'all that was sent is encrypted or in an unknown encoding, beyond a bound or left out of the recording, and none of it could be looked into',
  },
  'not-analysed': { zh: '有数据未分析', en: 'data not analysed' },
  'not-stored': { zh: '有记录未能保存', en: 'records that could not be stored' },
  interrupted: { zh: '记录意外中断，可能不完整', en: 'the recording was interrupted and may be incomplete' },
  'no-category': { zh: '没有选择类型', en: 'no category chosen' },
};

/** Says on stderr why the exit status is what it is. */
function explainRun(cli: Cli, judged: readonly Judged[], run: Run, weighed: Weighed, several: boolean, language: Language): void {
  const { say, paint } = cli.terminal;
  const words = (zh: string, en: string) => (language === 'en' ? en : zh);
  for (const { input, failed, reasons } of run.outcomes) {
    const where = several ? `${printable(input)}: ` : '';
    if (failed > 0)
      say(
        paint.red(
          `${where}${words(`${failed} 项发现超过阈值：退出码 ${EXIT.findings}。`, `${failed} finding(s) over the threshold: exit ${EXIT.findings}.`)}`,
        ),
      );
    if (reasons.length === 0) continue;
    const why = reasons.map((reason) => inLanguage(REASONS[reason] ?? { zh: reason, en: reason }, language));
    const outcome = words(
      failed > 0 ? '' : `：退出码 ${EXIT.inconclusive}。这不等于“没有问题”`,
      failed > 0 ? '' : `: exit ${EXIT.inconclusive}. This is not "clean"`,
    );
    say(paint.yellow(`${where}${words(`无法得出结论（${why.join('、')}）${outcome}。`, `Inconclusive (${why.join(', ')})${outcome}.`)}`));
  }
  for (const one of judged)
    if ('error' in one) {
      say(`${paint.red(`${printable(one.input)}: ${one.error.code}`)} ${printable(one.error.message)}`);
      say(`  → ${printable(one.error.next)}`);
    }
  if (run.accepted > 0) say(words(`基线已接受 ${run.accepted} 项发现。`, `${run.accepted} finding(s) accepted by the baseline.`));
  for (const { finding, expires, reason } of weighed.expired)
    say(
      paint.yellow(
        words(
          `基线：${printable(finding)} 已于 ${expires} 到期（${printable(reason)}）。`,
          `Baseline: ${printable(finding)} expired on ${expires} (${printable(reason)}).`,
        ),
      ),
    );
  // What could not be read may be where it is.
  if (run.unread > 0) return;
  for (const { finding, reason } of weighed.unknown)
    say(
      paint.yellow(
        words(
          `基线：报告里没有 ${printable(finding)}，请从基线中删去（${printable(reason)}）。`,
          `Baseline: ${printable(finding)} is in no report; take it off the list (${printable(reason)}).`,
        ),
      ),
    );
}
