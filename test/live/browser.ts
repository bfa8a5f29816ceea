import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { executable, QUIET } from '../browser/chromium.js';

const CONFIG = fileURLToPath(new URL('../../src/live/page/vite.config.ts', import.meta.url));
export const PAGE_DIR = fileURLToPath(new URL('../../dist/live/page/', import.meta.url));

/** The page as it is built from these sources; a second to build. */
export async function builtPage(): Promise<string> {
  await build({ configFile: CONFIG, logLevel: 'error' });
  return PAGE_DIR;
}

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: executable(), args: ['--no-sandbox', ...QUIET] });
}

export interface Look {
  readonly language?: 'zh-CN' | 'en';
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}

export interface Opened {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Script errors, console errors (CSP reports are among them), and requests to any other host. */
  readonly complaints: string[];
}

/** A tab in its own profile that remembers everything that went wrong in it. */
export async function openTab(browser: Browser, url: string, look: Look = {}): Promise<Opened> {
  const context = await browser.newContext({
    viewport: { width: look.width ?? 1440, height: look.height ?? 900 },
    colorScheme: look.theme ?? 'light',
  });
  await context.addInitScript(
    `localStorage.getItem('overreach.language') ?? localStorage.setItem('overreach.language', '${look.language ?? 'zh-CN'}')`,
  );
  const page = await context.newPage();
  const complaints: string[] = [];
  const origin = new URL(url).origin;
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    // A file that the page itself put together is offered under a blob: address of its own origin.
    if (
      !request
        .url()
        .replace(/^blob:/, '')
        .startsWith(origin) &&
      !/^data:image\/(?:svg\+xml,|(?:png|jpeg|gif|webp);base64,)/.test(request.url())
    )
      complaints.push(`elsewhere: ${request.url()}`);
  });
  await page.goto(url);
  return { context, page, complaints };
}
