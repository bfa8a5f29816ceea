import { EXIT, type ExitCode, UsageError } from '../errors.js';
import { GRADES, type Grade, SEVERITIES, VERDICTS } from '../model/finding.js';
import type { ReportFinding, SessionReport } from '../model/report.js';
import { isNothingRead, judgedOf } from '../report/index.js';

/** What makes a check fail: verdicts, check ids and severities; any one of them is enough. */
export interface Threshold {
  readonly verdicts: ReadonlySet<string>;
  readonly checks: ReadonlySet<string>;
  readonly severities: ReadonlySet<string>;
}

const DEFAULT = ['beyond_necessary', 'high'];
/** Weaker evidence than this never fails a build. */
const SURE_ENOUGH: ReadonlySet<Grade> = new Set<Grade>(['confirmed', 'strong', 'probable']);

/**
 * @param words of `--fail-on`, each a verdict, a check id or a severity (which stands for itself and everything above);
 *   empty: `beyond_necessary` or severity `high`. `none` switches failing off.
 * @throws UsageError for a word that is none of them.
 */
export function parseThreshold(words: readonly string[], checkIds: readonly string[]): Threshold {
  const verdicts = new Set<string>();
  const checks = new Set<string>();
  const severities = new Set<string>();
  for (const word of words.length === 0 ? DEFAULT : words.flatMap((text) => text.split(','))) {
    const severity = (SEVERITIES as readonly string[]).indexOf(word);
    if (severity >= 0) for (const name of SEVERITIES.slice(0, severity + 1)) severities.add(name);
    else if ((VERDICTS as readonly string[]).includes(word)) verdicts.add(word);
    else if (checkIds.includes(word)) checks.add(word);
    else if (word !== 'none')
      throw new UsageError('OVR_FAIL_ON', `--fail-on: "${word}" is no verdict, check or severity.`, {
        next: `Use one of: ${[...VERDICTS, ...SEVERITIES, ...checkIds, 'none'].join(', ')}.`,
      });
  }
  return { verdicts, checks, severities };
}

/** The findings that are over the threshold. */
export function overThreshold(report: SessionReport, threshold: Threshold): ReportFinding[] {
  return report.findings.filter(
    (finding) =>
      isReliable(finding) &&
      (threshold.verdicts.has(finding.verdict) ||
        finding.issues.some((issue) => threshold.severities.has(issue.severity) || threshold.checks.has(issue.check))),
  );
}

/** Why the outcome must not be read as "clean"; empty when it may. */
export function inconclusiveBecause(report: SessionReport): string[] {
  const reasons: string[] = [];
  // What only other apps sent says nothing of the app under test.
  if (judgedOf(report.exchanges.count, report) === 0) reasons.push('no-traffic');
  else if (report.coverage.decrypted === 0) reasons.push('nothing-decrypted');
  else if (isNothingRead(report)) reasons.push('nothing-read');
  if (report.coverage.notAnalysed > 0) reasons.push('not-analysed');
  if ((report.coverage.notStored ?? 0) > 0) reasons.push('not-stored');
  // What came last, and nobody knows how much of it, died with the process.
  if (report.session.status === 'interrupted') reasons.push('interrupted');
  if (report.session.category === null) reasons.push('no-category');
  return reasons;
}

/** The contract: findings over the threshold win over "could not look", that over "nothing found". */
export function exitCode(
  report: SessionReport,
  threshold: Threshold,
  accepts: (finding: ReportFinding) => boolean = () => false,
): ExitCode {
  if (overThreshold(report, threshold).some((finding) => !accepts(finding))) return EXIT.findings;
  return inconclusiveBecause(report).length > 0 ? EXIT.inconclusive : EXIT.clean;
}

/**
 * One exit status for several inputs: what was found stands whatever happened to the others; then an input that could not be read,
 * because the command has to be mended; then what could not be looked into. Green only where all of them are.
 */
export function worstExit(codes: readonly ExitCode[]): ExitCode {
  return [EXIT.findings, EXIT.usage, EXIT.inconclusive].find((code) => codes.includes(code)) ?? EXIT.clean;
}

/** Strong enough to stop a release: probable or better, and a value, not a placeholder for one. */
export function isReliable(finding: Pick<ReportFinding, 'grade' | 'placeholder'>): boolean {
  return SURE_ENOUGH.has(finding.grade) && !finding.placeholder;
}

/** Position in the order of grades, surest first; for sorting. */
export function gradeRank(grade: Grade): number {
  return GRADES.indexOf(grade);
}
