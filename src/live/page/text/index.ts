import { signal } from '@preact/signals';
import { errorWords } from '../../../model/error-words.js';
import { LIMIT_WORDS } from '../../../model/limit-words.js';
import { purposeWords } from '../../../model/purpose-words.js';
import type { Bilingual, Language } from '../../../model/text.js';
import { en } from './en.js';
import { REFUSALS } from './refusals.js';
import { warningWords } from './warnings.js';
import { type TextKey, zh } from './zh.js';

export type { TextKey } from './zh.js';

const STORED = 'overreach.language';

function firstLanguage(): Language {
  return localStorage.getItem(STORED) === 'en' ? 'en' : 'zh-CN';
}

export const language = signal<Language>(firstLanguage());

/** The page in another language, and from now on in this browser. */
export function switchLanguage(next: Language): void {
  language.value = next;
  localStorage.setItem(STORED, next);
  document.documentElement.lang = next;
}

/** A text of the page; `{name}` is replaced. */
export function t(key: TextKey, values: Readonly<Record<string, string | number>> = {}): string {
  const text: string = (language.value === 'en' ? en : zh)[key];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** A text that came from the rules. */
export function said(text: Bilingual): string {
  return language.value === 'en' ? text.en : text.zh;
}

/** What it means that a bound was reached; its name where we have no words for it. */
export function limitWord(name: string): string {
  const words = LIMIT_WORDS.get(name);
  return words === undefined ? name : said(words);
}

/** What a receiver is there for. */
export function purposeSaid(purpose: string): string {
  return said(purposeWords(purpose));
}

/** A refusal as the server sends it. */
interface Refused {
  readonly code: string;
  readonly message: string;
  readonly next: string;
  readonly zh?: string;
}

/** What a refusal says: in the page's words by its code, else in its own Chinese, else in those of the code, with what the server says. */
export function refusalWords({ code, message, next, zh }: Refused): string {
  const words = REFUSALS.get(code);
  if (words !== undefined) return said(words);
  const own = t('refusal.own', { words: `${message} ${next}`.trim() || code });
  if (language.value === 'en') return own;
  return zh ?? `${errorWords(code) ?? ''}${own}`;
}

/** Why the rules of a file were refused: file, line and key. */
export function rulesRefusal({ message, next, zh }: Omit<Refused, 'code'>): string {
  return language.value === 'en' ? `${message} ${next}` : (zh ?? t('refusal.own', { words: `${message} ${next}` }));
}

/** What was odd about a message; the code where we have no words for it. */
export function warningSaid(code: string): string {
  const words = warningWords(code);
  return words === null ? code : said(words);
}

/** A text whose key holds an id from outside; the id itself where we have no word for it. */
export function named(prefix: 'export.format' | 'compare.caveat' | 'compare.what', id: string): string {
  const key = `${prefix}.${id}`;
  return isKey(key) ? t(key) : id;
}

function isKey(key: string): key is TextKey {
  return key in zh;
}
