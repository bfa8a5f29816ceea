import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { limits } from '../../src/limits.js';
import { zstdRaw } from '../decode/sample.js';
import { builtPage, launch, type Opened, PAGE_DIR } from '../live/browser.js';
import { type FakeAudit, party } from '../live/fake-audit.js';
import { ride } from '../live/ride.js';
import { type Started, startFake } from '../live/server.js';
import { closeRide, showRide } from './shown-ride.js';

let browser: Browser;
let audit: FakeAudit;
let live: Started;
let tab: Opened;
const passed = new Set<string>();

beforeAll(async () => {
  await builtPage();
  browser = await launch();
});
afterAll(() => browser.close());

beforeEach(async () => {
  ({ audit, live, tab } = await showRide(browser, () => ({
    commands: { passThrough: (host, on) => void (on ? passed.add(host) : passed.delete(host)), passedThrough: () => [...passed] },
    report: (id, format, language) => ({ body: `${id} ${format} ${language}`, mime: 'text/html', name: `report.${format}` }),
  })));
});
afterEach(() => closeRide({ live, tab }));

const late = {
  party: party('late.example', { zh: '迟到科技', en: 'Latecomer' }, null, 'ads', false),
  path: '/late',
  body: '{"oaid":"9f3c1a7e-late"}',
  evidence: [{ dataType: 'oaid', path: 'body.$.oaid', value: '9f3c1a7e-late', masked: '9f3c****', verdict: 'beyond_necessary' as const }],
};

test('the token leaves the address, and a reload needs none', async () => {
  expect(tab.page.url()).toBe(`${live.origin}/`);
  await tab.page.reload();
  await tab.page.locator('.row[aria-rowindex]').first().waitFor();
});

test('a finding is on the page by itself, on top, and counts are right', async () => {
  const before = await tab.page.locator('.tile.tone-beyond_necessary .tile-number').textContent();
  audit.send(late);
  const first = tab.page.locator('.row[aria-rowindex="1"]');
  await expect.poll(() => first.textContent()).toContain('迟到科技');
  expect(await first.textContent()).toContain('超出必要范围');
  expect(await first.textContent()).toContain('第三方');
  await expect.poll(() => tab.page.locator('.tile.tone-beyond_necessary .tile-number').textContent()).toBe(String(Number(before) + 1));
  expect(await tab.page.locator('body').textContent()).not.toContain('9f3c1a7e-late');
});

test('while scrolled down the list stands still and offers what is new', async () => {
  for (let n = 0; n < 40; n += 1) audit.send({ ...late, party: { ...late.party, host: `h${n}.example` } });
  await tab.page.locator('.row', { hasText: 'h39.example' }).waitFor();
  await tab.page.evaluate('document.querySelector(".window").scrollTo(0, 800)');
  await tab.page.locator('.row', { hasText: 'h25.example' }).waitFor();
  const place = () => tab.page.locator('.row', { hasText: 'h25.example' }).boundingBox();
  const before = await place();
  for (let n = 0; n < 3; n += 1) audit.send({ ...late, party: { ...late.party, host: `new${n}.example` } });
  await expect.poll(() => tab.page.locator('.pill').textContent()).toContain('新增 3 条');
  expect(await place()).toEqual(before);
  await tab.page.locator('.pill').click();
  await tab.page.locator('.row', { hasText: 'new2.example' }).waitFor();
  await expect.poll(() => tab.page.locator('.pill').count()).toBe(0);
});

test('the detail says why and shows the field through every step, masked until it is held', async () => {
  const { page } = tab;
  await page.locator('.row', { hasText: 'IMEI' }).filter({ hasText: 'sdk.adwave.example' }).click();
  await page.locator('.layers').waitFor();
  const detail = page.locator('.detail');
  for (const words of [
    '不得因此拒绝提供基本功能',
    '第四条',
    'App不得因为用户不同意提供非必要个人信息',
    '第五条（二）',
    '本类清单中没有这一项',
    '改用 OAID',
    '与测试人物中的值逐字相同',
    '潮向广告',
    'AdWave SDK',
  ])
    await expect.poll(() => detail.textContent()).toContain(words);
  expect(await page.locator('.layers button').allTextContents()).toEqual(['raw', 'json', 'base64', 'json']);
  expect(await page.locator('.layers mark.aim').textContent()).toBe('001*********902');
  expect(await detail.textContent()).not.toContain('001012345678902');
  await page.keyboard.down('m');
  await expect.poll(() => page.locator('.layers mark.aim').textContent()).toBe('001012345678902');
  await page.keyboard.up('m');
  await expect.poll(() => page.locator('.layers mark.aim').textContent()).toBe('001*********902');
  await page.locator('.reveal').hover();
  await page.mouse.down();
  await expect.poll(() => page.locator('.layers mark.aim').textContent()).toBe('001012345678902');
  await page.mouse.up();
  await expect.poll(() => detail.textContent()).not.toContain('001012345678902');
  await page.locator('.layers button', { hasText: 'base64' }).click();
  await expect.poll(() => page.locator('.layers .did').textContent()).toContain('Base64');
  await page.locator('.layers button', { hasText: 'raw' }).click();
  await expect.poll(() => page.locator('.layers .did').count()).toBe(0);
  await expect.poll(() => page.locator('.layers mark.aim').textContent()).toMatch(/^‹base64 · \d+›$/);
});

test('keyboard alone: find, read, go back, mark a scene, ask for help', async () => {
  const { page } = tab;
  const selected = () => page.locator('.row-selected .cell-type .strong').textContent();
  await page.keyboard.press('j');
  await expect.poll(selected).toBe('Android ID');
  await page.keyboard.press('j');
  await expect.poll(selected).toBe('应用程序列表');
  await page.keyboard.press('k');
  await expect.poll(selected).toBe('Android ID');
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('.detail').count()).toBe(0);
  await page.keyboard.press('/');
  await page.keyboard.type('verdict:beyond type:mac');
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('.row[aria-rowindex]').count()).toBe(1);
  await page.keyboard.press('Enter');
  await page.locator('.detail').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('.detail').count()).toBe(0);
  await page.keyboard.press('s');
  await page.keyboard.press('4');
  await expect.poll(() => audit.session().scenes.at(-1)?.consent).toBe('background');
  await expect.poll(() => page.locator('.scenes [aria-pressed="true"]').textContent()).toContain('后台');
  await page.keyboard.press('?');
  await page.locator('dialog[open]', { hasText: '筛选语法' }).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('dialog[open]').count()).toBe(0);
});

test('the filter suggests, the address keeps it, back undoes it', async () => {
  const { page } = tab;
  await page.locator('.filter input').fill('par');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('.filter input').inputValue()).toBe('party:');
  await page.locator('.suggestions li', { hasText: '第三方' }).click();
  await expect.poll(() => page.locator('.row[aria-rowindex]').count()).toBe(12);
  await expect.poll(() => page.url()).toContain('q=party%3Athird');
  await page.locator('.row[aria-rowindex="1"]').click();
  await page.locator('.detail').waitFor();
  await page.reload();
  await page.locator('.detail').waitFor();
  await page.goBack();
  await expect.poll(() => page.locator('.detail').count()).toBe(0);
  await expect.poll(() => page.locator('.filter input').inputValue()).toContain('party:third');
});

test('category and condition are asked for and answered', async () => {
  const { page } = tab;
  await page.locator('.question', { hasText: '网络预约出租汽车服务' }).locator('button', { hasText: '是' }).click();
  await expect.poll(() => audit.session().subject.context).toEqual({ online_booked_taxi_only: true });
  await expect.poll(() => page.locator('.question').count()).toBe(0);
  await expect.poll(() => page.locator('.tile.tone-conditional .tile-number').textContent()).toBe('0');
  // A slip of the finger is taken back where the answers are kept.
  await page.locator('.tabs button', { hasText: '核对' }).click();
  const condition = page.locator('.conditions fieldset', { hasText: '网络预约出租汽车服务' });
  expect(await condition.locator('input:checked').locator('..').textContent()).toBe('成立');
  await condition.locator('label', { hasText: '不成立' }).click();
  await expect.poll(() => audit.session().subject.context).toEqual({ online_booked_taxi_only: false });
  await condition.locator('label', { hasText: '未回答' }).click();
  await expect.poll(() => audit.session().subject.context).toEqual({});
  await page.locator('.chip-button').click();
  await expect.poll(() => page.locator('.categories button').count()).toBe(39);
  expect(await page.locator('.categories small').count()).toBe(13);
  await page.locator('dialog input').fill('新闻');
  await expect.poll(() => page.locator('.categories button').count()).toBe(1);
  await page.locator('.categories button').click();
  await expect.poll(() => audit.session().subject.categories).toEqual({ main: ['news'] });
  await expect.poll(() => page.locator('.chip-button').textContent()).toContain('30 新闻资讯类');
});

test('what was not seen is said, with cause, next step and one click', async () => {
  const { page } = tab;
  await page.locator('.tabs button', { hasText: '未检查' }).click();
  const pinned = page.locator('.unseen li', { hasText: 'grpc.xinglu.example' });
  expect(await pinned.textContent()).toContain('证书锁定');
  expect(await pinned.textContent()).toContain('下一步');
  await pinned.locator('button').click();
  await expect.poll(() => [...passed]).toEqual(['grpc.xinglu.example']);
  expect(await page.locator('.unseen li', { hasText: 'collect.fraudnet.example' }).textContent()).toContain('无法解读');
});

test('a connection that breaks is said, and afterwards the totals are exact', { timeout: 60_000 }, async () => {
  const { page } = tab;
  const { port, token } = live;
  await live.close();
  await page.locator('.banner-warn').waitFor();
  tab.complaints.length = 0;
  for (const sent of ride) audit.send(sent);
  audit.send(late);
  live = await startFake(audit, { pageDir: PAGE_DIR, token, listen: { host: '127.0.0.1', port } });
  await page.locator('.banner-good').waitFor({ timeout: 15_000 });
  const { exchanges } = audit.counters();
  await expect.poll(() => page.locator('.tabs button', { hasText: '请求' }).locator('.count').textContent()).toBe(String(exchanges));
  await expect.poll(() => page.locator('.row[aria-rowindex="1"]').textContent()).toContain('迟到科技');
  tab.complaints.length = 0;
});

test('a tab that was held while more came than is kept for it asks anew, and counts exactly', { timeout: 60_000 }, async () => {
  const { page } = tab;
  const count = page.locator('.tabs button', { hasText: '请求' }).locator('.count');
  const debug = await page.context().newCDPSession(page);
  await debug.send('Debugger.enable');
  const held = new Promise((resolve) => debug.once('Debugger.paused', resolve));
  await debug.send('Debugger.pause');
  await held;
  const heavy = 'x'.repeat(100_000);
  for (let n = 0; n < 60; n += 1) {
    const sent = Array.from({ length: 10 }, () => {
      audit.send({ ...late, evidence: [] }, false);
      return { ...audit.rows.at(-1)!, method: heavy };
    });
    audit.publish(sent, []);
    await new Promise((resolve) => setTimeout(resolve, limits.feedFrameMs + 10));
  }
  const anew = page.waitForRequest(/\/api\/sessions\/[^/]+$/);
  await debug.send('Debugger.resume');
  await debug.send('Debugger.disable');
  await anew;
  await expect.poll(() => count.textContent(), { timeout: 15_000 }).toBe(String(audit.counters().exchanges));
  audit.send(late);
  await expect.poll(() => count.textContent()).toBe(String(audit.counters().exchanges));
});

test('every request, searched in the store, opened beside the list', async () => {
  const { page } = tab;
  await page.locator('.tabs button', { hasText: '请求' }).click();
  await page.locator('.row.request[aria-rowindex="26"]').waitFor({ state: 'attached' });
  await page.locator('.filter input').fill('cashier');
  await expect.poll(() => page.locator('.row.request[aria-rowindex]').count()).toBe(3);
  await expect.poll(() => page.url()).toContain('q=cashier');
  await page.keyboard.press('Enter');
  await page.locator('.row.request[aria-rowindex="1"]').click();
  await page.locator('.detail').waitFor();
  await expect.poll(() => page.locator('.code').textContent()).toBe('order=2026112100017&amount=38.**&channel=wechat&phone=139****0000');
  await page.locator('.found-button', { hasText: '手机号码' }).click();
  await page.locator('.why').waitFor();
});

test('the request list by keyboard alone: first, down, up, back, and far down it stays in sight', async () => {
  const { page } = tab;
  await page.keyboard.press('6');
  await page.locator('.row.request[aria-rowindex="1"]').waitFor();
  const index = () => page.locator('.row-selected').getAttribute('aria-rowindex');
  await page.keyboard.press('Enter');
  await expect.poll(index).toBe('1');
  await page.locator('.detail').waitFor();
  for (let n = 0; n < 24; n += 1) await page.keyboard.press('j');
  await expect.poll(index).toBe('25');
  expect(await page.locator('.row-selected').isVisible()).toBe(true);
  expect(await page.evaluate('document.querySelector(".row-selected").getBoundingClientRect().bottom <= innerHeight')).toBe(true);
  await page.keyboard.press('k');
  await expect.poll(index).toBe('24');
  const number = await page.locator('.row-selected .cell-no').textContent();
  expect(page.url()).toContain(`exchange=${number}`);
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('.detail').count()).toBe(0);
});

test('a compressed body is shown as text; one that is not what its header says is shown as it came, and that is said', async () => {
  const { page } = tab;
  const show = async (body: string | Uint8Array, encoding: string) => {
    const headers = [
      ['Content-Type', 'application/json'],
      ['Content-Encoding', encoding],
    ] as const;
    audit.send({ ...late, headers, body, evidence: [] });
    await page.goto(`${live.origin}/?view=requests&exchange=${audit.rows.at(-1)?.seq}`);
  };
  const told = page.locator('.body .warn');
  await show(gzipSync(zstdRaw(Buffer.from('{"note":"层层包着"}'))), 'zstd, gzip');
  await expect.poll(() => page.locator('.code').textContent()).toContain('"note": "层层包着"');
  expect(await told.count()).toBe(0);
  await show('{"note":"没有压缩"}', 'zstd');
  await expect.poll(() => told.allTextContents()).toEqual([expect.stringContaining('与声明的内容编码 zstd 不符')]);
  expect(await page.locator('.code').textContent()).toContain('没有压缩');
  await show('{"note":"谁也不认识"}', 'x-own');
  await expect.poll(() => told.allTextContents()).toEqual([expect.stringContaining('不认识内容编码 x-own')]);
});

test('a report is downloaded in the language of the page', async () => {
  const { page } = tab;
  await page.locator('.menu summary').click();
  expect(await page.locator('.menu a').first().textContent(), 'what people hand over comes first').toContain('HTML');
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.menu a', { hasText: 'HTML' }).click()]);
  expect(download.suggestedFilename()).toBe('report.html');
  expect(readFileSync(await download.path(), 'utf8')).toBe('s-demo-1 html zh-CN');
});

test('language and appearance change in the page and stay', async () => {
  const { page } = tab;
  await page.locator('button', { hasText: 'English' }).click();
  await expect.poll(() => page.locator('.tabs').textContent()).toContain('Findings');
  await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('en');
  await page.reload();
  await expect.poll(() => page.locator('.tabs').textContent()).toContain('Findings');
  await page.locator('button[aria-label^="Appearance"]').click();
  await page.locator('button[aria-label^="Appearance"]').click();
  await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark');
});

test('in English at 1280 pixels nothing in the header lies over another; Tab leads from the filter to the order, not to nowhere', async () => {
  const { page } = tab;
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.locator('button', { hasText: 'English' }).click();
  await expect.poll(() => page.locator('.tabs').textContent()).toContain('Findings');
  const overlaps = await page.locator('.header button:visible, .header summary:visible').evaluateAll((parts) => {
    const boxes = parts.map((part) => part.getBoundingClientRect());
    return boxes.flatMap((a, at) =>
      boxes
        .slice(at + 1)
        .filter((b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
        .map(() => parts[at]?.textContent ?? ''),
    );
  });
  expect(overlaps).toEqual([]);
  await page.locator('.filter input').focus();
  await page.locator('.suggestions').waitFor();
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.tagName')).toBe('SELECT');
});

test('ending takes two clicks, and then the session can only be read', async () => {
  const { page } = tab;
  await page.locator('button', { hasText: '结束会话' }).click();
  await page.locator('button', { hasText: '确认结束' }).click();
  await expect.poll(() => audit.session().status).toBe('ended');
  await expect.poll(() => page.locator('.scenes').count()).toBe(0);
  await page.locator('.row[aria-rowindex]').first().waitFor();
});

test('the chart tells the numbers of the moment it is pointed at', async () => {
  const { page } = tab;
  await page.keyboard.press('3');
  const over = page.locator('.plot .u-over');
  await over.waitFor();
  const sum = async () => (await page.locator('.legend .number').allTextContents()).slice(0, 5).reduce((all, n) => all + Number(n), 0);
  const all = await sum();
  expect(all).toBeGreaterThan(10);
  await over.hover({ position: { x: 2, y: 50 } });
  await expect.poll(sum).toBe(0);
  await page.locator('.legend li.sub').waitFor();
  await page.mouse.move(5, 5);
  await expect.poll(sum).toBe(all);
});
