import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { VIEWS } from '../address.js';
import { whole } from '../format.js';
import { gapCount } from '../gaps.js';
import { address, counted, gaps, hosts, live, openView, sessions } from '../state.js';
import { t } from '../text/index.js';

export function Tabs(): JSX.Element {
  const counts: Partial<Record<(typeof VIEWS)[number], number>> = {
    findings: counted.value.length,
    receivers: hosts.value.length,
    coverage: gaps.value === null ? 0 : gapCount(gaps.value),
    requests: live.value?.counters.exchanges ?? 0,
    sessions: sessions.value.length,
  };
  const bar = useRef<HTMLElement>(null);
  const { view: shown } = address.value;
  // On a phone the tabs scroll sideways; the one that is open must be in sight.
  useEffect(() => bar.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' }), [shown]);
  return (
    <nav class="tabs" aria-label={t('tabs')} ref={bar}>
      {VIEWS.map((view) => (
        <button key={view} type="button" aria-current={address.value.view === view ? 'page' : undefined} onClick={() => openView(view)}>
          {t(`tab.${view}`)}
          {counts[view] === undefined ? null : (
            <span class={`count ${view === 'coverage' && counts[view] > 0 ? 'count-warn' : ''}`}>{whole(counts[view])}</span>
          )}
        </button>
      ))}
    </nav>
  );
}
