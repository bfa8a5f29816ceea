import type { JSX } from 'preact';
import type { State } from '../../schema.js';
import { t } from '../text/index.js';

/** The QR code of the onboarding page, and the three steps. */
export function ConnectSteps({ way }: { readonly way: NonNullable<State['onboarding']> }): JSX.Element {
  return (
    <div class="connect">
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
      </div>
    </div>
  );
}
