import type { JSX } from 'preact';
import type { Bilingual } from '../../../model/text.js';
import { answerContext } from '../edits.js';
import { isRunning, rules, session } from '../state.js';
import { said, t } from '../text/index.js';
import { Choices } from './choices.js';
import { typeName } from './finding-list.js';

interface Condition {
  readonly text: Bilingual;
  readonly types: string[];
}

/** Conditions of the categories chosen for the app and its mini programs, each with the types it decides. */
function conditions(): ReadonlyMap<string, Condition> {
  const chosen = Object.values(session.value?.subject.categories ?? {}).flat();
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
          <Choices
            name={`condition ${id}`}
            options={ANSWERS.map(([name]) => [name, t(`conditions.${name}`)])}
            standing={() => ANSWERS.find(([, answer]) => answer === (session.value?.subject.context[id] ?? null))?.[0] ?? 'open'}
            choose={(name) => answerContext(id, ANSWERS.find(([one]) => one === name)?.[1] ?? null)}
          />
        </fieldset>
      ))}
      {isRunning.value ? null : <p class="sub">{t('conditions.ended')}</p>}
    </section>
  );
}
