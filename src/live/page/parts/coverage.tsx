import type { JSX } from 'preact';
import type { ReachGroup } from '../../reaches.js';
import { passThrough } from '../edits.js';
import { bytes, visible, whole } from '../format.js';
import { isWhole } from '../gaps.js';
import { adviceFor, passingHelps } from '../reach-advice.js';
import { gaps, go, isRunning, live, server } from '../state.js';
import { limitWord, said, t } from '../text/index.js';
import { Icon } from './icon.js';
import { OtherApps } from './other-apps.js';

/** Remarks that tell why something of a connection was not read; of others nothing more is known than that. */
const SAYS_WHY: ReadonlySet<string> = new Set(['OVR_BEFORE_SESSION', 'OVR_UNFINISHED_AT_END']);

function PassButton({ host, helps }: { readonly host: string; readonly helps: boolean }): JSX.Element | null {
  if (!isRunning.value || server.value?.commands.includes('passThrough') !== true) return null;
  const on = server.value.passedThrough.includes(host);
  if (!on && !helps) return null;
  return (
    <button type="button" class="button" onClick={() => void passThrough(host, !on)}>
      <Icon name={on ? 'lock' : 'unlocked'} />
      {t(on ? 'coverage.unpass' : 'coverage.pass')}
    </button>
  );
}

/** Hosts that invite the app to a protocol which no proxy sees: one card for all, since half the web does. */
function Elsewhere({ offers }: { readonly offers: readonly ReachGroup[] }): JSX.Element | null {
  const cause = offers[0]?.cause;
  if (cause === null || cause === undefined) return null;
  return (
    <li class="card">
      <p class="unseen-head">
        <strong>{t('device.http3', { n: whole(offers.length) })}</strong>
        <span class="tag">{t('coverage.http3')}</span>
      </p>
      <p>{offers.map(({ host }) => visible(host)).join(', ')}</p>
      <p class="sub">{visible(said(cause.text))}</p>
    </li>
  );
}

/** What could not be looked into, why, and what to do about it. */
export function Coverage(): JSX.Element {
  const known = gaps.value!;
  const { opaque, unverified, elsewhere, partly, interrupted, notAnalysed, notStored, truncated, payloads, limits } = known;
  const groups = [...known.unseen].sort((a, b) => b.bytesUp - a.bytesUp);
  const { exchanges } = live.value!.counters;
  return (
    <section class="panel">
      <header class="panel-head">
        <h2>{t('coverage.title')}</h2>
        <p class="sub">{t(!isWhole(known) ? 'coverage.lead' : exchanges === 0 ? 'coverage.nothingYet' : 'coverage.clean')}</p>
      </header>
      <ul class="unseen">
        {groups.map(({ host, reach, cause, connections, bytesUp }) => {
          const next = adviceFor(reach, cause?.code);
          return (
            <li key={`${host} ${reach}`} class="card">
              <p class="unseen-head">
                <strong class="host">{visible(host)}</strong>
                <span class="tag">{t(`reach.${reach}`)}</span>
                <span class="sub number">
                  {t('coverage.connections', { n: whole(connections) })} · ↑ {bytes(bytesUp)}
                </span>
              </p>
              {cause === null ? null : <p>{visible(said(cause.text))}</p>}
              <p class="unseen-next">
                {next === null ? null : <span>{t(next)}</span>}
                <PassButton host={host} helps={passingHelps(reach, cause?.code)} />
              </p>
            </li>
          );
        })}
        {unverified.map(({ host, reach, cause }) => (
          <li key={`${host} ${reach}`} class="card">
            <p class="unseen-head">
              <strong class="host">{visible(host)}</strong>
              <span class="tag tag-bad">{t('coverage.unverified')}</span>
            </p>
            {cause === null ? null : <p>{visible(said(cause.text))}</p>}
          </li>
        ))}
        <Elsewhere offers={elsewhere} />
        {opaque.map((row) => (
          <li key={row.id} class="card">
            <p class="unseen-head">
              <strong class="host">{visible(row.party.host)}</strong>
              <span class="tag">{t('grade.opaque')}</span>
              <span class="sub number">× {whole(row.count)}</span>
            </p>
            <p>{visible(said(row.reason))}</p>
            <p class="unseen-next">
              <span>{t('coverage.opaqueNext')}</span>
              <button type="button" class="button" onClick={() => go({ view: 'findings', finding: row.id, filter: '' }, true)}>
                <Icon name="arrow" />
                {t('sessions.open')}
              </button>
            </p>
          </li>
        ))}
        {payloads === null ? null : (
          <li class="card">
            <p class="unseen-head">
              <strong>{t('coverage.closed')}</strong>
              <span class="tag number">{t('coverage.closedOf', { n: whole(payloads.closed), total: whole(payloads.sent) })}</span>
            </p>
          </li>
        )}
        {interrupted ? (
          <li class="card">
            <p class="unseen-head">
              <strong>{t('coverage.interrupted')}</strong>
            </p>
            <p>{t('coverage.interruptedNext')}</p>
          </li>
        ) : null}
        {partly.map(({ host, reach, cause, notAnalysed: unread }) => (
          <li key={`partly ${host} ${reach}`} class="card">
            <p class="unseen-head">
              <strong class="host">{visible(host)}</strong>
              <span class="tag tag-bad">{t('coverage.partly')}</span>
              <span class="sub number">{bytes(unread)}</span>
            </p>
            <p>{cause !== null && SAYS_WHY.has(cause.code) ? visible(said(cause.text)) : t('coverage.partlyNext')}</p>
          </li>
        ))}
        {notAnalysed === 0 ? null : (
          <li class="card">
            <p class="unseen-head">
              <strong>{t('coverage.notAnalysed')}</strong>
              <span class="tag tag-bad number">{whole(notAnalysed)}</span>
            </p>
            <p class="unseen-next">{t('coverage.notAnalysedNext')}</p>
          </li>
        )}
        {notStored === 0 ? null : (
          <li class="card">
            <p class="unseen-head">
              <strong>{t('coverage.notStored')}</strong>
              <span class="tag tag-bad number">{whole(notStored)}</span>
            </p>
            <p class="unseen-next">{t('coverage.notStoredNext')}</p>
          </li>
        )}
        {truncated === 0 ? null : (
          <li class="card">
            <p class="unseen-head">
              <strong>{t('coverage.truncated')}</strong>
              <span class="tag number">{whole(truncated)}</span>
            </p>
          </li>
        )}
        {limits.map(([name, times]) => (
          <li key={name} class="card">
            <p class="unseen-head">
              <strong>{t('coverage.limit')}</strong>
              <span class="tag number">{whole(times)}</span>
              <code class="sub">{name}</code>
            </p>
            <p>{limitWord(name)}</p>
          </li>
        ))}
      </ul>
      <OtherApps />
    </section>
  );
}
