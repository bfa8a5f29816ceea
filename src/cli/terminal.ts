/**
 * What reaches the terminal. Captured strings are hostile: escape sequences in a host name or a value could rewrite the
 * screen or the window title, so every control byte is shown, not sent (fence: `printable`). Results go to stdout, talk to
 * stderr, colour only where a person looks at it and NO_COLOR is not set.
 */
import type { Writable } from 'node:stream';
import { showUnseen } from '../model/unseen.js';

export interface Terminal {
  /** The result: what a pipe reads. Adds the newline. */
  result(text: string): void;
  /** The result where it is a file: byte for byte, nothing added. */
  bytes(content: Uint8Array): void;
  /** A line of JSON on stdout. */
  json(value: unknown): void;
  /** Talk for the person at the terminal. */
  say(text: string): void;
  /** How far long work is: one line that the next one replaces. Only where a person looks at it. */
  progress(text: string): void;
  readonly paint: Paint;
  readonly interactive: boolean;
}

export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  green(text: string): string;
}

/** Captured text without anything that a terminal would obey or not draw; tab and line feed stay. */
export function printable(text: string): string {
  return showUnseen(text, '\t\n', (code) => (code.length === 4 ? `\\u${code.toLowerCase()}` : `\\u{${code.toLowerCase()}}`));
}

/** Characters that terminals give two columns: the wide and full-width ones of UAX #11, as far as Chinese and Japanese text has them. */
const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/g;

const COLOUR = /\u001b\[[\d;]*m/g;

/** Columns that a text of ours takes in a terminal; colour codes take none. */
export function displayWidth(text: string): number {
  const plain = text.replace(COLOUR, '');
  return plain.length + (plain.match(WIDE)?.length ?? 0);
}

const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
} as const;

/** Carriage return, then erase to the end of the line (ECMA-48, EL). */
const ERASE_LINE = '\r\u001b[K';

function createPaint(on: boolean): Paint {
  const brush = (code: keyof typeof CODES) => (text: string) => (on ? `\u001b[${CODES[code][0]}m${text}\u001b[${CODES[code][1]}m` : text);
  return {
    bold: brush('bold'),
    dim: brush('dim'),
    red: brush('red'),
    yellow: brush('yellow'),
    green: brush('green'),
  };
}

/** @param env decides about colour: NO_COLOR (no-color.org) wins over FORCE_COLOR. */
export function createTerminal(
  stdout: Writable & { isTTY?: boolean },
  stderr: Writable & { isTTY?: boolean },
  env: NodeJS.ProcessEnv,
): Terminal {
  const colour = env.NO_COLOR ? false : env.FORCE_COLOR ? true : stderr.isTTY === true;
  let underway = false;
  const write = (stream: Writable, content: string | Uint8Array) => {
    if (underway) stderr.write(ERASE_LINE);
    underway = false;
    stream.write(content);
  };
  return {
    result: (text) => write(stdout, `${text}\n`),
    bytes: (content) => write(stdout, content),
    json: (value) => write(stdout, `${JSON.stringify(value)}\n`),
    say: (text) => write(stderr, `${text}\n`),
    progress(text) {
      if (stderr.isTTY !== true) return;
      stderr.write(`${ERASE_LINE}${text}`);
      underway = true;
    },
    paint: createPaint(colour),
    interactive: stderr.isTTY === true,
  };
}
