import type { JSX } from 'preact';
import type { Bilingual } from '../../../model/text.js';
import { answerContext } from '../edits.js';
import { isRunning, rules, session } from '../state.js';
import { said, t } from '../text/index.js';
import { typeName } from './finding-list.js';

interface Condition {
  readonly text: Bilingual;
  readonly types: string[];
}

/** Conditions of the chosen categories, each with the types it decides. */
function conditions(): ReadonlyMap<string, Condition> {
  const chosen = session.value?.subject.categories.main ?? [];
  const found = new Map<string, Condition>();
  for (const category of rules.value?.pack.categories ?? []) {
    if (!chosen.includes(category.id)) continue;
    for (const { fields, condition, fieldConditions } of category.items ?? [])
      for (const type of fields) {
        const of = fieldConditions[type] ?? condition;
        if (of === null) continue;
        const known = found.get(of.id) ?? { text: of.text, types: [] };
        found.set(of.id, known);
        if (!known.types.includes(type)) known.types.push(type);
      }
  }
  return found;
}

const ANSWERS = [
  ['yes', true],
  ['no', false],
  ['open', null],
] as const;

/** What was answered about the category's conditions, to be looked up, changed and taken back. */
export function Conditions(): JSX.Element | null {
  const all = [...conditions()];
  const given = session.value?.subject.context ?? {};
  if (all.length === 0) return null;
  return (
    <section class="card conditions">
      <h2>{t('conditions.title')}</h2>
      <p class="sub">{t('conditions.lead')}</p>
      {all.map(([id, { text, types }]) => (
        <fieldset key={id} class="refusal" disabled={!isRunning.value}>
          <legend>
            {said(text)} <span class="sub">{types.map(typeName).join(t('headline.list'))}</span>
          </legend>
          <div class="choices">
            {ANSWERS.map(([name, answer]) => (
              <label key={name}>
                <input
                  type="radio"
                  name={`condition ${id}`}
                  checked={(given[id] ?? null) === answer}
                  onChange={() => void answerContext(id, answer)}
                />
                {t(`conditions.${name}`)}
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      {isRunning.value ? null : <p class="sub">{t('conditions.ended')}</p>}
    </section>
  );
}
