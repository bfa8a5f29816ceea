import { arrived, type CarriedError, carried, describeError, OverreachError } from '../errors.js';
import { limits } from '../limits.js';
import type { Rejudged, RenderedReport, SessionDiff } from '../live/index.js';
import type { Rulebook } from '../model/rulebook.js';
import type { Erasure } from '../store/index.js';
import type { Answer, Archive, Question } from './archive.js';
import { ending, RestingThread, type Thread } from './resting-thread.js';

/** What the archive's thread is told. `deepen`: bring old search indexes up to date whenever nothing else is asked. */
export type Asked =
  | { readonly call: number; readonly question: Question }
  | { readonly deepen: true }
  /** Other rules are in force. */
  | { readonly rules: Rulebook };

/** What it answers. `deepened`: every index is up to date, or that was given up. */
export type Said =
  | { readonly call: number; readonly answer: Answer }
  | { readonly call: number; readonly refused: CarriedError }
  | { readonly problem: CarriedError }
  | { readonly deepened: true };

export type ArchiveThread = Thread<Asked, Said>;

/** The thread's end: answers in the order asked; in between it deepens indexes, a step at a time. */
export function serveArchive(archive: Archive, say: (said: Said) => void): (asked: Asked) => void {
  let work: Generator<number> | null = null;
  function step(): void {
    try {
      if (work === null || work.next().done === true) {
        work = null;
        say({ deepened: true });
        return;
      }
      // After every message that has come meanwhile.
      setTimeout(step, 0);
    } catch (error) {
      work = null;
      say({ problem: carried(error) });
      say({ deepened: true });
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
      say({ call: asked.call, refused: carried(error) });
    }
  };
}

/** The archive as the page's server sees it. */
export interface ArchiveDesk {
  report(question: Omit<Extract<Question, { ask: 'report' }>, 'ask'>): Promise<RenderedReport>;
  diff(before: string, after: string): Promise<SessionDiff>;
  rejudge(question: Omit<Extract<Question, { ask: 'rejudge' }>, 'ask'>): Promise<Rejudged>;
  /** Overwriting what is erased takes seconds for a long session. */
  delete(session: string): Promise<Erasure>;
  purge(olderThan: number): Promise<Erasure>;
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
  let call = 0;
  let deepening = false;
  let known = '';
  const thread = new RestingThread<Asked, Said>({
    start() {
      known = rules().sha256;
      return start();
    },
    idleMs: limits.archiveIdleMs,
    hear,
    died(cause) {
      deepening = false;
      const error = new OverreachError('OVR_ARCHIVE_DIED', `The archive thread ended: ${describeError(cause)}`, {
        next: 'Ask again; the session that runs is not touched by it.',
        cause,
      });
      if (calls.size === 0) onProblem(error);
      giveUp(error);
    },
  });

  function giveUp(why: OverreachError): void {
    const open = [...calls.values()];
    calls.clear();
    for (const { reject } of open) reject(why);
  }

  function hear(said: Said): void {
    if ('problem' in said) {
      onProblem(arrived(said.problem));
      return;
    }
    if ('deepened' in said) deepening = false;
    else {
      const waiting = calls.get(said.call);
      calls.delete(said.call);
      if ('answer' in said) waiting?.resolve(said.answer);
      else waiting?.reject(arrived(said.refused));
    }
    if (calls.size === 0 && !deepening) thread.rest();
  }

  function put(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      call += 1;
      calls.set(call, { resolve, reject });
      if (!thread.wake()) return;
      const { sha256 } = rules();
      if (known !== sha256) thread.tell({ rules: rules() });
      known = sha256;
      thread.tell({ call, question });
    });
  }

  return {
    report: async (question) => (await put({ ask: 'report', ...question })) as RenderedReport,
    diff: async (before, after) => (await put({ ask: 'diff', before, after })) as SessionDiff,
    rejudge: async (question) => (await put({ ask: 'rejudge', ...question })) as Rejudged,
    delete: async (session) => (await put({ ask: 'delete', session })) as Erasure,
    purge: async (olderThan) => (await put({ ask: 'purge', olderThan })) as Erasure,
    deepen() {
      deepening = true;
      thread.tell({ deepen: true });
    },
    async close() {
      await thread.give();
      giveUp(ending());
    },
  };
}
