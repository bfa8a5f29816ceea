import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RestingThread, type Thread } from '../../src/cli/resting-thread.js';

const IDLE_MS = 1_000;

/** A thread that takes everything and says nothing by itself. */
class Mute implements Thread<string, string> {
  readonly told: string[] = [];
  readonly #listeners: { readonly event: string; readonly listener: (said: never) => void }[] = [];
  ended = false;
  held = true;
  isDeaf = false;

  postMessage(asked: string): void {
    if (this.isDeaf) throw new Error('cannot be cloned');
    this.told.push(asked);
  }

  on(event: string, listener: (said: never) => void): void {
    this.#listeners.push({ event, listener });
  }

  emit(event: 'message' | 'error' | 'exit', said: string | Error): void {
    for (const one of this.#listeners) if (one.event === event) (one.listener as (said: string | Error) => void)(said);
  }

  async terminate(): Promise<void> {
    this.ended = true;
    this.emit('exit', '');
  }

  unref(): void {
    this.held = false;
  }
}

let threads: Mute[];
let heard: string[];
let deaths: string[];
let thread: RestingThread<string, string>;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  threads = [];
  heard = [];
  deaths = [];
  thread = new RestingThread<string, string>({
    start() {
      const fresh = new Mute();
      threads.push(fresh);
      return fresh;
    },
    idleMs: IDLE_MS,
    hear: (said) => void heard.push(said),
    died: (cause) => void deaths.push(cause instanceof Error ? cause.message : String(cause)),
  });
});

afterEach(() => {
  vi.useRealTimers();
});

test('it is begun with the first word, holds no process, and is one for all words', () => {
  expect(thread.isAwake).toBe(false);
  thread.tell('a');
  thread.tell('b');
  expect(threads.map(({ told, held }) => ({ told, held }))).toEqual([{ told: ['a', 'b'], held: false }]);
});

test('it rests only once it was said that nothing is left to do, and a word before that is in time keeps it', async () => {
  thread.tell('a');
  await vi.advanceTimersByTimeAsync(10 * IDLE_MS);
  expect(threads[0]!.ended).toBe(false);
  thread.rest();
  await vi.advanceTimersByTimeAsync(IDLE_MS - 1);
  thread.tell('b');
  await vi.advanceTimersByTimeAsync(10 * IDLE_MS);
  expect(threads[0]!.ended).toBe(false);
  thread.rest();
  await vi.advanceTimersByTimeAsync(IDLE_MS / 2);
  // Said twice it does not take longer.
  thread.rest();
  await vi.advanceTimersByTimeAsync(IDLE_MS / 2);
  expect([threads[0]!.ended, thread.isAwake, deaths]).toEqual([true, false, []]);
  thread.tell('c');
  expect(threads.map(({ told }) => told)).toEqual([['a', 'b'], ['c']]);
});

test('what was given up or has died is not heard any more', async () => {
  thread.tell('a');
  threads[0]!.emit('message', 'one');
  threads[0]!.emit('error', new Error('out of memory'));
  threads[0]!.emit('exit', '');
  threads[0]!.emit('message', 'late');
  thread.tell('b');
  threads[0]!.emit('error', new Error('again'));
  threads[1]!.emit('message', 'two');
  await thread.give();
  threads[1]!.emit('message', 'too late');
  expect([heard, deaths, threads.length]).toEqual([['one', 'two'], ['out of memory'], 2]);
});

test('an end without an error is an end', () => {
  thread.tell('a');
  threads[0]!.emit('exit', '');
  expect([deaths, thread.isAwake]).toEqual([['without a word'], false]);
});

test('a word that cannot be sent costs the thread, which does not stay behind', () => {
  thread.tell('a');
  threads[0]!.isDeaf = true;
  thread.tell('b');
  expect([deaths, threads[0]!.ended, thread.isAwake]).toEqual([['cannot be cloned'], true, false]);
});

test('one that cannot be made is told and tried again with the next word', () => {
  let failing = true;
  const shy = new RestingThread<string, string>({
    start() {
      if (failing) throw new Error('no more threads');
      const fresh = new Mute();
      threads.push(fresh);
      return fresh;
    },
    idleMs: IDLE_MS,
    hear: () => {},
    died: (cause) => void deaths.push(String(cause)),
  });
  expect(shy.wake()).toBe(false);
  shy.tell('a');
  expect(deaths).toHaveLength(2);
  failing = false;
  expect(shy.wake()).toBe(true);
  shy.tell('b');
  expect(threads.map(({ told }) => told)).toEqual([['b']]);
});
