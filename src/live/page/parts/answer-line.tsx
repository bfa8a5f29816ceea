import { Fragment, type JSX } from 'preact';
import type { VerdictName } from '../../../model/finding.js';
import type { FindingRow } from '../../trail.js';
import { isHigh, rankOf } from '../facts.js';
import { visible, whole } from '../format.js';
import { isNothingRead, isPartly, unseenCount } from '../gaps.js';
import { counted, gaps, isRunning, live, session } from '../state.js';
import { type TextKey, t } from '../text/index.js';
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

/** Verdicts that hold something against the list of a category. */
const WEIGHED: ReadonlySet<VerdictName> = new Set(['beyond_necessary', 'conditional', 'necessary']);

/** What may be said where nothing was found: of a session without traffic that is nothing. */
function noneWords(): TextKey {
  const running = isRunning.value;
  if ((live.value?.counters.exchanges ?? 0) === 0) return running ? 'headline.quiet' : 'headline.noTraffic';
  return running ? 'headline.none' : 'headline.noneEnded';
}

/** The answer in one sentence: what went beyond, to whom, how grave; what is open, and what was not seen. */
export function Answer(): JSX.Element | null {
  const rows = counted.value;
  const judged = (session.value?.subject.categories.main ?? []).length > 0;
  const beyond = rows.filter(({ verdict }) => verdict === 'beyond_necessary').sort((a, b) => rankOf(a) - rankOf(b));
  const high = rows.filter(({ issues }) => isHigh(issues)).length;
  const weighed = rows.filter(({ verdict }) => WEIGHED.has(verdict)).length;
  // What could not be opened is counted with what was not seen.
  const open = rows.filter(({ verdict, grade }) => verdict === 'not_judged' && grade !== 'opaque').length;
  const conditional = rows.filter(({ verdict }) => verdict === 'conditional').length;
  const known = gaps.value!;
  const unseen = unseenCount(known);
  const parts: JSX.Element[] = [];
  // Of what nobody could look into, "nothing was found" would be said of nothing.
  if (beyond.length === 0 && isNothingRead(known)) parts.push(<span key="closed">{t('headline.nothingRead')}</span>);
  else if (rows.length === 0) parts.push(<span key="none">{t(noneWords())}</span>);
  else if (beyond.length > 0)
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
  // No list was held against any of them: then "nothing beyond it" would be said of nothing.
  else if (!judged) parts.push(<span key="uncategorised">{t('headline.uncategorised', { n: whole(rows.length) })}</span>);
  else if (weighed === 0 && open > 0) parts.push(<span key="unjudged">{t('headline.unjudged', { n: whole(open) })}</span>);
  else {
    parts.push(<span key="fine">{t(isRunning.value ? 'headline.fine' : 'headline.fineEnded')}</span>);
    if (open > 0) parts.push(<span key="unjudged">{t('headline.unjudgedToo', { n: whole(open) })}</span>);
  }
  if (high > 0)
    parts.push(
      <span key="high" class="bad">
        {t('headline.high', { n: whole(high) })}
      </span>,
    );
  if (conditional > 0) parts.push(<span key="open">{t('headline.open', { n: whole(conditional) })}</span>);
  if (unseen > 0) parts.push(<span key="unseen">{t('headline.unseen', { n: whole(unseen) })}</span>);
  if (known.interrupted) parts.push(<span key="interrupted">{t('headline.interrupted')}</span>);
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
