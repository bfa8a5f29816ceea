/** JUnit XML as build servers read it (the Ant schema that Jenkins published): one case for each data type and receiver. */
import type { ReportFinding } from '../../model/report.js';
import { type Bilingual, inLanguage } from '../../model/text.js';
import { conclude } from '../conclusion.js';
import type { ReportFormat } from '../format.js';
import { failsByDefault } from '../gate.js';
import { escaped } from '../visible.js';
import { articleWords, SEVERITY_WORDS, VERDICT_MEANING, VERDICT_WORDS } from '../words.js';

/** Evidence lines in the text of one failure. */
const EVIDENCE_SHOWN = 5;

interface Case {
  readonly name: string;
  readonly receiver: string;
  readonly outcome: 'passed' | 'failure' | 'skipped' | 'error';
  readonly kind: string;
  readonly message: string;
  readonly text: string;
}

function caseXml({ name, receiver, outcome, kind, message, text }: Case): string {
  const open = `    <testcase name="${escaped(name)}" classname="${escaped(receiver)}" time="0"`;
  if (outcome === 'passed') return `${open}/>\n`;
  if (outcome === 'skipped') return `${open}>\n      <skipped>${escaped(message)}</skipped>\n    </testcase>\n`;
  const lines = text.split('\n').map(escaped).join('\n');
  return `${open}>\n      <${outcome} type="${escaped(kind)}" message="${escaped(message)}">${lines}</${outcome}>\n    </testcase>\n`;
}

export const format: ReportFormat = {
  id: 'junit',
  extension: 'xml',
  mime: 'application/xml',
  render: (report, { language, acceptedBecause = () => null }) => {
    const text = (bilingual: Bilingual) => inLanguage(bilingual, language);
    const toCase = (finding: ReportFinding): Case => {
      const article = finding.reason.article === null ? '' : ` [${articleWords(finding.reason.article, language)}]`;
      const accepted = acceptedBecause(finding);
      const taken =
        accepted === null ? '' : language === 'en' ? `Accepted by the baseline (${accepted}). ` : `已由基线接受（${accepted}）。`;
      const passed = finding.verdict === 'necessary' || finding.verdict === 'technical';
      return {
        name: `${text(finding.dataTypeName)} (${finding.dataType}) ${finding.grade}${finding.app === 'main' ? '' : ` ${finding.app}`}`,
        receiver: finding.party.host,
        // What was not judged, or is too weakly known, neither fails nor passes.
        outcome: accepted !== null ? 'skipped' : failsByDefault(finding) ? 'failure' : passed ? 'passed' : 'skipped',
        kind: finding.verdict,
        message: `${taken}${text(VERDICT_WORDS[finding.verdict])}${article}: ${text(finding.reason)}`,
        text: [
          text(VERDICT_MEANING[finding.verdict]),
          ...finding.issues.map((issue) => `${text(SEVERITY_WORDS[issue.severity])}: ${text(issue.text)} (${issue.clause})`),
          ...finding.occurrences
            .slice(0, EVIDENCE_SHOWN)
            .map((piece) => `#${piece.exchange} ${piece.method} ${piece.url} ${piece.path} = ${piece.masked}`),
        ].join('\n'),
      };
    };
    const conclusion = conclude(report);
    // A run that could not look must not come out green.
    const whole: Case = {
      name: language === 'en' ? 'Conclusion' : '结论',
      receiver: report.tool.name,
      outcome: conclusion.tone === 'inconclusive' ? 'error' : conclusion.limits.length > 0 ? 'skipped' : 'passed',
      kind: conclusion.tone,
      message: [...(conclusion.tone === 'inconclusive' ? [conclusion.sentence] : []), ...conclusion.limits].map(text).join(' '),
      text: '',
    };
    const cases = [whole, ...report.findings.map(toCase)];
    const count = (outcome: Case['outcome']) => cases.filter((one) => one.outcome === outcome).length;
    const totals = `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}"`;
    // Only the inner element may count what was skipped.
    const counts = `${totals} skipped="${count('skipped')}"`;
    const properties = [
      ['session', report.session.id],
      ['category', report.session.category ?? ''],
      ['rules', `${report.rules.pack} ${report.rules.version} ${report.rules.sha256}`],
      ...(report.coverage.checksNotJudged ?? []).map(({ check, why }) => [`not-judged.${check}`, text(why)] as const),
    ] as const;
    return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="overreach" ${totals} time="0">
  <testsuite name="${escaped(report.session.app ?? report.session.id)}" ${counts} time="0" timestamp="${report.session.startedAt.slice(0, 19)}" hostname="localhost">
    <properties>
${properties.map(([name, value]) => `      <property name="${name}" value="${escaped(value)}"/>\n`).join('')}    </properties>
${cases.map(caseXml).join('')}  </testsuite>
</testsuites>
`;
  },
};
