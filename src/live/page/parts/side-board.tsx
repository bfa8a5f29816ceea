import type { JSX } from 'preact';
import { bytes, visible, whole } from '../format.js';
import { allFindings, hosts, openView, reaches } from '../state.js';
import { said, t } from '../text/index.js';
import { AcceptedTag } from './acceptance.js';
import { DeviceCard } from './devices.js';
import { receiverWords } from './finding-list.js';
import { Icon } from './icon.js';
import { UNSEEN } from './tabs.js';

const SHOWN = 6;

/** Beside the list while nothing is selected: what was not seen, and who got the most. */
export function SideBoard(): JSX.Element {
  const unseen = new Map(reaches.value.filter(({ reach }) => UNSEEN.has(reach)).map((one) => [one.host, one]));
  const opaque = allFindings.value.filter(({ grade }) => grade === 'opaque');
  const top = [...hosts.value].sort((a, b) => b.bytesUp - a.bytesUp).slice(0, SHOWN);
  const most = Math.max(1, ...top.map(({ bytesUp }) => bytesUp));
  return (
    <aside class="board">
      <DeviceCard />
      <section class="card">
        <header class="card-head">
          <h2>{t('coverage.title')}</h2>
          <button type="button" class="link" onClick={() => openView('coverage')}>
            {whole(unseen.size + opaque.length)} <Icon name="arrow" />
          </button>
        </header>
        {unseen.size + opaque.length === 0 ? (
          <p class="sub">{t('coverage.clean')}</p>
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
