import { purposeWords } from '../../model/purpose-words.js';
import type { ReportFinding } from '../../model/report.js';
import { thousands } from '../figures.js';
import { gravest } from '../order.js';
import { breakable, receiverText } from './findings.js';
import { type Html, html, type Printable } from './markup.js';
import { type Page, type Section, senderMark, table } from './page.js';
import { severitySign, verdictSign } from './signs.js';

/** Different places listed for one finding; they usually are one line of code. */
const PLACES_SHOWN = 6;

interface Owner {
  readonly name: string;
  readonly own: boolean;
  readonly findings: ReportFinding[];
}

/** Whoever has to change code or configuration: the app's own team, or who integrates the SDK. */
function ownersOf(page: Page, findings: readonly ReportFinding[]): Owner[] {
  const owners = new Map<string, Owner>();
  for (const finding of findings) {
    const { firstParty, sdk, company, registrableDomain, host } = finding.party;
    const name =
      firstParty === true
        ? page.say('App 自有代码与服务', "The app's own code and services")
        : (sdk ?? (company === null ? (registrableDomain ?? host) : page.text(company)));
    const known = owners.get(name);
    if (known === undefined) owners.set(name, { name, own: firstParty === true, findings: [finding] });
    else known.findings.push(finding);
  }
  return [...owners.values()].sort((a, b) => Number(b.own) - Number(a.own));
}

/** What asks for work: beyond necessary, an open condition, or any issue. */
export function needsWork(finding: ReportFinding): boolean {
  if (finding.placeholder || finding.grade === 'opaque') return false;
  return finding.verdict === 'beyond_necessary' || finding.verdict === 'conditional' || gravest(finding.issues) !== null;
}

function places(finding: ReportFinding): Printable {
  const distinct = [...new Set(finding.occurrences.map(({ path, url }) => `${path}\n${url.replace(/[?#].*$/s, '')}`))];
  return distinct.slice(0, PLACES_SHOWN).map((place) => {
    const [path = '', url = ''] = place.split('\n');
    return html`<div class="mono">${breakable(path)}</div><div class="mono soft url">${breakable(url)}</div>`;
  });
}

function advice(page: Page, finding: ReportFinding): Html {
  const checks = page.report.basis?.checks ?? [];
  const lines = finding.issues.map((issue) => {
    const check = checks.find(({ id }) => id === issue.check);
    return html`<div>${severitySign(page, issue.severity)} ${page.text(issue.text)} <span class="soft">${issue.clause}</span>${check === undefined ? null : html`<br>${page.text(check.advice)}`}</div>`;
  });
  const general =
    finding.verdict === 'beyond_necessary'
      ? page.say(
          '停止传输；或改为用户主动选择的附加功能，先告知并取得同意，拒绝后基本功能照常可用。',
          'Stop sending it; or make it an optional function with notice and consent first, and keep the basic function working after a refusal.',
        )
      : finding.verdict === 'conditional'
        ? page.say('确认该业务条件是否成立；不成立时停止传输。', 'Settle whether the condition holds; if not, stop sending it.')
        : null;
  return html`${general === null ? null : html`<div><b>${general}</b></div>`}${lines}`;
}

/** What to mend where, by owner of the code. */
export function work(page: Page): Section {
  const open = page.report.findings.filter(needsWork);
  return {
    id: 'work',
    title: page.say('按责任方列出的整改项', 'What to mend, by owner'),
    body:
      open.length === 0
        ? html`<p class="note">${page.say('没有需要整改的发现项。', 'No finding asks for work.')}</p>`
        : ownersOf(page, open).map(
            (owner) =>
              html`<section class="group"><h3>${owner.name} <span class="count">${owner.findings.length}</span></h3>${table(
                owner.own
                  ? page.say('由 App 团队修改', 'To be changed by the app team')
                  : page.say('由集成该 SDK 或服务的团队修改', 'To be changed by the team that integrates it'),
                [
                  { head: page.say('编号', 'No.'), kind: 'tight mono' },
                  { head: page.say('信息与判定', 'Data and verdict') },
                  { head: page.say('代码中寻找的位置', 'Where to look'), kind: 'quarter' },
                  { head: page.say('怎么改', 'What to do'), kind: 'half' },
                ],
                owner.findings.map((finding) => [
                  page.finding(finding),
                  html`<b>${page.text(finding.dataTypeName)}</b>${senderMark(finding.app)}<div>${verdictSign(page, finding.verdict)}</div><div class="soft">× ${thousands(finding.count)} · ${receiverText(page, finding.party)}</div>`,
                  places(finding),
                  advice(page, finding),
                ]),
              )}</section>`,
          ),
  };
}

/** Where the traffic of each purpose goes; helps to find the SDK that sends it. */
export function purposes(page: Page): Section {
  const groups = new Map<string, string[]>();
  for (const party of page.report.parties) {
    const purpose = party.purpose ?? '';
    groups.set(purpose, [...(groups.get(purpose) ?? []), party.host]);
  }
  return {
    id: 'purposes',
    title: page.say('接收方一览', 'Receivers by purpose'),
    body: table(
      page.say('按用途', 'By purpose'),
      [
        { head: page.say('用途', 'Purpose'), kind: 'tight' },
        { head: page.say('主机', 'Hosts'), kind: 'mono' },
      ],
      [...groups].map(([purpose, hosts]) => [
        purpose === '' ? page.say('未知', 'unknown') : page.text(purposeWords(purpose)),
        hosts.join(', '),
      ]),
    ),
  };
}
