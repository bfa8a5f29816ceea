import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findBrowser, printPdf } from '../../src/cli/pdf.js';

const folder = mkdtempSync(join(tmpdir(), 'overreach-pdf-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

function browserThat(script: string): NodeJS.ProcessEnv {
  const path = join(folder, `browser-${Math.random().toString(36).slice(2)}`);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return { CHROMIUM_PATH: path, PATH: process.env.PATH };
}

test('the browser is asked to print, without network and with a profile of its own', async () => {
  const env = browserThat(
    'for a in "$@"; do case "$a" in --print-to-pdf=*) out=$(echo "$a" | cut -d= -f2);; esac; done; echo "%PDF $@" > "$out"',
  );
  const pdf = Buffer.from(await printPdf('<p>report</p>', env)).toString();
  expect(pdf).toMatch(/^%PDF .*--proxy-server=127\.0\.0\.1:9 .*--user-data-dir=.*report\.html/);
});

test('no browser, or one that fails, is a coded error that says what to do', async () => {
  expect(findBrowser({ PATH: folder })).toBeNull();
  await expect(printPdf('', { CHROMIUM_PATH: join(folder, 'missing') })).rejects.toMatchObject({ code: 'OVR_PDF_BROWSER' });
  await expect(printPdf('', browserThat('exit 3'))).rejects.toMatchObject({ code: 'OVR_PDF' });
});
