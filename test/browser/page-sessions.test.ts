import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Origin, type RunningProgram, startOrigin, startProgram, temporaryFolder } from '../integration/program.js';
import { requestThrough } from '../integration/proxied.js';
import { launch, type Opened, openTab } from '../live/browser.js';
import './patience.js';

/** The built program, its page in two tabs, and a phone: sessions follow one another, phones get names. */
const folder = temporaryFolder();
const IMEI = '490154203237518';
let browser: Browser;
let origin: Origin;
let program: RunningProgram;
let tab: Opened;
let second: Opened;

beforeAll(async () => {
  browser = await launch();
  origin = await startOrigin(folder.path);
  program = await startProgram(folder.path, ['--category', 'news', '--app', 'Reader 1', '--first-party', 'reader.example']);
  tab = await openTab(browser, program.ui);
  second = await openTab(browser, program.ui, { language: 'en', theme: 'dark', width: 360, height: 760 });
});
afterAll(async () => {
  expect(tab.complaints).toEqual([]);
  expect(second.complaints).toEqual([]);
  await browser?.close();
  await program?.stop();
  await origin?.close();
  folder.remove();
});

const send = (path: string) =>
  requestThrough(program.proxyPort, `http://127.0.0.1:${origin.httpPort}${path}`, `{"imei":"${IMEI}"}`, {
    'content-type': 'application/json',
  });
const rows = (page: Page) => page.locator('.row[aria-rowindex]');

/** Each goes on where the one before ended, so none can be tried again. */
const ONCE = { retry: 0 };

/** What axe finds, as `page-views` asks it. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8'));
  // Movement that is not over would be measured half way.
  await page.evaluate(
    'Promise.all(document.getAnimations().filter((one) => one.effect?.getTiming().iterations === 1).map((one) => one.finished))',
  );
  const found = (await page.evaluate(
    "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }).then(({ violations }) => violations)",
  )) as Array<{
    id: string;
    nodes: Array<{ html: string }>;
  }>;
  return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

/** The phone opens the onboarding page. */
const visit = () =>
  new Promise<void>((resolve, reject) => {
    const headers = { 'user-agent': 'Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/UQ1A; wv) AppleWebKit/537.36' };
    request(`${program.onboarding}`, { headers }, (response) => {
      response.resume();
      response.on('end', resolve);
    })
      .on('error', reject)
      .end();
  });

test(
  'a phone that opened the onboarding page stands below the QR code with its model and lights before it sent anything',
  ONCE,
  async () => {
    const { page } = tab;
    await page.locator('.onboarding .qr').waitFor();
    await visit();
    const device = page.locator('.onboarding .device-row');
    await device.waitFor();
    await expect.poll(() => device.textContent()).toContain('Pixel 8 · Android 14');
    await expect.poll(() => device.locator('.lights').textContent()).toContain('代理已生效');
    await expect.poll(() => device.locator('.tag').first().textContent()).toBe('还没经过代理');
    expect(await violations(page)).toEqual([]);
  },
);

test('a phone is named by keyboard; the name stands in suggestions, in the filter and on the finding', ONCE, async () => {
  const { page } = tab;
  await send('/one');
  await rows(page).first().waitFor();
  await page.locator('.devices-button').click();
  const dialog = page.locator('dialog[open]');
  await dialog.locator('.device-name').focus();
  await page.keyboard.press('Enter');
  // What is typed goes to the field only once it has the focus.
  await dialog.locator('.device-edit input:focus').waitFor();
  await page.keyboard.type('测试机 A');
  await page.keyboard.press('Enter');
  await expect.poll(() => dialog.locator('.device-name').textContent()).toContain('测试机 A');
  await expect.poll(() => dialog.locator('.device-row').textContent()).toContain('1 个请求');
  expect(await dialog.locator('.qr').count(), 'and the way for another phone').toBe(1);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  // Until the dialog is gone all behind it is inert: what is typed there is lost.
  await dialog.waitFor({ state: 'detached' });
  await page.locator('.filter input').fill('device:');
  await page.locator('#suggestions li', { hasText: '测试机 A' }).waitFor();
  await page.locator('.filter input').fill('-device:测试机');
  await expect.poll(() => rows(page).count()).toBe(0);
  await page.locator('.filter input').fill('device:测试机');
  await expect.poll(() => rows(page).count()).toBeGreaterThan(0);
  await page.locator('.filter input').fill('');
  await page.locator('.board .device-short button', { hasText: '筛选' }).click();
  await expect.poll(() => page.locator('.filter input').inputValue()).toBe('device:127.0.0.1');
  await page.locator('.filter input').fill('');
  await rows(page).first().click();
  await page.locator('.detail .type-chip', { hasText: '测试机 A' }).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('.detail').count()).toBe(0);
});

test('a session is begun by keyboard: the form says what is kept, and the other tab follows without being asked', ONCE, async () => {
  const { page } = tab;
  await rows(second.page).first().waitFor();
  await page.keyboard.press('n');
  const form = page.locator('.next-session');
  await expect.poll(() => form.textContent()).toContain('reader.example');
  expect(await violations(page)).toEqual([]);
  await form.locator('input.field').first().fill('Reader 2');
  await form.locator('.pick').click();
  await form.locator('.categories button', { hasText: '网络约车' }).click();
  await form.locator('[type=submit]').click();
  await expect.poll(() => page.locator('.header h1').textContent()).toBe('Reader 2');
  await expect.poll(() => page.locator('.header .chip').textContent()).toContain('网络约车');
  await page.locator('.onboarding').waitFor();
  await expect.poll(() => second.page.locator('.header h1').textContent()).toBe('Reader 2');
  await expect.poll(() => second.page.locator('.banner').textContent()).toContain('A new session has begun');
  expect(await violations(second.page)).toEqual([]);
  await send('/two');
  for (const one of [page, second.page]) await expect.poll(() => rows(one).count()).toBeGreaterThan(0);
  const { sessions } = (await program.api('/api/sessions')) as {
    sessions: Array<{ session: { subject: { app: string } }; exchanges: number }>;
  };
  expect(sessions.map(({ session, exchanges }) => [session.subject.app, exchanges])).toEqual([
    ['Reader 2', 1],
    ['Reader 1', 1],
  ]);
  const state = (await program.api('/api/state')) as { running: string };
  const { devices } = (await program.api(`/api/sessions/${state.running}/devices`)) as {
    devices: Array<{ label: string; exchanges: number }>;
  };
  expect(devices, 'the phone keeps its name').toMatchObject([{ label: '测试机 A', exchanges: 1 }]);
});

test(
  'a tab that reads a stored session stays with it; after the end every tab says that nobody records, and the next session goes on',
  ONCE,
  async () => {
    const { page } = tab;
    await second.page.locator('.banner button', { hasText: 'Open the one before' }).click();
    await expect.poll(() => second.page.locator('.header h1').textContent()).toBe('Reader 1');
    await page.locator('.header-tools .button', { hasText: '结束会话' }).click();
    await page.locator('.header-tools .button', { hasText: '确认结束' }).click();
    for (const [one, words] of [
      [page, '没有会话在记录'],
      [second.page, 'No session is recording'],
    ] as const)
      await expect.poll(() => one.locator('.banners').textContent()).toContain(words);
    expect(await violations(page)).toEqual([]);
    await send('/unrecorded');
    await page.locator('.header-tools .button', { hasText: '新建会话' }).click();
    await page.locator('.next-session input.field').first().fill('Reader 3');
    await page.locator('.next-session input.field').first().press('Enter');
    await expect.poll(() => page.locator('.header h1').textContent()).toBe('Reader 3');
    await expect.poll(() => second.page.locator('.banners').textContent()).not.toContain('No session is recording');
    expect(await second.page.locator('.header h1').textContent()).toBe('Reader 1');
    await send('/three');
    await expect.poll(() => rows(page).count()).toBeGreaterThan(0);
    const list = (await program.api(`/api/sessions/${((await program.api('/api/state')) as { running: string }).running}/exchanges`)) as {
      rows: Array<{ url: string }>;
    };
    expect(list.rows.map(({ url }) => new URL(url).pathname)).toEqual(['/three']);
  },
);
