import { Fragment, type JSX } from 'preact';
import type { FindingRow } from '../../trail.js';
import { visible, whole } from '../format.js';
import { type HeadlinePart, headlineOf } from '../headline.js';
import { appTraffic, counted, gaps, isRunning, live, session } from '../state.js';
import { t } from '../text/index.js';
import { receiverWords, typeName } from './finding-list.js';

/** Names before the rest is only counted; a sentence is read, not scanned. */
const NAMED = 2;

/** The names that most findings carry, worst first. */
function names(rows: readonly FindingRow[], nameOf: (row: FindingRow) => string, more: 'headline.more' | 'headline.moreReceivers'): string {
  const all = [...new Set(rows.map(nameOf))];
  const joined = all.slice(0, NAMED).join(t('headline.list'));
  // A Latin word runs into the Chinese one behind it.
  const list = /\w$/.test(joined) ? `${joined} ` : joined;
  return all.length > NAMED ? t(more, { list, n: whole(all.length) }) : joined;
}

/** Companies, and behind them how many hosts they are: lists, tabs and reports count those. */
function receivers(rows: readonly FindingRow[]): string {
  // The app's own hosts are one receiver, however many they are; of a stranger the host is all that is known.
  const nameOf = ({ party }: FindingRow) =>
    party.company === null && party.firstParty !== true ? visible(party.host) : receiverWords({ party }).name;
  const words = names(rows, nameOf, 'headline.moreReceivers');
  const hosts = new Set(rows.map(({ party }) => party.host)).size;
  return hosts === new Set(rows.map(nameOf)).size ? words : t('headline.receiverHosts', { receivers: words, hosts: whole(hosts) });
}

function Part({ key: name, n = 0, named }: HeadlinePart): JSX.Element {
  const words = t(name, { n: whole(n) });
  if (name === 'headline.high') return <span class="bad">{words}</span>;
  if (named === undefined) return <span>{words}</span>;
  return (
    <span>
      <b>{words}</b>
      {t('headline.to', {
        types: names(named, (row) => typeName(row.dataType), 'headline.more'),
        receivers: receivers(named),
      })}
    </span>
  );
}

/** The answer in one sentence. */
export function Answer(): JSX.Element | null {
  const parts = headlineOf({
    rows: counted.value,
    categories: session.value?.subject.categories ?? {},
    running: isRunning.value,
    exchanges: live.value?.counters.exchanges ?? 0,
    apps: appTraffic.value,
    gaps: gaps.value!,
  });
  return (
    <section class="answer-line" aria-label={t('headline.label')}>
      <p>
        {parts.map((part, index) => (
          <Fragment key={part.key}>
            {index === 0 ? '' : t('headline.join')}
            {Part(part)}
          </Fragment>
        ))}
        {t('headline.end')}
      </p>
    </section>
  );
}
