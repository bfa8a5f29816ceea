import { afterEach, expect, test, vi } from 'vitest';
import { type SearchThread, type Sought, searchDesk, serveSearch, type Told } from '../../src/cli/search-port.js';
import { StoreError } from '../../src/errors.js';
import { limits } from '../../src/limits.js';
import { sampleRecord } from '../report/sample-record.js';

afterEach(() => {
  vi.useRealTimers();
});

/** A thread that is told when to go on. */
class Slow implements SearchThread {
  readonly asked: Sought[] = [];
  readonly #message: Array<(told: Told) => void> = [];
  readonly #error: Array<(error: Error) => void> = [];
  ended = false;

  postMessage(sought: Sought): void {
    this.asked.push(sought);
  }

  on(event: 'message' | 'error' | 'exit', listener: (said: never) => void): void {
    if (event === 'message') this.#message.push(listener as (told: Told) => void);
    else if (event === 'error') this.#error.push(listener as (error: Error) => void);
  }

  async terminate(): Promise<void> {
    this.ended = true;
  }

  unref(): void {}

  /** Answers the oldest question that is still open with its own words. */
  answer(): void {
    const sought = this.asked.at(-1)!;
    const text = sought.kind === 'findings' ? sought.what.text : '';
    for (const tell of this.#message) tell({ call: sought.call, found: { findings: [text], cut: false } });
  }

  die(): void {
    for (const tell of this.#error) tell(new Error('out of memory'));
  }
}

/** A desk, and the threads that it has begun. */
function counted() {
  const threads: Slow[] = [];
  const desk = searchDesk(() => {
    const thread = new Slow();
    threads.push(thread);
    return thread;
  });
  return { desk, threads };
}

const wish = (text: string) => ({ session: 's', text });
const textOf = ({ what }: Sought) => ('text' in what ? what.text : 'rows');

test('one search at a time, in the order asked, each with its own answer', async () => {
  const thread = new Slow();
  const desk = searchDesk(() => thread);
  const answers = [desk.findings(wish('a')), desk.findings(wish('b'))];
  expect(thread.asked.map(textOf)).toEqual(['a']);
  thread.answer();
  await expect(answers[0]).resolves.toEqual({ findings: ['a'], cut: false });
  expect(thread.asked.map(textOf)).toEqual(['a', 'b']);
  thread.answer();
  await expect(answers[1]).resolves.toEqual({ findings: ['b'], cut: false });
});

test('what nobody waits for any more is never begun, and does not hold up what follows', async () => {
  const thread = new Slow();
  const desk = searchDesk(() => thread);
  const [first, second] = [new AbortController(), new AbortController()];
  const running = desk.findings(wish('typed'), first.signal);
  const waiting = desk.findings(wish('typed on'), second.signal);
  const wanted = desk.findings(wish('typed on and on'));
  second.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'OVR_UI_GONE' });
  // The one that runs goes on in its thread; its answer is for nobody.
  first.abort();
  await expect(running).rejects.toMatchObject({ code: 'OVR_UI_GONE' });
  thread.answer();
  expect(thread.asked.map(textOf)).toEqual(['typed', 'typed on and on']);
  thread.answer();
  await expect(wanted).resolves.toEqual({ findings: ['typed on and on'], cut: false });
});

test('whoever is gone before the search was put is not searched for', async () => {
  const { desk, threads } = counted();
  await expect(desk.findings(wish('a'), AbortSignal.abort())).rejects.toMatchObject({ code: 'OVR_UI_GONE' });
  expect(threads).toHaveLength(0);
});

test('more than may wait are refused at once', async () => {
  const thread = new Slow();
  const desk = searchDesk(() => thread);
  const kept = Array.from({ length: limits.uiSearches + 1 }, (_, n) => desk.findings(wish(String(n))));
  await expect(desk.findings(wish('one more'))).rejects.toMatchObject({ code: 'OVR_UI_BUSY' });
  expect(thread.asked).toHaveLength(1);
  const outcomes = Promise.allSettled(kept);
  await desk.close();
  expect((await outcomes).every(({ status }) => status === 'rejected')).toBe(true);
  expect(thread.ended).toBe(true);
  await expect(desk.findings(wish('late'))).rejects.toMatchObject({ code: 'OVR_ENDED' });
});

test('what a page begins with comes before the searches that wait, and is not refused for their number', async () => {
  const thread = new Slow();
  const desk = searchDesk(() => thread);
  const outcomes = Promise.allSettled(Array.from({ length: limits.uiSearches + 1 }, (_, n) => desk.findings(wish(String(n)))));
  const traffic = desk.traffic({ session: 's' });
  thread.answer();
  expect(thread.asked.map(({ kind }) => kind)).toEqual(['findings', 'traffic']);
  thread.answer();
  await traffic;
  expect(thread.asked.map(textOf).slice(2)).toEqual(['1']);
  await desk.close();
  await outcomes;
});

test('a thread that dies loses what it was doing; what waits is asked of another', async () => {
  const { desk, threads } = counted();
  const [lost, kept] = [desk.findings(wish('a')), desk.findings(wish('b'))];
  threads[0]!.die();
  await expect(lost).rejects.toMatchObject({ code: 'OVR_SEARCH_DIED' });
  // A last word of the dead one is nobody's answer.
  threads[0]!.answer();
  threads[1]!.answer();
  await expect(kept).resolves.toEqual({ findings: ['b'], cut: false });
  expect(threads).toHaveLength(2);
});

test('a thread that cannot be made fails the search and nothing else', async () => {
  const desk = searchDesk(() => {
    throw new Error('no more threads');
  });
  await expect(desk.findings(wish('a'))).rejects.toMatchObject({ code: 'OVR_SEARCH_DIED' });
});

test('without searches it is given up, and begun again with the next', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { desk, threads } = counted();
  const ask = async () => {
    const answer = desk.findings(wish('a'));
    threads.at(-1)!.answer();
    await answer;
  };
  await ask();
  await vi.advanceTimersByTimeAsync(limits.uiSearchIdleMs - 1_000);
  await ask();
  await vi.advanceTimersByTimeAsync(limits.uiSearchIdleMs - 1_000);
  expect([threads.length, threads[0]!.ended]).toEqual([1, false]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(threads[0]!.ended).toBe(true);
  await ask();
  expect(threads).toHaveLength(2);
});

test('it can be begun ahead of the first search, and is given up like any other', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { desk, threads } = counted();
  desk.warm();
  desk.warm();
  expect(threads).toHaveLength(1);
  const answer = desk.findings(wish('a'));
  threads[0]!.answer();
  await answer;
  expect(threads).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(limits.uiSearchIdleMs + 1_000);
  expect(threads[0]!.ended).toBe(true);
  desk.warm();
  await vi.advanceTimersByTimeAsync(limits.uiSearchIdleMs + 1_000);
  expect(threads.map(({ ended }) => ended)).toEqual([true, true]);
});

test('the thread answers as the store does, and a refusal keeps its code', () => {
  const told: Told[] = [];
  const rows = { rows: [], total: 3, cut: true };
  const { traffic: counted } = sampleRecord();
  const traffic = { ...counted, upTo: 4 };
  const serve = serveSearch(
    {
      traffic: () => traffic,
      exchangeRows: (_, { text }) => {
        if (text === 'bug') throw new TypeError('x is undefined');
        return rows;
      },
      findingsWith() {
        throw new StoreError('OVR_STORE_NO_SESSION', 'There is no session.', { next: 'List them.' });
      },
    },
    (word) => told.push(word),
  );
  serve({ call: 1, kind: 'rows', what: { session: 's', query: {} } });
  serve({ call: 2, kind: 'findings', what: wish('a') });
  serve({ call: 3, kind: 'rows', what: { session: 's', query: { text: 'bug' } } });
  serve({ call: 4, kind: 'traffic', what: { session: 's' } });
  expect(told).toEqual([
    { call: 1, found: rows },
    { call: 2, refused: { code: 'OVR_STORE_NO_SESSION', message: 'There is no session.', next: 'List them.', exit: 2 } },
    { call: 3, refused: expect.objectContaining({ code: 'OVR_BUG', message: 'x is undefined', exit: 4 }) },
    { call: 4, found: traffic },
  ]);
});
