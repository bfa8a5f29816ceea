/**
 * Pictures of the page as it is: starts the built demo, and takes every view in both languages, light and dark, on a desk and on a
 * phone. `npm run screenshots -- FOLDER [--only VIEW]`; needs `npm run build` and a Chromium (CHROMIUM_PATH, or where Debian puts it).
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { executable } from '../test/browser/chromium.js';

const MAIN = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
/** The demo's traffic takes about four seconds; a slow machine gets ten times that. */
const PATIENCE = 60_000;

/** View -> its address, or what is done on the first view. */
const VIEWS: Readonly<Record<string, string | ((page: Page) => Promise<void>)>> = {
  findings: '',
  detail: async (page) => {
    await page.locator('.row[aria-rowindex]', { hasText: 'IMEI' }).first().click();
    await page.locator('.code').first().waitFor();
  },
  matrix: 'view=matrix',
  timeline: 'view=timeline',
  receivers: 'view=receivers',
  coverage: 'view=coverage',
  requests: 'view=requests&exchange=4',
  checklist: 'view=checklist',
  rules: 'view=rules&rule=category.ride_hailing',
  type: 'view=rules&rule=type.imei',
  sessions: 'view=sessions&compare=consent',
  devices: async (page) => {
    await page.locator('.devices-button').click();
    await page.locator('.device-row').waitFor();
  },
  next: async (page) => {
    await page.keyboard.press('n');
    await page.locator('.next-session .keep').first().waitFor();
  },
  settings: async (page) => {
    await page.locator('.header-tools button').nth(-2).click();
    await page.locator('.settings').waitFor();
  },
};
const LANGUAGES = ['zh-CN', 'en'] as const;
const THEMES = ['light', 'dark'] as const;
const SIZES = [
  [1440, 900],
  [360, 760],
] as const;

interface Demo {
  readonly url: string;
  stop(): Promise<void>;
}

/** The demo on a data folder of its own, once its traffic is through. */
function startDemo(): Promise<Demo> {
  const dir = mkdtempSync(join(tmpdir(), 'overreach-pictures-'));
  const demo = spawn(process.execPath, [MAIN, 'demo', '--data-dir', dir], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  const gone = new Promise<void>((resolve) => demo.on('exit', () => resolve()));
  const stop = async () => {
    demo.kill('SIGTERM');
    await gone;
    rmSync(dir, { recursive: true, force: true });
  };
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => void stop().then(() => reject(new Error(`the demo is not ready: ${said}`))), PATIENCE);
    demo.stderr.on('data', (part: Buffer) => {
      said += part.toString('utf8');
      // Its last words before it waits for Ctrl-C.
      const url = said.includes('Ctrl-C') ? /http:\/\/\S+token=\S+/.exec(said)?.[0] : undefined;
      if (url === undefined) return;
      clearTimeout(timer);
      resolve({ url, stop });
    });
    void gone.then(() => reject(new Error(`the demo ended: ${said}`)));
  });
}

async function takeAll(browser: Browser, url: string, folder: string, only: string | null): Promise<number> {
  let taken = 0;
  for (const language of LANGUAGES)
    for (const theme of THEMES)
      for (const [width, height] of SIZES) {
        const context = await browser.newContext({
          viewport: { width, height },
          colorScheme: theme,
          deviceScaleFactor: width < 500 ? 2 : 1,
        });
        await context.addInitScript(`localStorage.setItem('overreach.language', '${language}')`);
        const page = await context.newPage();
        for (const [name, how] of Object.entries(VIEWS)) {
          if (only !== null && name !== only) continue;
          await page.goto(`${url}&${typeof how === 'string' ? how : ''}`);
          await page.locator('.tabs').waitFor();
          if (typeof how !== 'string') await how(page);
          // Fonts, and the chart's own script.
          await page.waitForTimeout(400);
          await page.screenshot({ path: join(folder, `${name}.${language}.${theme}.${width}.png`) });
          taken += 1;
        }
        await context.close();
      }
  return taken;
}

const [folder, flag, only = null] = process.argv.slice(2);
if (
  folder === undefined ||
  folder.startsWith('-') ||
  (flag !== undefined && (flag !== '--only' || only === null || VIEWS[only] === undefined))
) {
  console.error(`usage: npm run screenshots -- FOLDER [--only ${Object.keys(VIEWS).join('|')}]`);
  process.exit(2);
}
if (!existsSync(MAIN)) {
  console.error('There is no built demo; run "npm run build" first.');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const demo = await startDemo();
const browser = await chromium.launch({ executablePath: executable(), args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] });
try {
  console.log(`${await takeAll(browser, demo.url, folder, only)} pictures in ${folder}`);
} finally {
  await browser.close();
  await demo.stop();
}
