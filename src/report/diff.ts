import type { Grade, Issue, VerdictName } from '../model/finding.js';
import type { ReportFinding, SessionReport } from '../model/report.js';
import type { Bilingual } from '../model/text.js';
import { isNothingRead } from './coverage.js';

/** One data type to one receiver, as it stands in one of the two reports or in both. */
export interface DiffEntry {
  readonly app: string;
  readonly dataType: string;
  readonly dataTypeName: Bilingual;
  readonly host: string;
  readonly company: Bilingual | null;
  readonly grade: Grade;
  /** The app sent a stand-in (zeros, an empty id), not the value. */
  readonly placeholder: boolean;
  readonly verdict: VerdictName;
  readonly issues: readonly string[];
  readonly count: number;
}

export interface DiffChange {
  readonly before: DiffEntry;
  readonly after: DiffEntry;
  /** What differs besides the count: `verdict`, `issues`, `grade`, `scenes`. */
  readonly what: readonly string[];
}

export interface ReportDiff {
  readonly new: readonly DiffEntry[];
  readonly gone: readonly DiffEntry[];
  readonly changed: readonly DiffChange[];
  readonly same: number;
  readonly receivers: { readonly new: readonly string[]; readonly gone: readonly string[] };
  readonly dataTypes: { readonly new: readonly string[]; readonly gone: readonly string[] };
  /** What makes the two hard to compare: other rules, another category, something that could not be looked at. */
  readonly caveats: readonly string[];
}

/**
 * What a build, a version or a scene sends that another did not. A pure function of two reports; findings are matched by app, data type
 * and receiver, so a count that merely grew is no change.
 */
export function diffReports(before: SessionReport, after: SessionReport): ReportDiff {
  const a = index(before);
  const b = index(after);
  const fresh = [...b].filter(([key]) => !a.has(key)).map(([, finding]) => entryOf(finding));
  const gone = [...a].filter(([key]) => !b.has(key)).map(([, finding]) => entryOf(finding));
  const changed = [...a].flatMap(([key, was]) => {
    const is = b.get(key);
    const what = is === undefined ? [] : differences(was, is);
    return is === undefined || what.length === 0 ? [] : [{ before: entryOf(was), after: entryOf(is), what }];
  });
  const hosts = (report: SessionReport) => new Set(report.parties.map((party) => party.host));
  const types = (report: SessionReport) => new Set(report.findings.map((finding) => finding.dataType));
  return {
    new: fresh,
    gone,
    changed,
    same: [...a.keys()].filter((key) => b.has(key)).length - changed.length,
    receivers: { new: only(hosts(after), hosts(before)), gone: only(hosts(before), hosts(after)) },
    dataTypes: { new: only(types(after), types(before)), gone: only(types(before), types(after)) },
    caveats: caveatsOf(before, after),
  };
}

/** A side that could not be looked at: what is missing there is no proof that nothing is new. */
export function isInconclusive(diff: Pick<ReportDiff, 'caveats'>): boolean {
  return diff.caveats.some((caveat) => /^(?:before|after)-/.test(caveat));
}

function index(report: SessionReport): Map<string, ReportFinding> {
  const found = new Map<string, ReportFinding>();
  for (const finding of report.findings) {
    const key = `${finding.app}\n${finding.dataType}\n${finding.party.host}\n${finding.placeholder}`;
    // A report lists the weightiest first: what the same value only looked like there, or an answer held, must not take its place.
    if (!found.has(key)) found.set(key, finding);
  }
  return found;
}

function entryOf(finding: ReportFinding): DiffEntry {
  return {
    app: finding.app,
    dataType: finding.dataType,
    dataTypeName: finding.dataTypeName,
    host: finding.party.host,
    company: finding.party.company ?? null,
    grade: finding.grade,
    placeholder: finding.placeholder,
    verdict: finding.verdict,
    issues: checksOf(finding.issues),
    count: finding.count,
  };
}

function checksOf(issues: readonly Issue[]): string[] {
  return [...new Set(issues.map((issue) => issue.check))].sort();
}

function differences(was: ReportFinding, is: ReportFinding): string[] {
  const what: string[] = [];
  if (was.verdict !== is.verdict) what.push('verdict');
  if (was.grade !== is.grade) what.push('grade');
  if (checksOf(was.issues).join() !== checksOf(is.issues).join()) what.push('issues');
  const scenes = (finding: ReportFinding) => Object.keys(finding.byScene ?? {}).length;
  if (scenes(was) !== scenes(is)) what.push('scenes');
  return what;
}

function only(these: ReadonlySet<string>, those: ReadonlySet<string>): string[] {
  return [...these].filter((item) => !those.has(item)).sort();
}

function caveatsOf(before: SessionReport, after: SessionReport): string[] {
  const caveats: string[] = [];
  if (before.rules.sha256 !== after.rules.sha256) caveats.push('different-rules');
  if (before.session.category !== after.session.category) caveats.push('different-category');
  for (const [name, report] of [
    ['before', before],
    ['after', after],
  ] as const) {
    if (report.exchanges.count === 0) caveats.push(`${name}-no-traffic`);
    else if (report.coverage.decrypted === 0) caveats.push(`${name}-nothing-decrypted`);
    else if (isNothingRead(report)) caveats.push(`${name}-nothing-read`);
    if (report.coverage.notAnalysed > 0) caveats.push(`${name}-not-analysed`);
    if ((report.coverage.notStored ?? 0) > 0) caveats.push(`${name}-not-stored`);
    if (report.session.status === 'interrupted') caveats.push(`${name}-interrupted`);
    if (report.selection !== undefined && report.selection.shown < report.selection.of) caveats.push(`${name}-selection`);
  }
  return caveats;
}
