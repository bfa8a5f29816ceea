import { VERDICTS } from '../../model/finding.js';
import { conclude } from '../conclusion.js';
import { clockTime, thousands, ZONE } from '../figures.js';
import { VERDICT_WORDS } from '../words.js';
import { type Html, html } from './markup.js';
import { facts, type Page, type Section } from './page.js';
import { icon } from './signs.js';

/** How the findings divide, as one bar with its legend. */
function distribution(page: Page): Html {
  const { byVerdict, findings } = page.report.summary;
  let start = 0;
  const pieces = VERDICTS.map((verdict) => {
    const width = findings === 0 ? 0 : (byVerdict[verdict] / findings) * 100;
    const piece = html`<rect class="${verdict}" x="${start.toFixed(2)}" width="${width.toFixed(2)}" height="10"/>`;
    start += width;
    return piece;
  });
  return html`<figure class="distribution"><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">${pieces}</svg><figcaption>${VERDICTS.map(
    (verdict) =>
      html`<span class="key ${verdict}">${icon(verdict)}${page.text(VERDICT_WORDS[verdict])} <b>${byVerdict[verdict]}</b></span>`,
  )}</figcaption></figure>`;
}

/** Title, subject in short, conclusion, three numbers, contents. */
export function cover(page: Page, title: string, lead: string, sections: readonly Section[]): Html {
  const { report } = page;
  const { session } = report;
  const conclusion = conclude(report);
  const limited =
    conclusion.limits.length === 0
      ? null
      : html`<div class="limits"><b>${page.say('结论的限制', 'Limits of this conclusion')}</b><ul>${conclusion.limits.map((limit) => html`<li>${page.text(limit)}</li>`)}</ul></div>`;
  return html`<header class="cover">
<p class="kind">Overreach · ${page.say('个人信息传输检测', 'personal data audit')}</p>
<h1>${title}</h1>
<p class="lead">${lead}</p>
${facts([
  [page.say('被测App', 'App under test'), session.app ?? page.say('未填写', 'not given')],
  [
    page.say('App类型', 'Category'),
    session.categoryName === null ? (session.category ?? page.say('未选择', 'not chosen')) : page.text(session.categoryName),
  ],
  [
    page.say('检测时间', 'Tested'),
    html`<span class="tight">${clockTime(session.startedAt)}</span>${session.endedAt === null ? null : html` – <span class="tight">${clockTime(session.endedAt)}</span>`}${page.say(`（${ZONE}）`, ` (${ZONE})`)}`,
  ],
  [page.say('报告编号', 'Report no.'), page.reportNumber()],
])}
<section class="conclusion ${conclusion.tone}" aria-label="${page.say('结论', 'Conclusion')}">
<h2>${page.say('结论', 'Conclusion')}</h2>
<p class="sentence">${page.text(conclusion.sentence)}</p>
<ol class="numbers">${conclusion.numbers.map(
    (number) =>
      html`<li><b>${thousands(number.value)}</b><span>${page.text(number.label)}</span><small>${page.text(number.note)}</small></li>`,
  )}</ol>
${distribution(page)}
${limited}
</section>
<nav aria-label="${page.say('目录', 'Contents')}"><h2>${page.say('目录', 'Contents')}</h2><ol class="contents">${sections.map(
    (section, at) => html`<li><a href="#${section.id}"><span class="no">${at + 1}</span>${section.title}</a></li>`,
  )}</ol></nav>
</header>`;
}
