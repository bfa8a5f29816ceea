import { expect, test } from 'vitest';
import { RULES_DIR } from '../../src/cli/place.js';
import { StoreError } from '../../src/errors.js';
import type { Occurrence } from '../../src/model/finding.js';
import { loadRulebook } from '../../src/rulebook/load.js';
import { createAudit } from '../../src/session/audit.js';
import { createDesk, type DeskOptions } from '../../src/session/desk.js';
import type { Word } from '../../src/session/remote.js';
import { sessionOf } from './traffic.js';

const rulebook = loadRulebook({ dir: RULES_DIR });
const bytes = (text: string) => new TextEncoder().encode(text);

function deskOf(commit: () => void = () => {}, more: Partial<DeskOptions> = {}) {
  const words: Word[] = [];
  const timers: Array<() => void> = [];
  const occurrences: Occurrence[] = [];
  let ended = 0;
  const audit = createAudit({
    session: sessionOf(),
    rulebook,
    persona: null,
    tagKey: new Uint8Array(32),
    sink: {
      exchange() {},
      message() {},
      occurrence: (_id, occurrence) => occurrences.push(occurrence),
      findings() {},
      connection() {},
      limit() {},
      session() {},
      replay: () => occurrences,
    },
  });
  const desk = createDesk({
    audit,
    commit,
    say: (word) => words.push(word),
    ended: () => {
      ended += 1;
    },
    setTimer: (run) => timers.push(run),
    ...more,
  });
  const open = {
    type: 'open',
    connection: 'c1',
    at: 1,
    client: { address: '10.0.0.2', port: 1, user: null },
    host: 'api.example.test',
    port: 443,
    serverAddress: null,
    layer: 'tls',
    sni: null,
    alpn: null,
    reach: 'decrypted',
    cause: null,
  } as const;
  const request = bytes('GET /?imei=490154203237518 HTTP/1.1\r\nHost: api.example.test\r\n\r\n');
  const send = () => {
    desk.take({ type: 'tap', event: open, size: 100 });
    desk.take({
      type: 'parcel',
      parcel: { bytes: request, connections: ['c1'], pieces: Float64Array.from([0, 2, request.length]) },
      size: 200,
    });
  };
  return { desk, words, timers, send, endedTimes: () => ended };
}

test('a batch is told only after it was committed, and says what was consumed', () => {
  const log: string[] = [];
  const { words, timers, send } = deskOf(() => log.push('commit'));
  send();
  expect(words).toEqual([]);
  expect(timers).toHaveLength(1);
  timers[0]?.();
  expect(log).toEqual(['commit']);
  expect(words.map((word) => word.type)).toEqual(['consumed', 'batch']);
  expect(words[0]).toMatchObject({ size: 300 });
  expect(words[1]).toMatchObject({ batch: { id: 1, counters: { exchanges: 1 } } });
  expect(words[1]?.type === 'batch' && words[1].batch.findings.map((finding) => finding.dataType)).toContain('imei');
});

test('what a disk refused is told once as a problem, and shown when it is stored, not before', () => {
  let full = true;
  const { words, timers, send } = deskOf(() => {
    if (full) throw new StoreError('OVR_STORE_FULL', 'No space left.', { next: 'Make room.' });
  });
  send();
  timers[0]?.();
  send();
  timers[1]?.();
  expect(words.filter((word) => word.type === 'problem')).toMatchObject([{ code: 'OVR_STORE_FULL', next: 'Make room.' }]);
  expect(words.filter((word) => word.type === 'batch')).toEqual([]);
  full = false;
  timers[2]?.();
  const told = words.filter((word) => word.type === 'batch');
  expect(told).toMatchObject([{ batch: { id: 1, counters: { exchanges: 2 } } }]);
  expect(told[0]?.type === 'batch' && told[0].batch.exchanges.map((row) => row.seq)).toEqual([0, 1]);
});

test('a wrong order is refused to the one who gave it', () => {
  const { desk, words } = deskOf();
  desk.take({ type: 'change', call: 7, patch: { categories: { main: ['no_such_category'] } } });
  expect(words.find((word) => word.type === 'refused')).toMatchObject({ call: 7 });
});

test('the end is answered after everything is stored', () => {
  const { desk, words, endedTimes, send } = deskOf();
  send();
  desk.take({ type: 'end', call: 1, at: 99 });
  expect(words.at(-1)).toMatchObject({ type: 'reply', call: 1, session: { status: 'ended', endedAt: 99 } });
  expect(words.some((word) => word.type === 'batch')).toBe(true);
  expect(endedTimes()).toBe(1);
});

test('other rules: the judgement before is kept, the answer comes after what was sent before; a disk that refuses leaves the rules alone', () => {
  const log: string[] = [];
  let full = false;
  const { desk, words, send } = deskOf(
    () => {
      if (full) throw new StoreError('OVR_DISK', 'full', { next: 'make room' });
    },
    { judgement: () => 'before', keep: (rules, document, at) => log.push(`${rules.sha256} ${document} ${at}`) },
  );
  send();
  desk.take({ type: 'rules', call: 1, rulebook: { ...rulebook, sha256: 'new' }, at: 5 });
  expect(log).toEqual(['new before 5']);
  expect(words.findLast(({ type }) => type === 'reply')).toMatchObject({ session: { subject: { reloads: { refused: null } } } });
  expect(words.some((word) => word.type === 'batch' && word.batch.findings.some(({ dataType }) => dataType === 'imei'))).toBe(true);
  full = true;
  send();
  desk.take({ type: 'rules', call: 2, rulebook: { ...rulebook, sha256: 'newer' }, at: 6 });
  expect(words.at(-1)).toMatchObject({ type: 'refused', call: 2, code: 'OVR_RULES_STORE' });
  expect(log).toHaveLength(1);
});
