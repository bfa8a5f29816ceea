/** What the page says of a session, held against what is so: nothing is called clean, complete or saved that is not. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { builtPage, launch, type Opened } from '../live/browser.js';
import { type FakeAudit, party } from '../live/fake-audit.js';
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

const late = { party: party('late.example', null, null, null, null), path: '/late', evidence: [] };

test('incident: a limit that was reached after the page was opened was never shown; the page called all inspected', async () => {
  const { page } = tab;
  for (const [key, link] of [...audit.links]) if (link.reach !== 'decrypted' && link.reach !== 'cleartext') audit.links.delete(key);
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
