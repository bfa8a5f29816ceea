import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { harExchanges } from '../../src/capture/har.js';
import { exchangeToHarEntry } from '../../src/capture/har-export.js';
import { harText } from '../../src/cli/har-export.js';
import { temporaryFolder } from '../integration/program.js';
import { openBrowser } from './chromium.js';

const folder = temporaryFolder();
let browser: BrowserContext;
beforeAll(async () => {
  browser = await openBrowser({ home: join(folder.path, 'desk') });
});
afterAll(async () => {
  await browser?.close();
  folder.remove();
});

const recorded = {
  log: {
    entries: [
      {
        startedDateTime: '2026-01-01T00:00:00Z',
        time: 5,
        request: {
          method: 'POST',
          url: 'https://a.test/report?x=1',
          httpVersion: 'HTTP/2',
          headers: [],
          postData: { mimeType: 'application/json', text: '{"a":1}' },
        },
        response: {
          status: 200,
          headers: [{ name: 'Content-Type', value: 'image/png' }],
          content: { mimeType: 'image/png', text: 'AAEC/w==', encoding: 'base64' },
        },
      },
      {
        startedDateTime: '2026-01-01T00:00:01Z',
        time: 5,
        request: { method: 'GET', url: 'wss://a.test/socket', headers: [] },
        response: { status: 101, headers: [], content: {} },
        _webSocketMessages: [{ type: 'send', time: 1_767_225_601.5, opcode: 1, data: 'hello' }],
      },
    ],
  },
};

/** Rows of the table of requests; the front end is built of shadow roots. Runs in the page. */
const ROWS = `(() => {
  const found = [];
  const walk = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.tagName === 'TR' && element.querySelector('td') !== null) found.push(element.innerText.replace(/\\s+/g, ' ').trim());
      if (element.shadowRoot !== null) walk(element.shadowRoot);
    }
  };
  walk(document);
  return found.filter((text) => text !== '');
})()`;
const rows = (page: Page) => page.evaluate<string[]>(ROWS);

test("an exported HAR opens in the network panel of Chromium's developer tools, WebSocket messages included", async () => {
  const entries = [...harExchanges([Buffer.from(JSON.stringify(recorded))], 'x.har')].map(exchangeToHarEntry);
  const file = join(folder.path, 'out.har');
  writeFileSync(file, [...harText(entries, { raw: true })].join(''));
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto('devtools://devtools/bundled/devtools_app.html?panel=network');
  const button = page.getByRole('button', { name: /(?:import|导入).*HAR/i }).first();
  const [chooser] = await Promise.all([page.waitForEvent('filechooser', { timeout: 30_000 }), button.click({ timeout: 30_000 })]);
  await chooser.setFiles(file);
  await expect.poll(() => rows(page), { timeout: 30_000 }).toHaveLength(2);
  const [report, socket] = await rows(page);
  expect(report).toMatch(/^report\?x=1 200 png/);
  expect(socket).toMatch(/^socket 101 websocket/);
  expect(errors).toEqual([]);
}, 120_000);
