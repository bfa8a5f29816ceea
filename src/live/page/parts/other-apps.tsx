import type { JSX } from 'preact';
import { bytes, visible, whole } from '../format.js';
import { UNSEEN } from '../gaps.js';
import { appTraffic, otherReaches, session } from '../state.js';
import { t } from '../text/index.js';

/** Other apps, mini programs and the phone's system: counted here, and judged only where a category was chosen for them. */
export function OtherApps(): JSX.Element | null {
  const parts = appTraffic.value;
  const groups = otherReaches.value;
  const names = new Set([...parts.map(({ app }) => app), ...groups.flatMap(({ app }) => app ?? [])]);
  names.delete('main');
  if (names.size === 0) return null;
  const categories = session.value?.subject.categories ?? {};
  return (
    <>
      <header class="panel-head">
        <h2>{t('others.title')}</h2>
        <p class="sub">{t('others.lead')}</p>
      </header>
      <ul class="unseen">
        {[...names].sort().map((app) => {
          const sent = parts.filter((part) => part.app === app);
          const opened = groups.filter((group) => group.app === app);
          const hosts = new Set([...sent, ...opened].map(({ host }) => host));
          const unread = new Set(opened.filter(({ reach }) => UNSEEN.has(reach)).map(({ host }) => host));
          return (
            <li key={app} class="card">
              <p class="unseen-head">
                <strong class="host">{visible(app)}</strong>
                <span class="tag">{t(Object.hasOwn(categories, app) ? 'others.judged' : 'others.notJudged')}</span>
                <span class="sub number">
                  {t('others.counts', { exchanges: whole(sent.reduce((sum, one) => sum + one.exchanges, 0)), hosts: whole(hosts.size) })} ·
                  ↑ {bytes(sent.reduce((sum, one) => sum + one.bytesUp, 0))}
                </span>
              </p>
              {unread.size === 0 ? null : <p>{t('others.unread', { n: whole(unread.size) })}</p>}
            </li>
          );
        })}
      </ul>
    </>
  );
}
