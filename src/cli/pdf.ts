import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { OverreachError, UsageError } from '../errors.js';
import { limits } from '../limits.js';

const run = promisify(execFile);

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge', 'msedge'];
/** Where the installers of macOS and Windows put them. */
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** A browser that can print: CHROMIUM_PATH, then the search path, then the usual places; null when there is none. */
export function findBrowser(env: NodeJS.ProcessEnv): string | null {
  if (env.CHROMIUM_PATH) return existsSync(env.CHROMIUM_PATH) ? env.CHROMIUM_PATH : null;
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...PLACES].find((path) => existsSync(path)) ?? null;
}

/**
 * Prints the self-contained HTML report. The browser gets a profile of its own and no network: the report makes no request.
 * @throws UsageError `OVR_PDF_BROWSER` where no browser is found, OverreachError `OVR_PDF` where it fails.
 */
export async function printPdf(html: string, env: NodeJS.ProcessEnv): Promise<Uint8Array> {
  const browser = findBrowser(env);
  if (browser === null)
    throw new UsageError('OVR_PDF_BROWSER', 'PDF needs Chromium, Chrome or Edge, and none was found.', {
      next: 'Install one, or set CHROMIUM_PATH; or open the HTML report and print it to PDF from there.',
    });
  const folder = mkdtempSync(join(tmpdir(), 'overreach-pdf-'));
  try {
    const source = join(folder, 'report.html');
    const target = join(folder, 'report.pdf');
    writeFileSync(source, html, { mode: 0o600 });
    const args = [
      '--headless',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-sync',
      '--disable-component-update',
    ];
    // Root (containers) has no sandbox to use; the page is our own and carries no script.
    if (process.getuid?.() === 0) args.push('--no-sandbox');
    args.push(
      '--proxy-server=127.0.0.1:9',
      `--user-data-dir=${join(folder, 'profile')}`,
      '--no-pdf-header-footer',
      `--print-to-pdf=${target}`,
    );
    await run(browser, [...args, pathToFileURL(source).href], { timeout: limits.pdfMs });
    return readFileSync(target);
  } catch (cause) {
    throw new OverreachError(
      'OVR_PDF',
      `${browser} could not print the report: ${cause instanceof Error ? cause.message.split('\n')[0] : String(cause)}`,
      {
        next: 'Try again, or open the HTML report and print it from there.',
        cause,
      },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}
