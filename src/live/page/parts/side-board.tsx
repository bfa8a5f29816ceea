import type { JSX } from 'preact';
import { bytes, visible, whole } from '../format.js';
import { gapCount, isWhole } from '../gaps.js';
import { allFindings, gaps, hosts, live, openView } from '../state.js';
import { said, t } from '../text/index.js';
import { AcceptedTag } from './acceptance.js';
import { DeviceCard } from './devices.js';
import { receiverWords } from './finding-list.js';
import { Icon } from './icon.js';

const SHOWN = 6;

/** Beside the list while nothing is selected: what was not seen, and who got the most. */
export function SideBoard(): JSX.Element {
  const known = gaps.value!;
  const { opaque, notAnalysed, notStored, truncated, limits, partly, interrupted, unverified, elsewhere, payloads } = known;
  const unseen = new Map(known.unseen.map((one) => [one.host, one]));
  const rest = [
    [t('coverage.notAnalysed'), notAnalysed],
    [t('coverage.notStored'), notStored],
    [t('coverage.truncated'), truncated],
    [t('coverage.partly'), partly.length],
    [t('coverage.interrupted'), Number(interrupted)],
    [t('coverage.limit'), limits.length],
    [t('coverage.closed'), payloads?.closed ?? 0],
    [t('coverage.unverified'), unverified.length],
    [t('coverage.http3'), elsewhere.length],
  ] as const;
  const top = [...hosts.value].sort((a, b) => b.bytesUp - a.bytesUp).slice(0, SHOWN);
  const most = Math.max(1, ...top.map(({ bytesUp }) => bytesUp));
  return (
    <aside class="board">
      <DeviceCard />
      <section class="card">
        <header class="card-head">
          <h2>{t('coverage.title')}</h2>
          <button type="button" class="link" onClick={() => openView('coverage')}>
            {whole(gapCount(known))} <Icon name="arrow" />
          </button>
        </header>
        {isWhole(known) ? (
          <p class="sub">{t(live.value!.counters.exchanges === 0 ? 'coverage.nothingYet' : 'coverage.clean')}</p>
        ) : (
          <ul class="unseen-short">
            {[...unseen.values()].slice(0, SHOWN).map(({ host, reach, cause }) => (
              <li key={host} title={cause === null ? undefined : said(cause.text)}>
                <span class="host">{visible(host)}</span>
                <span class="tag">{t(`reach.${reach}`)}</span>
              </li>
            ))}
            {opaque.slice(0, SHOWN).map(({ id, party }) => (
              <li key={id}>
                <span class="host">{visible(party.host)}</span>
                <span class="tag">{t('grade.opaque')}</span>
                <AcceptedTag id={id} short />
              </li>
            ))}
            {rest.map(([name, count]) =>
              count === 0 ? null : (
                <li key={name}>
                  <span>{name}</span>
                  <span class="tag number">{whole(count)}</span>
                </li>
              ),
            )}
          </ul>
        )}
      </section>
      <section class="card">
        <header class="card-head">
          <h2>{t('receivers.up')}</h2>
          <button type="button" class="link" onClick={() => openView('receivers')}>
            {whole(hosts.value.length)} <Icon name="arrow" />
          </button>
        </header>
        <ul class="meter-list">
          {top.map(({ host, bytesUp }) => {
            const row = allFindings.value.find(({ party }) => party.host === host);
            const third = row?.party.firstParty === false;
            return (
              <li key={host}>
                <span class="meter-name">
                  <span class="host">{row === undefined || row.party.company === null ? visible(host) : receiverWords(row).name}</span>
                  <span class="number sub">{bytes(bytesUp)}</span>
                </span>
                <span class="meter">
                  <span class={third ? 'meter-third' : ''} style={{ width: `${Math.max(2, (bytesUp / most) * 100)}%` }} />
                </span>
              </li>
            );
          })}
        </ul>
      </section>
    </aside>
  );
}
