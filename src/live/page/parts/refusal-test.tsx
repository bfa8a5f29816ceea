import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { RefusalAnswer } from '../../../model/session.js';
import type { Bilingual } from '../../../model/text.js';
import { canNote, saveRefusal } from '../edits.js';
import { net, sessionPath } from '../net.js';
import { server, session } from '../state.js';
import { said, t } from '../text/index.js';
import { useAsked } from './answer.js';
import { Choices } from './choices.js';
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
  /** The question whose note the server did not take; the text stays in its field. */
  const [unsaved, setUnsaved] = useState<string | null>(null);
  if (!offered) return null;
  const questions = answer?.questions ?? [];
  const byId = (answers: readonly RefusalAnswer[]) => new Map(answers.map((one) => [one.id, one]));
  const given = byId(shown.subject.refusal ?? []);
  const keep = (id: string, patch: Partial<Pick<RefusalAnswer, 'answer' | 'note'>>) =>
    saveRefusal((given) => {
      const before = byId(given);
      return questions.map(({ id: questionId, text }) => {
        const { answer = 'not_tested', note = null } = before.get(questionId) ?? {};
        return { id: questionId, question: text, answer, note, ...(questionId === id ? patch : {}) };
      });
    });
  const line = (id: string) => session.value?.subject.refusal?.find((one) => one.id === id);
  const kept = (id: string) => line(id)?.answer ?? 'not_tested';
  const noteOf = (id: string) => line(id)?.note ?? null;
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
        const known = given.get(id);
        return (
          <fieldset key={id} class="refusal" disabled={!canNote.value}>
            <legend>{said(text)}</legend>
            <div class="choices">
              <Choices
                name={`refusal ${id}`}
                options={CHOICES.map((choice) => [choice, t(`refusal.${choice}`)])}
                standing={() => kept(id)}
                choose={(answer) => keep(id, { answer })}
              />
              <input
                class="field"
                type="text"
                maxLength={NOTE_LENGTH}
                aria-label={t('refusal.note')}
                placeholder={t('refusal.note')}
                defaultValue={known?.note ?? ''}
                onBlur={({ currentTarget }) => {
                  const note = currentTarget.value.trim() === '' ? null : currentTarget.value.trim();
                  if (note !== (known?.note ?? null)) void keep(id, { note }).then(() => setUnsaved(noteOf(id) === note ? null : id));
                }}
              />
              {unsaved === id ? <small class="warn">{t('refusal.unsaved')}</small> : null}
            </div>
          </fieldset>
        );
      })}
      {questions.length === 0 ? null : <p class="sub">{t(open === 0 ? 'refusal.complete' : 'refusal.open', { n: open })}</p>}
    </section>
  );
}
