/** SARIF 2.1.0 (OASIS Standard, 2020-03-27), within the bounds that GitHub code scanning sets. */
import type { ReportFinding, SessionReport } from '../../model/report.js';
import { type Bilingual, byText, inLanguage, type Language } from '../../model/text.js';
import { conclude } from '../conclusion.js';
import type { ReportFormat } from '../format.js';
import { failsByDefault } from '../gate.js';
import { visible } from '../visible.js';
import { articlesBeside, GRADE_WORDS, VERDICT_MEANING, VERDICT_WORDS } from '../words.js';

/** GitHub: results in a run, locations of a result. */
const RESULTS = 25_000;
const LOCATIONS = 10;

/** Stable: what is wrong with which kind of data. */
export function ruleId(finding: Pick<ReportFinding, 'verdict' | 'dataType'>): string {
  return `${finding.verdict}/${finding.dataType}`;
}

/** Message text is Markdown-like: brackets make links, braces are placeholders (3.11.5, 3.11.6). */
function message(text: string): { text: string } {
  return {
    text: visible(text)
      .replace(/[[\]\\]/g, '\\$&')
      .replace(/[{}]/g, '$&$&'),
  };
}

/** `kind` other than `fail` demands the level `none` (3.27.10). */
function weight(finding: ReportFinding): { kind: string; level: string } {
  if (failsByDefault(finding))
    return { kind: 'fail', level: finding.issues.some(({ severity }) => severity === 'high') ? 'error' : 'warning' };
  if (finding.verdict === 'beyond_necessary' || finding.verdict === 'conditional' || finding.issues.length > 0)
    return { kind: 'fail', level: 'note' };
  if (finding.verdict === 'necessary') return { kind: 'pass', level: 'none' };
  return { kind: finding.verdict === 'technical' ? 'informational' : 'review', level: 'none' };
}

function locations(report: SessionReport, finding: ReportFinding): object[] {
  // There is no source file; the session's own report stands for it, and the place within the traffic is a logical location.
  const uri = `${encodeURIComponent(report.session.id)}.json`;
  return finding.occurrences.slice(0, LOCATIONS).map((piece) => ({
    physicalLocation: { artifactLocation: { uri }, region: { startLine: 1 } },
    logicalLocations: [
      {
        name: visible(piece.path),
        fullyQualifiedName: visible(`${finding.party.host} #${piece.exchange} ${piece.path}`),
        kind: 'member',
      },
    ],
  }));
}

function rules(findings: readonly ReportFinding[], text: (bilingual: Bilingual) => string): object[] {
  const byId = new Map(findings.map((finding) => [ruleId(finding), finding]));
  return [...byId]
    .sort(([a], [b]) => byText(a, b))
    .map(([id, finding]) => ({
      id,
      name: `${finding.verdict} ${finding.dataType}`.replace(/[^a-z0-9]+(.)/gi, (_, letter: string) => letter.toUpperCase()),
      shortDescription: message(`${text(finding.dataTypeName)}: ${text(VERDICT_WORDS[finding.verdict])}`),
      fullDescription: message(text(VERDICT_MEANING[finding.verdict])),
      properties: { tags: ['privacy', finding.family].map(visible) },
    }));
}

function result(report: SessionReport, finding: ReportFinding, language: Language, accepted: string | null): object {
  const text = (bilingual: Bilingual) => inLanguage(bilingual, language);
  const [first] = finding.occurrences;
  const issues = finding.issues.map((issue) => `${text(issue.text)} (${issue.clause})`).join('; ');
  const article = articlesBeside('', finding.reason.article, language);
  const sender = finding.app === 'main' ? '' : `${finding.app}: `;
  return {
    ruleId: ruleId(finding),
    ...weight(finding),
    message: message(
      `${sender}${text(finding.dataTypeName)} → ${finding.party.host}: ${text(VERDICT_WORDS[finding.verdict])}${article}. ${text(finding.reason)}${issues === '' ? '' : `. ${issues}`}${first === undefined ? '' : `. ${first.path} = ${first.masked}`}`,
    ),
    locations: locations(report, finding),
    partialFingerprints: { 'overreachFinding/v1': finding.id },
    occurrenceCount: Math.max(1, finding.count),
    ...(accepted === null ? {} : { suppressions: [{ kind: 'external', status: 'accepted', justification: visible(accepted) }] }),
    properties: {
      grade: finding.grade,
      gradeText: text(GRADE_WORDS[finding.grade]),
      app: visible(finding.app),
      host: visible(finding.party.host),
      firstParty: finding.party.firstParty,
      checks: finding.issues.map(({ check }) => check),
    },
  };
}

export const format: ReportFormat = {
  id: 'sarif',
  extension: 'sarif',
  mime: 'application/sarif+json',
  render: (report, { language, acceptedBecause = () => null }) => {
    const text = (bilingual: Bilingual) => inLanguage(bilingual, language);
    const shown = report.findings.slice(0, RESULTS);
    const conclusion = conclude(report);
    const notes = conclusion.limits.map(text);
    const isInconclusive = conclusion.tone === 'inconclusive';
    if (shown.length < report.findings.length)
      notes.push(
        language === 'en'
          ? `${report.findings.length - shown.length} findings left out.`
          : `${report.findings.length - shown.length} 项发现未列出。`,
      );
    const log = {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: report.tool.name,
              version: report.tool.version,
              language,
              rules: rules(shown, text),
              properties: { pack: report.rules.pack, packVersion: report.rules.version, rulesSha256: report.rules.sha256 },
            },
          },
          language,
          columnKind: 'utf16CodeUnits',
          automationDetails: { id: `overreach/${encodeURIComponent(report.session.id)}` },
          invocations: [
            {
              // A run that could not look must not come out green: without results it would.
              executionSuccessful: !isInconclusive,
              startTimeUtc: report.session.startedAt,
              ...(report.session.endedAt === null ? {} : { endTimeUtc: report.session.endedAt }),
              toolExecutionNotifications: [
                ...(isInconclusive ? [{ level: 'error', message: message(text(conclusion.sentence)) }] : []),
                ...notes.map((note) => ({ level: 'warning', message: message(note) })),
                ...(report.coverage.checksNotJudged ?? []).map(({ name, why }) => ({
                  level: 'note',
                  message: message(`${language === 'en' ? 'Not judged' : '未判定'}: ${text(name)} (${text(why)})`),
                })),
              ],
            },
          ],
          results: shown.map((finding) => result(report, finding, language, acceptedBecause(finding))),
        },
      ],
    };
    return `${JSON.stringify(log, null, 2)}\n`;
  },
};
