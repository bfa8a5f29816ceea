import type { VerdictName } from '../model/finding.js';
import type { ReportFinding, SessionReport } from '../model/report.js';
import { inLanguage, type Language } from '../model/text.js';
import { unjudgedCounts } from '../report/index.js';
import { gradeRank } from './gate.js';
import { appsWithoutCategory } from './one-app.js';
import { printable } from './terminal.js';

const WORDS = {
  'zh-CN': {
    verdicts: { beyond_necessary: '超出必要', conditional: '有条件', necessary: '必要', technical: '技术信息', not_judged: '未判定' },
    grades: { confirmed: '确证', strong: '强', probable: '较可能', candidate: '候选', opaque: '不透明' },
    category: '类型',
    none: '未选择',
    exchanges: '请求',
    times: '次',
    unread: '未能查看',
    more: '另有弱证据（--candidates 可见）',
    foreign: '项发现来自未选类别的App或小程序，未判定',
    others: (apps: number, exchanges: number, hosts: number) =>
      `手机上的其他应用与系统：${apps} 个，${exchanges} 次请求，${hosts} 个主机，未判定`,
  },
  en: {
    verdicts: {
      beyond_necessary: 'beyond necessary',
      conditional: 'conditional',
      necessary: 'necessary',
      technical: 'technical',
      not_judged: 'not judged',
    },
    grades: { confirmed: 'confirmed', strong: 'strong', probable: 'probable', candidate: 'candidate', opaque: 'opaque' },
    category: 'category',
    none: 'none chosen',
    exchanges: 'exchanges',
    times: 'times',
    unread: 'not inspected',
    more: 'weak evidence hidden (--candidates shows it)',
    foreign: 'finding(s) of an app or mini program without a category, not judged',
    others: (apps: number, exchanges: number, hosts: number) =>
      `other apps and system on this phone: ${apps}, ${exchanges} exchanges, ${hosts} hosts, not judged`,
  },
} as const;

const MARKS: Record<VerdictName, string> = { beyond_necessary: '✗', conditional: '?', necessary: '✓', technical: '·', not_judged: '–' };
const ORDER: readonly VerdictName[] = ['beyond_necessary', 'conditional', 'not_judged', 'necessary', 'technical'];

/** The report in a screenful for a terminal; captured text is made printable. */
export function summarise(report: SessionReport, language: Language): string {
  const words = WORDS[language];
  const { session, coverage } = report;
  const category = session.categoryName === null ? words.none : inLanguage(session.categoryName, language);
  const lines = [
    `${session.app === null ? '' : `${printable(session.app)} · `}${words.category}: ${category} · ${report.exchanges.count} ${words.exchanges}`,
  ];
  const sorted = [...report.findings].sort(
    (a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) || gradeRank(a.grade) - gradeRank(b.grade),
  );
  for (const finding of sorted) lines.push(lineOf(finding, language));
  const counted = ORDER.map((verdict) => `${words.verdicts[verdict]} ${report.summary.byVerdict[verdict] ?? 0}`);
  lines.push(counted.join(' · '));
  const unread = coverage.passedThrough.length + coverage.pinned.length + coverage.notInspected.length;
  if (unread + coverage.opaque.length > 0) lines.push(`${words.unread}: ${unread} hosts, ${coverage.opaque.length} opaque`);
  if (report.summary.hiddenCandidates > 0) lines.push(`${report.summary.hiddenCandidates} ${words.more}`);
  const others = unjudgedCounts(report);
  if (others.apps > 0) lines.push(words.others(others.apps, others.exchanges, others.hosts));
  for (const { app, findings } of appsWithoutCategory(report))
    lines.push(`! ${printable(app)}: ${findings} ${words.foreign} (--category ${printable(app)}=ID)`);
  return lines.join('\n');
}

function lineOf(finding: ReportFinding, language: Language): string {
  const words = WORDS[language];
  const party = finding.party.company === null ? '' : ` (${inLanguage(finding.party.company, language)})`;
  const first = finding.occurrences[0];
  const issues = finding.issues.filter((issue) => issue.severity !== 'info').map((issue) => `${issue.check}:${issue.severity}`);
  return [
    `${MARKS[finding.verdict]} ${words.verdicts[finding.verdict]}`,
    inLanguage(finding.dataTypeName, language),
    `→ ${printable(finding.party.host)}${party}`,
    `${words.grades[finding.grade]}, ${finding.count} ${words.times}`,
    first === undefined ? '' : `${printable(first.path)} = ${printable(first.masked)}`,
    issues.join(' '),
  ]
    .filter(Boolean)
    .join('  ');
}
