import type { Warning } from '../model/exchange.js';

/** Longest detail; it may quote captured text. */
const DETAIL = 200;

/** Warnings of one message, each code once: a flood of one fault must not become a flood of warnings. */
export class Warnings {
  readonly #byCode = new Map<string, Warning>();

  add(code: string, detail: string): void {
    if (!this.#byCode.has(code)) this.#byCode.set(code, { code, detail: detail.length > DETAIL ? `${detail.slice(0, DETAIL)}…` : detail });
  }

  addAll(warnings: readonly Warning[]): void {
    for (const warning of warnings) this.add(warning.code, warning.detail);
  }

  has(code: string): boolean {
    return this.#byCode.has(code);
  }

  list(): readonly Warning[] {
    return [...this.#byCode.values()];
  }
}
