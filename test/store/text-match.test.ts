import { afterEach, beforeEach, expect, test } from 'vitest';
import { limits } from '../../src/limits.js';
import type { Store } from '../../src/store/store.js';
import { body, exchange, recordingStore, removeFolders, row } from './specimen.js';

let store: Store;
beforeEach(() => {
  store = recordingStore();
});
afterEach(removeFolders);

function put(...bodies: readonly string[]): void {
  const writer = store.writer('s1');
  for (const [seq, text] of bodies.entries()) {
    const plain = exchange(seq);
    const one = { ...plain, request: { ...plain.request, url: 'https://a.test/', body: body(text) }, response: null };
    writer.exchange(one, row(one));
  }
  writer.flush();
}
const seqs = (text: string) =>
  store
    .exchangeRows('s1', { text })
    .rows.map(({ seq }) => seq)
    .reverse();

test('the middle of a word is found: the tail of a number, part of a key, over the edge of words', () => {
  put(
    '{"phone":"13800138000"}',
    '{"idfa_md5":"9F3C1A7E5B2D"}',
    '{"idfa":"x","md5":"y"}',
    '{"n":"8000"}',
    '{"note":"请拨打 x13800 手机"}',
    '{"app":"wechat"}',
  );
  expect(seqs('8000')).toEqual([0, 3]);
  expect(seqs('38001')).toEqual([0]);
  expect(seqs('dfa')).toEqual([1, 2]);
  expect(seqs('DFA_md')).toEqual([1]);
  expect(seqs('fa_md5')).toEqual([1]);
  expect(seqs('3c1a7')).toEqual([1]);
  expect(seqs('3800 手机')).toEqual([4]);
  expect(seqs('3800手')).toEqual([4]);
  expect(seqs('38 note')).toEqual([4]);
  expect(seqs('hone 8000')).toEqual([0]);
  expect(seqs('dfa 9f3c dfa')).toEqual([1]);
  expect(seqs('80001')).toEqual([]);
  expect(store.exchangeRows('s1', { terms: [{ field: 'text', value: 'dfa', negated: true }] }).rows.map(({ seq }) => seq)).toEqual([
    5, 4, 3, 0,
  ]);
});

test('both texts must be met in the same message, as before', () => {
  put('{"one":"xfirst"}', '{"two":"xsecond"}', '{"both":"xfirst xsecond"}');
  expect(seqs('first second')).toEqual([2]);
  const terms = ['first', 'second'].map((value) => ({ field: 'text' as const, value, negated: false }));
  expect(store.exchangeRows('s1', { terms }).total).toBe(1);
});

test('a text that is in more words than are looked up is answered in part, and says so', () => {
  const words = Array.from({ length: limits.searchWords + 50 }, (_, n) => `x77${String(n).padStart(6, '0')}`);
  put(`${words.slice(0, 3_000).join(' ')}`, `${words.slice(3_000).join(' ')}`, 'y77', '77z');
  const { rows, total, cut } = store.exchangeRows('s1', { text: '77' });
  expect([rows.map(({ seq }) => seq), total, cut]).toEqual([[3, 2, 1, 0], 4, true]);
  expect(store.exchangeRows('s1', { text: 'y77' }).cut).toBe(false);
  expect(store.exchangeRows('s1', { text: '7' }).cut).toBe(true);
  expect(store.findingsWith('s1', '77')).toEqual({ findings: [], cut: true });
});

test('a page and the total come from one search', () => {
  put(...Array.from({ length: 30 }, (_, n) => `{"v":"x${n % 3 === 0 ? 'needle' : 'other'}"}`));
  const asked = { text: 'eedle', offset: 2, limit: 3 };
  expect(store.exchangeRows('s1', asked)).toMatchObject({ total: 10, cut: false, rows: [{ seq: 21 }, { seq: 18 }, { seq: 15 }] });
  expect(store.exchangeRows('s1', { ...asked, order: 'oldest' }).rows.map(({ seq }) => seq)).toEqual([6, 9, 12]);
  expect(store.exchangeRows('s1', { ...asked, offset: 99 })).toMatchObject({ total: 10, rows: [] });
});

test('nothing that is typed is an operator, in the middle of words either', () => {
  put('{"a":"xnear OR"}', '{"b":"words"}');
  for (const text of ['near(', 'ear"', '"ear', 'ear*', 'words:ea', 'ea^r', '{ear} ear', 'ear AND', '-ear', "ear'", 'ear\\', '\u0000ear'])
    expect(() => seqs(text), text).not.toThrow();
  expect(seqs('ear or')).toEqual([0]);
});

test('a text without letters is looked for in URLs only', () => {
  put('{"a":"%%"}');
  expect(seqs('://')).toEqual([0]);
  expect(seqs('%%')).toEqual([]);
});
