import type { ReportFinding } from '../../model/report.js';
import { chineseNumber } from '../../model/text.js';
import { clockTime, thousands, ZONE } from '../figures.js';
import { failsByDefault, isAnswer } from '../gate.js';
import { articleWords, CONSENT_WORDS, GRADE_WORDS } from '../words.js';
import { breakable, receiverText } from './findings.js';
import { html, joined } from './markup.js';
import { blanks, facts, type Page, paragraphs, type Section, senderMark, table } from './page.js';

/** Evidence lines for one fact. */
const EVIDENCE_SHOWN = 10;

/**
 * What a complaint may state: data beyond the list or a grave issue, surely enough recognised. Everything weaker stays out, because
 * an accusation that does not hold harms who is accused and who accuses.
 */
export function statable(page: Page): ReportFinding[] {
  return page.report.findings.filter((finding) => failsByDefault(finding) && !isAnswer(finding));
}

function scenesOf(page: Page, finding: ReportFinding): string {
  return page.list(
    Object.keys(finding.byScene ?? {}).map((id) => {
      const scene = page.report.session.scenes.find((candidate) => candidate.id === id);
      return scene === undefined
        ? page.scene(id)
        : `${scene.name}${page.say('（', ' (')}${page.text(CONSENT_WORDS[scene.consent])}${page.say('）', ')')}`;
    }),
  );
}

/** Only facts that may be stated (`statable`). */
export function observed(page: Page): Section {
  const list = statable(page);
  return {
    id: 'facts',
    title: page.say('观察到的事实', 'Facts observed'),
    body:
      list.length === 0
        ? html`<p class="note">${page.say('没有足以陈述的事实。', 'There is no fact sure enough to be stated.')}</p>`
        : html`<p>${page.say(`以下为检测期间在被测设备上直接观察到的网络传输，时间为 ${ZONE}。`, `Transfers observed on the tested device during the test; times are ${ZONE}.`)}</p>${table(
            page.say('传输事实', 'Transfers'),
            [
              { head: page.say('编号', 'No.'), kind: 'tight mono' },
              { head: page.say('个人信息', 'Data') },
              { head: page.say('接收方', 'Receiver') },
              { head: page.say('时间、次数、场景', 'Time, times, scene'), kind: 'tight' },
              { head: page.say('涉及条款', 'Provisions'), kind: 'wide' },
            ],
            list.map((finding) => [
              page.finding(finding),
              html`<b>${page.text(finding.dataTypeName)}</b>${senderMark(finding.app)}<div class="soft">${page.text(GRADE_WORDS[finding.grade])}</div>`,
              html`<span class="mono">${breakable(finding.party.host)}</span><div class="soft">${receiverText(page, finding.party)}</div>`,
              html`${clockTime(finding.firstSeen)}<div class="soft">${page.say(`共 ${thousands(finding.count)} 次`, `${thousands(finding.count)} in all`)}</div><div class="soft">${scenesOf(page, finding)}</div>`,
              joined(
                [
                  ...(finding.reason.article === null
                    ? []
                    : [html`${page.say('本规定', 'Provisions ')}${articleWords(finding.reason.article, page.language)}`]),
                  ...finding.issues.map(
                    (issue) => html`${issue.clause}<span class="soft">${page.say('：', ': ')}${page.text(issue.text)}</span>`,
                  ),
                ],
                html`<br>`,
              ),
            ]),
          )}`,
  };
}

/** The provisions that the facts touch. */
export function provisions(page: Page): Section {
  const { basis } = page.report;
  const raised = new Set(statable(page).flatMap(({ issues }) => issues.map(({ check }) => check)));
  return {
    id: 'provisions',
    title: page.say('相关规定', 'Provisions'),
    body: html`${(basis?.articles ?? [])
      .filter(({ no }) => [3, 4, 6].includes(no))
      .map(
        (article) =>
          html`<blockquote><b>${basis === undefined ? '' : page.say(`《${basis.title.zh}》`, basis.title.en)} ${page.say(`第${chineseNumber(article.no)}条`, `article ${article.no}`)}</b>${paragraphs(page.text(article.text))}</blockquote>`,
      )}${(basis?.checks ?? [])
      .filter(({ id }) => raised.has(id))
      .map((check) => html`<blockquote><b>${check.clause}</b>${paragraphs(page.text(check.clauseText))}</blockquote>`)}`,
  };
}

/** Where each fact can be looked up. */
export function evidenceList(page: Page): Section {
  return {
    id: 'evidence',
    title: page.say('证据清单', 'Evidence'),
    body: html`${table(
      page.say('每条可在原始记录中按序号和位置复核', 'Each can be checked in the record by number and place'),
      [
        { head: page.say('事实', 'Fact'), kind: 'tight mono' },
        { head: page.say('请求', 'Request'), kind: 'num' },
        { head: page.say('地址', 'Address'), kind: 'mono third' },
        { head: page.say('位置与解码步骤', 'Place and decode steps'), kind: 'mono' },
        { head: page.say('掩码值', 'Masked value'), kind: 'mono' },
      ],
      statable(page).flatMap((finding) =>
        finding.occurrences
          .slice(0, EVIDENCE_SHOWN)
          .map((piece) => [
            page.finding(finding),
            `#${piece.exchange}`,
            html`${piece.method} ${breakable(piece.url)}`,
            breakable(piece.path),
            piece.value ?? piece.masked,
          ]),
      ),
    )}${facts([
      [page.say('记录编号', 'Record'), page.reportNumber()],
      [
        page.say('规则', 'Rules'),
        html`<span class="mono">${page.report.rules.pack} ${page.report.rules.version} · ${page.report.rules.sha256}</span>`,
      ],
      [page.say('工具', 'Tool'), html`<span class="mono">${page.report.tool.name} ${page.report.tool.version}</span>`],
    ])}`,
  };
}

/** What the complaint leaves open. */
export function reservation(page: Page): Section {
  const lines = [
    page.say(
      '本材料只陈述检测期间观察到的传输事实，不断言传输的目的，也不断言用户是否另行同意；是否构成违反规定，请主管部门依法认定。',
      'This paper states transfers that were observed. It asserts neither their purpose nor that the user did not consent elsewhere; whether rules were broken is for the authorities to decide.',
    ),
    page.say(
      '未能解密或解码的通信不在陈述范围内，也未作任何推定。',
      'Traffic that could not be decrypted or decoded is not part of it, and nothing is presumed about it.',
    ),
    page.say(
      '举报人信息、联系方式及其他材料由举报人自行填写。',
      'Name and contact of the complainant, and other papers, are added by the complainant.',
    ),
  ];
  return {
    id: 'reservation',
    title: page.say('说明与保留', 'Reservations'),
    body: html`<ol class="statement">${lines.map((line) => html`<li>${line}</li>`)}</ol>${blanks([page.say('举报人', 'Complainant'), page.say('联系方式', 'Contact'), page.say('日期', 'Date')])}`,
  };
}
