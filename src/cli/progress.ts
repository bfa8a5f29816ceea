import type { Missed } from '../capture/har.js';
import { errorWords } from '../model/error-words.js';
import type { Cli } from './cli.js';
import { talkLanguage } from './talk-language.js';
import { printable } from './terminal.js';

/** Four times a second is as often as a number is read. */
const EVERY_MS = 250;
const MiB = 1024 * 1024;

/**
 * How far the reading of one file has come, on stderr and only where a person watches.
 * @returns to be told: bytes done, of how many.
 */
export function showProgress(cli: Cli): (done: number, total: number) => void {
  let next = Date.now() + EVERY_MS;
  return (done, total) => {
    if (Date.now() < next) return;
    next = Date.now() + EVERY_MS;
    const share = total === 0 ? 100 : Math.floor((100 * done) / total);
    cli.terminal.progress(cli.terminal.paint.dim(`${share} % · ${Math.round(done / MiB)} / ${Math.round(total / MiB)} MiB`));
  };
}

/** Says what of a recording nobody could look into, with what to do. @param words of the command line, which may name a language. */
export function sayMissed(cli: Cli, words: readonly string[] = process.argv.slice(2)): (what: Missed) => void {
  const language = talkLanguage(words, cli);
  return ({ code, message, next }) => {
    cli.terminal.say(cli.terminal.paint.yellow(`${code} ${printable(message)}`));
    cli.terminal.say(`  → ${printable(next)}`);
    const chinese = language === 'en' ? null : errorWords(code);
    if (chinese !== null) cli.terminal.say(`  ${chinese}`);
  };
}
