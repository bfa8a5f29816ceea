import { describeError, EXIT, OverreachError } from '../errors.js';
import { limits } from '../limits.js';
import type { Rejudged, RenderedReport, SessionDiff } from '../live/index.js';
import type { Rulebook } from '../model/rulebook.js';
import type { Answer, Archive, Question } from './archive.js';

/** What the archive's thread is told. `deepen`: bring old search indexes up to date whenever nothing else is asked. */
export type Asked =
  | { readonly call: number; readonly question: Question }
  | { readonly deepen: true }
  /** Other rules are in force. */
  | { readonly rules: Rulebook };

/** What it answers. `idle`: nothing is left to do. */
export type Said =
  | { readonly call: number; readonly answer: Answer }
  | { readonly call: number; readonly code: string; readonly message: string; readonly next: string; readonly exit: number }
  | { readonly problem: string; readonly code: string; readonly next: string }
  | { readonly idle: true };

/** As much of a worker thread as is needed here. */
export interface ArchiveThread {
  postMessage(asked: Asked): void;
  on(event: 'message', listener: (said: Said) => void): void;
  on(event: 'error', listener: (error: Error) => void): void;
  on(event: 'exit', listener: () => void): void;
  terminate(): Promise<unknown>;
  unref(): void;
}

/** The thread's end: answers in the order asked; in between it deepens indexes, a step at a time. */
export function serveArchive(archive: Archive, say: (said: Said) => void): (asked: Asked) => void {
  let work: Generator<number> | null = null;
  function step(): void {
    try {
      if (work === null || work.next().done === true) {
        work = null;
        say({ idle: true });
        return;
      }
      // After every message that has come meanwhile.
      setTimeout(step, 0);
    } catch (error) {
      work = null;
      const { code, message, next } = described(error);
      say({ problem: message, code, next });
      say({ idle: true });
    }
  }
  return (asked) => {
    if ('rules' in asked) {
      archive.adopt(asked.rules);
      return;
    }
    if ('deepen' in asked) {
      if (work !== null) return;
      work = archive.deepen();
      step();
      return;
    }
    try {
      say({ call: asked.call, answer: archive.answer(asked.question) });
    } catch (error) {
      say({ call: asked.call, ...described(error) });
    }
    if (work === null) say({ idle: true });
  };
}

function described(error: unknown): { code: string; message: string; next: string; exit: number } {
  if (error instanceof OverreachError) return { code: error.code, message: error.message, next: error.next, exit: error.exit };
  return {
    code: 'OVR_BUG',
    message: describeError(error),
    next: 'This is a bug of Overreach. Please report it with the line above.',
    exit: 4,
  };
}

/** The archive as the page's server sees it. */
export interface ArchiveDesk {
  report(question: Omit<Extract<Question, { ask: 'report' }>, 'ask'>): Promise<RenderedReport>;
  diff(before: string, after: string): Promise<SessionDiff>;
  rejudge(question: Omit<Extract<Question, { ask: 'rejudge' }>, 'ask'>): Promise<Rejudged>;
  deepen(): void;
  close(): Promise<void>;
}

/**
 * @param start makes the thread; called with the first question, and again after the thread was given up for having nothing to do.
 * @param rules in force now; the thread is told when they were replaced.
 * @param onProblem told of what went wrong while nobody waited for an answer.
 */
export function archiveDesk(start: () => ArchiveThread, rules: () => Rulebook, onProblem: (problem: OverreachError) => void): ArchiveDesk {
  const calls = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>();
  let thread: ArchiveThread | null = null;
  let rest: NodeJS.Timeout | null = null;
  let call = 0;
  let known = '';

  function fail(error: OverreachError): void {
    for (const { reject } of calls.values()) reject(error);
    if (calls.size === 0) onProblem(error);
    calls.clear();
    thread = null;
  }

  function hear(said: Said): void {
    if ('idle' in said) {
      rest ??= setTimeout(() => void close(), limits.archiveIdleMs).unref();
      return;
    }
    if ('problem' in said) {
      onProblem(new OverreachError(said.code, said.problem, { next: said.next }));
      return;
    }
    const waiting = calls.get(said.call);
    calls.delete(said.call);
    if ('answer' in said) waiting?.resolve(said.answer);
    else waiting?.reject(new OverreachError(said.code, said.message, { next: said.next }, said.exit === EXIT.bug ? EXIT.bug : EXIT.usage));
  }

  function awake(): ArchiveThread {
    if (rest !== null) clearTimeout(rest);
    rest = null;
    if (thread !== null) return thread;
    const fresh = start();
    thread = fresh;
    known = rules().sha256;
    // A process that is asked to end must not wait for it.
    fresh.unref();
    fresh.on('message', hear);
    fresh.on('error', (error) =>
      fail(
        new OverreachError('OVR_ARCHIVE_DIED', `The archive thread ended: ${describeError(error)}`, {
          next: 'Ask again; the session that runs is not touched by it.',
          cause: error,
        }),
      ),
    );
    fresh.on('exit', () => {
      if (thread === fresh) fail(new OverreachError('OVR_ARCHIVE_DIED', 'The archive thread ended.', { next: 'Ask again.' }));
    });
    return fresh;
  }

  async function close(): Promise<void> {
    if (rest !== null) clearTimeout(rest);
    rest = null;
    const old = thread;
    // First: its end is no accident.
    thread = null;
    await old?.terminate();
    for (const { reject } of calls.values()) reject(new OverreachError('OVR_ENDED', 'The program is ending.', { next: 'Start it again.' }));
    calls.clear();
  }

  const put = (question: Question): Promise<Answer> =>
    new Promise((resolve, reject) => {
      call += 1;
      calls.set(call, { resolve, reject });
      const asked = awake();
      if (known !== rules().sha256) asked.postMessage({ rules: rules() });
      known = rules().sha256;
      asked.postMessage({ call, question });
    });

  return {
    report: async (question) => (await put({ ask: 'report', ...question })) as RenderedReport,
    diff: async (before, after) => (await put({ ask: 'diff', before, after })) as SessionDiff,
    rejudge: async (question) => (await put({ ask: 'rejudge', ...question })) as Rejudged,
    deepen: () => awake().postMessage({ deepen: true }),
    close,
  };
}
