import { expect, test } from 'vitest';
import { gapsOf } from '../../../src/live/page/gaps.js';
import { type HeadlineFacts, headlineOf } from '../../../src/live/page/headline.js';
import type { FindingRow } from '../../../src/live/trail.js';

const MINI = 'wechat:wx0000000000000001';
const traffic = { truncated: 0, limitsReached: {} };

function row(patch: Partial<FindingRow> & { readonly direction?: 'request' | 'response' }): FindingRow {
  const { direction = 'request', ...more } = patch;
  const trail = { direction } as FindingRow['trail'];
  return {
    app: 'main',
    verdict: 'beyond_necessary',
    grade: 'strong',
    issues: [],
    party: { firstParty: null },
    trail,
    ...more,
  } as FindingRow;
}

function parts(facts: Partial<HeadlineFacts>): readonly string[] {
  const given = {
    rows: [],
    categories: { main: ['shop'] },
    running: false,
    exchanges: 9,
    apps: [],
    gaps: gapsOf([], [], { notAnalysed: 0 }, traffic),
    ...facts,
  };
  return headlineOf(given).map(({ key, n }) => `${key.replace('headline.', '')}${n === undefined ? '' : ` ${n}`}`);
}

test('what went beyond, else what may be said of nothing', () => {
  expect(parts({ rows: [row({}), row({ verdict: 'conditional' })] })).toEqual(['beyond 1', 'open 1']);
  expect(parts({ rows: [row({ verdict: 'necessary' })] })).toEqual(['fineEnded']);
  expect(parts({ rows: [row({ verdict: 'not_judged' })], running: true })).toEqual(['unjudged 1']);
  expect(parts({ running: true })).toEqual(['none']);
  expect([parts({ exchanges: 0 }), parts({ exchanges: 0, running: true })]).toEqual([['noTraffic'], ['quiet']]);
  const gaps = gapsOf([], [], { notAnalysed: 2 }, { ...traffic, payloads: { sent: 1, closed: 1 } }, 'interrupted');
  expect(parts({ gaps })).toEqual(['nothingRead', 'interrupted 1', 'unread 2']);
});

test('incident: with requests of other apps alone the page said that nothing was found, and the report that there is no conclusion', () => {
  const apps = [{ app: 'android:com.example.other', exchanges: 9 }];
  expect(parts({ apps })).toEqual(['noneOfApp']);
  expect(parts({ apps, rows: [row({ app: 'android:com.example.other', verdict: 'not_judged' })] })).toEqual(['noneOfApp']);
});

test('incident: what a mini program sent stood in the headline as if the app had sent it', () => {
  const categories = { main: ['shop'], [MINI]: ['tools'] };
  expect(parts({ categories, rows: [row({ app: MINI }), row({})], apps: [{ app: MINI, exchanges: 4 }] })).toEqual([
    'beyond 2',
    'ofOthers 1',
  ]);
  // Of an app without requests nothing is known, whatever the mini program did.
  const apps = [{ app: MINI, exchanges: 9 }];
  expect(parts({ categories, apps, rows: [row({ app: MINI, verdict: 'necessary' })] })).toEqual(['fineEnded', 'noneOfApp']);
});

test('incident: without a category for the app, findings were called not judged that were, or that need none', () => {
  const rows = [row({ verdict: 'technical' }), row({ app: MINI, verdict: 'necessary' }), row({ verdict: 'not_judged' })];
  expect(parts({ categories: { [MINI]: ['tools'] }, rows })).toEqual(['uncategorised 1']);
  expect(parts({ categories: {}, rows: rows.slice(0, 1) })).toEqual(['noCategory']);
  expect(parts({ categories: { [MINI]: ['tools'] }, rows: [row({ app: MINI })] })).toEqual(['beyond 1', 'ofOthers 1', 'noCategory']);
});

test('incident: what a server answered stood in the headline as sent to it', () => {
  expect(parts({ rows: [row({ direction: 'response' }), row({ verdict: 'necessary' })] })).toEqual(['fineEnded', 'answered 1']);
  expect(parts({ rows: [row({ direction: 'response' }), row({})] })).toEqual(['beyond 1', 'answered 1']);
});
