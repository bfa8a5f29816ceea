import { z } from 'zod';
import { InputError } from '../errors.js';
import { VERDICTS, type VerdictName } from '../model/finding.js';
import type { ReportFinding, SessionReport } from '../model/report.js';
import { visible } from '../report/visible.js';
import { readYaml } from './yaml-text.js';

const entrySchema = z.strictObject({
  finding: z.string().min(1),
  reason: z.string().trim().min(1),
  /** Valid through this day, UTC. */
  expires: z.iso.date().optional(),
  /** Checks that were known when it was accepted; a further one makes the finding fail again. Absent: any. */
  checks: z.array(z.string()).optional(),
  /** What it was judged to be then; a graver verdict makes it fail again. Absent: any. */
  verdict: z.enum(VERDICTS).optional(),
});

/** One finding that was looked at and accepted, with the reason for whoever asks later. */
export type BaselineEntry = z.infer<typeof entrySchema>;

/**
 * Reads a baseline: a list in YAML or JSON.
 * @param file name for messages.
 * @throws InputError `OVR_BASELINE` naming file, line and key.
 */
export function readBaseline(text: string, file: string): readonly BaselineEntry[] {
  const { value, lineAt } = readYaml(text, (line, problem) => fault(file, line, problem));
  const parsed = z.array(entrySchema).safeParse(value ?? []);
  const issue = parsed.error?.issues[0];
  if (!parsed.success)
    throw fault(file, lineAt(issue?.path ?? []), `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'has the wrong form'}`);
  const seen = new Set<string>();
  for (const [index, { finding }] of parsed.data.entries()) {
    if (seen.has(finding)) throw fault(file, lineAt([index, 'finding']), `finding "${visible(finding)}" is listed twice`);
    seen.add(finding);
  }
  return parsed.data;
}

function fault(file: string, line: number, problem: string): InputError {
  return new InputError('OVR_BASELINE', `${file}:${line}: ${problem}`, {
    next: 'A baseline is a list of {finding: <id>, reason: <text>, expires: YYYY-MM-DD}; --write-baseline FILE writes one to start from.',
  });
}

/** What a baseline does to the reports of one run. */
export interface Weighed {
  accepts(finding: ReportFinding): boolean;
  /** Why; null: it is not accepted. */
  reasonOf(finding: ReportFinding): string | null;
  /** Past their day: they accept nothing any more. */
  readonly expired: readonly BaselineEntry[];
  /** No report has such a finding: mended, or mistyped. */
  readonly unknown: readonly BaselineEntry[];
}

/** @param today `YYYY-MM-DD`, UTC. */
export function weighBaseline(entries: readonly BaselineEntry[], reports: readonly SessionReport[], today: string): Weighed {
  const present = new Set(reports.flatMap((report) => report.findings.map((finding) => finding.id)));
  const valid = new Map(entries.filter((entry) => !isExpired(entry, today)).map((entry) => [entry.finding, entry]));
  const reasonOf = (finding: ReportFinding): string | null => {
    const entry = valid.get(finding.id);
    if (entry === undefined || isGraver(finding, entry)) return null;
    return entry.checks === undefined || checksOf(finding).every((check) => entry.checks?.includes(check)) ? entry.reason : null;
  };
  return {
    accepts: (finding) => reasonOf(finding) !== null,
    reasonOf,
    expired: entries.filter((entry) => isExpired(entry, today)),
    unknown: entries.filter((entry) => !present.has(entry.finding)),
  };
}

function isGraver({ verdict }: ReportFinding, { verdict: accepted }: BaselineEntry): boolean {
  return accepted !== undefined && rankOf(verdict) < rankOf(accepted);
}

/** The gravest is 0. */
function rankOf(verdict: VerdictName): number {
  return VERDICTS.indexOf(verdict);
}

function checksOf(finding: ReportFinding): string[] {
  return [...new Set(finding.issues.filter((issue) => issue.severity !== 'info').map((issue) => issue.check))].sort();
}

const HEAD = `# Findings accepted by "overreach check --baseline". A finding fails again when its day has passed (expires: YYYY-MM-DD,
# UTC, valid through that day), when a check is raised that is not listed here, or when its verdict is graver than the one here. Give
# every entry a reason that can be judged.
`;
function isExpired({ expires }: BaselineEntry, today: string): boolean {
  return expires !== undefined && expires < today;
}

const UNREVIEWED = 'not reviewed: written by --write-baseline';

/**
 * The baseline that accepts these findings. Entries of an earlier one keep their reason and their day; one that has run out must be reviewed anew.
 * @param today `YYYY-MM-DD`, UTC.
 * @returns YAML, sorted by finding, the same for the same input.
 */
export function writeBaseline(findings: readonly ReportFinding[], earlier: readonly BaselineEntry[], today: string): string {
  const known = new Map(earlier.filter((entry) => !isExpired(entry, today)).map((entry) => [entry.finding, entry]));
  const byId = new Map<string, ReportFinding[]>();
  for (const finding of findings) byId.set(finding.id, [...(byId.get(finding.id) ?? []), finding]);
  const entries = [...byId]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, same]) => {
      const before = known.get(id);
      // Of several inputs the gravest counts, and what was raised in any of them.
      const gravest = same.reduce((worst, one) => (rankOf(one.verdict) < rankOf(worst.verdict) ? one : worst));
      const lines = [
        `# ${visible(`${gravest.dataTypeName.zh} ${gravest.dataType} → ${gravest.party.host}: ${gravest.verdict}`)}`,
        `- finding: ${JSON.stringify(id)}`,
        `  reason: ${JSON.stringify(before?.reason ?? UNREVIEWED)}`,
        ...(before?.expires === undefined ? [] : [`  expires: ${before.expires}`]),
        `  checks: ${JSON.stringify([...new Set(same.flatMap(checksOf))].sort())}`,
        `  verdict: ${gravest.verdict}`,
      ];
      return lines.join('\n');
    });
  return `${HEAD}${entries.length === 0 ? '[]' : entries.join('\n')}\n`;
}
