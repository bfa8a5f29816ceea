import type { Category, Pack, Question } from '../model/rulebook.js';

/**
 * The checklist of article 4 for one category, in the words of its basic function. The answers are a person's, kept with the traffic
 * of the `refused` scene.
 */
export function refusalQuestions(pack: Pack, category: Category): readonly Question[] {
  const basic = category.basicFunction ?? category.name;
  return (pack.refusal ?? []).map(({ id, text }) => ({
    id,
    text: { zh: text.zh.replaceAll('{basicFunction}', () => basic.zh), en: text.en.replaceAll('{basicFunction}', () => basic.en) },
  }));
}

/**
 * The whole checklist of a session: article 4 binds mini programs like apps (art. 2), each for its own basic function.
 * @param categories category ids by app, as the subject has them.
 * @returns ids are `question`, `category.question` where several categories were chosen, and begin with `APP.` for any other app than
 * the one under test.
 */
export function refusalChecklist(pack: Pack, categories: Readonly<Record<string, readonly string[]>>): readonly Question[] {
  const apps = Object.keys(categories).sort((a, b) => Number(b === 'main') - Number(a === 'main') || (a < b ? -1 : 1));
  return apps.flatMap((app) => {
    const chosen = pack.categories.filter(({ id }) => categories[app]?.includes(id));
    const [before, mark] = app === 'main' ? ['', ''] : [`${app}.`, `[${app}] `];
    return chosen.flatMap((category) =>
      refusalQuestions(pack, category).map(({ id, text }) => ({
        id: `${before}${chosen.length > 1 ? `${category.id}.` : ''}${id}`,
        text: { zh: mark + text.zh, en: mark + text.en },
      })),
    );
  });
}

/** Whose answer it is, by its id. @param apps ids of the other apps of the session. */
export function appOfAnswer(id: string | undefined, apps: readonly string[]): string {
  return apps.find((app) => app !== 'main' && id?.startsWith(`${app}.`)) ?? 'main';
}
