import { VERDICTS } from '../../model/finding.js';
import { byteSize } from '../figures.js';
import { receiverText } from './findings.js';
import { html } from './markup.js';
import { type Page, type Section, table } from './page.js';
import { bar, icon } from './signs.js';

/** Receivers without findings listed by name; a browser session meets hundreds. */
const QUIET_SHOWN = 40;

/** Who received personal data, and who was spoken to without. */
export function receivers(page: Page): Section {
  const { parties } = page.report;
  const most = parties.reduce((max, { bytesUp }) => Math.max(max, bytesUp), 0);
  const speaking = parties.filter(({ findings, byVerdict }) => findings > (byVerdict.technical ?? 0));
  const quiet = parties.filter((party) => !speaking.includes(party));
  return {
    id: 'receivers',
    title: page.say('接收方与上传流量', 'Receivers and upload'),
    body: html`${
      speaking.length === 0
        ? null
        : table(
            page.say('有发现项的接收方', 'Receivers with findings'),
            [
              { head: page.say('编号', 'No.'), kind: 'tight mono' },
              { head: page.say('接收方', 'Receiver') },
              { head: page.say('发现', 'Findings'), kind: 'tight' },
              { head: page.say('请求', 'Exch.'), kind: 'num' },
              { head: page.say('上传', 'Uploaded'), kind: 'upload' },
            ],
            speaking.map((party) => [
              page.receiver(party.host),
              html`<span class="mono">${party.host}</span><div class="soft">${receiverText(page, party)}</div><div class="soft small">${page.text(party.reason)}</div>`,
              VERDICTS.map((verdict) => {
                const count = party.byVerdict[verdict];
                return count === undefined ? null : html`<span class="key ${verdict}">${icon(verdict)}${count}</span> `;
              }),
              party.exchanges,
              html`${bar(most === 0 ? 0 : party.bytesUp / most, (party.byVerdict.beyond_necessary ?? 0) > 0 ? 'beyond' : '')}<span class="num">${byteSize(party.bytesUp)}</span>`,
            ]),
          )
    }${
      quiet.length === 0
        ? null
        : html`<p><b>${page.say(`仅收到通信技术信息、服务本身的数据或未发现个人信息的接收方（${quiet.length} 个）`, `Receivers of nothing but technical data or data that is the service itself, or in whose traffic nothing was found (${quiet.length})`)}</b></p><p class="mono small quiet">${quiet
            .slice(0, QUIET_SHOWN)
            .map((party) => html`<span>${party.host} <span class="soft">${byteSize(party.bytesUp)}</span></span> `)}${
            quiet.length > QUIET_SHOWN
              ? page.say(`等，另 ${quiet.length - QUIET_SHOWN} 个见 JSON 报告`, `and ${quiet.length - QUIET_SHOWN} more in the JSON report`)
              : null
          }</p>`
    }`,
  };
}
