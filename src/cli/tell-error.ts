import type { OverreachError } from '../errors.js';
import { errorWords } from '../model/error-words.js';
import type { Language } from '../model/text.js';
import { printable, type Terminal } from './terminal.js';

/** An error as the terminal shows it: code and message, the next step, and in Chinese for whoever does not read English. */
export function tellError(terminal: Terminal, error: Pick<OverreachError, 'code' | 'message' | 'next' | 'zh'>, language: Language): void {
  terminal.say(`${terminal.paint.red(error.code)} ${printable(error.message)}`);
  terminal.say(`  → ${printable(error.next)}`);
  const words = language === 'en' ? null : (error.zh ?? errorWords(error.code));
  if (words !== null) terminal.say(`  ${printable(words)}`);
}
