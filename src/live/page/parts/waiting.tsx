import type { JSX } from 'preact';
import { refusalWords, t } from '../text/index.js';
import type { Asked } from './answer.js';

/** In the place of what is being read; where it was refused, why, and the way to ask again: no wait goes on for ever. */
export function Waiting({ asked: { failed, again } }: { readonly asked: Pick<Asked<unknown>, 'failed' | 'again'> }): JSX.Element {
  if (failed === null)
    return (
      <p class="sub pane-wait" role="status">
        {t('detail.loading')}
      </p>
    );
  return (
    <p class="warn pane-wait" role="status">
      {t('waiting.failed')} {refusalWords(failed)} <code>{failed.code}</code>{' '}
      <button type="button" class="link" onClick={again}>
        {t('waiting.again')}
      </button>
    </p>
  );
}
