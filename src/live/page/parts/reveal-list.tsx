import type { JSX } from 'preact';
import type { revealList } from '../../schema.js';
import { moment, visible, whole } from '../format.js';
import { net, sessionPath } from '../net.js';
import { go, session } from '../state.js';
import { t } from '../text/index.js';
import { useAnswer } from './answer.js';
import { typeName } from './finding-list.js';

const SHOWN = 200;

/** Who looked at clear values of this session, newest first; kept with it. */
export function RevealList(): JSX.Element | null {
  const id = session.value?.id ?? '';
  const answer = useAnswer<(typeof revealList)['_output']>(id === '' ? null : () => net.get(sessionPath(id, 'reveals')), [], id);
  if (answer === null) return null;
  return (
    <section class="card">
      <h2>{t('reveals.title')}</h2>
      <p class="sub">{t(answer.total === 0 ? 'reveals.none' : 'reveals.lead', { n: whole(answer.total) })}</p>
      {answer.total === 0 ? null : (
        <ul class="reveals" tabIndex={0} aria-label={t('reveals.title')}>
          {answer.reveals.slice(0, SHOWN).map((one, index) => (
            <li key={index}>
              <span class="number">{moment(one.at)}</span>
              <span class="mono sub">{visible(one.who)}</span>
              {one.exchange === null ? (
                <span>{t('reveals.session')}</span>
              ) : (
                <button
                  type="button"
                  class="link"
                  onClick={() => go({ view: 'requests', finding: null, exchange: one.exchange, filter: '' }, true)}
                >
                  #{one.exchange}
                </button>
              )}
              <span>{one.dataTypes.map(typeName).join(' · ') || (one.exchange === null ? '' : t('reveals.whole'))}</span>
            </li>
          ))}
        </ul>
      )}
      {answer.total > SHOWN ? <p class="sub">{t('reveals.more', { n: whole(SHOWN) })}</p> : null}
    </section>
  );
}
