import type { Command } from 'commander';
import { UsageError } from '../errors.js';
import type { SessionReport } from '../model/report.js';
import type { Session } from '../model/session.js';
import { type Bilingual, inLanguage, type Language } from '../model/text.js';
import { diffReports, type ReportDiff } from '../report/diff.js';
import { diffText } from '../report/diff-text.js';
import { buildReport } from '../report/index.js';
import type { Store } from '../store/index.js';
import { type AuditFlags, type AuditSetup, setUpAudit } from './audit-setup.js';
import type { Cli } from './cli.js';
import { repeatable, withCommonOptions } from './options.js';
import { type Reread, reread } from './reread.js';
import { findSession, recordOf, withStore } from './stored.js';
import { printable } from './terminal.js';

interface RejudgeFlags extends AuditFlags {
  readonly dryRun?: boolean;
}

/** Lines of the request list written at once; their count stays far under what the writer holds (`limits.storeQueued`). */
const ROWS_AT_ONCE = 500;

/**
 * `overreach rejudge`: a stored session under today's rules, another category or other answers. The output is a function of the
 * stored session, the rules and the flags alone; the judgement that it replaces is kept beside the session.
 */
export function addRejudge(program: Command, cli: Cli): void {
  withCommonOptions(program.command('rejudge'))
    .argument('<session>')
    .addOption(repeatable('--category <id>'))
    .option('--app <name>')
    .addOption(repeatable('--context <id=yes|no>'))
    .addOption(repeatable('--first-party <domain>'))
    .option('--declared <file>')
    .option('--countries <file>')
    .option('--persona <file>')
    .option('--hook-modules')
    .addOption(repeatable('--proto <file[:message]>'))
    .option('--responses')
    .option('--dry-run')
    .action((word: string, flags: RejudgeFlags) => {
      const setup = setUpAudit(cli, flags);
      const { language } = setup.settings;
      const dryRun = flags.dryRun === true;
      withStore(
        cli,
        flags,
        (store) => {
          const stored = dryRun ? findSession(store, word) : endedSession(store, word);
          const { before, after, again, number, diff } = judgeAgain(store, stored, knowing(setup, store, stored), dryRun);
          for (const words of keptWords(again, setup.persona !== null))
            cli.terminal.say(cli.terminal.paint.yellow(inLanguage(words, language)));
          if (flags.json)
            cli.terminal.json({
              ...after,
              rejudged: { dryRun, earlierJudgement: number, kept: again.kept, before: sideOf(before), after: sideOf(after), diff },
            });
          else cli.terminal.result(changeText(before, after, diff, number, dryRun, language));
        },
        { write: !dryRun },
      );
    });
}

/** Without `--persona` the values that were typed into the page count. */
function knowing(setup: AuditSetup, store: Store, { id }: Session): AuditSetup {
  const known = setup.persona === null ? store.knownValues(id) : null;
  return known === null ? setup : { ...setup, persona: { values: known.values, salts: [], keys: [] }, partial: !known.whole };
}

/** A stored session before and after. */
export interface JudgedAgain {
  readonly before: SessionReport;
  readonly after: SessionReport;
  readonly again: Reread;
  /** Under which the earlier judgement is kept; null where it was the same, or nothing was written. */
  readonly number: number | null;
  readonly diff: ReportDiff;
}

/** Reads the session again and, unless `dryRun`, puts what came out in the place of what was there. */
export function judgeAgain(store: Store, stored: Session, setup: AuditSetup, dryRun: boolean): JudgedAgain {
  const before = buildReport(recordOf(store, stored, setup.rulebook));
  const again = reread(store, stored, setup);
  const after = buildReport(again.record);
  const judgement = dryRun || sameText(before, after) ? null : JSON.stringify(before);
  const number = dryRun ? null : replace(store, again, setup, judgement);
  return { before, after, again, number, diff: diffReports(before, after) };
}

/** @throws UsageError for a session that still runs: its own process judges it, and would write over what is written here. */
function endedSession(store: Store, word: string): Session {
  store.markInterrupted();
  const session = findSession(store, word);
  if (session.status === 'running')
    throw new UsageError('OVR_RUNNING', `Session "${session.id}" is still running.`, {
      next: 'Change category and answers in its page, or end it first; --dry-run works meanwhile.',
    });
  return session;
}

function sameText(before: SessionReport, after: SessionReport): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}

/** @returns the number that the earlier judgement got, or null where it was the same. */
function replace(store: Store, { record, findings, evidence, rows }: Reread, { rulebook }: AuditSetup, earlier: string | null) {
  const { session } = record;
  return store.together(() => {
    const number = earlier === null ? null : store.keepJudgement(session.id, Date.now(), earlier);
    const writer = store.writer(session.id);
    writer.replaceEvidence(findings, evidence, record.traffic);
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
      for (const row of rows.slice(from, from + ROWS_AT_ONCE)) writer.row(row);
      const { error } = writer.flush(true);
      if (error !== null) throw error;
    }
    // Last: it counts what stands there now.
    store.updateSession(session, { pack: rulebook.pack.id, version: rulebook.pack.version, sha256: rulebook.sha256 });
    return number;
  });
}

function sideOf({ rules, session, summary, basis }: SessionReport) {
  return {
    rules,
    categories: basis?.categories.map(({ app, id }) => ({ app, id })) ?? [],
    context: session.context,
    findings: summary.findings,
    byVerdict: summary.byVerdict,
  };
}

function keptWords({ kept, keptOfPersona, keptOfProto }: Reread, withPersona: boolean): Bilingual[] {
  const lost = kept - keptOfPersona - keptOfProto;
  const said: Bilingual[] = [];
  if (lost > 0)
    said.push({
      zh: `${lost} 处证据所在的原始字节未保存（非HTTP连接、磁盘写满等），无法重新检出，按原样保留。`,
      en: `${lost} piece(s) of evidence cannot be derived again (their bytes were not stored); kept as they were.`,
    });
  if (keptOfProto > 0)
    said.push({
      zh: `${keptOfProto} 处证据依据 Protocol Buffers 定义中的字段名，而定义不入库，无法重新检出，按原样保留。给出 --proto 即可重新检出。`,
      en: `${keptOfProto} piece(s) of evidence rest on the field names of Protocol Buffers definitions, which are not stored, and cannot be derived again; kept as they were. Give --proto to derive them.`,
    });
  if (keptOfPersona > 0)
    said.push(
      withPersona
        ? {
            zh: `${keptOfPersona} 处证据需要人物文件中没有给出的值、盐、密钥或模块，无法重新检出，按原样保留。`,
            en: `${keptOfPersona} piece(s) of evidence need values, salts, keys or modules that the persona given does not have, and cannot be derived again; kept as they were.`,
          }
        : {
            zh: `${keptOfPersona} 处证据来自人物文件中的已知值，而该文件不入库，无法重新检出，按原样保留。给出 --persona 即可重新检出。`,
            en: `${keptOfPersona} piece(s) of evidence rest on known values of a persona file, which is not stored, and cannot be derived again; kept as they were. Give --persona to derive them.`,
          },
    );
  return said;
}
function changeText(
  before: SessionReport,
  after: SessionReport,
  diff: ReportDiff,
  number: number | null,
  dryRun: boolean,
  language: Language,
): string {
  const say = (zh: string, en: string) => (language === 'en' ? en : zh);
  const rules = ({ rules: { pack, version, sha256 } }: SessionReport) => `${pack} ${version} (${sha256.slice(0, 12)})`;
  const categories = (report: SessionReport) =>
    sideOf(report)
      .categories.map(({ app, id }) => (app === 'main' ? id : `${app}=${id}`))
      .join(', ') || say('未选择', 'none chosen');
  const arrow = (a: string, b: string) => (a === b ? a : `${a} → ${b}`);
  const [, ...changes] = diffText(before, after, diff, language).split('\n');
  const end = dryRun
    ? say('仅试算，未写入。', 'Dry run: nothing was written.')
    : number === null
      ? say('判定与之前一致。', 'The judgement is what it was.')
      : say(`已写入；此前的判定保留为第 ${number} 份。`, `Written; the earlier judgement is kept as number ${number}.`);
  return [
    `${say('会话', 'session')}: ${printable(after.session.id)}`,
    `${say('规则', 'rules')}: ${printable(arrow(rules(before), rules(after)))}`,
    `${say('类型', 'category')}: ${printable(arrow(categories(before), categories(after)))}`,
    ...changes,
    end,
  ].join('\n');
}
