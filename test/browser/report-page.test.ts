import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildReport, renderReport } from '../../src/report/index.js';
import { temporaryFolder } from '../integration/program.js';
import { sampleRecord } from '../report/sample-record.js';
import { openBrowser } from './chromium.js';

/** The report as somebody reads it: on a desk, and on the phone it was sent to. */
const home = temporaryFolder();
const file = join(home.path, 'report.html');
let browser: BrowserContext;
beforeAll(async () => {
  const report = buildReport(sampleRecord());
  const [scene] = report.session.scenes;
  if (scene === undefined) throw new Error('no scene');
  // A long session: one receiver gets the same in every scene.
  const scenes = Array.from({ length: 8 }, (_, at) => ({ ...scene, id: `s${at + 1}` }));
  const byScene = Object.fromEntries(scenes.map(({ id }) => [id, 100]));
  const long = {
    ...report,
    session: { ...report.session, scenes },
    findings: report.findings.map((one) => ({ ...one, count: 800, byScene })),
  };
  writeFileSync(file, renderReport(long, 'html', { language: 'zh-CN' }));
  browser = await openBrowser({ home: home.path });
});
afterAll(async () => {
  await browser.close();
  home.remove();
});

test('no mark of the matrix runs into the next cell, and no page is wider than the screen', async () => {
  const page = await browser.newPage();
  for (const width of [1440, 375]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`file://${file}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    const over = await page.$$eval('.matrix .cell', (cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).length);
    expect({ width, over }).toEqual({ width, over: 0 });
  }
  await page.close();
});

test('on a phone what a finding says has the whole width, and a date is not broken', async () => {
  const page = await browser.newPage();
  await page.setViewportSize({ width: 375, height: 760 });
  await page.goto(`file://${file}`);
  const shares = await page.$$eval('.finding .facts dd', (all) => all.map((dd) => dd.getBoundingClientRect().width / innerWidth));
  expect(shares.length).toBeGreaterThan(4);
  expect(Math.min(...shares)).toBeGreaterThan(0.75);
  const dates = await page.$$eval('.cover .facts .tight, .facts .tight', (all) => all.map((date) => date.getClientRects().length));
  expect(dates.length).toBeGreaterThanOrEqual(2);
  expect(new Set(dates)).toEqual(new Set([1]));
  await page.close();
});
