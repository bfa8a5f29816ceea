import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { VERDICTS, type VerdictName } from '../../../model/finding.js';
import type { Session } from '../../../model/session.js';
import { deleteSession } from '../edits.js';
import { duration, moment, visible, whole } from '../format.js';
import { allFindings, keepUp, listSessions, now, openSession, rules, server, session, sessions } from '../state.js';
import { said, t } from '../text/index.js';
import { Compare } from './compare.js';
import { ConfirmButton } from './confirm-button.js';
import { Icon } from './icon.js';
import { NewSessionButton } from './new-session.js';

function categoryNames({ subject }: Session): string {
  return (subject.categories.main ?? [])
    .map((id) => {
      const name = rules.value?.pack.categories.find((one) => one.id === id)?.name;
      return name === undefined ? id : said(name);
    })
    .join(' + ');
}

/** Where sessions are kept and for how long. */
export function retentionText(): string {
  const days = server.value?.retentionDays ?? null;
  return days === null ? t('sessions.lead') : t('sessions.leadDays', { n: days });
}

function DeleteButton({ id }: { readonly id: string }): JSX.Element | null {
  if (server.value?.commands.includes('deleteSession') !== true) return null;
  return (
    <ConfirmButton
      label={t('sessions.delete')}
      confirm={t('sessions.deleteConfirm')}
      busy={t('sessions.deleting')}
      run={() => deleteSession(id)}
    />
  );
}

/** How many findings of each verdict: of the session on screen as they stand now, of the others as the list was read. */
function verdictsOf(row: (typeof sessions)['value'][number]): Readonly<Partial<Record<VerdictName, number>>> {
  if (row.session.id !== session.value?.id) return row.byVerdict;
  const counts: Partial<Record<VerdictName, number>> = {};
  for (const { verdict, grade } of allFindings.value) if (grade !== 'candidate') counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts;
}

export function Sessions(): JSX.Element {
  useEffect(() => void keepUp(listSessions), []);
  return (
    <section class="panel">
      <header class="panel-head">
        <div class="head-line">
          <h2>{t('sessions.title')}</h2>
          <NewSessionButton />
        </div>
        <p class="sub">{sessions.value.length === 0 ? t('sessions.empty') : retentionText()}</p>
      </header>
      <ul class="session-list">
        {sessions.value.map((row) => {
          const one = row.session;
          const running = one.id === server.value?.running;
          const byVerdict = verdictsOf(row);
          const shown = one.id === session.value?.id;
          const end = one.endedAt ?? (running ? now.value : one.startedAt);
          return (
            <li key={one.id} class="card">
              <div class="session-name">
                <strong>{one.subject.app === null ? t('app.none') : visible(one.subject.app)}</strong>
                <span class="sub">{categoryNames(one)}</span>
              </div>
              <div class="sub">
                <span class={`light ${running ? 'light-on' : ''}`} aria-hidden="true" /> {t(`session.${one.status}`)} ·{' '}
                <span class="number">{moment(one.startedAt)}</span> · <span class="number">{duration(end - one.startedAt)}</span> ·{' '}
                <code>{one.id}</code>
              </div>
              <ul class="chips">
                {VERDICTS.map((verdict) =>
                  (byVerdict[verdict] ?? 0) === 0 ? null : (
                    <li key={verdict} class={`type-chip tone-${verdict}`}>
                      <Icon name={verdict} />
                      {t(`verdict.${verdict}`)} <span class="number">{whole(byVerdict[verdict] ?? 0)}</span>
                    </li>
                  ),
                )}
              </ul>
              <div class="session-tools">
                {shown ? (
                  <span class="sub">{t('sessions.current')}</span>
                ) : (
                  <button type="button" class="button" onClick={() => void openSession(one.id)}>
                    {t('sessions.open')}
                  </button>
                )}
                {running ? null : <DeleteButton id={one.id} />}
              </div>
            </li>
          );
        })}
      </ul>
      <Compare />
    </section>
  );
}
