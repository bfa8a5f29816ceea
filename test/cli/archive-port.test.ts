import { expect, test, vi } from 'vitest';
import type { Archive } from '../../src/cli/archive.js';
import { type ArchiveThread, type Asked, archiveDesk, type Said, serveArchive } from '../../src/cli/archive-port.js';
import { type OverreachError, UsageError } from '../../src/errors.js';
import { limits } from '../../src/limits.js';
import { sampleRecord } from '../report/sample-record.js';

const DIFF = { new: [], gone: [], changed: [], same: 0, receivers: { new: [], gone: [] }, dataTypes: { new: [], gone: [] }, caveats: [] };

const rulesOf = (sha256: string) => ({ ...sampleRecord().rulebook, sha256 });

function archiveOf(part: Partial<Archive> = {}): Archive {
  return {
    answer: () => DIFF,
    *deepen() {
      yield 1;
    },
    adopt() {},
    close() {},
    ...part,
  };
}

interface Played extends ArchiveThread {
  say(said: Said): void;
  die(error: Error): void;
  ended: boolean;
}

/** A thread that says what it is told to say. */
function silentThread(): Played {
  const listeners: Array<(said: Said) => void> = [];
  const errors: Array<(error: Error) => void> = [];
  const exits: Array<() => void> = [];
  const thread: Played = {
    ended: false,
    postMessage() {},
    on(event: 'message' | 'error' | 'exit', listener: (said: never) => void) {
      if (event === 'message') listeners.push(listener as (said: Said) => void);
      else if (event === 'error') errors.push(listener as (error: Error) => void);
      else exits.push(listener as () => void);
    },
    terminate: async () => {
      thread.ended = true;
      for (const tell of exits) tell();
    },
    unref() {},
    say(said) {
      for (const tell of listeners) tell(said);
    },
    die(error) {
      for (const tell of errors) tell(error);
    },
  };
  return thread;
}

/** A thread in this one; messages come later, as they do from a real one. */
function threadOf(archive: Archive): Played {
  const thread = silentThread();
  const serve = serveArchive(archive, (said) => setTimeout(() => thread.say(said), 0));
  thread.postMessage = (asked: Asked) => void setTimeout(() => thread.ended || serve(asked), 0);
  return thread;
}

test('each question gets its own answer, and a refusal keeps its code', async () => {
  const thread = threadOf(
    archiveOf({
      answer(question) {
        if (question.ask === 'diff') return { ...DIFF, same: Number(question.after) };
        throw new UsageError('OVR_SESSION', 'There is no such session.', { next: 'List them.' });
      },
    }),
  );
  const desk = archiveDesk(
    () => thread,
    () => rulesOf('1'),
    (problem) => expect.fail(problem.code),
  );
  const [first, second] = await Promise.all([desk.diff('a', '1'), desk.diff('a', '2')]);
  expect([first.same, second.same]).toEqual([1, 2]);
  await expect(desk.rejudge({ session: 'x', persona: null, partial: true })).rejects.toMatchObject({
    code: 'OVR_SESSION',
    next: 'List them.',
  });
  await desk.close();
  expect(thread.ended).toBe(true);
});

test('questions are answered between the steps of deepening', async () => {
  let steps = 0;
  let atAnswer = -1;
  const thread = threadOf(
    archiveOf({
      *deepen() {
        for (; steps < 2_000; steps += 1) yield steps;
      },
      answer() {
        atAnswer = steps;
        return DIFF;
      },
    }),
  );
  const desk = archiveDesk(
    () => thread,
    () => rulesOf('1'),
    (problem) => expect.fail(problem.code),
  );
  desk.deepen();
  await desk.diff('a', 'b');
  expect(atAnswer).toBeLessThan(2_000);
  await vi.waitFor(() => expect(steps).toBe(2_000), { timeout: 20_000 });
  await desk.close();
});

test('a thread that dies fails what waits, is told where nobody waits, and the next question starts another', async () => {
  const problems: OverreachError[] = [];
  const threads: Array<ReturnType<typeof threadOf>> = [];
  const desk = archiveDesk(
    () => {
      const thread = threadOf(archiveOf());
      threads.push(thread);
      return thread;
    },
    () => rulesOf('1'),
    (problem) => problems.push(problem),
  );
  const waiting = desk.diff('a', 'b');
  threads[0]?.die(new Error('out of memory'));
  await expect(waiting).rejects.toMatchObject({ code: 'OVR_ARCHIVE_DIED' });
  expect(problems).toEqual([]);
  await desk.diff('a', 'b');
  expect(threads).toHaveLength(2);
  threads[1]?.die(new Error('again'));
  expect(problems.map(({ code }) => code)).toEqual(['OVR_ARCHIVE_DIED']);
});

test('a dead thread is not heard any more: neither a late answer nor a second end is told', async () => {
  const problems: OverreachError[] = [];
  const first = threadOf(archiveOf());
  const second = threadOf(archiveOf({ answer: () => ({ ...DIFF, same: 7 }) }));
  const left = [first, second];
  const desk = archiveDesk(
    () => left.shift()!,
    () => rulesOf('1'),
    (problem) => problems.push(problem),
  );
  const lost = desk.diff('a', 'b');
  first.die(new Error('out of memory'));
  await expect(lost).rejects.toMatchObject({ code: 'OVR_ARCHIVE_DIED' });
  const kept = desk.diff('a', 'b');
  first.die(new Error('again'));
  first.say({ call: 2, answer: DIFF });
  expect((await kept).same).toBe(7);
  expect(problems).toEqual([]);
  await desk.close();
});

test('a thread that cannot be made fails the question, and each once', async () => {
  const problems: OverreachError[] = [];
  const desk = archiveDesk(
    () => {
      throw new Error('no more threads');
    },
    () => rulesOf('1'),
    (problem) => problems.push(problem),
  );
  await expect(desk.diff('a', 'b')).rejects.toMatchObject({ code: 'OVR_ARCHIVE_DIED' });
  expect(problems).toEqual([]);
  desk.deepen();
  expect(problems.map(({ code }) => code)).toEqual(['OVR_ARCHIVE_DIED']);
});

test('a question that takes longer than a rest is not given up because another was answered before it', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const thread = silentThread();
    const desk = archiveDesk(
      () => thread,
      () => rulesOf('1'),
      (problem) => expect.fail(problem.code),
    );
    const [short, long] = [desk.diff('a', 'b'), desk.diff('a', 'c')];
    thread.say({ call: 1, answer: DIFF });
    await short;
    desk.deepen();
    await vi.advanceTimersByTimeAsync(limits.archiveIdleMs + 1_000);
    expect(thread.ended).toBe(false);
    thread.say({ call: 2, answer: DIFF });
    await long;
    // It still deepens.
    await vi.advanceTimersByTimeAsync(limits.archiveIdleMs + 1_000);
    expect(thread.ended).toBe(false);
    thread.say({ deepened: true });
    await vi.advanceTimersByTimeAsync(limits.archiveIdleMs + 1_000);
    expect(thread.ended).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});

test('without questions the thread is given up, and its end is no problem', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const threads: Array<ReturnType<typeof threadOf>> = [];
    const desk = archiveDesk(
      () => {
        const thread = threadOf(archiveOf());
        threads.push(thread);
        return thread;
      },
      () => rulesOf('1'),
      (problem) => expect.fail(problem.code),
    );
    const first = desk.diff('a', 'b');
    await vi.advanceTimersByTimeAsync(10);
    await first;
    await vi.advanceTimersByTimeAsync(limits.archiveIdleMs - 1_000);
    const second = desk.diff('a', 'b');
    await vi.advanceTimersByTimeAsync(10);
    await second;
    expect(threads).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(limits.archiveIdleMs + 1_000);
    expect(threads[0]?.ended).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});

test('trouble while deepening is told and ends only that', async () => {
  const problems: OverreachError[] = [];
  const thread = threadOf(
    archiveOf({
      *deepen() {
        yield 1;
        throw new UsageError('OVR_STORE_FULL', 'The disk is full.', { next: 'Free some.' });
      },
    }),
  );
  const desk = archiveDesk(
    () => thread,
    () => rulesOf('1'),
    (problem) => problems.push(problem),
  );
  desk.deepen();
  await vi.waitFor(() => expect(problems.map(({ code }) => code)).toEqual(['OVR_STORE_FULL']));
  expect((await desk.diff('a', 'b')).same).toBe(0);
  await desk.close();
});

test('rules that were replaced are told before the next question, and once', async () => {
  const seen: string[] = [];
  const thread = threadOf(
    archiveOf({
      adopt: ({ sha256 }) => void seen.push(`rules ${sha256}`),
      answer() {
        seen.push('asked');
        return DIFF;
      },
    }),
  );
  let sha256 = '1';
  const desk = archiveDesk(
    () => thread,
    () => rulesOf(sha256),
    (problem) => expect.fail(problem.code),
  );
  await desk.diff('a', 'b');
  sha256 = '2';
  await desk.diff('a', 'b');
  await desk.diff('a', 'b');
  expect(seen).toEqual(['asked', 'rules 2', 'asked', 'asked']);
  await desk.close();
});
