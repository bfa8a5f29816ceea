/** Source of pages and programs is full of pairs that are no data. */
const CODE =
  /<\/[A-Za-z]|\bfunction ?\w{0,64}\(|\b(?:var|let|const) \w{1,64} ?=|^(?:(?:import|package) [\w.]{1,80};?|from [\w.]{1,80} import .{1,80}|#include [<"].{1,80}|(?:async )?def \w{1,64}\(.{0,120}:|(?:public|private|export) (?:class|interface|static|final|default|void|abstract) .{0,120})\r?$/m;
/**
 * What loggers begin a line with, and no source does: the time (ISO 8601, `11-22 10:00:01.500` of logcat, `22/Nov/2026:10:00:01`), bare or in
 * brackets, behind the letter of a level at most.
 */
const LOGGED =
  /^[ \t]{0,8}(?:[VDIWEF][/ ])?\[?(?:(?:\d{4}[-/.])?\d{1,2}[-/.]\d{1,2}[ T]\d{1,2}:\d{2}|\d{1,2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}|\d{2}:\d{2}:\d{2}[.,]\d{3}\b)/;
/** A tag; in a line of a log, the rest of which is of the page, too. */
const TAG = /<[!/]?[A-Za-z]/;

/** Whether a text holds markup, or the source of a program. */
export function holdsSource(text: string): boolean {
  return CODE.test(text);
}

/** A line of a text. */
interface Line {
  readonly start: number;
  readonly end: number;
  /** Written by a logger, and without markup or source itself. */
  readonly isLogged: boolean;
}

/** A text that holds markup or source somewhere. It is asked about places in rising order, and reads each character a bounded number of times. */
export class SourceText {
  readonly #text: string;
  #line: Line = { start: 0, end: -1, isLogged: false };
  /** The last bracket of a tag before the place that was asked about, and whether it opens. */
  #bracket = 0;
  #isOpen = false;

  constructor(text: string) {
    this.#text = text;
  }

  /** The end of the line around a place, where a logger wrote that line; -1: it is markup or source, or may be. */
  loggedUntil(at: number): number {
    if (at > this.#line.end) this.#line = this.#lineAt(at);
    return this.#line.isLogged ? this.#line.end : -1;
  }

  #lineAt(at: number): Line {
    const start = this.#text.lastIndexOf('\n', at - 1) + 1;
    const newline = this.#text.indexOf('\n', at);
    const end = newline < 0 ? this.#text.length : newline;
    const line = this.#text.slice(start, end);
    return { start, end, isLogged: LOGGED.test(line) && !CODE.test(line) && !TAG.test(line) };
  }

  /** Whether a place lies between the brackets of a tag, whose pairs are its attributes. */
  isInTag(at: number): boolean {
    for (; this.#bracket < at; this.#bracket++) {
      const code = this.#text.charCodeAt(this.#bracket);
      if (code === 0x3c) this.#isOpen = true;
      else if (code === 0x3e) this.#isOpen = false;
    }
    return this.#isOpen;
  }
}
