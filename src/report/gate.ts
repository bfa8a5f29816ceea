import type { Grade } from '../model/finding.js';
import type { ReportFinding } from '../model/report.js';

/** Grades on which a release may be stopped: probable or better. */
const RELIABLE: readonly Grade[] = ['confirmed', 'strong', 'probable'];

/**
 * The default of `--fail-on`, as the formats for build servers mark it: beyond necessary, or an issue of severity high, at grade
 * probable or better. A placeholder is no data and fails nothing.
 */
export function failsByDefault(finding: Pick<ReportFinding, 'verdict' | 'grade' | 'issues' | 'placeholder'>): boolean {
  if (finding.placeholder || !RELIABLE.includes(finding.grade)) return false;
  return finding.verdict === 'beyond_necessary' || finding.issues.some(({ severity }) => severity === 'high');
}

/** What the server answered and the app did not send: a finding of its own where responses are judged. */
export function isAnswer({ occurrences }: Pick<ReportFinding, 'occurrences'>): boolean {
  return occurrences.length > 0 && occurrences.every(({ direction }) => direction === 'response');
}
