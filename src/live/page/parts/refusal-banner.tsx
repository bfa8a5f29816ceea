import type { JSX } from 'preact';
import { problem } from '../state.js';
import { refusalWords, t } from '../text/index.js';
import { Icon } from './icon.js';

/** What an action was refused for. A dialog shows it itself: everything behind it is out of reach of eyes, keys and screen readers. */
export function RefusalBanner(): JSX.Element | null {
  const refusal = problem.value;
  if (refusal === null) return null;
  return (
    <p class="banner banner-bad">
      <Icon name="alert" />
      <strong>{t('banner.error')}</strong>
      <span>
        {refusalWords(refusal)} <code>{refusal.code}</code>
      </span>
      <button
        type="button"
        class="link"
        onClick={() => {
          problem.value = null;
        }}
      >
        {t('banner.dismiss')}
      </button>
    </p>
  );
}
