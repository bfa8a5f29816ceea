import type { PersonaModule } from './session.js';

/** What a hook module is told of the bytes it is given. Data only: it is copied into the module's thread. */
export interface HookContext {
  /** Host of the exchange, lower case; '' where it is not known. */
  readonly host: string;
  /** Path of its URL, without the query. */
  readonly path: string;
  /** Headers of the message (of a stream message: of the request that opened the stream), names in lower case, values of one name joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** Place of the bytes in the message: `body.$.data|base64`. */
  readonly field: string;
}

/** Why a module gave no answer: the bound of limits.ts that it reached, or `hookFault` where it threw or answered something else than bytes or null. */
export interface HookFailure {
  readonly step: string;
  readonly limit: 'hookMs' | 'hookMessageMs' | 'hookOutput' | 'hookFault';
  readonly detail: string;
}

/** Bytes: what it made of them; null: they are not its own. */
export type HookAnswer = { readonly bytes: Uint8Array } | { readonly failure: HookFailure } | null;

/** One question to a module, answered before this returns. Never throws. */
export type AskHook = (module: PersonaModule, bytes: Uint8Array, context: HookContext) => HookAnswer;

/** Whoever runs the tester's modules; decoding is given it and stays a function of its arguments, as the modules have to be. */
export interface HookRunner {
  /** For the questions of one message, which share a time (`limits.hookMessageMs`). */
  begin(): AskHook;
}
