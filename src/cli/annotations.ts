/**
 * Danger: GitHub's runner reads commands out of everything a step prints, and host names and paths come from the app under test. A
 * captured line break could begin a command of its own (`::add-mask::`, `::stop-commands::`). Fences: one line for each finding, with
 * controls made visible, and the escapes of the runner's own toolkit (actions/toolkit, packages/core/src/command.ts) applied last.
 */
import type { ReportFinding } from '../model/report.js';
import { inLanguage, type Language } from '../model/text.js';
import { visible } from '../report/visible.js';
import { articleWords, VERDICT_WORDS } from '../report/words.js';

/** GitHub shows ten errors of one step and drops the rest without a word. */
const SHOWN = 10;

function escapeMessage(text: string): string {
  return visible(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function command(title: string, message: string): string {
  return `::error title=${escapeProperty(title)}::${escapeMessage(message)}`;
}

/**
 * The findings that fail a build as workflow commands, one line each and at most ten, the last of which counts the others. Each names data
 * type, receiver, verdict, clause, and where the data stood.
 */
export function annotationsOf(failing: readonly ReportFinding[], language: Language): string[] {
  const shown = failing.length > SHOWN ? SHOWN - 1 : SHOWN;
  const lines = failing.slice(0, shown).map((finding) => annotationOf(finding, language));
  const rest = failing.length - lines.length;
  if (rest === 0) return lines;
  const more = language === 'en' ? `${rest} more findings are in the result of the check.` : `另有 ${rest} 项发现，见检查结果。`;
  return [...lines, command('Overreach', more)];
}

function annotationOf(finding: ReportFinding, language: Language): string {
  const name = inLanguage(finding.dataTypeName, language);
  const { party, reason, occurrences } = finding;
  const company = party.company === null ? '' : ` (${inLanguage(party.company, language)})`;
  const article =
    reason.article === null
      ? ''
      : language === 'en'
        ? ` [${articleWords(reason.article, language)}]`
        : `［${articleWords(reason.article, language)}］`;
  const issues = finding.issues
    .filter((issue) => issue.severity !== 'info')
    .map((issue) => `${issue.check}: ${inLanguage(issue.text, language)} [${issue.clause}]`);
  const first = occurrences[0];
  const message = [
    `${finding.app === 'main' ? '' : `${finding.app}: `}${name} (${finding.dataType}) → ${party.host}${company}: ${inLanguage(VERDICT_WORDS[finding.verdict], language)}${article}`,
    inLanguage(reason, language),
    ...issues,
    ...(first === undefined ? [] : [`${first.method} ${first.url} ${first.path} = ${first.masked}`]),
    `finding ${finding.id}`,
  ];
  return command(`Overreach: ${name} → ${party.host}`, message.join(' · '));
}
