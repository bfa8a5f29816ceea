import type { JSX } from 'preact';
import type { FindingRow } from '../../trail.js';
import { acceptances } from '../edits.js';
import { companyOf, isAlarm, partyWord, rankOf } from '../facts.js';
import { termText } from '../filter.js';
import { visible, whole } from '../format.js';
import { counted, filtered, go } from '../state.js';
import { language, t } from '../text/index.js';
import { AcceptedTag } from './acceptance.js';
import { Muted, Nothing, typeName } from './finding-list.js';
import { Icon } from './icon.js';
import { toneOf } from './verdict.js';

const COLUMNS = 40;

/** What one receiver got of one type: the worst verdict, how often it was given, and how often there was another one. */
function Cell({ here, filter }: { readonly here: readonly FindingRow[]; readonly filter: string }): JSX.Element | null {
  const [first] = [...here].sort((a, b) => rankOf(a) - rankOf(b));
  if (first === undefined) return null;
  const sum = (rows: readonly FindingRow[]) => rows.reduce((all, { count }) => all + count, 0);
  const same = sum(here.filter(({ verdict }) => verdict === first.verdict));
  const rest = sum(here) - same;
  return (
    <button
      type="button"
      class={`matrix-cell ${toneOf(here.find(isAlarm) ?? first)}`}
      onClick={() => go({ view: 'findings', filter, finding: first.id }, true)}
    >
      <Icon name={first.verdict} />
      <span class="matrix-word">{t(`verdict.${first.verdict}`)}</span>
      <span class="number">{whole(same)}</span>
      {rest === 0 ? null : <span class="sub">{t('matrix.rest', { n: whole(rest) })}</span>}
      {here.every(({ id }) => acceptances.value.has(id)) ? <AcceptedTag id={first.id} short /> : null}
    </button>
  );
}

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
  // A type that only the receivers behind the last column got must not stand there as if nobody had got it.
  const others = new Set(everybody.slice(COLUMNS).map(([host]) => host));
  if (rows.length === 0)
    return (
      <section class="panel panel-wide">
        <Muted />
        <Nothing />
      </section>
    );
  return (
    <section class="panel panel-wide">
      <header class="panel-head">
        <h2>{t('matrix.title')}</h2>
        <p class="sub">{t('matrix.hint')}</p>
      </header>
      <Muted />
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
              {others.size === 0 ? null : (
                <th scope="col">
                  <span class="matrix-company">{t('matrix.more', { n: whole(others.size) })}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {types.map(([type, list]) => (
              <tr key={type}>
                <th scope="row">{typeName(type)}</th>
                {receivers.map(([host]) => (
                  <td key={host}>
                    <Cell
                      here={list.filter(({ party }) => party.host === host)}
                      filter={`${termText('type', type)} ${termText('host', host)}`}
                    />
                  </td>
                ))}
                {others.size === 0 ? null : (
                  <td>
                    <Cell here={list.filter(({ party }) => others.has(party.host))} filter={termText('type', type)} />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
