import type { Bilingual } from './model/text.js';

/**
 * The one place where an error code is minted. Every error a person can meet says what happened and what to do next; it is
 * caught once, at the edge (cli/main, the live server, the capture listeners).
 */

/** Exit status of the command line; the contract that CI scripts read. */
export const EXIT = {
  clean: 0,
  findings: 1,
  usage: 2,
  inconclusive: 3,
  bug: 4,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface ErrorOptionsWithNextStep {
  readonly next: string;
  /** Message and next step in Chinese, where they say more than the words that belong to the code (model/error-words). */
  readonly zh?: string;
  readonly cause?: unknown;
}

/**
 * A foreseen failure. `code` is stable and greppable (`OVR_...`), `message` says what happened, `next` says what to do; `zh` is both in
 * Chinese, null where the code's own words say it.
 */
export class OverreachError extends Error {
  readonly code: string;
  readonly next: string;
  readonly zh: string | null;
  readonly exit: ExitCode;

  constructor(code: string, message: string, options: ErrorOptionsWithNextStep, exit: ExitCode = EXIT.usage) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.next = options.next;
    this.zh = options.zh ?? null;
    this.exit = exit;
  }
}

/** Wrong flag, unknown id, missing argument. */
export class UsageError extends OverreachError {}

/** A file given by the user that cannot be read as what it should be. */
export class InputError extends OverreachError {}

const MEND: Bilingual = { zh: '改正该行后，运行 overreach rules test 核对。', en: 'Mend that line, then run "overreach rules test".' };

/** What is wrong in a file, and what to do, in Chinese. */
export function placed(file: string, line: number | null, key: string, problem: string, next: string): string {
  return `${file}${line === null ? '' : ` 第 ${line} 行`}，${key}：${problem}。${next}`;
}

/** A rule file that breaks its schema; names file, line and key. */
export class RuleError extends OverreachError {
  readonly file: string;
  readonly line: number | null;
  readonly key: string;

  constructor(file: string, line: number | null, key: string, problem: Bilingual, next: Bilingual = MEND) {
    super('OVR_RULE', `${file}${line === null ? '' : `:${line}`}: ${key}: ${problem.en}`, {
      next: next.en,
      zh: placed(file, line, key, problem.zh, next.zh),
    });
    this.file = file;
    this.line = line;
    this.key = key;
  }
}

/** Certificates, keys and their rights. */
export class CertificateError extends OverreachError {}

/** The database or the data directory. */
export class StoreError extends OverreachError {}

/** Listening, connecting, address policy. */
export class CaptureError extends OverreachError {}

/** An error in plain words: for a document, or for another thread, where a class gets lost. */
export interface PlainError {
  readonly code: string;
  readonly message: string;
  readonly next: string;
  /** Both in Chinese; absent where the code's own words say it. */
  readonly zh?: string;
}

/** An error in plain words. */
export function plain({ code, message, next, zh }: OverreachError): PlainError {
  return { code, message, next, ...(zh === null ? {} : { zh }) };
}

/** An error on its way from a thread to the one that asked. */
export interface CarriedError extends PlainError {
  readonly exit: ExitCode;
}

const BUG = { code: 'OVR_BUG', next: 'This is a bug of Overreach. Please report it with the line above.' };

/** @param unforeseen under which code anything thrown arrives that is no error of ours. */
export function carried(error: unknown, unforeseen: Omit<PlainError, 'message'> = BUG): CarriedError {
  if (error instanceof OverreachError) return { ...plain(error), exit: error.exit };
  return { ...unforeseen, message: describeError(error), exit: EXIT.bug };
}

/** The error again, to be thrown where the question was asked. */
export function arrived({ code, message, next, zh, exit }: CarriedError): OverreachError {
  return new OverreachError(code, message, { next, ...(zh === undefined ? {} : { zh }) }, exit);
}

/** The message of anything thrown, for a log line. */
export function describeError(error: unknown): string {
  if (error instanceof OverreachError) return `${error.code}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}

/** The code of an error of the system, of Node or of SQLite (`ENOENT`, `SQLITE_FULL`); an empty string where there is none. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
