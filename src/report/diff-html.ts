import type { SessionReport } from '../model/report.js';
import { type Bilingual, inLanguage, type Language } from '../model/text.js';
import type { DiffEntry, ReportDiff } from './diff.js';
import { caveatWords, changeWords, nameIn, type SideNames, sideName, titledIn } from './diff-text.js';
import { clockTime, ZONE } from './figures.js';
import { type Html, html, type Printable } from './html/markup.js';
import { facts, table } from './html/page.js';
import { documentOf } from './html/shell.js';
import { GRADE_WORDS, VERDICT_WORDS } from './words.js';

/** The difference of two reports as one self-contained HTML document. The same input gives the same bytes. */
export function diffHtml(
  before: SessionReport,
  after: SessionReport,
  diff: ReportDiff,
  language: Language,
  called: SideNames = [before.session.id, after.session.id],
): string {
  const say = (zh: string, en: string) => (language === 'en' ? en : zh);
  const text = (words: Bilingual) => inLanguage(words, language);
  const title = say('App 个人信息传输对比报告', 'Personal data sent by an app: what changed');
  const side = ({ session, rules, exchanges }: SessionReport, name: string): Html =>
    facts([
      [say('会话或文件', 'Session or file'), html`<span class="mono">${name}</span>`],
      ['App', session.app ?? '–'],
      [say('App 类型', 'Category'), session.categoryName === null ? say('未选择', 'none chosen') : text(session.categoryName)],
      [say('时间', 'Time'), `${clockTime(session.startedAt)} ${ZONE}`],
      [say('请求数', 'Exchanges'), exchanges.count],
      [say('规则', 'Rules'), `${rules.pack} ${rules.version}`],
    ]);
  const name = nameIn([before, after], language);
  const titled = titledIn([before, after], language);
  const columns = [
    { head: say('个人信息', 'Data type') },
    { head: say('接收方', 'Receiver') },
    { head: say('判定', 'Verdict') },
    { head: say('证据强度', 'Grade') },
    { head: say('问题', 'Issues') },
  ];
  const cells = (entry: DiffEntry): Printable[] => [
    `${text(entry.dataTypeName)}${entry.app === 'main' ? '' : ` [${entry.app}]`}`,
    html`<span class="mono">${entry.host}</span>${entry.company === null ? null : html`<br>${text(entry.company)}`}`,
    text(VERDICT_WORDS[entry.verdict]),
    text(GRADE_WORDS[entry.grade]),
    entry.issues.map(titled).join(say('、', ', ')),
  ];
  const none = html`<p class="soft">${say('无', 'none')}</p>`;
  const entries = (caption: string, list: readonly DiffEntry[]): Html =>
    list.length === 0 ? none : table(caption, columns, list.map(cells));
  const names = (list: readonly string[]): Printable => (list.length === 0 ? say('无', 'none') : list.join(say('、', ', ')));
  const sections: ReadonlyArray<readonly [string, Printable]> = [
    [say('新增', 'New'), entries(say('只在后者中发现', 'Found in the second only'), diff.new)],
    [say('消失', 'Gone'), entries(say('只在前者中发现', 'Found in the first only'), diff.gone)],
    [
      say('变化', 'Changed'),
      diff.changed.length === 0
        ? none
        : table(
            say('两者均有，但判定、证据、问题或场景不同', 'In both, with another verdict, grade, issues or scenes'),
            [...columns, { head: say('变化', 'Change') }],
            diff.changed.map((change) => [
              ...cells(change.after),
              changeWords(change, language, titled).map((words) => html`<p>${words}</p>`),
            ]),
          ),
    ],
    [
      say('接收方与个人信息类型', 'Receivers and data types'),
      facts([
        [say('新增接收方', 'New receivers'), names(diff.receivers.new)],
        [say('不再出现的接收方', 'Receivers gone'), names(diff.receivers.gone)],
        [say('新增个人信息类型', 'New data types'), names(diff.dataTypes.new.map(name))],
        [say('不再出现的个人信息类型', 'Data types gone'), names(diff.dataTypes.gone.map(name))],
      ]),
    ],
    [say('前者', 'The first'), side(before, called[0])],
    [say('后者', 'The second'), side(after, called[1])],
  ];
  return documentOf(
    { language, title, tool: after.tool, pictures: false },
    html`<h1>${title}</h1>
<p class="lead">${sideName(before, called[0])} → ${sideName(after, called[1])}</p>
<p class="sentence">${say(
      `新增 ${diff.new.length} 项，消失 ${diff.gone.length} 项，变化 ${diff.changed.length} 项，不变 ${diff.same} 项。`,
      `${diff.new.length} new, ${diff.gone.length} gone, ${diff.changed.length} changed, ${diff.same} the same.`,
    )}</p>
${diff.caveats.map((caveat) => html`<p class="note">${text(caveatWords(caveat))}</p>\n`)}
${sections.map(([heading, body], at) => html`<section><h2><span class="no">${at + 1}</span>${heading}</h2>\n${body}\n</section>\n`)}
<footer>${after.tool.name} ${after.tool.version}</footer>`,
  );
}
