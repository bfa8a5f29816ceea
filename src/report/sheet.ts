import { purposeWords } from '../model/purpose-words.js';
import type { ReportFinding, SessionReport } from '../model/report.js';
import { type Bilingual, inLanguage, type Language } from '../model/text.js';
import { conclude } from './conclusion.js';
import { clockTime, ZONE } from './figures.js';
import { gravest } from './order.js';
import { articleWords, CONSENT_WORDS, GRADE_WORDS, partyWords, SEVERITY_WORDS, sceneName, VERDICT_WORDS } from './words.js';

export type Cell = string | number | null;

/** A table as spreadsheets want it: one line of names, then values. */
export interface Sheet {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: ReadonlyArray<readonly Cell[]>;
}

function words(language: Language) {
  return {
    say: (zh: string, en: string) => (language === 'en' ? en : zh),
    text: (bilingual: Bilingual | null) => (bilingual === null ? null : inLanguage(bilingual, language)),
  };
}

function sceneNames(report: SessionReport, finding: ReportFinding, language: Language): string {
  return Object.entries(finding.byScene ?? {})
    .map(([id, count]) => `${sceneName(report, id, language)} × ${count}`)
    .join('; ');
}

/** One line for each finding, with its first piece of evidence. */
export function findingSheet(report: SessionReport, language: Language): Sheet {
  const { say, text } = words(language);
  return {
    name: say('发现项', 'Findings'),
    columns: [
      say('判定', 'Verdict'),
      say('个人信息类型', 'Data type'),
      say('类型标识', 'Data type id'),
      say('证据强度', 'Grade'),
      say('占位值', 'Placeholder'),
      say('主机', 'Host'),
      say('公司', 'Company'),
      'SDK',
      say('用途', 'Purpose'),
      say('自有/第三方', 'Party'),
      say('地址注册地', 'Country'),
      say('条款', 'Article'),
      say('理由', 'Reason'),
      say('最高问题级别', 'Gravest issue'),
      say('问题', 'Issues'),
      say('次数', 'Times'),
      say(`首次（${ZONE}）`, `First (${ZONE})`),
      say('场景', 'Scenes'),
      say('归属', 'Sent by'),
      say('请求序号', 'Exchange'),
      say('方法', 'Method'),
      'URL',
      say('位置', 'Path'),
      say('解码步骤', 'Steps'),
      say('形式', 'Form'),
      say('掩码值', 'Masked value'),
      say('标签', 'Tag'),
      say('原值', 'Value'),
      say('已接受的理由', 'Accepted because'),
      say(`接受时间（${ZONE}）`, `Accepted (${ZONE})`),
      say('发现项标识', 'Finding id'),
    ],
    rows: report.findings.map((finding): Cell[] => {
      const first = finding.occurrences.find(({ grade }) => grade === finding.grade) ?? finding.occurrences[0];
      const worst = gravest(finding.issues);
      return [
        text(VERDICT_WORDS[finding.verdict]),
        text(finding.dataTypeName),
        finding.dataType,
        text(GRADE_WORDS[finding.grade]),
        finding.placeholder ? say('是', 'yes') : say('否', 'no'),
        finding.party.host,
        text(finding.party.company),
        finding.party.sdk,
        finding.party.purpose === null ? null : text(purposeWords(finding.party.purpose)),
        text(partyWords(finding.party.firstParty)),
        finding.party.country,
        articleWords(finding.reason.article, language) || null,
        text(finding.reason),
        worst === null ? null : text(SEVERITY_WORDS[worst]),
        finding.issues.map((issue) => `${text(issue.text)} (${issue.clause})`).join('; '),
        finding.count,
        clockTime(finding.firstSeen),
        sceneNames(report, finding, language),
        finding.app,
        first?.exchange ?? null,
        first?.method ?? null,
        first?.url ?? null,
        first?.path ?? null,
        first?.steps.join(' > ') ?? null,
        first?.form ?? null,
        first?.masked ?? null,
        first?.tag ?? null,
        first?.value ?? null,
        finding.accepted?.reason ?? null,
        finding.accepted === undefined ? null : clockTime(finding.accepted.at),
        finding.id,
      ];
    }),
  };
}

/** Every piece of evidence the report lists. */
export function evidenceSheet(report: SessionReport, language: Language): Sheet {
  const { say, text } = words(language);
  return {
    name: say('请求与证据', 'Evidence'),
    columns: [
      say('请求序号', 'Exchange'),
      say('消息', 'Message'),
      say('方法', 'Method'),
      'URL',
      say('方向', 'Direction'),
      say('场景', 'Scene'),
      say('个人信息类型', 'Data type'),
      say('判定', 'Verdict'),
      say('位置', 'Path'),
      say('解码步骤', 'Steps'),
      say('形式', 'Form'),
      say('掩码值', 'Masked value'),
      say('标签', 'Tag'),
      say('发现项标识', 'Finding id'),
      say('可信度', 'Grade'),
      say('依据', 'Why'),
    ],
    rows: report.findings.flatMap((finding) =>
      finding.occurrences.map((piece): Cell[] => [
        piece.exchange,
        piece.message,
        piece.method,
        piece.url,
        piece.direction === 'request' ? say('请求', 'request') : say('响应', 'response'),
        sceneName(report, piece.scene, language),
        text(finding.dataTypeName),
        text(VERDICT_WORDS[finding.verdict]),
        piece.path,
        piece.steps.join(' > '),
        piece.form,
        piece.masked,
        piece.tag,
        finding.id,
        piece.grade === undefined ? null : text(GRADE_WORDS[piece.grade]),
        // On one line: a break in a cell is made visible, because it could have been captured.
        piece.trace.map((line) => text(line.text)).join(say('；', '; ')),
      ]),
    ),
  };
}

/** One line for each receiver, those without findings included. */
export function receiverSheet(report: SessionReport, language: Language): Sheet {
  const { say, text } = words(language);
  return {
    name: say('接收方', 'Receivers'),
    columns: [
      say('主机', 'Host'),
      say('公司', 'Company'),
      'SDK',
      say('用途', 'Purpose'),
      say('自有/第三方', 'Party'),
      say('地址注册地', 'Country'),
      say('请求', 'Exchanges'),
      say('上传字节', 'Bytes up'),
      say('下载字节', 'Bytes down'),
      say('发现项', 'Findings'),
      say('超出必要范围', 'Beyond necessary'),
    ],
    rows: report.parties.map((party) => [
      party.host,
      text(party.company),
      party.sdk,
      party.purpose === null ? null : text(purposeWords(party.purpose)),
      text(partyWords(party.firstParty)),
      party.country,
      party.exchanges,
      party.bytesUp,
      party.bytesDown,
      party.findings,
      party.byVerdict.beyond_necessary ?? 0,
    ]),
  };
}

/** Subject, conclusion and coverage as names and values. */
export function summarySheet(report: SessionReport, language: Language): Sheet {
  const { say, text } = words(language);
  const { session, summary, coverage, rules, tool } = report;
  const conclusion = conclude(report);
  return {
    name: say('概要', 'Summary'),
    columns: [say('项目', 'Item'), say('内容', 'Value')],
    rows: [
      [say('结论', 'Conclusion'), text(conclusion.sentence)],
      ...conclusion.limits.map((limit): Cell[] => [say('结论的限制', 'Limit of the conclusion'), text(limit)]),
      [say('被测App', 'App'), session.app],
      [say('App类型', 'Category'), text(session.categoryName) ?? session.category],
      [say('会话', 'Session'), session.id],
      [say('设备', 'Device'), session.device],
      [say(`开始（${ZONE}）`, `Began (${ZONE})`), clockTime(session.startedAt)],
      [say(`结束（${ZONE}）`, `Ended (${ZONE})`), session.endedAt === null ? null : clockTime(session.endedAt)],
      ...session.scenes.map((scene): Cell[] => [say('场景', 'Scene'), `${scene.name} (${text(CONSENT_WORDS[scene.consent])})`]),
      ...Object.entries(VERDICT_WORDS).map(([verdict, word]): Cell[] => [
        text(word),
        summary.byVerdict[verdict as keyof typeof summary.byVerdict],
      ]),
      [say('请求', 'Exchanges'), summary.exchanges],
      [say('主机', 'Hosts'), coverage.hosts],
      [say('可读主机', 'Hosts read'), coverage.decrypted],
      [say('未分析的请求', 'Exchanges not analysed'), coverage.notAnalysed],
      ...(coverage.checksNotJudged ?? []).map(({ name, why }): Cell[] => [
        say('未判定的检查', 'Check not judged'),
        `${text(name)}${say('：', ': ')}${text(why)}`,
      ]),
      [say('规则包', 'Rule pack'), `${rules.pack} ${rules.version}`],
      [say('规则 SHA-256', 'Rules SHA-256'), rules.sha256],
      [say('工具', 'Tool'), `${tool.name} ${tool.version}`],
      [
        say('说明', 'Note'),
        say(
          '“超出必要范围”本身不等于违法；未列出不表示不存在。',
          '"Beyond necessary" is not unlawful by itself; not listed does not mean not sent.',
        ),
      ],
    ],
  };
}
