import { purposeWords } from '../../model/purpose-words.js';
import type { ReportFinding, ReportOccurrence } from '../../model/report.js';
import { clockTime, thousands } from '../figures.js';
import { gravest } from '../order.js';
import { articlesBeside, GRADE_WORDS, partyWords, VERDICT_MEANING, VERDICT_WORDS } from '../words.js';
import { type Html, html, joined, type Printable } from './markup.js';
import { facts, type Page, type Section, senderMark, table } from './page.js';
import { gradeText, icon, severitySign, verdictSign } from './signs.js';

/** Evidence shown for one finding; the JSON report lists more, `count` tells all. */
const EVIDENCE_SHOWN = 5;

/** `示例广告公司 · AdNet SDK · 广告 · 第三方 · CN`. */
export function receiverText(page: Page, { company, sdk, purpose, firstParty, country }: ReportFinding['party']): Printable {
  const pieces = [
    company === null ? null : page.text(company),
    sdk,
    purpose === null || purpose === 'first_party' ? null : page.text(purposeWords(purpose)),
    page.text(partyWords(firstParty)),
    country,
  ];
  return joined(
    pieces.filter((piece) => piece !== null),
    ' · ',
  );
}

/** Characters of one URL or path in a table; the JSON report has the whole. */
const TEXT_SHOWN = 160;

/** Break opportunities after the delimiters of a path or URL, so that long ones wrap at a sensible place. */
export function breakable(text: string): Printable {
  const shown = text.length > TEXT_SHOWN ? `${text.slice(0, TEXT_SHOWN)}…` : text;
  return shown.split(/(?<=[/.?&|\]])/).map((piece) => html`${piece}<wbr>`);
}

/** The first in order of time, and among them one that the grade of the finding rests on. */
function shownOf({ occurrences, grade }: ReportFinding): readonly ReportOccurrence[] {
  const first = occurrences.slice(0, EVIDENCE_SHOWN);
  const proof = occurrences.find((piece) => piece.grade === grade);
  return proof === undefined || first.includes(proof) ? first : [...first.slice(0, -1), proof];
}

function numberOf({ exchange, message }: ReportOccurrence): string {
  return `#${exchange}${message === null ? '' : `/${message}`}`;
}

function evidence(page: Page, finding: ReportFinding): Html {
  const shown = shownOf(finding);
  const values = shown.some(({ value }) => value !== undefined);
  const place = (piece: ReportOccurrence): Html =>
    html`<div class="mono">${breakable(piece.path)}</div><div class="soft mono url">${piece.method} ${breakable(piece.url)}</div>`;
  const found = (piece: ReportOccurrence): Html =>
    html`<span class="mono value">${piece.masked}</span>${piece.form === null || piece.form === 'plain' ? null : html` <span class="soft">${piece.form}</span>`}<div class="soft mono tag">${piece.tag}</div>`;
  const rows = shown.map((piece) => [
    numberOf(piece),
    page.scene(piece.scene),
    html`${place(piece)}${piece.direction === 'response' ? html`<div class="soft">${page.say('位于响应', 'in the response')}</div>` : null}`,
    found(piece),
    ...(values ? [html`<span class="mono">${piece.value ?? ''}</span>`] : []),
  ]);
  const more = finding.count - shown.length;
  return html`${table(
    page.say('证据', 'Evidence'),
    [
      { head: page.say('请求', 'Request'), kind: 'tight num' },
      { head: page.say('场景', 'Scene') },
      { head: page.say('位置与解码步骤', 'Place and decode steps'), kind: 'wide' },
      { head: page.say('掩码值 / 标签', 'Masked value / tag') },
      ...(values ? [{ head: page.say('原值', 'Value') }] : []),
    ],
    rows,
  )}${more > 0 ? html`<p class="soft">${page.say(`另有 ${thousands(more)} 处，见 JSON 报告。`, `${thousands(more)} more; see the JSON report.`)}</p>` : null}`;
}

/** Why each place is what the finding says: places with the same reasons once, the others by the number of their request. */
function proof(page: Page, finding: ReportFinding): Html | null {
  const places = new Map<string, { readonly numbers: string[]; readonly grade: ReportOccurrence['grade'] }>();
  for (const piece of shownOf(finding)) {
    if (piece.trace.length === 0) continue;
    // Each line is a sentence of its own; joined, only the last one ends.
    const why = `${piece.trace.map(({ text }) => page.text(text).replace(/[。.]$/, '')).join(page.say('；', '; '))}${page.say('。', '.')}`;
    const known = places.get(why);
    if (known === undefined) places.set(why, { numbers: [numberOf(piece)], grade: piece.grade });
    else if (!known.numbers.includes(numberOf(piece))) known.numbers.push(numberOf(piece));
  }
  if (places.size === 0) return null;
  const lines = [...places].map(([why, { numbers, grade }]) => {
    const weaker = grade === undefined || grade === finding.grade ? '' : ` ${page.text(GRADE_WORDS[grade])}`;
    const where = places.size === 1 && weaker === '' ? '' : `${numbers.join(', ')}${weaker}${page.say('：', ': ')}`;
    return html`<div>${where}${why}</div>`;
  });
  return html`${lines}`;
}

function issues(page: Page, finding: ReportFinding): Html | null {
  if (finding.issues.length === 0) return null;
  const check = (id: string) => page.report.basis?.checks.find((candidate) => candidate.id === id);
  return table(
    page.say('问题', 'Issues'),
    [
      { head: page.say('级别', 'Level'), kind: 'tight' },
      { head: page.say('问题与条款', 'Issue and clause'), kind: 'wide' },
      { head: page.say('整改建议', 'Advice') },
    ],
    finding.issues.map((issue) => {
      const rule = check(issue.check);
      return [
        severitySign(page, issue.severity),
        html`${page.text(issue.text)}<div class="soft">${issue.clause}</div>`,
        rule === undefined ? '' : page.text(rule.advice),
      ];
    }),
  );
}

/** One finding, whole. */
export function findingCard(page: Page, finding: ReportFinding): Html {
  const scenes = Object.entries(finding.byScene ?? {}).map(([id, count]) => html`${page.scene(id)} × ${count}`);
  const sensitive = page.report.basis?.dataTypes.find(({ id }) => id === finding.dataType)?.sensitive;
  const marks = [
    sensitive?.pipl28 === 'yes' ? page.say('敏感个人信息（个保法第28条）', 'Sensitive (PIPL art. 28)') : null,
    finding.placeholder ? page.say('占位值', 'Placeholder') : null,
  ].filter((mark) => mark !== null);
  const reason = page.text(finding.reason);
  const once = finding.lastSeen === undefined || clockTime(finding.lastSeen) === clockTime(finding.firstSeen);
  return html`<article class="finding ${finding.verdict}" id="${page.finding(finding)}">
<header><span class="no mono">${page.finding(finding)}</span><h4>${page.text(finding.dataTypeName)} <span class="arrow">→</span> <span class="mono">${breakable(finding.party.host)}</span></h4>${verdictSign(page, finding.verdict)}</header>
${facts([
  [page.say('判定', 'Verdict'), `${reason}${articlesBeside(reason, finding.reason.article, page.language)}`],
  [
    page.say('接收方', 'Receiver'),
    html`<span class="mono">${page.receiver(finding.party.host)}</span> ${receiverText(page, finding.party)}`,
  ],
  [page.say('证据强度与依据', 'Grade and proof'), html`${gradeText(page, finding.grade)}${proof(page, finding)}`],
  [
    page.say('次数', 'Times'),
    html`${thousands(finding.count)}<span class="soft">${once ? html`${page.say('，', ', ')}${clockTime(finding.firstSeen)}` : html`${page.say('，首次 ', ', first ')}${clockTime(finding.firstSeen)}${page.say('，末次 ', ', last ')}${clockTime(finding.lastSeen ?? '')}`}</span>${
      scenes.length === 0 ? null : html`${page.say('；场景：', '; scenes: ')}${joined(scenes, page.say('，', ', '))}`
    }`,
  ],
  ...(finding.app === 'main' ? [] : [[page.say('归属', 'Sent by'), html`<span class="mono">${finding.app}</span>`] as const]),
  ...(finding.accepted === undefined
    ? []
    : [
        [
          page.say('已接受', 'Accepted'),
          html`${finding.accepted.reason}<span class="soft">${page.say('，', ', ')}${clockTime(finding.accepted.at)}</span>`,
        ] as const,
      ]),
  ...(marks.length === 0 ? [] : [[page.say('标注', 'Marks'), page.list(marks)] as const]),
])}
${issues(page, finding)}${evidence(page, finding)}
</article>`;
}

/** What needs no action, in one table. */
function brief(page: Page, findings: readonly ReportFinding[], caption: string): Html {
  return table(
    caption,
    [
      { head: page.say('编号', 'No.'), kind: 'tight mono' },
      { head: page.say('个人信息类型', 'Data type'), kind: 'name' },
      { head: page.say('接收方', 'Receiver'), kind: 'host' },
      { head: page.say('理由', 'Reason') },
      { head: page.say('次数', 'Times'), kind: 'num' },
      { head: page.say('位置（首处）', 'Place (first)'), kind: 'mono place' },
    ],
    findings.map((finding) => {
      const [first] = finding.occurrences;
      return [
        page.finding(finding),
        html`${page.text(finding.dataTypeName)}${senderMark(finding.app)}`,
        html`<span class="mono">${breakable(finding.party.host)}</span><div class="soft">${receiverText(page, finding.party)}</div>`,
        `${page.text(finding.reason)}${articlesBeside(page.text(finding.reason), finding.reason.article, page.language)}`,
        finding.count,
        first === undefined ? '' : html`${breakable(first.path)}<div class="soft">${first.masked}</div>`,
      ];
    }),
  );
}

/** Hosts named in one line of a summary. */
const HOSTS_SHOWN = 6;

/** Technical data goes to nearly every host: one line for each data type. */
function byType(page: Page, findings: readonly ReportFinding[], caption: string): Html {
  const types = new Map<string, ReportFinding[]>();
  for (const finding of findings) types.set(finding.dataType, [...(types.get(finding.dataType) ?? []), finding]);
  return table(
    caption,
    [
      { head: page.say('个人信息类型', 'Data type'), kind: 'name' },
      { head: page.say('接收方', 'Receivers') },
      { head: page.say('接收方数', 'Receivers'), kind: 'num' },
      { head: page.say('次数', 'Times'), kind: 'num' },
    ],
    [...types.values()].map((list) => {
      const hosts = [...new Set(list.map(({ party }) => party.host))];
      const more = hosts.length - HOSTS_SHOWN;
      return [
        list[0] === undefined ? '' : page.text(list[0].dataTypeName),
        html`<span class="mono">${joined(hosts.slice(0, HOSTS_SHOWN).map(breakable), ', ')}</span>${more > 0 ? html` <span class="soft">${page.say(`等，另 ${more} 个`, `and ${more} more`)}</span>` : null}`,
        hosts.length,
        thousands(list.reduce((sum, { count }) => sum + count, 0)),
      ];
    }),
  );
}

/** Findings that ask for something (beyond, conditional, any issue) whole, the others in brief. */
export function findings(page: Page): Section {
  const groups = (['beyond_necessary', 'conditional', 'necessary', 'technical', 'not_judged'] as const).flatMap((verdict) => {
    const all = page.report.findings.filter((finding) => finding.verdict === verdict);
    if (all.length === 0) return [];
    const whole = all.filter((finding) => verdict === 'beyond_necessary' || verdict === 'conditional' || gravest(finding.issues) !== null);
    const rest = all.filter((finding) => !whole.includes(finding));
    return [
      html`<section class="group"><h3 class="${verdict}">${icon(verdict)}${page.text(VERDICT_WORDS[verdict])} <span class="count">${all.length}</span></h3>
<p class="soft">${page.text(VERDICT_MEANING[verdict])}</p>
${whole.map((finding) => findingCard(page, finding))}${rest.length === 0 ? null : (verdict === 'technical' ? byType : brief)(page, rest, page.text(VERDICT_WORDS[verdict]))}</section>`,
    ];
  });
  const hidden = page.report.summary.hiddenCandidates;
  return {
    id: 'findings',
    title: page.say('发现项', 'Findings'),
    body: html`${groups.length === 0 ? html`<p class="note">${page.say('没有发现项。', 'There are no findings.')}</p>` : groups}${
      hidden === 0
        ? null
        : html`<p class="note">${page.say(`另有 ${hidden} 项仅数据形式相符的候选，依据不足，未列入。`, `${hidden} candidate${hidden === 1 ? '' : 's'} (shape alone matches) not listed for lack of proof.`)}</p>`
    }`,
  };
}
