import { byteSize, clockTime } from '../figures.js';
import { type Html, html } from './markup.js';
import { type Page, table } from './page.js';

/** Appendix D: the pictures that the tester gave, with what proves them; null where there are none. */
export function screenshots(page: Page): Html | null {
  const { report, pictures } = page;
  if (report.screenshots === undefined) return null;
  return html`<h3>${page.say('附录 D　截图', 'Appendix D: screenshots')}</h3>
<p class="note">${page.say(
    '截图由测试者提供，画面内容未脱敏；文件见证据包，以 SHA-256 核对。',
    'Pictures are as the tester took them: what stands on the screen is not masked. The files are in the evidence package; compare their SHA-256.',
  )}</p>
${table(
  page.say('截图清单', 'Screenshots'),
  [
    { head: page.say('文件', 'File'), kind: 'tight mono' },
    { head: page.say('场景', 'Scene') },
    { head: page.say('时间', 'Time'), kind: 'tight num' },
    { head: page.say('大小', 'Size'), kind: 'num' },
    { head: 'SHA-256', kind: 'mono wide' },
  ],
  report.screenshots.map(({ file, scene, at, size, sha256 }) => [file, page.scene(scene), clockTime(at), byteSize(size), sha256]),
)}${report.screenshots.map(({ file, scene, at, mime, sha256 }) => {
  const bytes = pictures.get(sha256);
  if (bytes === undefined) return null;
  const title = `${file} · ${page.scene(scene)} · ${clockTime(at)}`;
  return html`<figure class="picture"><img src="data:${mime};base64,${Buffer.from(bytes).toString('base64')}" alt="${title}"><figcaption>${title}</figcaption></figure>`;
})}`;
}
