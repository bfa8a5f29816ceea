import { signal } from '@preact/signals';
import type { searchAnswer } from '../schema.js';
import { net, sessionPath } from './net.js';

/** Typing pauses before a search is sent; while traffic arrives the same search is asked again at most this often. */
const TYPING_MS = 250;
const AGAIN_MS = 2_000;

interface Hits {
  readonly session: string;
  /** Text, as the filter has it -> findings in whose requests it is met. */
  readonly byText: ReadonlyMap<string, ReadonlySet<string>>;
  /** The session's index holds only what stood on the wire as text. */
  readonly shallow: boolean;
}

/** What the store found for the free text of the filter line. */
export const bodyHits = signal<Hits | null>(null);

let wanted = '';
let timer = 0;
let askedAt = 0;

/** One letter would be met everywhere; one Chinese character is a word. */
function isWorthIt(text: string): boolean {
  return text.length > 1 || /[^\u0020-\u007e]/.test(text);
}

/** Asks for these texts, soon; to be called whenever the filter or the session changes, and when something arrived. */
export function searchBodies(session: string | null, texts: readonly string[]): void {
  const key = JSON.stringify([session, texts]);
  const isNew = key !== wanted;
  wanted = key;
  if (session === null || texts.length === 0) {
    window.clearTimeout(timer);
    timer = 0;
    bodyHits.value = null;
    return;
  }
  if (!isNew && timer !== 0) return;
  window.clearTimeout(timer);
  const wait = isNew ? TYPING_MS : Math.max(TYPING_MS, askedAt + AGAIN_MS - Date.now());
  timer = window.setTimeout(() => {
    timer = 0;
    askedAt = Date.now();
    void ask(session, texts, key);
  }, wait);
}

async function ask(session: string, texts: readonly string[], key: string): Promise<void> {
  const byText = new Map<string, ReadonlySet<string>>();
  let shallow = false;
  for (const text of new Set(texts.filter(isWorthIt))) {
    // A search that fails leaves the list as it is without it; the connection's own banner says what is wrong.
    const answer = await net
      .get<(typeof searchAnswer)['_output']>(`${sessionPath(session, 'search')}?${new URLSearchParams({ text: text.slice(0, 200) })}`)
      .catch(() => null);
    if (wanted !== key) return;
    if (answer === null) continue;
    byText.set(text, new Set(answer.findings));
    shallow ||= answer.depth === 0;
  }
  bodyHits.value = { session, byText, shallow };
}
