import { EXIT, type ExitCode } from '../errors.js';
import type { ReportFinding } from '../model/report.js';
import { inLanguage, type Language } from '../model/text.js';
import { VERDICT_WORDS } from '../report/words.js';
import type { Weighed } from './baseline.js';
import { exitCode, inconclusiveBecause, overThreshold, type Threshold, worstExit } from './gate.js';
import type { Judged } from './judging.js';
import { printable } from './terminal.js';

/** What one readable input came to. */
export interface Outcome {
  readonly input: string;
  /** Findings over the threshold that no baseline accepts. */
  readonly failed: number;
  /** Why its silence would prove nothing. */
  readonly reasons: readonly string[];
}

/** A finding that fails, and every input it was seen in: findings of the same id are the same finding. */
export interface Failing {
  readonly finding: ReportFinding;
  readonly inputs: readonly string[];
  readonly count: number;
}

/** All inputs of one command taken together. */
export interface Run {
  readonly outcomes: readonly Outcome[];
  readonly unread: number;
  readonly exchanges: number;
  /** Distinct findings over the threshold that the baseline accepts. */
  readonly accepted: number;
  readonly failing: readonly Failing[];
  readonly exit: ExitCode;
}

/** The merged result of a run, in the order of its inputs. */
export function mergeRun(judged: readonly Judged[], threshold: Threshold, weighed: Pick<Weighed, 'accepts'>): Run {
  const outcomes: Outcome[] = [];
  const codes: ExitCode[] = [];
  const failing = new Map<string, { finding: ReportFinding; inputs: string[]; count: number }>();
  const accepted = new Set<string>();
  let exchanges = 0;
  for (const one of judged) {
    if ('error' in one) {
      codes.push(EXIT.usage);
      continue;
    }
    const { input, report } = one;
    exchanges += report.exchanges.count;
    codes.push(exitCode(report, threshold, weighed.accepts));
    let failed = 0;
    for (const finding of overThreshold(report, threshold)) {
      if (weighed.accepts(finding)) {
        accepted.add(finding.id);
        continue;
      }
      failed += 1;
      const known = failing.get(finding.id) ?? { finding, inputs: [], count: 0 };
      failing.set(finding.id, known);
      known.inputs.push(input);
      known.count += finding.count;
    }
    outcomes.push({ input, failed, reasons: inconclusiveBecause(report) });
  }
  return {
    outcomes,
    unread: judged.length - outcomes.length,
    exchanges,
    accepted: accepted.size,
    failing: [...failing.values()],
    exit: worstExit(codes),
  };
}

/** `--json` of several inputs: each input's report or error in the order given, then what they come to together. */
export function runDocument(judged: readonly Judged[], run: Run): object {
  return {
    schemaVersion: 1,
    reports: judged,
    summary: {
      inputs: judged.length,
      unreadable: run.unread,
      inconclusive: run.outcomes.filter(({ reasons }) => reasons.length > 0).length,
      exchanges: run.exchanges,
      accepted: run.accepted,
      failing: run.failing.map(({ finding, inputs, count }) => ({
        finding: finding.id,
        dataType: finding.dataType,
        host: finding.party.host,
        verdict: finding.verdict,
        issues: [...new Set(finding.issues.map(({ check }) => check))],
        count,
        inputs,
      })),
      exit: run.exit,
    },
  };
}

/** The same for a terminal; captured text is made printable. */
export function runText(run: Run, language: Language): string {
  const say = (zh: string, en: string) => (language === 'en' ? en : zh);
  const readable = run.outcomes.length;
  const lines = run.failing.map(({ finding, inputs, count }) =>
    [
      `✗ ${inLanguage(VERDICT_WORDS[finding.verdict], language)}`,
      inLanguage(finding.dataTypeName, language),
      `→ ${printable(finding.party.host)}`,
      say(`共 ${count} 次，见于 ${inputs.length} 个输入`, `${count} times, in ${inputs.length} input${inputs.length === 1 ? '' : 's'}`),
    ].join('  '),
  );
  return [
    say('合计', 'Together'),
    ...lines,
    say(
      `${readable + run.unread} 个输入 · ${run.exchanges} 次请求 · 未通过的发现 ${run.failing.length} 项 · 已接受 ${run.accepted} 项 · 无法读取 ${run.unread} 个`,
      `${readable + run.unread} inputs · ${run.exchanges} exchanges · ${run.failing.length} findings fail · ${run.accepted} accepted · ${run.unread} unreadable`,
    ),
  ].join('\n');
}
