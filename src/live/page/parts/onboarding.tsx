import type { JSX } from 'preact';
import { isRunning, openView, reaches, server } from '../state.js';
import { t } from '../text/index.js';
import { UNSEEN } from './tabs.js';

/** The empty state: how to get the phone's traffic here. */
export function Onboarding(): JSX.Element {
  const way = server.value?.onboarding ?? null;
  const refused = new Set(reaches.value.filter(({ reach }) => UNSEEN.has(reach)).map(({ host }) => host)).size;
  if (!isRunning.value || way === null)
    return (
      <section class="onboarding onboarding-plain">
        <h2>{t(isRunning.value ? 'onboarding.waiting' : 'onboarding.none')}</h2>
        <p>{t(isRunning.value ? 'list.quietNext' : 'onboarding.noneNext')}</p>
      </section>
    );
  return (
    <section class="onboarding">
      <img class="qr" alt={t('onboarding.qr')} src={`data:image/svg+xml,${encodeURIComponent(way.qrSvg)}`} width="232" height="232" />
      <div>
        <h2>{t('onboarding.title')}</h2>
        <p class="sub">{t('onboarding.lead')}</p>
        <ol>
          <li>{t('onboarding.step1')}</li>
          <li>{t('onboarding.step2')}</li>
          <li>{t('onboarding.step3')}</li>
        </ol>
        <dl class="facts">
          <div>
            <dt>{t('onboarding.proxy')}</dt>
            <dd class="mono">{way.proxy}</dd>
          </div>
          <div>
            <dt>{t('onboarding.page')}</dt>
            <dd class="mono">{way.url}</dd>
          </div>
        </dl>
        <p class="waiting" role="status">
          {refused === 0 ? (
            <>
              <span class="light light-on" aria-hidden="true" /> {t('onboarding.waiting')}
            </>
          ) : (
            <button type="button" class="button" onClick={() => openView('coverage')}>
              {t('onboarding.refused', { n: refused })}
            </button>
          )}
        </p>
      </div>
    </section>
  );
}
