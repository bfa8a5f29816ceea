import type { JSX } from 'preact';
import { answerContext } from '../edits.js';
import { allFindings, isRunning, rules, session } from '../state.js';
import { said, t } from '../text/index.js';
import { categoryOpen } from './categories.js';
import { Icon } from './icon.js';

/** Conditions of the chosen category that a finding waits for, and the category itself when it is missing. */
export function Questions(): JSX.Element | null {
  const subject = session.value?.subject;
  if (subject === undefined || !isRunning.value) return null;
  const chosen = subject.categories.main ?? [];
  if (chosen.length === 0)
    return (
      <section class="question" aria-label={t('question.title')}>
        <Icon name="conditional" />
        <p>{t('category.needed')}</p>
        <button
          type="button"
          class="button button-main"
          onClick={() => {
            categoryOpen.value = true;
          }}
        >
          {t('category.choose')}
        </button>
      </section>
    );
  const waiting = allFindings.value.filter(({ verdict }) => verdict === 'conditional');
  if (waiting.length === 0) return null;
  // A mini program is held against the lists of its own categories.
  const itemsOf = (app: string) =>
    (rules.value?.pack.categories ?? [])
      .filter(({ id }) => subject.categories[app]?.includes(id) === true)
      .flatMap((category) => category.items ?? []);
  const open = new Map<string, { readonly text: string; count: number }>();
  for (const { app, dataType } of waiting)
    for (const item of itemsOf(app)) {
      if (!item.fields.includes(dataType)) continue;
      const condition = item.fieldConditions[dataType] ?? item.condition;
      if (condition === null || subject.context[condition.id] !== undefined) continue;
      const known = open.get(condition.id) ?? { text: said(condition.text), count: 0 };
      known.count += 1;
      open.set(condition.id, known);
    }
  return (
    <>
      {[...open].map(([id, { text, count }]) => (
        <section class="question" key={id} aria-label={t('question.title')}>
          <Icon name="conditional" />
          <p>
            {t('question.lead', { n: count })} <strong>{t('question.ask', { text })}</strong>
          </p>
          <button type="button" class="button" onClick={() => void answerContext(id, true)}>
            {t('answer.yes')}
          </button>
          <button type="button" class="button" onClick={() => void answerContext(id, false)}>
            {t('answer.no')}
          </button>
        </section>
      ))}
    </>
  );
}
