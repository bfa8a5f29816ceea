import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { z } from 'zod';
import type { purgeAnswer, retentionAnswer } from '../../schema.js';
import { remains } from '../edits.js';
import { net } from '../net.js';
import { attempt, problem, reload, server, show } from '../state.js';
import { t } from '../text/index.js';
import { retentionText } from './sessions.js';

type Retention = z.infer<typeof retentionAnswer>;

async function purge(due: number): Promise<Retention> {
  const { sessions: _deleted, complete, ...next } = await net.post<z.infer<typeof purgeAnswer>>('/api/retention/purge', { due });
  if (!complete) show(remains());
  return next;
}

/** As the server takes it: ten years. */
const MOST_DAYS = 3_650;

/** How long sessions are kept; deleting those that are older takes two presses, for they do not come back. */
export function RetentionSetting(): JSX.Element {
  const [known, setKnown] = useState<Retention | null>(null);
  const [text, setText] = useState('');
  const [asked, setAsked] = useState(false);
  const offered = server.value?.offers.includes('retention') === true;
  const take = (work: () => Promise<Retention>) =>
    attempt(async () => {
      setAsked(false);
      const next = await work();
      setKnown(next);
      setText(String(next.days));
    });
  /** A refusal may be for what is on screen being out of date: it is read anew, and the refusal stays to be read. */
  const change = (work: () => Promise<Retention>) =>
    take(work).then(async () => {
      if (problem.value !== null) setKnown(await net.get<Retention>('/api/retention').catch(() => known));
      else await reload();
    });
  useEffect(() => {
    if (offered) void take(() => net.get<Retention>('/api/retention'));
  }, [offered]);
  if (known === null)
    return (
      <section>
        <h3>{t('settings.retention')}</h3>
        <p>{retentionText()}</p>
      </section>
    );
  const days = Number(text);
  const wrong = !/^\d{1,4}$/.test(text) || days < 1 || days > MOST_DAYS;
  return (
    <section class="retention">
      <h3>{t('settings.retention')}</h3>
      <form
        class="work-tools"
        onSubmit={(event) => {
          event.preventDefault();
          if (!wrong) void change(() => net.put<Retention>('/api/retention', { days }));
        }}
      >
        <input
          class="field"
          type="text"
          inputMode="numeric"
          aria-label={t('settings.retentionDays')}
          aria-invalid={wrong}
          disabled={known.fixedBy !== null}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value.trim())}
        />
        <span>{t('settings.days')}</span>
        <button type="submit" class="button" disabled={wrong || days === known.days || known.fixedBy !== null}>
          {t('settings.save')}
        </button>
      </form>
      <p class="sub">
        {known.fixedBy === null ? t(wrong ? 'settings.retentionWrong' : 'settings.retentionLead') : t(`settings.fixed.${known.fixedBy}`)}
      </p>
      {known.due === 0 ? (
        <p class="sub">{t('settings.noneDue')}</p>
      ) : (
        <button
          type="button"
          class={`button ${asked ? 'button-bad' : ''}`}
          onBlur={() => setAsked(false)}
          onClick={() => (asked ? void change(() => purge(known.due)) : setAsked(true))}
        >
          {t(asked ? 'settings.purgeConfirm' : 'settings.purge', { n: known.due })}
        </button>
      )}
    </section>
  );
}
