import type { JSX } from 'preact';
import { partyWord, rankOf } from '../facts.js';
import { termText } from '../filter.js';
import { bytes, visible, whole } from '../format.js';
import { counted, go, hosts } from '../state.js';
import { t } from '../text/index.js';
import { AcceptedTag } from './acceptance.js';
import { receiverWords, typeName } from './finding-list.js';
import { Icon } from './icon.js';
import { toneOf } from './verdict.js';

const MOST = 500;

/** Who got how much, and what of it was personal. */
export function Receivers(): JSX.Element {
  const list = [...hosts.value].sort((a, b) => b.bytesUp - a.bytesUp);
  const most = Math.max(1, list[0]?.bytesUp ?? 1);
  if (list.length === 0) return <p class="nothing">{t('receivers.empty')}</p>;
  return (
    <section class="panel panel-wide">
      <table class="table receivers-table">
        <caption class="hidden">{t('receivers.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('receivers.receiver')}</th>
            <th scope="col">{t('receivers.found')}</th>
            <th scope="col" class="right">
              {t('receivers.requests')}
            </th>
            <th scope="col" class="right">
              {t('receivers.down')}
            </th>
            <th scope="col" class="right">
              {t('receivers.up')}
            </th>
          </tr>
        </thead>
        <tbody>
          {list.slice(0, MOST).map(({ host, exchanges, bytesUp, bytesDown }) => {
            const rows = counted.value.filter(({ party }) => party.host === host).sort((a, b) => rankOf(a) - rankOf(b));
            const words = rows[0] === undefined ? null : receiverWords(rows[0]);
            const third = rows[0] !== undefined && partyWord(rows[0].party) === 'third';
            return (
              <tr key={host}>
                <th scope="row">
                  <span class="line strong">{words?.name ?? visible(host)}</span>
                  <span class="line sub">
                    <span class="mono">{visible(host)}</span>
                  </span>
                  {words !== null && <span class="line sub">{words.role}</span>}
                </th>
                <td>
                  {rows.length === 0 ? (
                    <span class="sub">{t('receivers.nothing')}</span>
                  ) : (
                    <ul class="chips">
                      {rows.map((row) => (
                        <li key={row.id}>
                          <button
                            type="button"
                            class={`type-chip ${toneOf(row)}`}
                            onClick={() => go({ view: 'findings', filter: termText('host', host), finding: row.id }, true)}
                          >
                            <Icon name={row.verdict} />
                            <span class="hidden">{t(`verdict.${row.verdict}`)}</span>
                            {typeName(row.dataType)}
                            <AcceptedTag id={row.id} short />
                          </button>
                        </li>
                      ))}
                    </ul>
                  )}
                </td>
                <td class="right number">{whole(exchanges)}</td>
                <td class="right number">{bytes(bytesDown)}</td>
                <td class="right number bytes-cell">
                  {bytes(bytesUp)}
                  <span class="meter">
                    <span class={third ? 'meter-third' : ''} style={{ width: `${Math.max(2, (bytesUp / most) * 100)}%` }} />
                  </span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {list.length > MOST ? <p class="sub">{t('receivers.more', { n: whole(MOST), total: whole(list.length) })}</p> : null}
    </section>
  );
}
