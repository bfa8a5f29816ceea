import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Session } from '../../../model/session.js';
import type { NewSession, PersonaShown } from '../../options.js';
import { beginSession } from '../edits.js';
import { visible, whole } from '../format.js';
import { net, sessionPath } from '../net.js';
import { canBegin, rules, server, sessions } from '../state.js';
import { said, t } from '../text/index.js';
import { useAnswer } from './answer.js';
import { CategoryPicker } from './categories.js';
import { Dialog } from './dialog.js';
import { Icon } from './icon.js';

export const newSessionOpen = signal(false);

type Kept = NewSession['keep'][number];

function close(): void {
  newSessionOpen.value = false;
}

/** Opens the form; nothing where this server begins no sessions. */
export function NewSessionButton({ main = false }: { readonly main?: boolean }): JSX.Element | null {
  if (!canBegin.value) return null;
  return (
    <button
      type="button"
      class={`button ${main ? 'button-main' : ''}`}
      onClick={() => {
        newSessionOpen.value = true;
      }}
    >
      <Icon name="plus" />
      {t('next.button')}
    </button>
  );
}

function Keep({
  what,
  kept,
  count,
  note,
  onChange,
}: {
  readonly what: Kept;
  readonly kept: readonly Kept[];
  readonly count: number | null;
  readonly note: string;
  readonly onChange: (kept: readonly Kept[]) => void;
}): JSX.Element | null {
  // What there is none of is not asked about; what is not known yet (null) is.
  if (count === 0) return null;
  const on = kept.includes(what);
  return (
    <label class="keep">
      <input type="checkbox" checked={on} onChange={() => onChange(on ? kept.filter((one) => one !== what) : [...kept, what])} />
      <span>
        {t(`next.keep.${what}`)} {count === null ? null : <span class="sub number">{whole(count)}</span>}
        <small>{note}</small>
      </span>
    </label>
  );
}

function Form({ before }: { readonly before: Session | null }): JSX.Element {
  const subject = before?.subject ?? null;
  const running = server.value?.running ?? null;
  const [app, setApp] = useState(subject?.app ?? '');
  const [name, setName] = useState(subject?.package ?? '');
  const [chosen, setChosen] = useState<readonly string[]>(subject?.categories.main ?? []);
  const [picking, setPicking] = useState(false);
  const [kept, setKept] = useState<readonly Kept[]>(['persona', 'own_domains', 'declared']);
  const [busy, setBusy] = useState(false);
  const offersPersona = server.value?.offers.includes('persona') === true && before !== null;
  const persona = useAnswer<PersonaShown>(offersPersona ? () => net.get(sessionPath(before.id, 'persona')) : null, [], before?.id);
  const values = persona === null ? (offersPersona ? null : 0) : persona.values.reduce((sum, one) => sum + one.values.length, 0);
  const domains = subject?.firstPartyDomains ?? [];
  const category = rules.value?.pack.categories.filter(({ id }) => chosen.includes(id)) ?? [];
  const otherApps = Object.entries(subject?.categories ?? {}).filter(([id]) => id !== 'main');
  const submit = async () => {
    setBusy(true);
    const begun = await beginSession({
      ends: running,
      app: app.trim() === '' ? null : app.trim(),
      ...(subject?.package === undefined ? {} : { package: name.trim() === '' ? null : name.trim() }),
      categories: { ...Object.fromEntries(otherApps), ...(chosen.length === 0 ? {} : { main: [...chosen] }) },
      keep: [...kept],
    });
    setBusy(false);
    if (begun) close();
  };
  return (
    <form
      class="next-session"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p class="dialog-lead">{t(running === null ? 'next.lead' : 'next.leadEnds', { app: visible(subject?.app ?? t('app.none')) })}</p>
      <label class="labelled">
        <span>{t('next.app')}</span>
        <input
          class="field"
          type="text"
          maxLength={200}
          value={app}
          placeholder={t('app.placeholder')}
          onInput={({ currentTarget }) => setApp(currentTarget.value)}
        />
      </label>
      {subject?.package === undefined ? null : (
        <label class="labelled">
          <span>{t('next.package')}</span>
          <input
            class="field mono"
            type="text"
            maxLength={200}
            value={name}
            pattern="[A-Za-z]\w*(\.[A-Za-z]\w*)+"
            spellcheck={false}
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
          <small class="sub">{t('next.packageNote')}</small>
        </label>
      )}
      <div class="labelled">
        <span id="next-category">{t('next.category')}</span>
        <button
          type="button"
          class="button pick"
          aria-labelledby="next-category next-chosen"
          aria-expanded={picking}
          onClick={() => setPicking(!picking)}
        >
          <span id="next-chosen">{category.map(({ no, name: words }) => `${no} ${said(words)}`).join(' + ') || t('next.later')}</span>
          <Icon name="down" />
        </button>
        {picking ? (
          <CategoryPicker
            chosen={chosen}
            onChoose={(id) => {
              setChosen(id === null ? [] : [id]);
              setPicking(false);
            }}
          />
        ) : null}
      </div>
      <fieldset>
        <legend>{t('next.keep')}</legend>
        <p class="sub">{t('next.keepLead')}</p>
        <Keep what="persona" kept={kept} count={values} note={t('next.keep.personaNote')} onChange={setKept} />
        <Keep what="own_domains" kept={kept} count={domains.length} note={domains.map(visible).join(', ')} onChange={setKept} />
        <Keep what="declared" kept={kept} count={subject?.declared?.length ?? 0} note={t('next.keep.declaredNote')} onChange={setKept} />
        {values === 0 && domains.length === 0 && (subject?.declared?.length ?? 0) === 0 ? <p>{t('next.keepNothing')}</p> : null}
      </fieldset>
      <div class="form-end">
        <button type="button" class="button" onClick={close}>
          {t('next.cancel')}
        </button>
        <button type="submit" class="button button-main" disabled={busy}>
          {t(running === null ? 'next.begin' : 'next.endAndBegin')}
        </button>
      </div>
    </form>
  );
}

/** The next session on the same proxy: what it is of, and what of the one before counts for it, too. */
export function NewSessionDialog(): JSX.Element {
  const latest = server.value?.latest ?? null;
  const before = sessions.value.find((row) => row.session.id === latest)?.session ?? null;
  return (
    <Dialog title={t('next.title')} open={newSessionOpen.value} onClose={close}>
      <Form before={before} />
    </Dialog>
  );
}
