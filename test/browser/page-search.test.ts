import { setTimeout as pause } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { builtPage, launch, type Opened } from '../live/browser.js';
import type { FakeAudit } from '../live/fake-audit.js';
import { ride } from '../live/ride.js';
import type { Started } from '../live/server.js';
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

beforeEach(async () => {
  ({ audit, live, tab } = await showRide(browser));
});
afterEach(() => closeRide({ live, tab }));

const openRequests = () => tab.page.locator('.tabs button', { hasText: '请求' }).click();
const total = async () => Number((await tab.page.locator('.list-tools .number').textContent())?.replaceAll(/\D/g, ''));

test('what a search could not look at is said beside its answer, in the list of findings and of requests', async () => {
  const { page } = tab;
  audit.searchCut = true;
  await page.locator('.filter input').fill('old_start');
  await expect.poll(() => page.locator('.filter-note').allTextContents()).toEqual([expect.stringContaining('含有这段文字的词太多')]);
  await openRequests();
  await page.locator('.list-tools .warn', { hasText: '含有这段文字的词太多' }).waitFor();
  audit.searchCut = false;
  audit.depth = 1;
  await page.locator('.filter input').fill('cold_star');
  await expect.poll(() => page.locator('.list-tools .warn').allTextContents()).toEqual([expect.stringContaining('只能从词首查起')]);
  audit.depth = 2;
  audit.searchedPartly = 1_234;
  await page.locator('.filter input').fill('cold_sta');
  await expect
    .poll(() => page.locator('.list-tools .warn').allTextContents())
    .toEqual([expect.stringMatching(/有 1,234 条消息只检索了一部分/)]);
  audit.searchedPartly = null;
  await page.locator('.filter input').fill('cold_st');
  await expect.poll(() => page.locator('.list-tools .warn').allTextContents()).toEqual([expect.stringContaining('没有统计有多少条')]);
  await page.locator('.tabs button', { hasText: '发现' }).click();
  await expect.poll(() => page.locator('.filter-note').allTextContents()).toEqual([expect.stringContaining('只检索前 32 KiB 文字')]);
  await openRequests();
  audit.searchedPartly = 0;
  await page.locator('.filter input').fill('cold_start');
  await expect.poll(() => page.locator('.list-tools .warn').count()).toBe(0);
});

test('incident: what was said of a search stood beside the field and left it no width', async () => {
  const { page } = tab;
  audit.searchedPartly = 1;
  await page.locator('.filter input').fill('cold_sta');
  await expect.poll(() => page.locator('.filter-note').allTextContents()).toEqual([expect.stringContaining('只检索了一部分')]);
  for (const width of [1440, 1280, 1024, 390]) {
    await page.setViewportSize({ width, height: 900 });
    expect((await page.locator('.filter input').boundingBox())?.width, String(width)).toBeGreaterThan(100);
  }
});

test('a question that is out of date is cancelled, and that is no failure', async () => {
  const { page } = tab;
  const cancelled: string[] = [];
  page.on('requestfailed', (request) => cancelled.push(new URL(request.url()).search));
  const slow: Array<() => Promise<void>> = [];
  await page.route(/slow/, (route) => void slow.push(() => route.continue().catch(() => undefined)));
  await page.locator('.filter input').fill('slow_one');
  await expect.poll(() => slow.length).toBe(1);
  await page.locator('.filter input').fill('cold_start');
  await expect.poll(() => page.locator('.row[aria-rowindex]').count()).toBe(4);
  await expect.poll(() => cancelled).toEqual(['?text=slow_one']);

  await openRequests();
  await page.locator('.row.request[aria-rowindex="1"]').waitFor();
  const before = await total();
  await page.locator('.filter input').fill('slow_two');
  await expect.poll(() => slow.length).toBe(2);
  await page.locator('.filter input').fill('');
  await expect.poll(total).toBeGreaterThan(before);
  await expect.poll(() => cancelled.at(-1)).toContain('where=text%3Aslow_two');
  for (const go of slow) await go();
  expect(await page.locator('.banner').count()).toBe(0);
});

test('the request list follows steady traffic, without a pause in it', async () => {
  await openRequests();
  await tab.page.locator('.row.request[aria-rowindex="1"]').waitFor();
  const before = await total();
  const [sent] = ride;
  const seen = new Set<number>();
  // Something arrives twenty times a second, without a pause; the list is read anew once a second.
  for (const end = Date.now() + 20_000; seen.size < 2 && Date.now() < end; await pause(50)) {
    audit.send(sent!);
    const now = await total();
    if (now > before) seen.add(now);
  }
  expect(seen.size).toBe(2);
});

test('rows far down are found although others arrived meanwhile', async () => {
  const [sent] = ride;
  for (let n = 0; n < 900; n += 1) audit.send({ ...sent!, path: `/n/${n}` }, n === 899);
  await openRequests();
  const first = tab.page.locator('.row.request[aria-rowindex="1"]');
  await first.waitFor();
  const newest = Number(await first.locator('.cell-no').textContent());
  await tab.page.evaluate('document.querySelector(".window").scrollTo(0, 32 * 100)');
  // Not in the window before: when it is there, the page knows that nobody looks at the top.
  await tab.page.locator('.row.request[aria-rowindex="110"]').waitFor();
  for (let n = 0; n < 450; n += 1) audit.send({ ...sent!, path: `/late/${n}` }, n === 449);
  await tab.page.evaluate('document.querySelector(".window").scrollTo(0, 32 * 640)');
  for (const index of [645, 650]) {
    const row = tab.page.locator(`.row.request[aria-rowindex="${index}"]`);
    await row.waitFor();
    expect(Number(await row.locator('.cell-no').textContent())).toBe(newest - index + 1);
  }
});
