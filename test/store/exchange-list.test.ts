import { afterEach, beforeEach, expect, test } from 'vitest';
import { limits } from '../../src/limits.js';
import type { RowQuery } from '../../src/model/audit.js';
import type { Store } from '../../src/store/store.js';
import { exchange, message, occurrence, recordingStore, removeFolders, row } from './specimen.js';

let store: Store;
beforeEach(() => {
  store = recordingStore();
});
afterEach(removeFolders);

function fill(): void {
  const writer = store.writer('s1');
  const put = (seq: number, url: string, change: Parameters<typeof row>[1] = {}, text?: string) => {
    const one = exchange(seq, { request: { ...exchange(seq).request, url } });
    writer.exchange(one, row(one, change), text === undefined ? {} : { response: text });
  };
  put(0, 'https://api.demo.test/v1/Login_100%?u=1');
  put(1, 'https://t.umeng.test/report', { evidence: 2 }, '用户位于上海市浦东新区');
  put(2, 'https://umeng.test/report', { scene: 'b', app: 'wechat:wx1', evidence: 1 });
  put(3, 'https://notumeng.test/', { failure: { code: 'cut-short', detail: '' } }, 'OAID=ABCDEF-12 "quoted" NEAR(x)');
  writer.occurrence('f', occurrence(2, 'x'));
  writer.flush();
}

const seqs = (query: RowQuery) => store.exchangeRows('s1', query).rows.map(({ seq }) => seq);

test('newest first, in pages, with the number of all', () => {
  fill();
  expect(seqs({})).toEqual([3, 2, 1, 0]);
  expect(store.exchangeRows('s1', { offset: 1, limit: 2 })).toMatchObject({ total: 4, rows: [{ seq: 2 }, { seq: 1 }] });
  expect(seqs({ order: 'oldest', limit: 1 })).toEqual([0]);
  expect(seqs({ limit: 10 * limits.pageRows })).toHaveLength(4);
});

test('each filter alone and together', () => {
  fill();
  expect(seqs({ host: 'umeng.test' }), 'the host and names below it').toEqual([2, 1]);
  expect(seqs({ withEvidence: true })).toEqual([2, 1]);
  expect(seqs({ failed: true })).toEqual([3]);
  expect(seqs({ scene: 'b' })).toEqual([2]);
  expect(seqs({ app: 'wechat:wx1' })).toEqual([2]);
  expect(seqs({ findings: ['f', 'g'] })).toEqual([2]);
  expect(seqs({ host: 'umeng.test', scene: 'a' })).toEqual([1]);
});

test('search finds parts of URLs and words of bodies, and no character is an operator', () => {
  fill();
  expect(seqs({ text: 'login_100%' })).toEqual([0]);
  expect(seqs({ text: 'in_1' }), 'the underscore is itself').toEqual([0]);
  expect(seqs({ text: '上海' })).toEqual([1]);
  expect(seqs({ text: '浦东' })).toEqual([1]);
  expect(seqs({ text: '京海' })).toEqual([]);
  expect(seqs({ text: 'oaid abcd' }), 'beginnings of words').toEqual([3]);
  expect(seqs({ text: 'dev-2' }), 'the body of the request').toEqual([2]);
  for (const text of ['"', 'a"b', 'NEAR(', '*', '-', 'AND', 'words:x', '\u0000', '%', "'", '\\'])
    expect(() => seqs({ text }), text).not.toThrow();
  expect(seqs({ text: '  ' })).toHaveLength(4);
});

test('a filter line: alternatives of one field, every field, nothing of what is negated', () => {
  fill();
  const terms = (...list: ReadonlyArray<readonly [NonNullable<RowQuery['terms']>[number]['field'], string, boolean?]>) =>
    seqs({ terms: list.map(([field, value, negated = false]) => ({ field, value, negated })) });
  expect(terms(['host', 'umeng'])).toEqual([3, 2, 1]);
  expect(terms(['host', 't.umeng'], ['host', 'api'])).toEqual([1, 0]);
  expect(terms(['host', 'umeng'], ['host', 'not', true])).toEqual([2, 1]);
  expect(terms(['scene', 'b'])).toEqual([2]);
  expect(terms(['app', 'main', true])).toEqual([2]);
  expect(terms(['device', '192.0.2'], ['status', '2'])).toEqual([3, 2, 1, 0]);
  expect(terms(['status', '4'])).toEqual([]);
  expect(terms(['status', 'none'])).toEqual([]);
  expect(terms(['text', '上海'], ['text', 'umeng'])).toEqual([1]);
  expect(terms(['text', '上海', true])).toEqual([3, 2, 0]);
  expect(terms(['host', '%'], ['device', '_'])).toEqual([]);
});

test('incident: a stream that was opened in one scene and talked on in the next was not among the requests of that', () => {
  const session = store.session('s1');
  if (session === null) throw new Error('no session');
  const scene = (id: string, startedAt: number, endedAt: number | null) => ({
    id,
    name: id,
    consent: 'consented' as const,
    startedAt,
    endedAt,
  });
  store.updateSession({ ...session, scenes: [scene('a', 0, 1_000), scene('b', 1_000, 2_000), scene('c', 2_000, null)] });
  const writer = store.writer('s1');
  for (const seq of [0, 1]) writer.exchange(exchange(seq), row(exchange(seq), { scene: 'a' }));
  writer.message(1, { ...message(0, 'x'), at: 999 });
  writer.message(1, { ...message(1, 'x'), at: 2_000 });
  writer.flush();
  expect(seqs({ scene: 'a' })).toEqual([1, 0]);
  expect(seqs({ scene: 'b' })).toEqual([]);
  expect(seqs({ scene: 'c' })).toEqual([1]);
  expect(seqs({ terms: [{ field: 'scene', value: 'c', negated: true }] })).toEqual([0]);
});

test('a URL is found as a person would write it, though it was sent percent-encoded', () => {
  const writer = store.writer('s1');
  const put = (seq: number, url: string) =>
    writer.exchange(exchange(seq, { request: { ...exchange(seq).request, url } }), row(exchange(seq), { url }));
  put(0, `https://api.demo.test/s?q=${encodeURIComponent('手机号 1')}`);
  put(1, 'https://api.demo.test/s?q=%25');
  writer.flush();
  expect(seqs({ text: '手机号' })).toEqual([0]);
  expect(seqs({ text: '%25' })).toEqual([1]);
  expect(() => seqs({ text: '\ud800' })).not.toThrow();
});

test('the findings of the requests that hold a text', () => {
  fill();
  expect(store.findingsWith('s1', '上海')).toEqual({ findings: [], cut: false });
  expect(store.findingsWith('s1', 'umeng.test/report').findings).toEqual(['f']);
  expect(store.findingsWith('s1', 'quoted').findings).toEqual([]);
});

test('a walk over a session may write meanwhile', () => {
  fill();
  const writer = store.writer('s1');
  const seen: number[] = [];
  for (const one of store.exchanges('s1')) {
    seen.push(one.seq);
    writer.row(row(one, { evidence: 9 }));
    writer.flush();
  }
  expect(seen).toEqual([0, 1, 2, 3]);
  expect(seqs({ withEvidence: true })).toHaveLength(4);
});
