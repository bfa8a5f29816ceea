import type { Category, Pack, Question } from '../model/rulebook.js';

/**
 * The questions of the refusal test (art. 4) for one category, with its basic function filled in. Traffic alone cannot answer
 * them; the answers are kept with what was sent in the `refused` scene.
 */
export function refusalQuestions(pack: Pack, category: Category): readonly Question[] {
  const basic = category.basicFunction ?? category.name;
  return (pack.refusal ?? []).map(({ id, text }) => ({
    id,
    text: { zh: text.zh.replaceAll('{basicFunction}', () => basic.zh), en: text.en.replaceAll('{basicFunction}', () => basic.en) },
  }));
}
