import type { Issue, VerdictName } from '../model/finding.js';
import type { ReportFinding, SessionReport } from '../model/report.js';
import type { Rulebook } from '../model/rulebook.js';
import { inLanguage, type Language } from '../model/text.js';
import { unjudgedCounts } from '../report/index.js';
import { GRADE_WORDS, SEVERITY_WORDS, VERDICT_WORDS } from '../report/words.js';
import { gradeRank } from './gate.js';
import { appsWithoutCategory } from './one-app.js';
import { printable } from './terminal.js';

const WORDS = {
  'zh-CN': {
    category: '类型',
    none: '未选择',
    exchanges: (count: number) => `${count} 次请求`,
    times: (count: number) => `${count} 次`,
    unread: (hosts: number, payloads: number) => `未能查看：${hosts} 个主机，${payloads} 处无法解读的载荷`,
    more: (count: number) => `另有 ${count} 条弱证据未列出（check 与 report 加 --candidates 可见）`,
    foreign: (count: number) => `${count} 项发现来自未选类型的 App 或小程序，未判定`,
    others: (apps: number, exchanges: number, hosts: number) =>
      `手机上的其他应用与系统：${apps} 个，${exchanges} 次请求，${hosts} 个主机，未判定`,
  },
  en: {
    category: 'category',
    none: 'none chosen',
    exchanges: (count: number) => counted(count, 'exchange'),
    times: (count: number) => counted(count, 'time'),
    unread: (hosts: number, payloads: number) => `not looked into: ${counted(hosts, 'host')}, ${counted(payloads, 'opaque payload')}`,
    more: (count: number) => `${counted(count, 'piece')} of weak evidence not listed (check and report show them with --candidates)`,
    foreign: (count: number) => `${counted(count, 'finding')} of an app or mini program without a category, not judged`,
    others: (apps: number, exchanges: number, hosts: number) =>
      `other apps and system on this phone: ${apps}, ${counted(exchanges, 'exchange')}, ${counted(hosts, 'host')}, not judged`,
  },
} as const;

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

const MARKS: Record<VerdictName, string> = { beyond_necessary: '✗', conditional: '?', necessary: '✓', technical: '·', not_judged: '–' };
const ORDER: readonly VerdictName[] = ['beyond_necessary', 'conditional', 'not_judged', 'necessary', 'technical'];

/** The report in a screenful for a terminal; captured text is made printable. @param checks lend their names. */
export function summarise(report: SessionReport, { checks }: Pick<Rulebook, 'checks'>, language: Language): string {
  const words = WORDS[language];
  const { session, coverage } = report;
  const category = session.categoryName === null ? words.none : inLanguage(session.categoryName, language);
  const lines = [
    `${session.app === null ? '' : `${printable(session.app.replace(/\s+/g, ' '))} · `}${words.category}: ${category} · ${words.exchanges(report.exchanges.count)}`,
  ];
  const sorted = [...report.findings].sort(
    (a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) || gradeRank(a.grade) - gradeRank(b.grade),
  );
  for (const finding of sorted) lines.push(lineOf(finding, checks, language));
  const totals = ORDER.map((verdict) => `${inLanguage(VERDICT_WORDS[verdict], language)} ${report.summary.byVerdict[verdict] ?? 0}`);
  lines.push(totals.join(' · '));
  const unread = coverage.passedThrough.length + coverage.pinned.length + coverage.notInspected.length;
  if (unread + coverage.opaque.length > 0) lines.push(words.unread(unread, coverage.opaque.length));
  if (report.summary.hiddenCandidates > 0) lines.push(words.more(report.summary.hiddenCandidates));
  const others = unjudgedCounts(report);
  if (others.apps > 0) lines.push(words.others(others.apps, others.exchanges, others.hosts));
  for (const { app, findings } of appsWithoutCategory(report))
    lines.push(`! ${printable(app)}: ${words.foreign(findings)} (--category ${printable(app)}=ID)`);
  return lines.join('\n');
}

function lineOf(finding: ReportFinding, checks: Rulebook['checks'], language: Language): string {
  const words = WORDS[language];
  const party = finding.party.company === null ? '' : ` (${inLanguage(finding.party.company, language)})`;
  const first = finding.occurrences[0];
  const issues = finding.issues.filter((issue) => issue.severity !== 'info').map((issue) => issueWords(issue, checks, language));
  return [
    `${MARKS[finding.verdict]} ${inLanguage(VERDICT_WORDS[finding.verdict], language)}`,
    `${inLanguage(finding.dataTypeName, language)}${finding.app === 'main' ? '' : ` [${printable(finding.app)}]`}`,
    `→ ${printable(finding.party.host)}${party}`,
    `${inLanguage(GRADE_WORDS[finding.grade], language)}, ${words.times(finding.count)}`,
    first === undefined ? '' : `${printable(first.path)}${first.masked === '' ? '' : ` = ${printable(first.masked)}`}`,
    issues.join(', '),
  ]
    .filter(Boolean)
    .join('  ');
}

/** `同意前收集（高）`; a check that the rules in use do not have any more goes by its id. */
function issueWords({ check, severity }: Issue, checks: Rulebook['checks'], language: Language): string {
  const named = checks.find(({ id }) => id === check)?.name;
  const name = named === undefined ? check : inLanguage(named, language);
  const weight = inLanguage(SEVERITY_WORDS[severity], language);
  return language === 'en' ? `${name} (${weight.toLowerCase()})` : `${name}（${weight}）`;
}
