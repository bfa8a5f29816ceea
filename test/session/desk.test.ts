import { expect, test } from 'vitest';
import { RULES_DIR } from '../../src/cli/place.js';
import { StoreError } from '../../src/errors.js';
import { limits } from '../../src/limits.js';
import type { Occurrence } from '../../src/model/finding.js';
import type { Session } from '../../src/model/session.js';
import { loadRulebook } from '../../src/rulebook/load.js';
import { createAudit } from '../../src/session/audit.js';
import { createDesk, type DeskOptions, type Sitting } from '../../src/session/desk.js';
import type { Word } from '../../src/session/remote.js';
import { sessionOf, sinkOf } from './traffic.js';

const rulebook = loadRulebook({ dir: RULES_DIR });
const bytes = (text: string) => new TextEncoder().encode(text);

interface Wanted extends Partial<Omit<Sitting, 'audit'>>, Partial<Pick<DeskOptions, 'rules'>> {
  readonly refuses?: () => boolean;
}

function deskOf(commit: () => void = () => {}, { refuses = () => false, rules = () => {}, ...more }: Wanted = {}) {
  const words: Word[] = [];
  const timers: Array<() => void> = [];
  const clock = { at: 0 };
  let left = 0;
  const seat = (session: Session): Sitting => {
    if (refuses()) throw new StoreError('OVR_STORE_FULL', 'No space left.', { next: 'Make room.' });
    const occurrences: Occurrence[] = [];
    const audit = createAudit({
      session,
      rulebook,
      persona: null,
      tagKey: new Uint8Array(32),
      sink: sinkOf({ occurrence: (_id, occurrence) => void occurrences.push(occurrence), replay: () => occurrences }),
    });
    return { audit, commit, abandon: () => 0, judgement: () => '', keep() {}, ...more };
  };
  const desk = createDesk({
    first: seat(sessionOf()),
    open: seat,
    rules,
    say: (word) => words.push(word),
    left: () => {
      left += 1;
    },
    setTimer: (run) => timers.push(run),
    now: () => clock.at,
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
  const session = sessionOf().id;
  const ask = (path: string, direction = 0) => {
    const text = bytes(direction === 1 ? path : `GET ${path} HTTP/1.1\r\nHost: api.example.test\r\n\r\n`);
    const parcel = { bytes: text, connections: ['c1'], pieces: Float64Array.from([direction, 2, text.length]) };
    desk.take({ type: 'parcel', parcel, size: 200 });
  };
  return { desk, words, timers, clock, send, ask, session, leftTimes: () => left };
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

test('incident: while messages queued, no timer ran: for seconds nothing was stored, and the proxy took for waiting what had been read', () => {
  const log: string[] = [];
  const { words, clock, send } = deskOf(() => log.push('commit'));
  send();
  clock.at = limits.storeBatchMs - 1;
  send();
  expect(log).toEqual([]);
  clock.at = limits.storeBatchMs;
  send();
  expect(log).toEqual(['commit']);
  expect(words.map((word) => word.type)).toEqual(['consumed', 'batch']);
  clock.at += limits.storeBatchMs;
  send();
  expect(log).toEqual(['commit', 'commit']);
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
  expect(words.filter((word) => word.type === 'problem')).toMatchObject([
    { error: { code: 'OVR_STORE_FULL', next: 'Make room.' }, lasts: 'until_stored' },
  ]);
  expect(words.filter((word) => word.type === 'batch')).toEqual([]);
  full = false;
  timers[2]?.();
  const told = words.filter((word) => word.type === 'batch');
  expect(told).toMatchObject([{ batch: { id: 1, counters: { exchanges: 2 } } }]);
  expect(told[0]?.type === 'batch' && told[0].batch.exchanges.map((row) => row.seq)).toEqual([0, 1]);
});

test('a wrong order is refused to the one who gave it', () => {
  const { desk, words, session } = deskOf();
  desk.take({ type: 'change', call: 7, session, patch: { categories: { main: ['no_such_category'] } } });
  expect(words.find((word) => word.type === 'refused')).toMatchObject({ call: 7 });
});

test('the end is answered after everything is stored', () => {
  const { desk, words, leftTimes, send, session } = deskOf();
  send();
  desk.take({ type: 'end', call: 1, session, at: 99 });
  expect(words.at(-1)).toMatchObject({ type: 'reply', call: 1, session: { status: 'ended', endedAt: 99 } });
  expect(words.some((word) => word.type === 'batch')).toBe(true);
  desk.take({ type: 'leave' });
  expect(leftTimes()).toBe(1);
});

test('other rules: the judgement before is kept, the answer comes after what was sent before; a disk that refuses leaves the rules alone', () => {
  const log: string[] = [];
  let full = false;
  const { desk, words, send } = deskOf(
    () => {
      if (full) throw new StoreError('OVR_DISK', 'full', { next: 'make room' });
    },
    { judgement: () => 'before', rules: ({ sha256 }) => log.push(sha256), keep: (document, at) => log.push(`${document} ${at}`) },
  );
  send();
  desk.take({ type: 'rules', call: 1, rulebook: { ...rulebook, sha256: 'new' }, at: 5 });
  expect(log).toEqual(['new', 'before 5']);
  expect(words.findLast(({ type }) => type === 'reply')).toMatchObject({ session: { subject: { reloads: { refused: null } } } });
  expect(words.some((word) => word.type === 'batch' && word.batch.findings.some(({ dataType }) => dataType === 'imei'))).toBe(true);
  full = true;
  send();
  desk.take({ type: 'rules', call: 2, rulebook: { ...rulebook, sha256: 'newer' }, at: 6 });
  expect(words.at(-1)).toMatchObject({ type: 'refused', call: 2, error: { code: 'OVR_RULES_STORE' } });
  expect(log).toHaveLength(2);
});

const told = (words: readonly Word[]) =>
  words.flatMap((word) =>
    word.type === 'batch' ? [[word.batch.id, word.batch.session.id, word.batch.session.status, word.batch.counters.exchanges]] : [],
  );
const next = (id = 's-2'): Session => ({ ...sessionOf(), id, startedAt: 50 });

test('another session begins between two events: each request is in one, batches count on, and each batch is of one', () => {
  const { desk, words, timers, send, ask, session } = deskOf();
  send();
  desk.take({ type: 'begin', call: 1, next: next(), persona: null, at: 50 });
  expect(words.at(-1)).toMatchObject({ type: 'reply', call: 1, session: { id: 's-2', status: 'running' } });
  ask('/next?imei=490154203237518');
  timers.at(-1)?.();
  expect(told(words)).toEqual([
    [1, session, 'running', 1],
    [2, session, 'ended', 1],
    [3, 's-2', 'running', 0],
    [4, 's-2', 'running', 1],
  ]);
});

test('where the next cannot begin, the one before goes on as if nothing had been asked', () => {
  let full = true;
  let begun = false;
  const { desk, words, timers, send, ask, session } = deskOf(() => {}, { refuses: () => begun && full });
  begun = true;
  send();
  timers[0]?.();
  desk.take({ type: 'begin', call: 1, next: next(), persona: null, at: 50 });
  expect(words.at(-1)).toMatchObject({ type: 'refused', call: 1, error: { code: 'OVR_STORE_FULL' } });
  ask('/more');
  full = false;
  desk.take({ type: 'change', call: 2, session, patch: { app: 'x' } });
  expect(told(words).at(-1)).toEqual([expect.any(Number), session, 'running', 2]);
});

test('after the end nothing is recorded or told until the next begins; an order that was meant for the one before does not reach it', () => {
  const { desk, words, timers, send, ask, session } = deskOf();
  send();
  desk.take({ type: 'end', call: 1, session, at: 40 });
  const before = told(words).length;
  ask('/nobody');
  timers.at(-1)?.();
  expect(words.at(-1)).toMatchObject({ type: 'consumed' });
  expect(told(words)).toHaveLength(before);
  desk.take({ type: 'change', call: 2, session, patch: { app: 'late' } });
  expect(words.at(-1)).toMatchObject({ type: 'refused', call: 2, error: { code: 'OVR_SESSION_ENDED' } });
  desk.take({ type: 'begin', call: 3, next: next(), persona: null, at: 50 });
  desk.take({ type: 'scene', call: 4, session, name: 'login', consent: 'consented', at: 51 });
  expect(words.at(-1)).toMatchObject({ type: 'refused', call: 4, error: { code: 'OVR_SESSION_ENDED' } });
  ask('/next');
  timers.at(-1)?.();
  expect(told(words).at(-1)).toEqual([expect.any(Number), 's-2', 'running', 1]);
});

test('rules that come while nothing is recorded leave what has ended alone and hold for the next', () => {
  const seen: string[] = [];
  const { desk, words, send, session } = deskOf(() => {}, { rules: ({ sha256 }) => seen.push(sha256), keep: () => seen.push('kept') });
  send();
  desk.take({ type: 'end', call: 1, session, at: 40 });
  desk.take({ type: 'rules', call: 2, rulebook: { ...rulebook, sha256: 'new' }, at: 45 });
  expect(words.at(-1)).toMatchObject({ type: 'reply', call: 2, session: { status: 'ended' } });
  expect(seen).toEqual(['new']);
});

test('incident: a disk that refused to the end kept the thread alive, and nobody was told of what was lost', () => {
  let abandoned = 0;
  const full = () => {
    throw new StoreError('OVR_STORE_FULL', 'No space left.', { next: 'Make room.' });
  };
  const { desk, words, timers, send, leftTimes } = deskOf(full, {
    abandon: () => {
      abandoned += 1;
      return 4;
    },
  });
  send();
  timers[0]?.();
  const before = timers.length;
  desk.take({ type: 'leave' });
  expect([leftTimes(), abandoned, timers.length]).toEqual([1, 1, before]);
  expect(words.filter((word) => word.type === 'problem').at(-1)).toMatchObject({
    error: { code: 'OVR_STORE_LOST', message: expect.stringContaining('4 record(s)') },
  });
});

test('a disk that takes everything in the end loses nothing', () => {
  const { desk, words, send, leftTimes } = deskOf(() => {}, { abandon: () => 7 });
  send();
  desk.take({ type: 'leave' });
  expect(leftTimes()).toBe(1);
  expect(words.filter((word) => word.type === 'problem')).toEqual([]);
});

test('incident: many streams that sent at once were written again so often that a backlog grew: a dear flush is followed by a longer pause', () => {
  let dear = 0;
  let commits = 0;
  const { desk, clock, ask, send } = deskOf(() => {
    commits += 1;
    clock.at += dear;
  });
  const flushedAfter = (ms: number) => {
    const before = commits;
    ask('/a');
    clock.at += ms;
    ask('/b');
    return commits > before;
  };
  send();
  desk.flush();
  expect([flushedAfter(limits.storeBatchMs - 1), flushedAfter(limits.storeBatchMs)]).toEqual([false, true]);
  dear = 100;
  desk.flush();
  desk.flush();
  expect(flushedAfter(300)).toBe(false);
  expect(flushedAfter(100)).toBe(true);
  // Nobody waits longer than the bound.
  dear = 60_000;
  desk.flush();
  desk.flush();
  expect([flushedAfter(limits.storeBatchMost - 1), flushedAfter(1)]).toEqual([false, true]);
});

test('incident: after one flush that was slow alone, rows of a thread with little to do waited half a second for the page', () => {
  let dear = 0;
  let commits = 0;
  const { desk, clock, ask, send } = deskOf(() => {
    commits += 1;
    clock.at += dear;
  });
  send();
  desk.flush();
  dear = 200;
  desk.flush();
  dear = 0;
  ask('/a');
  const before = commits;
  clock.at += limits.storeBatchMs;
  ask('/b');
  expect(commits).toBe(before + 1);
});

test('what was read is told to the proxy while a longer pause lasts: it must not be taken for waiting', () => {
  let dear = 0;
  const { desk, clock, words, ask, send } = deskOf(() => {
    clock.at += dear;
  });
  send();
  dear = 60_000;
  desk.flush();
  desk.flush();
  words.splice(0);
  clock.at += limits.storeBatchMs;
  ask('/a');
  expect(words).toEqual([{ type: 'consumed', size: 200 }]);
});
