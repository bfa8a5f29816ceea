import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Origin, startOrigin, temporaryFolder } from '../integration/program.js';
import { openBrowser } from './chromium.js';

/** A Playwright script as a team writes it: Chromium is the app under test, scenes are marked, findings are asserted on. */
const overreach = (await import(new URL('../../dist/index.js', import.meta.url).href)) as typeof import('../../src/index.js');
const folder = temporaryFolder();
let origin: Origin;

beforeAll(async () => {
  origin = await startOrigin(folder.path);
});
afterAll(async () => {
  await origin?.close();
  folder.remove();
});

test('what a form sends after a refusal fails the script that asserts on it', async () => {
  const audit = await overreach.audit.start({
    category: 'news',
    persona: { phone_number: '13900000000' },
    dataDir: join(folder.path, 'data'),
    allowLoopback: true,
    upstreamCa: origin.ca,
  });
  try {
    const browser = await openBrowser({ home: join(folder.path, 'browser'), proxy: audit.proxy, ca: audit.ca });
    try {
      const page = await browser.newPage();
      await audit.scene('launch', 'before_consent');
      await page.goto(`https://localhost:${origin.httpsPort}/form`);
      expect(overreach.failing(await audit.report())).toEqual([]);
      await audit.scene('after refusing', 'refused');
      await page.fill('[name=phone]', '13900000000');
      await page.click('button');
      await page.waitForURL('**/submit');
    } finally {
      await browser.close();
    }
  } finally {
    await audit.stop();
  }
  const failing = overreach.failing(await audit.stop());
  expect(failing).toMatchObject([{ dataType: 'phone_number', verdict: 'beyond_necessary', party: { host: 'localhost' } }]);
  expect(failing[0]?.issues.map(({ check }) => check)).toContain('after_refusal');
});
