import { signal } from '@preact/signals';
import type { searchAnswer } from '../schema.js';
import { isSearched, TEXT_LENGTH } from './filter.js';
import { net, Refusal, sessionPath } from './net.js';
import { againAfter, TYPING_MS } from './pace.js';

/** While traffic arrives the same search is asked again at most this often. */
const AGAIN_MS = 2_000;

interface Hits {
  readonly session: string;
  /** Text, as the filter has it -> findings in whose requests it is met. */
  readonly byText: ReadonlyMap<string, ReadonlySet<string>>;
  /** The least deep of the answers; see `SearchDepth`. */
  readonly depth: number;
  /** A text was not looked for in every word that holds it. */
  readonly cut: boolean;
  /** Messages that are searched in part; null: not counted. */
  readonly partly: number | null;
  /** Why a text was not looked for at all; null: every one was. */
  readonly refused: Refusal | null;
}

/** What the store found for the free text of the filter line. */
export const bodyHits = signal<Hits | null>(null);
/** A text was asked for and not answered yet: nothing is known to be missing before. */
export const isSearching = signal(false);

let wanted = '';
let timer = 0;
let askedAt = 0;
let took = 0;
let asking: AbortController | null = null;

/** Asks for these texts, soon; to be called whenever the filter or the session changes, and when something arrived. */
export function searchBodies(session: string | null, texts: readonly string[]): void {
  const key = JSON.stringify([session, texts]);
  const isNew = key !== wanted;
  wanted = key;
  if (isNew) asking?.abort();
  if (session === null || texts.length === 0) {
    window.clearTimeout(timer);
    timer = 0;
    bodyHits.value = null;
    isSearching.value = false;
    return;
  }
  if (isNew) isSearching.value = texts.some(isSearched);
  if (!isNew && timer !== 0) return;
  window.clearTimeout(timer);
  const wait = isNew ? TYPING_MS : Math.max(TYPING_MS, askedAt + againAfter(AGAIN_MS, took) - Date.now());
  timer = window.setTimeout(() => {
    timer = 0;
    askedAt = Date.now();
    void ask(session, texts);
  }, wait);
}

async function ask(session: string, texts: readonly string[]): Promise<void> {
  asking?.abort();
  const controller = new AbortController();
  asking = controller;
  const byText = new Map<string, ReadonlySet<string>>();
  let depth = Number.POSITIVE_INFINITY;
  let cut = false;
  let partly: number | null = 0;
  let refused: Refusal | null = null;
  for (const text of new Set(texts.filter(isSearched))) {
    // A search that fails leaves the list as it is without it, and that is said: no hits would pass for none there.
    const answer = await net
      .get<(typeof searchAnswer)['_output']>(
        `${sessionPath(session, 'search')}?${new URLSearchParams({ text: text.slice(0, TEXT_LENGTH) })}`,
        controller.signal,
      )
      .catch((error: unknown) => (error instanceof Refusal ? error : new Refusal(0, 'OVR_UI_LOST', '', '')));
    if (controller.signal.aborted) return;
    if (answer instanceof Refusal) {
      refused ??= answer;
      continue;
    }
    byText.set(text, new Set(answer.findings));
    depth = Math.min(depth, answer.depth);
    cut ||= answer.cut;
    partly = answer.partly;
  }
  took = Date.now() - askedAt;
  isSearching.value = false;
  bodyHits.value = { session, byText, depth, cut, partly, refused };
}
