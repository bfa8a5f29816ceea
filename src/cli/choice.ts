import { UsageError } from '../errors.js';
import { contextQuestions } from '../judge/context.js';
import type { Category, Pack, Rulebook } from '../model/rulebook.js';

/**
 * Categories by id, number or Chinese name; several are an explicit choice for a super-app.
 * @throws UsageError naming the nearest id.
 */
export function chooseCategories(pack: Pack, words: readonly string[]): string[] {
  return words.map((word) => {
    const found = pack.categories.find(
      (category) => category.id === word || String(category.no) === word || category.name.zh === word || category.name.zh === `${word}类`,
    );
    if (found !== undefined) return found.id;
    throw new UsageError('OVR_CATEGORY', `"${word}" is no category of ${pack.id}.`, {
      next: `Did you mean "${nearest(word, pack.categories)}"? "overreach categories" lists all ${pack.categories.length}.`,
    });
  });
}

/** `ID=yes`, `ID=no`. @throws UsageError for anything else, or for a condition that no category of the pack has. */
export function parseContext({ pack, dataTypes }: Rulebook, words: readonly string[]): Record<string, boolean> {
  const known = new Set(contextQuestions(pack.categories, dataTypes).map((question) => question.id));
  const context: Record<string, boolean> = {};
  for (const word of words) {
    const [id = '', answer = ''] = word.split('=', 2);
    if (!/^(yes|no)$/.test(answer))
      throw new UsageError('OVR_CONTEXT', `--context "${word}" is not ID=yes or ID=no.`, { next: 'Write it like --context if_any=yes.' });
    if (!known.has(id))
      throw new UsageError('OVR_CONTEXT', `--context: no category has the condition "${id}".`, {
        next: `Known: ${[...known].join(', ')}.`,
      });
    context[id] = answer === 'yes';
  }
  return context;
}

/** Every condition of a category, item by item. */
export function conditionsOf(category: Category) {
  return (category.items ?? []).flatMap((item) => [
    ...(item.condition === null ? [] : [item.condition]),
    ...Object.values(item.fieldConditions),
  ]);
}

function nearest(word: string, categories: readonly Category[]): string {
  const scored = categories.map((category) => ({ id: category.id, distance: editDistance(word.toLowerCase(), category.id) }));
  return scored.sort((a, b) => a.distance - b.distance)[0]?.id ?? '';
}

/** Levenshtein; commander has one for its options but does not export it. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1)
      row[j] = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1));
    previous = row;
  }
  return previous[b.length] ?? 0;
}
