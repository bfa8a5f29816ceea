import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Rejudged } from '../../options.js';
import { whole } from '../format.js';
import { net, sessionPath } from '../net.js';
import { attempt, reload, server, session } from '../state.js';
import { t } from '../text/index.js';
import { Icon } from './icon.js';

/** What came of it, by session: it stays to be read when the reason for it is gone. */
const outcome = signal<{ readonly session: string; readonly done: Rejudged } | null>(null);
const busy = signal(false);

const canJudge = () => server.value?.offers.includes('rejudge') === true && session.value !== null && session.value.status !== 'running';

async function judge(id: string): Promise<void> {
  busy.value = true;
  await attempt(async () => {
    outcome.value = { session: id, done: await net.post<Rejudged>(sessionPath(id, 'rejudge')) };
    await reload();
  });
  busy.value = false;
}

function Outcome({ id }: { readonly id: string }): JSX.Element | null {
  if (outcome.value?.session !== id) return null;
  const { earlier, diff, kept } = outcome.value.done;
  const [fresh, gone, changed] = [diff.new, diff.gone, diff.changed].map(({ length }) => whole(length));
  return (
    <span role="status">
      {earlier === null
        ? t('persona.same')
        : t('persona.judged', { new: fresh ?? '', gone: gone ?? '', changed: changed ?? '', n: earlier })}{' '}
      {kept > 0 ? t('persona.kept', { n: whole(kept) }) : ''}
    </span>
  );
}

/** Reads the session again with what is known now: for one that is over. */
export function Again(): JSX.Element | null {
  const id = session.value?.id ?? '';
  if (!canJudge()) return null;
  return (
    <div class="work-tools">
      <button type="button" class="button" disabled={busy.value} onClick={() => void judge(id)}>
        {t(busy.value ? 'persona.judging' : 'persona.again')}
      </button>
      <Outcome id={id} />
    </div>
  );
}

/** Which part of the session was looked through with other values or other rules than those in force; null: none of it. */
function before(): string | null {
  const { knownSince, reloads } = session.value?.subject ?? {};
  if (knownSince !== undefined) return t('again.values', { n: whole(knownSince.exchanges) });
  return (reloads?.earlier.length ?? 0) > 0 ? t('again.rules') : null;
}

/**
 * Values and rules that come in the middle of a session count from then on. It is said as long as it is so, and once the session is
 * over, one click reads all of it again.
 */
export function AgainBanner(): JSX.Element | null {
  const id = session.value?.id ?? '';
  const lead = before();
  if (lead === null)
    return outcome.value?.session !== id ? null : (
      <p class="banner banner-good">
        <Icon name="necessary" />
        <Outcome id={id} />
        <button
          type="button"
          class="link"
          onClick={() => {
            outcome.value = null;
          }}
        >
          {t('banner.dismiss')}
        </button>
      </p>
    );
  return (
    <p class="banner banner-warn">
      <Icon name="alert" />
      <strong>{lead}</strong>
      {session.value?.status === 'running' ? (
        <span>{t('again.running')}</span>
      ) : canJudge() ? (
        <button type="button" class="link" disabled={busy.value} onClick={() => void judge(id)}>
          {t(busy.value ? 'persona.judging' : 'persona.again')}
        </button>
      ) : null}
    </p>
  );
}
