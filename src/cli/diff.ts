import { closeSync, openSync, readSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { EXIT, type ExitCode, InputError, UsageError } from '../errors.js';
import type { SessionReport } from '../model/report.js';
import { type DiffEntry, diffReports, isInconclusive, type ReportDiff } from '../report/diff.js';
import { diffHtml } from '../report/diff-html.js';
import { diffText, type SideNames } from '../report/diff-text.js';
import { buildReport, sessionReportSchema } from '../report/index.js';
import { auditInput } from './audit-input.js';
import { type AuditFlags, setUpAudit } from './audit-setup.js';
import { type Cli, settingsOf } from './cli.js';
import { isReliable } from './gate.js';
import { isSessionWord, readText } from './inputs.js';
import { repeatable, withAuditOptions } from './options.js';
import { writeOut } from './output-file.js';
import { sayMissed } from './progress.js';
import { findScenes, ofScenes } from './scene-record.js';
import { findSession, recordOf, rowsOf, rulebookOf, withStore } from './stored.js';

interface DiffFlags extends AuditFlags {
  readonly candidates?: boolean;
  readonly failOn?: string[];
  readonly scenes?: string[];
  readonly format: 'text' | 'json' | 'html';
  readonly out?: string;
}

const KINDS = ['new', 'changed', 'gone', 'none'] as const;
type Kind = (typeof KINDS)[number];

/** `overreach diff A B`: what one build, version or session sends that another did not. */
export function addDiff(program: Command, cli: Cli): void {
  withAuditOptions(program.command('diff'))
    .argument('<before>')
    .argument('[after]')
    .option('--scenes <scene...>')
    .option('--responses')
    .option('--candidates')
    .addOption(repeatable('--fail-on <what>'))
    .addOption(new Option('--format <format>').choices(['text', 'json', 'html']).default('text'))
    .option('--out <file>')
    .action(async (before: string, after: string | undefined, flags: DiffFlags) => {
      const kinds = parseKinds(flags.failOn ?? []);
      const { language } = settingsOf(cli, { ...flags });
      const [a, b, called] =
        flags.scenes === undefined ? await readSides(cli, before, after, flags) : readScenes(cli, before, after, flags.scenes, flags);
      const whole = diffReports(a, b);
      const diff = flags.scenes === undefined ? whole : withoutScenes(whole);
      const format = flags.json === true ? 'json' : flags.format;
      const text =
        format === 'json'
          ? JSON.stringify(diffDocument(a, b, diff, called))
          : format === 'html'
            ? diffHtml(a, b, diff, language, called)
            : diffText(a, b, diff, language, called);
      if (flags.out === undefined) cli.terminal.result(text.replace(/\n$/, ''));
      else {
        writeOut(flags.out, `${text.replace(/\n$/, '')}\n`, 0o644);
        cli.terminal.say(flags.out);
      }
      cli.exit(diffExit(diff, kinds));
    });
}

/** That two scenes are not the same scenes is no difference between them. */
function withoutScenes(diff: ReportDiff): ReportDiff {
  const changed = diff.changed
    .map((change) => ({ ...change, what: change.what.filter((name) => name !== 'scenes') }))
    .filter(({ what }) => what.length > 0);
  return { ...diff, changed, same: diff.same + diff.changed.length - changed.length };
}

/** What a machine reads: the difference, and what the two sides were. */
function diffDocument(before: SessionReport, after: SessionReport, diff: ReportDiff, called: SideNames): object {
  const side = ({ session, rules, exchanges }: SessionReport, name: string) => ({
    name,
    session: session.id,
    app: session.app,
    category: session.category,
    startedAt: session.startedAt,
    rules,
    exchanges: exchanges.count,
  });
  return { schemaVersion: 1, before: side(before, called[0]), after: side(after, called[1]), ...diff };
}

function parseKinds(words: readonly string[]): ReadonlySet<Kind> {
  return new Set(
    words
      .flatMap((word) => word.split(','))
      .map((word) => {
        const kind = KINDS.find((known) => known === word);
        if (kind !== undefined) return kind;
        throw new UsageError('OVR_FAIL_ON', `--fail-on: "${word}" is no kind of difference.`, { next: `Use one of: ${KINDS.join(', ')}.` });
      }),
  );
}

/**
 * 1: a finding of a kind that was asked for, sure enough to stop a release, and more than technical information without an issue
 * (every new host gets a User-Agent). 3: a side could not be looked at, and nothing new was seen.
 */
export function diffExit(diff: ReportDiff, kinds: ReadonlySet<Kind>): ExitCode {
  const counts = (entry: DiffEntry) => isReliable(entry) && (entry.verdict !== 'technical' || entry.issues.length > 0);
  const fails =
    (kinds.has('new') && diff.new.some(counts)) ||
    (kinds.has('gone') && diff.gone.some(counts)) ||
    (kinds.has('changed') && diff.changed.some(({ before, after }) => counts(before) || counts(after)));
  if (fails) return EXIT.findings;
  return isInconclusive(diff) && !diff.new.some(counts) ? EXIT.inconclusive : EXIT.clean;
}

type Sides = readonly [before: SessionReport, after: SessionReport, called: SideNames];

async function readSides(cli: Cli, before: string, after: string | undefined, flags: DiffFlags): Promise<Sides> {
  if (after === undefined)
    throw new UsageError('OVR_DIFF', 'A difference needs two sides.', { next: 'Give two, or one session and --scenes A B.' });
  const [a, b] = [await readSide(cli, before, flags), await readSide(cli, after, flags)];
  return [a, b, [isSessionWord(before) ? a.session.id : before, isSessionWord(after) ? b.session.id : after]];
}

/** @throws UsageError where there are not just one session and two scenes. */
function readScenes(cli: Cli, word: string, after: string | undefined, words: readonly string[], flags: DiffFlags): Sides {
  const [first, second] = words;
  if (first === undefined || second === undefined || words.length !== 2 || after !== undefined)
    throw new UsageError('OVR_DIFF', '--scenes takes two scenes of one session.', {
      next: 'Write it like: overreach diff SESSION --scenes before_consent consented.',
    });
  const rulebook = rulebookOf(cli, flags);
  return withStore(cli, flags, (store) => {
    const session = findSession(store, word);
    const record = recordOf(store, session, rulebook);
    const side = (scene: string) =>
      buildReport(ofScenes(record, rulebook, findScenes(session.scenes, scene), rowsOf(store, session.id)), {
        candidates: flags.candidates === true,
      });
    return [side(first), side(second), [`${session.id} · ${first}`, `${session.id} · ${second}`]];
  });
}

/** A stored session as it was judged, a report as it was written, or a HAR judged now. */
async function readSide(cli: Cli, word: string, flags: DiffFlags): Promise<SessionReport> {
  const options = { candidates: flags.candidates === true };
  if (isSessionWord(word)) {
    const rulebook = rulebookOf(cli, flags);
    return withStore(cli, flags, (store) => buildReport(recordOf(store, findSession(store, word), rulebook), options));
  }
  if (isReport(word)) return parseReport(readText(word), word);
  return buildReport(await auditInput(setUpAudit(cli, flags), word, { missed: sayMissed(cli) }), options);
}

/** A report of ours begins with its schema version; a HAR is too large to be parsed only to see what it is. */
function isReport(path: string): boolean {
  const head = Buffer.alloc(64);
  try {
    const file = openSync(path, 'r');
    try {
      readSync(file, head, 0, head.length, 0);
    } finally {
      closeSync(file);
    }
  } catch {
    // Missing or unreadable: `readText` says so, with its code.
    return false;
  }
  return /^\ufeff?\s*\{\s*"schemaVersion"/.test(head.toString('utf8'));
}

/** @throws InputError `OVR_REPORT` when it is no SessionReport. */
export function parseReport(text: string, file: string): SessionReport {
  const fault = (problem: string, cause?: unknown) =>
    new InputError('OVR_REPORT', `${file} is no report: ${problem}`, {
      next: 'Give the JSON of one session: "overreach report <session> --format json" or "overreach check FILE --json".',
      cause,
    });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw fault(cause instanceof Error ? cause.message : '', cause);
  }
  if (typeof json === 'object' && json !== null && 'reports' in json) throw fault('it holds several reports; take one of them out');
  const parsed = sessionReportSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw fault(`${issue?.path.join('.')}: ${issue?.message}`);
}
