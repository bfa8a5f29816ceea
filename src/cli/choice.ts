import { UsageError } from '../errors.js';
import { contextQuestions } from '../judge/context.js';
import type { Category, Pack, Rulebook } from '../model/rulebook.js';

/**
 * Categories by id, number or Chinese name; several are an explicit choice for a super-app.
 * @throws UsageError naming the nearest id.
 */
export function chooseCategories(pack: Pack, words: readonly string[]): string[] {
  return words.map((word) => {
    const found = findCategory(pack, word);
    if (found !== undefined) return found.id;
    throw new UsageError('OVR_CATEGORY', `"${word}" is no category of ${pack.id}.`, {
      next: `${meant(
        word,
        pack.categories.map(({ id }) => id),
      )}"overreach categories" lists all ${pack.categories.length}.`,
    });
  });
}

/** The category of that id, number or Chinese name. */
export function findCategory(pack: Pack, word: string): Category | undefined {
  return pack.categories.find(
    (category) => category.id === word || String(category.no) === word || category.name.zh === word || category.name.zh === `${word}类`,
  );
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
        next: `${meant(id, [...known])}"overreach rules show CATEGORY" names the conditions of a category.`,
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

/** A question that names the word nearest to a mistyped one, with a blank behind it; empty where none is near. */
export function meant(word: string, known: readonly string[]): string {
  const [best] = known.map((id) => ({ id, distance: editDistance(word.toLowerCase(), id) })).sort((a, b) => a.distance - b.distance);
  return best !== undefined && best.distance <= Math.max(1, Math.floor(word.length / 3)) ? `Did you mean "${best.id}"? ` : '';
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
