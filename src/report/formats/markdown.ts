/**
 * Danger: Markdown is HTML with another face, and on code hosts `@name`, `#1` and bare addresses act. Fences: captured strings
 * stand in code spans, words have every sign of Markdown escaped.
 */
import { VERDICTS } from '../../model/finding.js';
import { type Bilingual, inLanguage } from '../../model/text.js';
import { conclude } from '../conclusion.js';
import { byteSize, clockTime, ZONE } from '../figures.js';
import type { ReportFormat } from '../format.js';
import { visible } from '../visible.js';
import { articleWords, GRADE_WORDS, partyWords, SEVERITY_WORDS, VERDICT_WORDS } from '../words.js';

/** Words of people: every sign that could be Markdown or HTML is escaped (CommonMark 0.31, section 2.4). */
export function words(text: string): string {
  return visible(text).replace(/[\\`*_{}[\]()#+\-.!|<>~&@:$]/g, '\\$&');
}

/** A captured string as a code span that it cannot leave; `|` is escaped for tables (GFM, section 4.10). */
export function code(text: string): string {
  const content = visible(text).replaceAll('|', '\\|');
  if (content === '') return '';
  const fence = '`'.repeat(Math.max(0, ...[...content.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  return content.includes('`') ? `${fence} ${content} ${fence}` : `${fence}${content}${fence}`;
}

export const format: ReportFormat = {
  id: 'markdown',
  extension: 'md',
  mime: 'text/markdown; charset=utf-8',
  render: (report, { language }) => {
    const say = (zh: string, en: string) => (language === 'en' ? en : zh);
    const text = (bilingual: Bilingual) => words(inLanguage(bilingual, language));
    const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
    const table = (head: readonly string[], rows: ReadonlyArray<readonly string[]>) =>
      rows.length === 0 ? '' : `${row(head)}${row(head.map(() => '---'))}${rows.map(row).join('')}\n`;
    const { session, coverage, rules, tool } = report;
    const conclusion = conclude(report);
    const anyAccepted = report.findings.some(({ accepted }) => accepted !== undefined);
    const unread = [...coverage.pinned, ...coverage.passedThrough, ...coverage.notInspected];
    return [
      `# ${say('App 个人信息传输检测报告', 'Audit of personal data sent by an app')}\n\n`,
      `**${text(conclusion.sentence)}**\n\n`,
      conclusion.limits.map((limit) => `- ${text(limit)}\n`).join(''),
      conclusion.limits.length === 0 ? '' : '\n',
      table(
        [say('项目', 'Item'), say('内容', 'Value')],
        [
          [say('被测App', 'App'), words(session.app ?? say('未填写', 'not given'))],
          [
            say('App类型', 'Category'),
            session.categoryName === null
              ? session.category === null
                ? say('未选择', 'not chosen')
                : code(session.category)
              : text(session.categoryName),
          ],
          [say('设备', 'Device'), words(session.device ?? say('未填写', 'not given'))],
          [say('开始', 'Began'), `${clockTime(session.startedAt)} ${ZONE}`],
          [say('会话', 'Session'), code(session.id)],
          [say('规则', 'Rules'), `${code(`${rules.pack} ${rules.version}`)} ${code(rules.sha256)}`],
          [say('工具', 'Tool'), code(`${tool.name} ${tool.version}`)],
          [say('主机', 'Hosts'), `${coverage.decrypted} / ${coverage.hosts} ${say('可读', 'read')}`],
        ],
      ),
      `## ${say('发现项', 'Findings')}\n\n`,
      table(
        VERDICTS.map((verdict) => text(VERDICT_WORDS[verdict])),
        [VERDICTS.map((verdict) => String(report.summary.byVerdict[verdict]))],
      ),
      table(
        [
          say('判定', 'Verdict'),
          say('个人信息类型', 'Data type'),
          say('接收方', 'Receiver'),
          say('条款', 'Article'),
          say('问题', 'Issues'),
          say('证据强度', 'Grade'),
          say('次数', 'Times'),
          say('首处', 'First place'),
          ...(anyAccepted ? [say('已接受的理由', 'Accepted because')] : []),
        ],
        report.findings.map((finding) => {
          const [first] = finding.occurrences;
          return [
            text(VERDICT_WORDS[finding.verdict]),
            `${text(finding.dataTypeName)} ${code(finding.dataType)}${finding.app === 'main' ? '' : `<br>${code(finding.app)}`}`,
            `${code(finding.party.host)} ${text(partyWords(finding.party.firstParty))}`,
            words(articleWords(finding.reason.article, language)),
            finding.issues
              .map((issue) => `${text(SEVERITY_WORDS[issue.severity])}: ${text(issue.text)} (${words(issue.clause)})`)
              .join('<br>'),
            text(GRADE_WORDS[finding.grade]),
            String(finding.count),
            first === undefined ? '' : `${code(`#${first.exchange}`)} ${code(first.path)} ${code(first.value ?? first.masked)}`,
            ...(anyAccepted ? [words(finding.accepted?.reason ?? '')] : []),
          ];
        }),
      ),
      `## ${say('接收方', 'Receivers')}\n\n`,
      table(
        [say('主机', 'Host'), say('请求', 'Exchanges'), say('上传', 'Uploaded'), say('发现项', 'Findings')],
        report.parties.map((party) => [code(party.host), String(party.exchanges), byteSize(party.bytesUp), String(party.findings)]),
      ),
      unread.length === 0 ? '' : `## ${say('未能读取的主机', 'Hosts that could not be read')}\n\n`,
      table(
        [say('主机', 'Host'), say('原因', 'Cause')],
        unread.map((host) => [code(host.host), text(host.cause)]),
      ),
      coverage.http3Offered === undefined ? '' : `## ${say('提供 HTTP/3 的主机', 'Hosts that offer HTTP/3')}\n\n`,
      table(
        [say('主机', 'Host'), say('原因', 'Cause')],
        (coverage.http3Offered ?? []).map((host) => [code(host.host), text(host.cause)]),
      ),
      coverage.checksNotJudged === undefined
        ? ''
        : `## ${say('未判定的检查（不等于没有问题）', 'Checks not judged (not the same as passed)')}\n\n`,
      table(
        [say('检查', 'Check'), say('原因', 'Cause')],
        (coverage.checksNotJudged ?? []).map(({ name, why }) => [text(name), text(why)]),
      ),
      `${words(say('“超出必要范围”本身不等于违法：它需要用户同意，且用户拒绝时不得拒绝提供基本功能服务（第四条）。客户端代理看不到服务器之间的传输。', '"Beyond necessary" is not unlawful by itself: it needs consent, and a refusal must not cost the basic function (article 4). A client-side proxy does not see transfers between servers.'))}\n`,
    ].join('');
  },
};
