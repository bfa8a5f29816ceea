import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Missed } from '../capture/har.js';
import { OverreachError, type PlainError, plain } from '../errors.js';
import { limits } from '../limits.js';
import type { SessionReport } from '../model/report.js';
import { buildReport, type ReportOptions } from '../report/index.js';
import { auditInput } from './audit-input.js';
import type { AuditSetup } from './audit-setup.js';
import { untilCancelled } from './cancellation.js';
import { ofApp } from './one-app.js';
import { JUDGING_THREAD } from './place.js';

/** What is wanted of every input of a run. */
export interface Wanted extends ReportOptions {
  /** Only this app or mini program; null: all. */
  readonly app: string | null;
}

export interface Checked {
  readonly input: string;
  readonly report: SessionReport;
  /** Parts of the recording that nobody could look into; they count as not analysed. Absent: none. */
  readonly missed?: readonly Missed[];
}

export interface Unread {
  readonly input: string;
  readonly error: PlainError;
}

/** One input of a run: its report, or why there is none. */
export type Judged = Checked | Unread;

/** What a judging thread is started with. The table of countries is opened again there: it holds a function. */
export interface JudgingOrder {
  readonly setup: Omit<AuditSetup, 'countries'>;
  readonly countries: string | null;
  readonly wanted: Wanted;
}

/** What a judging thread answers to an input. */
export type JudgingWord =
  | Omit<Checked, 'input'>
  | { readonly error: PlainError }
  /** Not foreseen: a bug, with its stack. */
  | { readonly bug: string };

export interface Judging {
  readonly setup: AuditSetup;
  /** File of the table of address registrations, for the threads. */
  readonly countries: string | null;
  readonly wanted: Wanted;
  /** Told after each input. */
  onDone(done: number, input: string): void;
}

/**
 * One input judged.
 * @param progress told of bytes read and how many there are.
 * @throws InputError, UsageError or StoreError when there is no report.
 */
export async function judgeInput(
  setup: AuditSetup,
  input: string,
  wanted: Wanted,
  progress?: (done: number, total: number) => void,
): Promise<Omit<Checked, 'input'>> {
  const missed: Missed[] = [];
  const record = await auditInput(setup, input, {
    missed: (what) => void missed.push(what),
    ...(progress === undefined ? {} : { progress }),
  });
  const report = buildReport(ofApp(record, wanted.app), wanted);
  return missed.length === 0 ? { report } : { report, missed };
}

/** An error of ours in plain words; anything else is a bug and goes on. */
export function plainError(error: unknown): PlainError {
  if (!(error instanceof OverreachError)) throw error;
  return plain(error);
}

/**
 * Judges all inputs and returns them in the order given, whichever was ready first. One that cannot be read does not cost the others:
 * it carries its error. Much traffic is shared among threads, one input at a time each; little is judged here.
 * @throws Cancelled; Error for a bug.
 */
export async function judgeInputs(inputs: readonly string[], judging: Judging): Promise<readonly Judged[]> {
  const threads = Math.min(availableParallelism(), inputs.length);
  return threads > 1 && inputs.reduce((sum, input) => sum + weightOf(input), 0) > limits.threadWorth
    ? inThreads(inputs, judging, threads)
    : here(inputs, judging);
}

/** A stored session has no size that could be asked for without opening it: it counts as worth a thread. */
function weightOf(input: string): number {
  return statSync(input, { throwIfNoEntry: false })?.size ?? limits.threadWorth;
}

async function here(inputs: readonly string[], { setup, wanted, onDone }: Judging): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  for (const input of inputs) {
    try {
      judged.push({ input, ...(await judgeInput(setup, input, wanted)) });
    } catch (error) {
      judged.push({ input, error: plainError(error) });
    }
    onDone(judged.length, input);
  }
  return judged;
}

async function inThreads(inputs: readonly string[], judging: Judging, threads: number): Promise<readonly Judged[]> {
  const { countries: _table, ...setup } = judging.setup;
  const order: JudgingOrder = { setup, countries: judging.countries, wanted: judging.wanted };
  const judged = new Map<number, Judged>();
  const waiting = [...inputs.entries()];
  const running = new Set<Worker>();
  const serve = async () => {
    let thread: Worker | null = null;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [at, input] = next;
      if (thread === null) {
        thread = new Worker(JUDGING_THREAD, { workerData: order });
        running.add(thread);
      }
      const word = await ask(thread, input);
      if ('bug' in word) throw new Error(word.bug);
      if ('gone' in word) {
        running.delete(thread);
        thread = null;
        judged.set(at, { input, error: word.gone });
      } else judged.set(at, { input, ...word });
      judging.onDone(judged.size, input);
    }
  };
  try {
    await untilCancelled((_, cancelled) => Promise.race([Promise.all(Array.from({ length: threads }, serve)), cancelled]));
  } finally {
    await Promise.all([...running].map((thread) => thread.terminate()));
  }
  return inputs.flatMap((_, at) => judged.get(at) ?? []);
}

/** One question to a thread. A thread that runs out of memory takes its input with it and no other. */
function ask(thread: Worker, input: string): Promise<JudgingWord | { readonly gone: PlainError }> {
  return new Promise((resolve, reject) => {
    const onMessage = (word: JudgingWord) => {
      thread.off('error', onError);
      resolve(word);
    };
    const onError = (error: NodeJS.ErrnoException) => {
      thread.off('message', onMessage);
      if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') reject(error);
      else
        resolve({
          gone: {
            code: 'OVR_MEMORY',
            message: `${input} does not fit into memory.`,
            next: 'Split it, or check it alone with NODE_OPTIONS=--max-old-space-size=8192.',
          },
        });
    };
    thread.once('message', onMessage);
    thread.once('error', onError);
    thread.postMessage(input);
  });
}
