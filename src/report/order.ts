import { type Finding, GRADES, type Issue, SEVERITIES, type Severity, VERDICTS } from '../model/finding.js';
import { byText } from '../model/text.js';

/** The gravest severity among the issues, or null where there are none. */
export function gravest(issues: readonly Issue[]): Severity | null {
  return SEVERITIES.find((severity) => issues.some((issue) => issue.severity === severity)) ?? null;
}

/** What a reader must see first stands first: verdict, gravest issue, grade; then data type, host and id. */
export function byWeight(
  a: Pick<Finding, 'verdict' | 'issues' | 'grade' | 'dataType' | 'party' | 'id'>,
  b: Pick<Finding, 'verdict' | 'issues' | 'grade' | 'dataType' | 'party' | 'id'>,
): number {
  const severity = (issues: readonly Issue[]) => {
    const worst = gravest(issues);
    return worst === null ? SEVERITIES.length : SEVERITIES.indexOf(worst);
  };
  return (
    VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) ||
    severity(a.issues) - severity(b.issues) ||
    GRADES.indexOf(a.grade) - GRADES.indexOf(b.grade) ||
    byText(a.dataType, b.dataType) ||
    byText(a.party.host, b.party.host) ||
    byText(a.id, b.id)
  );
}
