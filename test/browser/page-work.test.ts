import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { SubjectPatch } from '../../src/model/audit.js';
import { builtPage, launch, type Opened, openTab } from '../live/browser.js';
import type { FakeAudit } from '../live/fake-audit.js';
import { rideAudit } from '../live/ride.js';
import { type Started, startFake } from '../live/server.js';
import { earlier, tester } from '../live/tester.js';

let browser: Browser;
let pageDir: string;
let audit: FakeAudit;
let live: Started;
let tab: Opened;

beforeAll(async () => {
  pageDir = await builtPage();
  browser = await launch();
});
afterAll(() => browser.close());

beforeEach(async () => {
  audit = await rideAudit(Date.now() - 160_000);
  audit.others.push(earlier(audit));
  live = await startFake(audit, {
    pageDir,
    ...tester,
    report: (id, format) => ({ body: id, mime: 'text/html', name: `report.${format}` }),
    selection: (id, only, format) => ({ body: `${id} ${only.size}`, mime: 'text/html', name: `part.${format}` }),
  });
  tab = await openTab(browser, live.url);
  await tab.page.locator('.row[aria-rowindex]').first().waitFor();
});
afterEach(async () => {
  expect(tab.complaints).toEqual([]);
  await tab.context.close();
  await live.close();
});

const changes = () => audit.calls.flatMap((call) => (Array.isArray(call) && call[0] === 'change' ? [call[1] as SubjectPatch] : []));
const rows = () => tab.page.locator('.row[aria-rowindex]');

test('a filter by app, device and status suggests what occurs, is saved, and taken up after a reload', async () => {
  const { page } = tab;
  const all = await rows().count();
  await page.locator('.filter input').fill('device:');
  await page.locator('#suggestions li', { hasText: 'device:192.168.31.44' }).dispatchEvent('mousedown');
  expect(await rows().count()).toBe(all);
  await page.locator('.filter input').fill('status:404');
  await expect.poll(() => rows().count()).toBe(0);
  await page.locator('.filter input').fill('app:main type:imei');
  await expect.poll(() => rows().count()).toBe(2);
  await page.keyboard.press('Enter');
  await page.locator('.saved summary').click();
  await page.locator('.saved button', { hasText: '保存当前筛选' }).click();
  await page.goto(live.origin);
  await rows().first().waitFor();
  await page.locator('.saved summary').click();
  await page.locator('.saved-line .mono').click();
  await expect.poll(() => rows().count()).toBe(2);
});

test('only the filtered findings are exported, and the server is told which', async () => {
  const { page } = tab;
  await page.locator('.filter input').fill('type:imei ');
  await expect.poll(() => rows().count()).toBe(2);
  await page.locator('.header-tools .menu summary').click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.menu-item', { hasText: 'HTML' }).click()]);
  expect(download.suggestedFilename()).toBe('part.html');
  expect(readFileSync(await download.path(), 'utf8')).toBe('s-demo-1 2');
});

test('from a finding to the rule it rests on, by a link that opens alone', async () => {
  const { page } = tab;
  await page.locator('.row', { hasText: 'IMEI' }).first().click();
  await page.locator('.issue .rule-link').first().click();
  await expect.poll(() => page.url()).toContain('rule=check.');
  await page.goBack();
  await page.locator('.why .rule-link', { hasText: '如何识别' }).click();
  const article = page.locator('.rules-page');
  await expect.poll(() => article.textContent()).toContain('不可变更标识');
  await page.goto(`${live.origin}/?view=rules&rule=category.ride_hailing`);
  await expect.poll(() => article.textContent()).toContain('乘车人出发地、到达地、位置信息、行踪轨迹');
  expect(await article.textContent()).toContain('网络预约出租汽车服务');
  await article.locator('.type-chip a', { hasText: '手机号码' }).click();
  await article.locator('button', { hasText: '本会话发现' }).click();
  await expect.poll(() => page.url()).toContain('type%3Aphone_number');
});

test('a finding is accepted with a reason: it stays, marked, until that is taken back', async () => {
  const { page } = tab;
  const before = await rows().count();
  await page.locator('.row', { hasText: 'IMEI' }).first().click();
  await page.locator('.detail-tools button', { hasText: '接受' }).click();
  await page.locator('.acceptance textarea').fill('已取得<b>单独</b>同意');
  await page.locator('.acceptance button[type=submit]').click();
  await expect.poll(() => page.locator('.acceptance').textContent()).toContain('已取得<b>单独</b>同意');
  expect(audit.session().subject.accepted).toMatchObject([{ reason: '已取得<b>单独</b>同意' }]);
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('.row .tag', { hasText: '已接受' }).count()).toBe(1);
  expect(await rows().count()).toBe(before);
  await page.locator('.row', { hasText: '已接受' }).click();
  await page.locator('.acceptance button', { hasText: '撤回' }).click();
  await expect.poll(() => audit.session().subject.accepted).toEqual([]);
});

test('a muted host leaves the list, not the counts, and comes back', async () => {
  const { page } = tab;
  const total = await page.locator('.tile.tone-beyond_necessary .tile-number').textContent();
  await page.locator('.row', { hasText: 'adwave' }).first().click();
  await page.locator('.detail-tools button', { hasText: '静音' }).click();
  await expect.poll(() => page.locator('.row', { hasText: 'adwave' }).count()).toBe(0);
  expect(await page.locator('.tile.tone-beyond_necessary .tile-number').textContent()).toBe(total);
  await page.reload();
  await page.locator('.muted button', { hasText: 'adwave' }).click();
  await expect.poll(() => page.locator('.row', { hasText: 'adwave' }).count()).toBeGreaterThan(0);
});

test('the refusal test keeps each answer with its question and note', async () => {
  const { page } = tab;
  await page.locator('.tabs button', { hasText: '核对' }).click();
  const first = page.locator('.refusal').first();
  await first.locator('label', { hasText: '否' }).click();
  await expect.poll(() => audit.session().subject.refusal?.[0]?.answer).toBe('no');
  await first.locator('.field').fill('退出应用');
  await first.locator('.field').blur();
  await expect.poll(() => audit.session().subject.refusal?.[0]?.note).toBe('退出应用');
  expect(audit.session().subject.refusal?.map(({ id, answer }) => [id, answer])).toEqual([
    ['basic_works', 'no'],
    ['asked_again', 'not_tested'],
  ]);
  expect(await page.locator('.persona').textContent()).toContain('139****0000');
});

test('the declared inventory is saved line by line, and a type the rules do not know is refused', async () => {
  const { page } = tab;
  await page.goto(`${live.origin}/?view=checklist`);
  const cells = page.locator('.table-box .field');
  await cells.nth(0).fill('imei_number');
  const save = page.locator('button', { hasText: '保存并重新判定' });
  expect(await save.isDisabled()).toBe(true);
  await cells.nth(0).fill('imei');
  await cells.nth(1).fill('安全风控');
  await cells.nth(2).fill('adwave.example');
  await save.click();
  await expect.poll(() => changes().at(-1)?.declared).toEqual([{ dataType: 'imei', purpose: '安全风控', receiver: 'adwave.example' }]);
  await page.locator('button', { hasText: '撤掉清单' }).click();
  await expect.poll(() => changes().at(-1)?.declared).toBeNull();
});

test('two sessions side by side, and the two halves of one', async () => {
  const { page } = tab;
  await page.locator('.tabs button', { hasText: '会话' }).click();
  await page.locator('.compare select').nth(0).selectOption('old');
  await page.locator('.compare select').nth(1).selectOption('s-demo-1');
  await expect.poll(() => page.locator('.diff').textContent()).toContain('old.example');
  expect(await page.locator('.diff-caveats').textContent()).toContain('之前: 没有流量');
  expect(page.url()).toContain('compare=old..s-demo-1');
  await page.locator('.compare button', { hasText: '同意前 / 同意后' }).click();
  await expect.poll(() => page.locator('.diff h3').first().textContent()).toContain('仅在同意前');
  expect(await page.locator('.diff li').count()).toBeGreaterThan(0);
});

test('settings change language and appearance, and list who looked', async () => {
  const { page } = tab;
  await page.locator('.row', { hasText: 'IMEI' }).first().click();
  await page.locator('.code').first().waitFor();
  await page.keyboard.down('m');
  await page.locator('.reveal-on').waitFor();
  await page.waitForTimeout(200);
  await page.keyboard.up('m');
  await page.locator('button[aria-label="设置"]').click();
  await expect.poll(() => page.locator('.reveals li').count()).toBeGreaterThan(0);
  expect(await page.locator('.settings').textContent()).toContain('保留 14 天');
  await page.locator('.settings select').nth(0).selectOption('en');
  await page.locator('.settings select').nth(1).selectOption('dark');
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
  expect(await page.locator('.settings').textContent()).toContain('for 14 days');
});
