/** What the page says of a session, held against what is so: nothing is called clean, complete or saved that is not. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { InputError } from '../../src/errors.js';
import type { LiveOptions } from '../../src/live/index.js';
import { builtPage, launch, type Opened, PAGE_DIR } from '../live/browser.js';
import { type FakeAudit, party } from '../live/fake-audit.js';
import { type Started, startFake } from '../live/server.js';
import { earlier, fakeRetention, tester } from '../live/tester.js';
import { closeRide, showRide } from './shown-ride.js';

let browser: Browser;
let audit: FakeAudit;
let live: Started;
let tab: Opened;

beforeAll(async () => {
  await builtPage();
  browser = await launch();
});
afterAll(() => browser.close());

/** What a person may do from the page, each as the server does it. */
const offers = (ride: FakeAudit): Partial<LiveOptions> => ({
  commands: {
    newSession: () => Promise.reject(new InputError('OVR_SESSION_STORE', 'The disk refuses.', { next: 'Make room.' })),
    deleteSession: () => ({ sessions: 1, complete: true }),
    endSession: async () => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      return ride.end();
    },
  },
  report: () => Promise.reject(new InputError('OVR_PDF_BROWSER', 'No browser.', { next: 'Install one.' })),
});

beforeEach(async () => {
  ({ audit, live, tab } = await showRide(browser, (ride) => ({ ...tester, retention: fakeRetention(14), ...offers(ride) })));
});
afterEach(() => closeRide({ live, tab }));

const late = { party: party('late.example', null, null, null, null), path: '/late', evidence: [] };

test('incident: a limit that was reached after the page was opened was never shown; the page called all inspected', async () => {
  const { page } = tab;
  for (const { host, reach } of [...audit.links.values()]) if (reach !== 'cleartext') audit.link(host, 'decrypted', 0, null);
  for (const [key, { grade }] of [...audit.found]) if (grade === 'opaque') audit.found.delete(key);
  await page.reload();
  const board = page.locator('.board .card', { hasText: '没有看到的部分' });
  await expect.poll(() => board.textContent()).toContain('所有连接都已检查');
  const counted = audit.traffic.bind(audit);
  audit.store.traffic = (id) => ({ ...counted(id), limitsReached: { jsonDepth: 2 }, truncated: 1 });
  audit.send(late);
  await expect.poll(() => board.textContent()).toContain('达到处理上限');
  expect(await board.textContent()).not.toContain('所有连接都已检查');
  expect(await page.locator('.answer-line').textContent()).toContain('有的内容只检查了一部分');
  expect(await page.locator('.tabs .count-warn').textContent()).toBe('2');
});

const imei = { dataType: 'imei', path: 'body.text', value: '001012345678902', masked: '001*', verdict: 'beyond_necessary' as const };
const headline = () => tab.page.locator('.answer-line').textContent();

test('incident: where no list could be held against anything, the headline said that nothing went beyond it', async () => {
  for (const [id, finding] of audit.found)
    audit.found.set(id, finding.verdict === 'technical' ? finding : { ...finding, verdict: 'not_judged', issues: [] });
  await tab.page.reload();
  await expect.poll(headline).toContain('项发现都没有判定');
  expect(await headline()).not.toContain('没有发现超出必要范围');
});

test('incident: each host of the app itself was counted as one more company that received', async () => {
  for (const [key, { verdict }] of [...audit.found]) if (verdict === 'beyond_necessary') audit.found.delete(key);
  for (const n of [1, 2, 3, 4])
    audit.send({ party: party(`h${n}.own.example`, null, null, 'first_party', true), path: '/own', evidence: [imei] });
  await tab.page.reload();
  await expect.poll(headline).toContain('发给自有服务（4 个主机）；');
  for (const n of [1, 2]) audit.send({ party: party(`h${n}.stranger.example`, null, null, null, null), path: '/', evidence: [imei] });
  await expect.poll(headline).toContain('等 3 家（6 个主机）');
});

test('incident: what a mini program with a category sent beyond it was left out of the headline as long as the app had none', async () => {
  const id = [...audit.found].find(([, { verdict }]) => verdict === 'beyond_necessary')![0];
  for (const [key, finding] of audit.found)
    if (key !== id && finding.verdict !== 'technical') audit.found.set(key, { ...finding, verdict: 'not_judged', issues: [] });
  audit.found.set(id, { ...audit.found.get(id)!, app: 'wechat:wx0000000000000001' });
  await audit.change({ categories: { main: [], 'wechat:wx0000000000000001': ['ride_hailing'] } });
  await tab.page.reload();
  await expect.poll(headline).toContain('1 项超出必要范围');
  expect(await headline()).toMatch(/；其中 1 项由小程序或其他 App 发送；还没有选择 App 类型，\d+ 项发现没有判定/u);
});

test('incident: a session that is over without any traffic was said to have found nothing, and traffic to be arriving', async () => {
  audit.rows.length = 0;
  audit.found.clear();
  audit.links.clear();
  await audit.end();
  await tab.page.reload();
  await expect.poll(headline).toContain('没有任何请求，无从判断');
  const list = await tab.page.locator('.list').textContent();
  expect(list).toContain('没有流量，不等于没有问题');
  expect(list).not.toContain('流量已经到达');
});

test('incident: in matrix and timeline nothing told of receivers that were muted, or that the filter let nothing through', async () => {
  const { page } = tab;
  await page.goto(`${live.origin}/?view=matrix&mute=host:sdk.adwave.example`);
  await page.locator('.matrix-cell').first().waitFor();
  expect(await page.locator('.matrix').textContent()).not.toContain('sdk.adwave.example');
  expect(await page.locator('.muted').textContent()).toContain('sdk.adwave.example');
  await page.locator('.filter input').fill('type:nowhere');
  await expect.poll(() => page.locator('main').textContent()).toContain('没有符合筛选的发现');
  await page.goto(`${live.origin}/?view=timeline&mute=host:sdk.adwave.example&q=type:nowhere`);
  await expect.poll(() => page.locator('main').textContent()).toContain('没有符合筛选的发现');
  expect(await page.locator('.muted').textContent()).toContain('sdk.adwave.example');
});

test('incident: a cell of the matrix gave all that a receiver got under the worst verdict of it', async () => {
  const beyond = [...audit.found.values()].find(({ dataType, party: { host } }) => dataType === 'mac_address' && host.startsWith('sdk.'))!;
  audit.found.set('other', { ...beyond, id: 'other', app: 'wechat:wx0000000000000001', verdict: 'necessary', issues: [], count: 40 });
  await tab.page.goto(`${live.origin}/?view=matrix&q=type:mac_address`);
  await expect.poll(() => tab.page.locator('.matrix-cell').textContent()).toContain(`超出必要范围${beyond.count}另有其他判定 40 次`);
});

test('incident: what only the receivers behind the last column of the matrix got stood in it as if nobody had', async () => {
  for (let n = 0; n < 45; n += 1) audit.send({ ...late, party: party(`h${n}.example`, null, null, null, false), evidence: [imei] });
  audit.send({
    ...late,
    party: party('zz.example', null, null, null, null),
    evidence: [{ ...imei, dataType: 'voice', verdict: 'technical' }],
  });
  await tab.page.goto(`${live.origin}/?view=matrix`);
  const row = tab.page.locator('.matrix tbody tr', { hasText: 'voice' });
  await expect.poll(() => row.locator('.matrix-cell').count()).toBe(1);
  expect(await tab.page.locator('.matrix thead').textContent()).toContain('其余');
});

test('incident: a link to a session that is not there showed another one under its name, and said nothing', async () => {
  const { page } = tab;
  await page.goto(`${live.origin}/?session=s-deleted&view=coverage`);
  const banner = page.locator('.banner', { hasText: '要打开的会话不在这里' });
  await expect.poll(() => banner.textContent()).toContain('s-deleted');
  expect(page.url()).toBe(`${live.origin}/?view=coverage`);
  await banner.locator('button').click();
  await expect.poll(() => banner.count()).toBe(0);
});

test('incident: of a session that another process records the page showed numbers of one moment as if they were those of now', async () => {
  const { page } = tab;
  const foreign = { ...audit.session(), id: 's-foreign', startedAt: Date.now() - 65_000 };
  audit.others.push({
    session: foreign,
    rules: { pack: '', version: '', sha256: '' },
    exchanges: 0,
    findings: 0,
    byVerdict: {},
    bytesUp: 0,
    bytesDown: 0,
  });
  await page.goto(`${live.origin}/?session=s-foreign`);
  await expect.poll(() => page.locator('.banner').allTextContents()).toEqual([expect.stringContaining('由另一个进程记录')]);
  expect(await page.locator('.status .number').textContent()).toMatch(/^1:\d\d$/);
});

test('incident: rules that could not be had at the start left the page loading for ever', async () => {
  const { page } = tab;
  let refuse = true;
  await page.route('**/api/rules', (route) => (refuse ? route.fulfill({ status: 503, body: '{}' }) : route.continue()));
  await page.reload();
  await expect.poll(() => page.locator('.banner').textContent()).toContain('HTTP 503');
  refuse = false;
  await page.locator('.row[aria-rowindex]').first().waitFor();
  await expect.poll(() => page.locator('.banner').count()).toBe(0);
  tab.complaints.length = 0;
});

test('incident: how long a session ran, and when a finding was accepted, was told by the clock of whoever looked', async () => {
  const { page } = tab;
  await page.clock.setSystemTime(Date.now() + 3_600_000);
  await page.reload();
  await page.locator('.row', { hasText: 'IMEI' }).first().click();
  expect(await page.locator('.status .number').textContent()).toMatch(/^2:\d\d$/);
  await page.locator('.detail-tools button', { hasText: '接受' }).click();
  await page.locator('.acceptance textarea').fill('理由');
  await page.locator('.acceptance button[type=submit]').click();
  await expect.poll(() => Math.abs((audit.session().subject.accepted?.[0]?.at ?? 0) - Date.now())).toBeLessThan(60_000);
});

const refusal = (code: string) => ({ status: 400, contentType: 'application/json', body: JSON.stringify({ code, message: '', next: '' }) });

test('incident: a refused question left the rows and the count of the one before it under the new filter', async () => {
  const { page } = tab;
  let refuse = true;
  await page.route(/where=host%3Aadwave/, (route) => (refuse ? route.fulfill(refusal('OVR_UI_BUSY')) : route.continue()));
  await page.locator('.tabs button', { hasText: '请求' }).click();
  await page.locator('.row.request[aria-rowindex="1"]').waitFor();
  await page.locator('.filter input').fill('host:adwave');
  const failed = page.locator('.list .pane-wait', { hasText: '同时进行的查找太多' });
  await failed.waitFor();
  expect(await page.locator('.row.request[aria-rowindex]').count()).toBe(0);
  expect(await page.locator('.list-tools').textContent()).not.toContain('共');
  refuse = false;
  await failed.locator('button', { hasText: '重试' }).click();
  await expect.poll(() => page.locator('.row.request[aria-rowindex]').count()).toBe(6);
  expect(await page.locator('.list-tools').textContent()).toContain('共 6 条');
  tab.complaints.length = 0;
});

test('incident: rows that could not be read once stayed dots for as long as the list was open', async () => {
  const { page } = tab;
  for (let n = 0; n < 600; n += 1) audit.send({ ...late, path: `/n/${n}` }, n === 599);
  let refuse = true;
  await page.route(/exchanges\?offset=[1-9]/, (route) => (refuse ? route.fulfill(refusal('OVR_STORE_BUSY')) : route.continue()));
  await page.locator('.tabs button', { hasText: '请求' }).click();
  await page.locator('.row.request[aria-rowindex="1"]').waitFor();
  await page.evaluate('document.querySelector(".window").scrollTo(0, 32 * 300)');
  const again = page.locator('.list .pane-wait button', { hasText: '重试' });
  await again.waitFor();
  refuse = false;
  await again.click();
  await page.locator('.row.request[aria-rowindex="303"]').waitFor();
  tab.complaints.length = 0;
});

test('incident: a list that was not searched yet said that nothing matches', async () => {
  const { page } = tab;
  let go = () => {};
  await page.route(/\/search\?/, async (route) => {
    await new Promise<void>((resolve) => (go = resolve));
    await route.continue();
  });
  await page.locator('.filter input').fill('cold_start');
  await expect.poll(() => page.locator('.list').textContent()).toContain('正在请求内容里查找');
  expect(await page.locator('.list').textContent()).not.toContain('没有符合筛选的发现');
  await expect
    .poll(() => {
      go();
      return page.locator('.row[aria-rowindex]').count();
    })
    .toBe(4);
});

test('incident: what was refused to be read was waited for without end, without a word in its place', async () => {
  const { page } = tab;
  let refuse = true;
  await page.route(/exchanges\/\d+/, (route) => (refuse ? route.fulfill(refusal('OVR_UI_NOT_FOUND')) : route.continue()));
  await page.locator('.row', { hasText: 'IMEI' }).first().click();
  const failed = page.locator('.evidence .pane-wait', { hasText: '可能已被删除' });
  await failed.waitFor();
  refuse = false;
  await failed.locator('button').click();
  await page.locator('.evidence .code').first().waitFor();
  await page.goto(`${live.origin}/?finding=gone`);
  await expect.poll(() => page.locator('.detail').textContent()).toContain('没有这条发现');
  tab.complaints.length = 0;
});

test('incident: what a dialog was refused for stood behind it, out of reach of eyes, keys and screen readers', async () => {
  const { page } = tab;
  await page.keyboard.press('n');
  await page.locator('.next-session button[type=submit]').click();
  const told = page.locator('dialog[open] .banner');
  await expect.poll(() => told.textContent()).toContain('没有开始新会话');
  await told.locator('button').click();
  await expect.poll(() => page.locator('.banner-bad').count()).toBe(0);
  tab.complaints.length = 0;
});

test('incident: whoever was told to look at the new number of sessions that are due went on seeing the old one', async () => {
  const { page } = tab;
  await page.locator('button[aria-label="设置"]').click();
  await page.locator('.retention button', { hasText: '删除已到期的 2 个会话' }).click();
  await page.route('**/api/retention/purge', (route) => route.fulfill(refusal('OVR_UI_CHANGED')));
  await page.route('**/api/retention', (route) => route.fulfill({ json: { days: 14, fixedBy: null, due: 5 } }));
  await page.locator('.retention button', { hasText: '确认' }).click();
  await page.locator('.retention button', { hasText: '删除已到期的 5 个会话' }).waitFor();
  expect(await page.locator('dialog[open] .banner').textContent()).toContain('看清新的数目');
  tab.complaints.length = 0;
});

test('incident: a second press while a session was ending showed a failure for what had gone well', async () => {
  const { page } = tab;
  await page.locator('button', { hasText: '结束会话' }).click();
  const end = page.locator('button', { hasText: '确认结束' });
  await end.click();
  await expect.poll(() => page.locator('button', { hasText: '正在结束' }).isDisabled()).toBe(true);
  await expect.poll(() => page.locator('.status').textContent()).toContain('已结束');
  expect(await page.locator('.banner-bad').count()).toBe(0);
});

test('incident: an answer that the server refused stayed marked as if it had been kept', async () => {
  const { page } = tab;
  await page.goto(`${live.origin}/?view=checklist`);
  await page.route('**/subject', (route) => route.fulfill(refusal('OVR_STORE_FULL')));
  const first = page.locator('.refusal').first();
  const chosen = () => first.locator('input:checked').locator('..').textContent();
  await first.locator('label', { hasText: '否' }).click();
  await expect.poll(() => page.locator('.banner-bad').textContent()).toContain('磁盘已满');
  await expect.poll(chosen).toBe('未测');
  await first.locator('.field').fill('退出应用');
  await first.locator('.field').blur();
  await expect.poll(() => first.textContent()).toContain('没有保存');
  await page.unroute('**/subject');
  await first.locator('label', { hasText: '否' }).click();
  await expect.poll(() => audit.session().subject.refusal?.[0]?.answer).toBe('no');
  expect(await chosen()).toBe('否');
  tab.complaints.length = 0;
});

test('incident: Enter and Escape that an input method took meant something to the page as well', async () => {
  const { page } = tab;
  await page.keyboard.press('n');
  await page.locator('.next-session').waitFor();
  const press = (selector: string, key: string) =>
    page.locator(selector).first().dispatchEvent('keydown', { key, isComposing: true, bubbles: true });
  await press('.next-session input', 'Escape');
  expect(await page.locator('.next-session').count()).toBe(1);
  await page.keyboard.press('Escape');
  await page.locator('button.app-name').click();
  await page.locator('.app-name-field').fill('xing');
  await press('.app-name-field', 'Enter');
  expect(await page.locator('.app-name-field').inputValue()).toBe('xing');
  await page.keyboard.press('Enter');
  await expect.poll(() => audit.session().subject.app).toBe('xing');
});

test('incident: a report that could not be made failed in the download list of the browser, and the page said nothing', async () => {
  const { page } = tab;
  await page.locator('.header-tools .menu summary').click();
  await page.locator('.menu a', { hasText: 'HTML' }).click();
  await expect.poll(() => page.locator('.banner-bad').textContent()).toContain('没有找到');
  await expect.poll(() => page.locator('.menu summary').first().textContent()).toBe('导出报告');
  tab.complaints.length = 0;
});

test('incident: a value that was refused was said to be shown and logged', async () => {
  const { page } = tab;
  await page.locator('.row', { hasText: 'IMEI' }).first().click();
  const reveal = page.locator('.reveal');
  await reveal.waitFor();
  const held: Array<() => Promise<void>> = [];
  await page.route('**/reveal', (route) => void held.push(() => route.fulfill(refusal('OVR_STORE_FULL'))));
  await reveal.hover();
  await page.mouse.down();
  await expect.poll(() => held.length).toBe(1);
  expect(await reveal.textContent()).toContain('正在读取');
  await held[0]?.();
  await expect.poll(() => reveal.textContent()).toContain('按住显示原值');
  expect(await page.locator('.banner-bad').textContent()).toContain('磁盘已满');
  await page.mouse.up();
  tab.complaints.length = 0;
});

test('incident: of a request that was not looked through the page said that nothing was found in it', async () => {
  const { page } = tab;
  audit.send(late);
  const seq = audit.rows.length - 1;
  audit.whole[seq] = { ...audit.whole[seq]!, warnings: [{ code: 'gap', detail: '900 bytes' }] };
  await page.goto(`${live.origin}/?view=requests&exchange=${seq}`);
  await expect.poll(() => page.locator('.evidence > .warn').textContent()).toContain('没有查完');
});

test('incident: of a recording the page counted no hosts, and of requests read in part it said that all were analysed', async () => {
  const { page } = tab;
  const measure = (name: string) => page.locator('.measures > div', { hasText: name }).locator('dd').textContent();
  const contacted = new Set(audit.rows.map(({ host }) => host)).size;
  audit.links.clear();
  const counted = audit.traffic.bind(audit);
  audit.store.traffic = (id) => ({ ...counted(id), limitsReached: { jsonDepth: 2 } });
  await audit.end();
  await live.close();
  live = await startFake(audit, { pageDir: PAGE_DIR });
  await page.goto(live.url);
  await expect.poll(() => measure('主机')).toBe(`${contacted} 已读 ${contacted}`);
  expect(await measure('请求')).toContain('部分没有查完');
  tab.complaints.length = 0;
});

test('incident: a command to copy lacked a binary body, and did not say so', async () => {
  const { page } = tab;
  await tab.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.locator('.row', { hasText: '盾识' }).first().click();
  await page.locator('button', { hasText: '复制为 cURL' }).click();
  await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toMatch(/^# 正文（512 B）.*\ncurl -X 'POST'/u);
  await page.goto(`${live.origin}/?q=type:phone_number`);
  await page.locator('.row[aria-rowindex="1"]').click();
  await page.locator('button', { hasText: '复制为 cURL' }).click();
  await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toMatch(/^curl -X 'POST'.*--data-raw/su);
});

test('incident: findings of other scenes were left out of the two halves of a session, and nothing said so', async () => {
  const { page } = tab;
  await audit.markScene('后台', 'background');
  audit.send({ ...late, evidence: [imei] });
  await page.goto(`${live.origin}/?view=sessions&compare=consent`);
  await expect.poll(() => page.locator('.compare').textContent()).toContain('另有 1 项只出现在其他场景');
});

test('incident: the list of sessions kept the numbers of the moment at which the page was opened', async () => {
  const { page } = tab;
  await page.locator('.tabs button', { hasText: '会话' }).click();
  const chip = page.locator('.session-list .tone-beyond_necessary .number');
  const before = Number(await chip.textContent());
  audit.send({ ...late, evidence: [imei] });
  await expect.poll(() => chip.textContent()).toBe(String(before + 1));
  audit.others.push(earlier(audit));
  await page.locator('.tabs button', { hasText: '发现' }).click();
  await page.locator('.tabs button', { hasText: '会话' }).click();
  await expect.poll(() => page.locator('.session-list code').allTextContents()).toEqual(['s-demo-1', 'old']);
});

test('incident: a condition of a mini program was asked of the app, or of nobody', async () => {
  const id = [...audit.found].find(([, { dataType }]) => dataType === 'payment_amount')![0];
  audit.found.set(id, { ...audit.found.get(id)!, app: 'wechat:wx0000000000000001' });
  await audit.change({ categories: { main: ['news'], 'wechat:wx0000000000000001': ['ride_hailing'] } });
  await tab.page.reload();
  await tab.page.locator('.question', { hasText: '网络预约出租汽车服务' }).waitFor();
  await tab.page.goto(`${live.origin}/?view=checklist`);
  await tab.page.locator('.conditions fieldset', { hasText: '网络预约出租汽车服务' }).waitFor();
});

test('incident: a phone with hosts that refuse the certificate was said to be decrypted, and no more', async () => {
  audit.link('refusing.example', 'ca_not_trusted', 0, null);
  await expect.poll(() => tab.page.locator('.device-short').textContent()).toContain('另有 3 个主机未解密');
});

test('incident: of a session that broke off, or of which nothing could be read, the headline said that nothing was found', async () => {
  const { page } = tab;
  for (const [id, { verdict }] of audit.found) if (verdict !== 'technical') audit.found.delete(id);
  const counted = audit.traffic.bind(audit);
  audit.store.traffic = (id) => ({ ...counted(id), payloads: { sent: 4, closed: 4 } });
  await audit.end();
  const over = { ...audit.session(), status: 'interrupted' as const };
  audit.store.session = () => over;
  await page.reload();
  await expect.poll(headline).toContain('全部无法查看，无从判断；');
  expect(await headline()).toContain('记录意外中断');
  expect(await headline()).not.toContain('没有发现');
  await page.locator('.tabs button', { hasText: '未检查' }).click();
  await expect.poll(() => page.locator('.unseen').textContent()).toContain('最后一段可能没有记录下来');
});
