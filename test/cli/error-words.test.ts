import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { errorWords, tellError } from '../../src/cli/error-words.js';
import { createTerminal } from '../../src/cli/terminal.js';
import { StoreError } from '../../src/errors.js';

/** Codes of what a command line, a file or the data folder can be wrong in: those a command ends with. */
const MINTED = /new (?:UsageError|InputError|CertificateError|StoreError)\(\s*'(OVR_[A-Z_]+)'/g;
const ELSEWHERE = /^OVR_(UI|HAR_ENTRY|HAR_TUNNEL|FLOW|RULES|SEARCH|ARCHIVE|PERSONA_STALE|ENDED|ADB_|SESSION_|FINDING|CHECK|DEMO)/;

function sourcesOf(room: string): string[] {
  const folder = join(import.meta.dirname, '../../src', room);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

test('an error that ends a command is explained in Chinese, too', () => {
  const files = ['cli', 'persona', 'store', 'capture'].flatMap((room) => sourcesOf(room));
  const codes = new Set(files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(MINTED)].map(([, code]) => code ?? '')));
  expect(codes.size).toBeGreaterThan(50);
  expect([...codes].filter((code) => errorWords(code) === null && !ELSEWHERE.test(code)).sort()).toEqual([]);
  for (const code of codes) expect(errorWords(code) ?? '中').toMatch(/\p{Script=Han}/u);
  expect(errorWords('OVR_NO_SUCH_CODE')).toBeNull();
});

test('incident: two of the problems with a phone on the cable were told in English alone', () => {
  const minted = /new CaptureError\(\s*'(OVR_ADB[A-Z_]*)'/g;
  const files = [...sourcesOf('cli'), ...sourcesOf('capture')];
  const codes = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(minted)].map(([, code]) => code ?? ''));
  expect(codes).toContain('OVR_ADB_LIMIT');
  expect(codes.filter((code) => errorWords(code) === null)).toEqual([]);
});

test('an error is told with its next step, and in Chinese unless English is wanted', () => {
  const told = (language: 'zh-CN' | 'en') => {
    const lines: string[] = [];
    const output = new PassThrough().on('data', (chunk: Buffer) => lines.push(chunk.toString()));
    const error = new StoreError('OVR_STORE_FULL', 'The disk is full\u001b[2J.', { next: 'Free some.' });
    tellError(createTerminal(new PassThrough(), output, { NO_COLOR: '1' }), error, language);
    return lines.join('');
  };
  expect(told('en')).toMatch(/^OVR_STORE_FULL The disk is full[^\u001b]*\n {2}→ Free some\.\n$/);
  expect(told('zh-CN')).toContain('\n  磁盘已满');
});
