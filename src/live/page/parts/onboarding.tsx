import type { JSX } from 'preact';
import { UNSEEN } from '../gaps.js';
import { canBegin, isRunning, openView, reaches, server } from '../state.js';
import { t } from '../text/index.js';
import { ConnectSteps } from './connect-steps.js';
import { DeviceRows } from './devices.js';
import { NewSessionButton } from './new-session.js';

/** The empty state: how to get the phone's traffic here. */
export function Onboarding(): JSX.Element {
  const way = server.value?.onboarding ?? null;
  const refused = new Set(reaches.value.filter(({ reach }) => UNSEEN.has(reach)).map(({ host }) => host)).size;
  if (!isRunning.value || way === null)
    return (
      <section class="onboarding onboarding-plain">
        <h2>{t(isRunning.value ? 'onboarding.waiting' : 'onboarding.none')}</h2>
        <p>{t(isRunning.value ? 'list.quietNext' : canBegin.value ? 'onboarding.noneBegin' : 'onboarding.noneNext')}</p>
        {isRunning.value ? null : <NewSessionButton main />}
      </section>
    );
  return (
    <section class="onboarding">
      <ConnectSteps way={way} />
      <div class="onboarding-devices">
        <DeviceRows />
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
