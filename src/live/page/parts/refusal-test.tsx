import type { JSX } from 'preact';
import type { RefusalAnswer } from '../../../model/session.js';
import type { Bilingual } from '../../../model/text.js';
import { canNote, saveRefusal } from '../edits.js';
import { net, sessionPath } from '../net.js';
import { server, session } from '../state.js';
import { said, t } from '../text/index.js';
import { useAsked } from './answer.js';
import { Waiting } from './waiting.js';

interface Question {
  readonly id: string;
  readonly text: Bilingual;
}

const CHOICES = ['yes', 'no', 'not_tested'] as const;
const NOTE_LENGTH = 2_000;

/** Article 4: whether the basic function still works after a refusal. Traffic cannot tell; the tester does. */
export function RefusalTest(): JSX.Element | null {
  const shown = session.value;
  const offered = server.value?.offers.includes('refusal') === true && shown !== null;
  const chosen = Object.entries(shown?.subject.categories ?? {}).flatMap(([app, ids]) => ids.map((id) => `${app}=${id}`));
  const asked = useAsked<{ readonly questions: readonly Question[] }>(
    offered ? () => net.get(sessionPath(shown.id, 'refusal')) : null,
    [offered],
    `${shown?.id} ${chosen.join()}`,
  );
  const { answer } = asked;
  if (!offered) return null;
  const questions = answer?.questions ?? [];
  const byId = (answers: readonly RefusalAnswer[]) => new Map(answers.map((one) => [one.id, one]));
  const given = byId(shown.subject.refusal ?? []);
  const keep = (id: string, patch: Partial<Pick<RefusalAnswer, 'answer' | 'note'>>) =>
    void saveRefusal((kept) => {
      const before = byId(kept);
      return questions.map(({ id: questionId, text }) => {
        const { answer = 'not_tested', note = null } = before.get(questionId) ?? {};
        return { id: questionId, question: text, answer, note, ...(questionId === id ? patch : {}) };
      });
    });
  const open = questions.filter(({ id }) => (given.get(id)?.answer ?? 'not_tested') === 'not_tested').length;
  const refused = shown.scenes.some(({ consent }) => consent === 'refused');
  return (
    <section class="card">
      <h2>{t('refusal.title')}</h2>
      <p class="sub">{t('refusal.lead')}</p>
      {answer === null ? <Waiting asked={asked} /> : null}
      {answer !== null && questions.length === 0 ? <p>{t(chosen.length === 0 ? 'refusal.noCategory' : 'refusal.noQuestions')}</p> : null}
      {questions.length === 0 || refused ? null : <p class="warn">{t('refusal.noScene')}</p>}
      {questions.map(({ id, text }) => {
        const line = given.get(id);
        return (
          <fieldset key={id} class="refusal" disabled={!canNote.value}>
            <legend>{said(text)}</legend>
            <div class="choices">
              {CHOICES.map((choice) => (
                <label key={choice}>
                  <input
                    type="radio"
                    name={`refusal ${id}`}
                    checked={(line?.answer ?? 'not_tested') === choice}
                    onChange={() => keep(id, { answer: choice })}
                  />
                  {t(`refusal.${choice}`)}
                </label>
              ))}
              <input
                class="field"
                type="text"
                maxLength={NOTE_LENGTH}
                aria-label={t('refusal.note')}
                placeholder={t('refusal.note')}
                defaultValue={line?.note ?? ''}
                onBlur={({ currentTarget }) => {
                  const note = currentTarget.value.trim() === '' ? null : currentTarget.value.trim();
                  if (note !== (line?.note ?? null)) keep(id, { note });
                }}
              />
            </div>
          </fieldset>
        );
      })}
      {questions.length === 0 ? null : <p class="sub">{t(open === 0 ? 'refusal.complete' : 'refusal.open', { n: open })}</p>}
    </section>
  );
}
