import type { JSX } from 'preact';
import { VERDICTS } from '../../../model/finding.js';
import { isHigh } from '../facts.js';
import { termsIn, toggled } from '../filter.js';
import { bytes, whole } from '../format.js';
import { isPartly, UNSEEN } from '../gaps.js';
import { address, counted, gaps, go, hosts, live, reaches } from '../state.js';
import { t } from '../text/index.js';
import { Icon } from './icon.js';

/** The answer first: how many findings of each verdict; each number is a filter. */
export function Summary(): JSX.Element {
  const { counters } = live.value!;
  const rows = counted.value;
  const byVerdict = new Map<string, number>();
  for (const { verdict } of rows) byVerdict.set(verdict, (byVerdict.get(verdict) ?? 0) + 1);
  const line = address.value.filter;
  // A recording has no connections: a host with a request in it was read.
  const read = new Set(hosts.value.map(({ host }) => host));
  for (const { host, reach } of reaches.value) if (!UNSEEN.has(reach)) read.add(host);
  const all = new Set([...read, ...reaches.value.map(({ host }) => host)]);
  const known = gaps.value!;
  const analysed =
    counters.notAnalysed > 0
      ? t('summary.notAnalysed', { n: whole(counters.notAnalysed) })
      : isPartly(known) || known.notStored > 0
        ? t('summary.partly')
        : counters.exchanges === 0
          ? ''
          : t('summary.allAnalysed');
  const tile = (term: string, count: number, tone: string, name: JSX.Element, hint?: string) => (
    <button
      type="button"
      key={term}
      class={`tile ${tone} ${count === 0 ? 'tile-zero' : ''}`}
      aria-pressed={termsIn(line).includes(term)}
      title={hint}
      onClick={() => go({ view: 'findings', filter: toggled(line, term), exchange: null })}
    >
      <span class="tile-number">{whole(count)}</span>
      <span class="tile-name">{name}</span>
    </button>
  );
  return (
    <section class="summary" aria-label={t('summary.title')}>
      <div class="tiles">
        {VERDICTS.map((verdict) =>
          tile(
            `verdict:${verdict}`,
            byVerdict.get(verdict) ?? 0,
            `tone-${verdict}`,
            <>
              <Icon name={verdict} />
              {t(`verdict.${verdict}`)}
            </>,
            t(`verdict.hint.${verdict}`),
          ),
        )}
        {tile(
          'issue:high',
          rows.filter(({ issues }) => isHigh(issues)).length,
          'tone-alarm tile-apart',
          <>
            <Icon name="alert" />
            {t('summary.high')}
          </>,
        )}
      </div>
      <dl class="measures">
        <div>
          <dt>{t('summary.hosts')}</dt>
          <dd>
            <b>{whole(all.size)}</b> <small>{t('summary.hostsRead', { n: whole(read.size) })}</small>
          </dd>
        </div>
        <div>
          <dt>{t('summary.requests')}</dt>
          <dd>
            <b>{whole(counters.exchanges)}</b>{' '}
            <small class={counters.notAnalysed > 0 || isPartly(known) || known.notStored > 0 ? 'warn' : ''}>{analysed}</small>
          </dd>
        </div>
        <div>
          <dt>{t('summary.up')}</dt>
          <dd>
            <b>{bytes(counters.bytesUp)}</b>
          </dd>
        </div>
      </dl>
    </section>
  );
}
