import { describeError, EXIT, type ExitCode, OverreachError } from '../errors.js';
import type { PlainError } from './judging.js';

/** An error on its way from a thread to the one that asked: between threads a class gets lost. */
export interface CarriedError extends PlainError {
  readonly exit: ExitCode;
}

/** What is thrown and no error of ours arrives as a bug. */
export function carried(error: unknown): CarriedError {
  if (error instanceof OverreachError) return { code: error.code, message: error.message, next: error.next, exit: error.exit };
  return {
    code: 'OVR_BUG',
    message: describeError(error),
    next: 'This is a bug of Overreach. Please report it with the line above.',
    exit: EXIT.bug,
  };
}

/** The error again, to be thrown where the question was asked. */
export function arrived({ code, message, next, exit }: CarriedError): OverreachError {
  return new OverreachError(code, message, { next }, exit);
}
