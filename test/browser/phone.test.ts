import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Origin, type RunningProgram, startOrigin, startProgram, temporaryFolder } from '../integration/program.js';
import { openBrowser } from './chromium.js';
import './patience.js';

const folder = temporaryFolder();
/** Set SCREENSHOTS to a folder to keep pictures of what the test saw. */
const pictures = process.env.SCREENSHOTS ?? folder.path;
let origin: Origin;
let program: RunningProgram;
let phone: BrowserContext;
let desk: BrowserContext;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  writeFileSync(join(folder.path, 'persona.yaml'), 'phone_number: "13900000000"\nid_number: "11010519491231002X"\n');
  origin = await startOrigin(folder.path);
  program = await startProgram(folder.path, [
    '--upstream-ca',
    origin.ca,
    '--persona',
    'persona.yaml',
    '--category',
    'news',
    '--app',
    '示例新闻',
  ]);
  phone = await openBrowser({
    home: join(folder.path, 'phone'),
    proxy: program.proxy,
    ca: program.ca,
    viewport: { width: 390, height: 800 },
  });
  desk = await openBrowser({ home: join(folder.path, 'desk') });
});
afterAll(async () => {
  await phone?.close();
  await desk?.close();
  await program?.stop();
  await origin?.close();
  folder.remove();
});

test('Chromium behind the proxy submits a form: the row is on the live page', async () => {
  const live = await desk.newPage();
  const problems: string[] = [];
  live.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  live.on('pageerror', (error) => problems.push(error.message));
  await live.goto(program.ui);
  await live.getByText('示例新闻').first().waitFor();

  const page = await phone.newPage();
  await page.goto(`https://localhost:${origin.httpsPort}/form`);
  await page.fill('[name=phone]', '13900000000');
  await page.fill('[name=idCard]', '11010519491231002X');
  await page.click('button');
  const sent = Date.now();
  await live.getByText('手机号码').first().waitFor();
  const took = Date.now() - sent;
  await live.getByText('证件号码').first().waitFor();
  await live.screenshot({ path: join(pictures, 'live-after-form.png') });

  console.info(`from click to row: ${took} ms`);
  await expect
    .poll(() => origin.seen.find((seen) => seen.url === '/submit')?.body.toString())
    .toBe('phone=13900000000&idCard=11010519491231002X');
  expect(await live.content()).not.toContain('13900000000');
  expect(problems).toEqual([]);
});

test('the page for the phone opens with the proxy set and without it', async () => {
  const behind = await phone.newPage();
  await behind.goto(program.onboarding);
  await behind.screenshot({ path: join(pictures, 'onboarding-phone.png') });
  expect(await behind.content()).toContain('证书');
  const direct = await desk.newPage();
  await direct.goto(program.onboarding);
  expect(await direct.content()).toContain('证书');
});
