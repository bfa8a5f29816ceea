import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';

/** The browser of `CHROMIUM_PATH`, or the one that is installed. @throws when there is none, saying what to do. */
export function executable(): string {
  const places = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const found = places.find((path) => path !== undefined && existsSync(path));
  if (found === undefined) throw new Error('No Chromium found: run "node scripts/ensure-chromium.mjs" or set CHROMIUM_PATH.');
  return found;
}

/** Chromium asks the network for many things of its own; in a test it must not. */
export const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface BrowserOptions {
  /** Profile folder; also its HOME, so that the certificate store is the test's own. */
  readonly home: string;
  readonly proxy?: string;
  /** PEM file of a CA to trust. */
  readonly ca?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
}

/** A browser with a profile of its own. @throws when no Chromium is installed, saying what to do. */
export function openBrowser(options: BrowserOptions): Promise<BrowserContext> {
  mkdirSync(options.home, { recursive: true });
  const args = [...QUIET];
  // Root (CI containers) has no sandbox to use.
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  if (options.proxy !== undefined) args.push(`--proxy-server=${options.proxy}`, '--proxy-bypass-list=<-loopback>');
  if (options.ca !== undefined) args.push(...trust(options.home, options.ca));
  return chromium.launchPersistentContext(join(options.home, 'profile'), {
    executablePath: executable(),
    headless: true,
    args,
    locale: 'zh-CN',
    env: { ...process.env, HOME: options.home },
    viewport: options.viewport ?? { width: 1440, height: 900 },
    colorScheme: options.colorScheme ?? 'light',
  });
}

/**
 * Into the user certificate store, as a person would. Where NSS's tool is missing (scripts/ensure-chromium.mjs says so) the
 * browser takes any certificate, and only the tests that look at trust itself, with other clients, judge the chain. A list of
 * keys (`--ignore-certificate-errors-spki-list`) would not do: it is held against the certificates that are sent, and a
 * root is not sent (RFC 8446, section 4.4.2).
 */
function trust(home: string, ca: string): string[] {
  const store = join(home, '.pki', 'nssdb');
  mkdirSync(store, { recursive: true });
  try {
    execFileSync('certutil', ['-N', '--empty-password', '-d', `sql:${store}`]);
    execFileSync('certutil', ['-A', '-n', 'overreach', '-t', 'C,,', '-i', ca, '-d', `sql:${store}`]);
    return [];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return ['--ignore-certificate-errors'];
  }
}
