import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { isOdd, isUnread, warningWords } from '../../../src/live/page/text/warnings.js';

const SRC = fileURLToPath(new URL('../../../src', import.meta.url));

function codes(): string[] {
  const files = ['wire', 'session', 'capture'].flatMap((room) =>
    readdirSync(join(SRC, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && (room !== 'capture' || /^(?:har|flow-file)/.test(name)))
      .map((name) => readFileSync(join(SRC, room, name), 'utf8')),
  );
  const found = files.flatMap((text) =>
    [...text.matchAll(/(?:arnings\.add|\bwarn)\(\s*'([a-z0-9]+(?:-\w+)*)'|\bcode: '([a-z0-9]+(?:-\w+)*)'/g)].map(
      ([, a, b]) => a ?? b ?? '',
    ),
  );
  return [...new Set(found)].sort();
}

test('every remark of the observers and of an import has words in both languages', () => {
  const all = codes();
  expect(all).toEqual(expect.arrayContaining(['host-mismatch', 'gap', 'not-http', 'har-body-missing', 'websocket-cut-short']));
  expect(all.length).toBeGreaterThan(40);
  expect(all.filter((code) => warningWords(code) === null)).toEqual([]);
  for (const code of all) {
    const { zh, en } = warningWords(code)!;
    expect([code, /\p{Script=Han}|HTTP/u.test(zh), /\p{Script=Han}/u.test(en)]).toEqual([code, true, false]);
  }
  expect(warningWords('of-another-version')).toBeNull();
});

test('what may hide a request from the audit is marked; what only tells how it was recorded is not', () => {
  expect(['host-mismatch', 'gap', 'content-length-with-transfer-encoding', 'analysis-failed', 'of-another-version'].map(isOdd)).toEqual(
    Array.from({ length: 5 }, () => true),
  );
  expect(['carried-over', 'har-time'].map(isOdd)).toEqual([false, false]);
});

test('incident: of a request that had not been looked through it was said that nothing was found in it', () => {
  const unread = ['gap', 'analysis-failed', 'limit-httpHead', 'websocket', 'websocket-reserved', 'har-body-short', 'http2-order'];
  expect(unread.filter(isUnread)).toEqual(unread);
  expect(['no-response', 'duplicate-host', 'carried-over', 'gapless', 'har-time'].filter(isUnread)).toEqual([]);
});
