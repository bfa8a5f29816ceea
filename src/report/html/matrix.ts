import { VERDICTS, type VerdictName } from '../../model/finding.js';
import type { ReportFinding } from '../../model/report.js';
import { isAnswer } from '../gate.js';
import { CONSENT_WORDS, GRADE_WORDS, VERDICT_WORDS } from '../words.js';
import { type Html, html } from './markup.js';
import { type Page, type Section, senderMark, table } from './page.js';
import { icon, verdictSign } from './signs.js';

/** Receivers side by side; more go into the next table, so that no column is cut on A4. */
const COLUMNS = 9;

/** Both ends tell hosts apart; the number beside it leads to the whole name in the list of receivers. */
function shortHost(host: string): string {
  return host.length <= 44 ? host : `${host.slice(0, 16)}…${host.slice(-27)}`;
}

interface Cell {
  readonly verdict: VerdictName;
  readonly count: number;
  /** The scenes it was sent in, as their marks. */
  readonly scenes: string;
}

/** Circled numbers go to 20 (U+2460 to U+2473); a session with more scenes has its second table only. */
const MARKS = 20;

function markOf(page: Page, scene: string): string {
  const { scenes } = page.report.session;
  const at = scenes.findIndex(({ id }) => id === scene);
  return at < 0 || scenes.length > MARKS ? '' : String.fromCodePoint(0x2460 + at);
}

/** The gravest verdict of several findings about one type and one receiver, and how often it was sent in all. */
function cellOf(page: Page, findings: readonly ReportFinding[]): Cell | null {
  const verdict = VERDICTS.find((name) => findings.some((finding) => finding.verdict === name));
  if (verdict === undefined) return null;
  const seen = new Set(findings.flatMap(({ byScene }) => Object.keys(byScene ?? {})));
  const scenes = page.report.session.scenes
    .filter(({ id }) => seen.has(id))
    .map(({ id }) => markOf(page, id))
    .join('');
  return { verdict, count: findings.reduce((sum, finding) => sum + finding.count, 0), scenes };
}

function cellHtml(page: Page, cell: Cell | null): Html {
  if (cell === null) return html`<td class="cell none" aria-label="${page.say('无', 'none')}"></td>`;
  return html`<td class="cell ${cell.verdict}"><span class="tight">${icon(cell.verdict)}<span class="sr">${page.text(VERDICT_WORDS[cell.verdict])} </span>${cell.count}</span>${cell.scenes === '' ? null : html` <span class="marks">${cell.scenes}</span>`}</td>`;
}

/** What is no value that the app sent, and would be counted as one in the same cell. */
function kindOf(page: Page, finding: ReportFinding): string | null {
  if (isAnswer(finding)) return page.say('位于响应', 'in responses');
  if (finding.placeholder) return page.say('占位值', 'placeholder');
  return finding.grade === 'candidate' ? page.text(GRADE_WORDS.candidate) : null;
}

/** Findings by sender, data type and kind: a mini program answers for a list of its own, and what came back was not sent. */
function rowsOf(page: Page, findings: readonly ReportFinding[]): ReportFinding[][] {
  const rows = new Map<string, ReportFinding[]>();
  for (const finding of findings) {
    const key = `${finding.app}\n${finding.dataType}\n${kindOf(page, finding)}`;
    const list = rows.get(key);
    if (list === undefined) rows.set(key, [finding]);
    else list.push(finding);
  }
  return [...rows.values()];
}

function rowName(page: Page, finding: ReportFinding): Html {
  const kind = kindOf(page, finding);
  return html`${page.text(finding.dataTypeName)}${senderMark(finding.app)}${kind === null ? null : html`<div class="soft">${kind}</div>`}`;
}

function receiverTables(page: Page): Html[] {
  // Nearly every host gets a User-Agent: those that got nothing else would bury the others under empty columns.
  const receivers = page.report.parties.filter(({ findings, byVerdict }) => findings > (byVerdict.technical ?? 0));
  const tables: Html[] = [];
  for (let at = 0; at < receivers.length; at += COLUMNS) {
    const some = receivers.slice(at, at + COLUMNS);
    const rows = rowsOf(page, page.report.findings).flatMap((findings) => {
      const cells = some.map(({ host }) =>
        cellOf(
          page,
          findings.filter(({ party }) => party.host === host),
        ),
      );
      const [first] = findings;
      if (first === undefined || cells.every((cell) => cell === null)) return [];
      return [html`<tr><th scope="row">${rowName(page, first)}</th>${cells.map((cell) => cellHtml(page, cell))}</tr>`];
    });
    tables.push(
      html`<table class="matrix"><caption>${page.say('个人信息类型 × 接收方（数字为传输次数）', 'Data type × receiver (numbers: times sent)')}</caption><thead><tr><th scope="col" class="corner">${page.say('个人信息类型', 'Data type')}</th>${some.map(
        (receiver) =>
          html`<th scope="col" class="turned"><span><b>${page.receiver(receiver.host)}</b> ${shortHost(receiver.host)}</span></th>`,
      )}</tr></thead><tbody>${rows}</tbody></table>`,
    );
  }
  const technicalOnly = page.report.parties.filter(({ findings, byVerdict }) => findings > 0 && findings === byVerdict.technical).length;
  if (technicalOnly > 0)
    tables.push(
      html`<p class="soft">${page.say(`另有 ${technicalOnly} 个接收方只收到通信技术信息或服务本身的数据，未列入本表。`, `${technicalOnly} more receiver${technicalOnly === 1 ? '' : 's'} got technical data, or data that is the service itself, only and have no column.`)}</p>`,
    );
  return tables;
}

function sceneTable(page: Page): Html | null {
  const { session, findings } = page.report;
  if (session.scenes.length === 0) return null;
  const unmarked = findings.some(({ byScene }) => (byScene?.[''] ?? 0) > 0);
  const columns = [...session.scenes.map(({ id }) => id), ...(unmarked ? [''] : [])];
  const consent = (id: string) => session.scenes.find((scene) => scene.id === id)?.consent;
  return table(
    page.say('个人信息类型 × 场景（数字为传输次数）', 'Data type × scene (numbers: times sent)'),
    [
      { head: page.say('个人信息类型', 'Data type'), kind: 'name' },
      { head: page.say('判定', 'Verdict'), kind: 'tight' },
      ...columns.map((id) => {
        const state = consent(id);
        return {
          head: html`${markOf(page, id)} ${page.scene(id)}${state === undefined ? null : html`<br><span class="soft">${page.text(CONSENT_WORDS[state])}</span>`}`,
          kind: 'amount',
        };
      }),
    ],
    rowsOf(page, findings).map((list) => {
      const [first] = list;
      const cell = cellOf(page, list);
      return [
        first === undefined ? '' : rowName(page, first),
        cell === null ? '' : verdictSign(page, cell.verdict),
        ...columns.map((id) => {
          const count = list.reduce((sum, { byScene }) => sum + (byScene?.[id] ?? 0), 0);
          return count === 0 ? html`<span class="soft">–</span>` : count;
        }),
      ];
    }),
  );
}

/** What the marks in the cells stand for: with them the one table shows type, receiver and scene. */
function sceneKey(page: Page): Html | null {
  const { scenes } = page.report.session;
  if (scenes.length === 0 || scenes.length > MARKS) return null;
  return html`<p class="legend">${page.say('场景', 'Scenes')} ${scenes.map(
    ({ id, name, consent }) =>
      html`<span>${markOf(page, id)} ${name} <span class="soft">${page.text(CONSENT_WORDS[consent])}</span></span>`,
  )}</p>`;
}

/** Data types by receivers, with verdict and scenes in each cell. */
export function matrix(page: Page): Section {
  const legend = html`<p class="legend">${VERDICTS.map((verdict) => verdictSign(page, verdict))}</p>`;
  return {
    id: 'matrix',
    title: page.say('结果总表', 'Results at a glance'),
    body:
      page.report.findings.length === 0
        ? html`<p class="note">${page.say('没有发现项。', 'There are no findings.')}</p>`
        : html`${legend}${sceneKey(page)}${receiverTables(page)}${sceneTable(page)}`,
  };
}
