import { Fragment, type JSX } from 'preact';
import type { FindingRow } from '../../trail.js';
import { isHigh, rankOf } from '../facts.js';
import { visible, whole } from '../format.js';
import { isPartly, unseenCount } from '../gaps.js';
import { counted, gaps, isRunning, session } from '../state.js';
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

/** The answer in one sentence: what went beyond, to whom, how grave; what is open, and what was not seen. */
export function Answer(): JSX.Element | null {
  const rows = counted.value;
  const judged = (session.value?.subject.categories.main ?? []).length > 0;
  const beyond = rows.filter(({ verdict }) => verdict === 'beyond_necessary').sort((a, b) => rankOf(a) - rankOf(b));
  const high = rows.filter(({ issues }) => isHigh(issues)).length;
  const conditional = rows.filter(({ verdict }) => verdict === 'conditional').length;
  const known = gaps.value!;
  const unseen = unseenCount(known);
  const parts: JSX.Element[] = [];
  if (rows.length === 0) parts.push(<span key="none">{t('headline.none')}</span>);
  else if (!judged) parts.push(<span key="uncategorised">{t('headline.uncategorised', { n: whole(rows.length) })}</span>);
  else if (beyond.length === 0) parts.push(<span key="fine">{t(isRunning.value ? 'headline.fine' : 'headline.fineEnded')}</span>);
  else
    parts.push(
      <span key="beyond">
        <b>{t('headline.beyond', { n: whole(beyond.length) })}</b>
        {t('headline.to', {
          types: names(beyond, (row) => typeName(row.dataType), 'headline.more'),
          receivers: names(
            beyond,
            ({ party }) => (party.company === null ? visible(party.host) : receiverWords({ party }).name),
            'headline.moreReceivers',
          ),
        })}
      </span>,
    );
  if (high > 0)
    parts.push(
      <span key="high" class="bad">
        {t('headline.high', { n: whole(high) })}
      </span>,
    );
  if (conditional > 0) parts.push(<span key="open">{t('headline.open', { n: whole(conditional) })}</span>);
  if (unseen > 0) parts.push(<span key="unseen">{t('headline.unseen', { n: whole(unseen) })}</span>);
  if (isPartly(known)) parts.push(<span key="partly">{t('headline.partly')}</span>);
  if (known.notAnalysed > 0) parts.push(<span key="unread">{t('headline.unread', { n: whole(known.notAnalysed) })}</span>);
  if (known.notStored > 0) parts.push(<span key="lost">{t('headline.notStored', { n: whole(known.notStored) })}</span>);
  return (
    <section class="answer-line" aria-label={t('headline.label')}>
      <p>
        {parts.map((part, index) => (
          <Fragment key={part.key}>
            {index === 0 ? '' : t('headline.join')}
            {part}
          </Fragment>
        ))}
        {t('headline.end')}
      </p>
    </section>
  );
}
