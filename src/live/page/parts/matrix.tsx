import type { JSX } from 'preact';
import type { FindingRow } from '../../trail.js';
import { acceptances } from '../edits.js';
import { companyOf, partyWord, rankOf } from '../facts.js';
import { termText } from '../filter.js';
import { visible, whole } from '../format.js';
import { counted, filtered, go } from '../state.js';
import { language, t } from '../text/index.js';
import { AcceptedTag } from './acceptance.js';
import { typeName } from './finding-list.js';
import { Icon } from './icon.js';
import { toneOf } from './verdict.js';

const COLUMNS = 40;

/** What reached whom, the worst verdict of each cell in front. */
export function Matrix(): JSX.Element {
  const rows = filtered.value;
  if (counted.value.length === 0) return <p class="nothing">{t('matrix.empty')}</p>;
  const worst = (list: readonly FindingRow[]) => Math.min(...list.map(rankOf));
  const group = (key: (row: FindingRow) => string) => {
    const groups = new Map<string, FindingRow[]>();
    for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
    return [...groups].sort(([, a], [, b]) => worst(a) - worst(b) || b.length - a.length);
  };
  const types = group(({ dataType }) => dataType);
  const everybody = group(({ party }) => party.host);
  const receivers = everybody.slice(0, COLUMNS);
  return (
    <section class="panel panel-wide">
      <header class="panel-head">
        <h2>{t('matrix.title')}</h2>
        <p class="sub">{t('matrix.hint')}</p>
      </header>
      <div class="matrix-box" tabIndex={0} role="region" aria-label={t('matrix.title')}>
        <table class="matrix">
          <thead>
            <tr>
              <td />
              {receivers.map(([host, list]) => {
                const party = list[0]!.party;
                return (
                  <th key={host} scope="col" title={host}>
                    <span class="matrix-company">{visible(companyOf(party, language.value === 'en') ?? host)}</span>
                    <span class={`sub party-${partyWord(party)}`}>{t(`party.${partyWord(party)}`)}</span>
                    <span class="sub mono matrix-host">{visible(host)}</span>
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {types.map(([type, list]) => (
              <tr key={type}>
                <th scope="row">{typeName(type)}</th>
                {receivers.map(([host]) => {
                  const here = list.filter(({ party }) => party.host === host).sort((a, b) => rankOf(a) - rankOf(b));
                  const first = here[0];
                  if (first === undefined) return <td key={host} />;
                  const count = here.reduce((sum, row) => sum + row.count, 0);
                  return (
                    <td key={host}>
                      <button
                        type="button"
                        class={`matrix-cell ${toneOf(first)}`}
                        onClick={() =>
                          go({ view: 'findings', filter: `${termText('type', type)} ${termText('host', host)}`, finding: first.id }, true)
                        }
                      >
                        <Icon name={first.verdict} />
                        <span class="matrix-word">{t(`verdict.${first.verdict}`)}</span>
                        <span class="number">{whole(count)}</span>
                        {here.every(({ id }) => acceptances.value.has(id)) ? <AcceptedTag id={first.id} short /> : null}
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {everybody.length > COLUMNS ? <p class="sub">{t('matrix.more', { n: everybody.length - COLUMNS })}</p> : null}
    </section>
  );
}
