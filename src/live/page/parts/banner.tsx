import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { reloadRules } from '../edits.js';
import { clock, visible } from '../format.js';
import {
  absent,
  caughtUp,
  crowded,
  feed,
  isForeign,
  isIdle,
  isRunning,
  openSession,
  reconnect,
  reload,
  replaced,
  session,
  trouble,
} from '../state.js';
import { refusalWords, rulesRefusal, t } from '../text/index.js';
import { AgainBanner } from './again.js';
import { Icon } from './icon.js';
import { newSessionOpen } from './new-session.js';
import { RefusalBanner } from './refusal-banner.js';

/** When the trouble was told that the reader has put away. */
const heard = signal<number | null>(null);

/** The recording itself is in trouble. */
function TroubleBanner(): JSX.Element | null {
  const shown = trouble.value;
  if (shown === null || shown.at === heard.value || feed.value === 'down') return null;
  return (
    <p class="banner banner-bad">
      <Icon name="alert" />
      <strong>{t('banner.trouble')}</strong>
      <span>
        {refusalWords(shown)} <code>{shown.code}</code> <span class="number">{clock(shown.at)}</span>
      </span>
      {/* While it lasts nothing new is kept: no press of a button makes that untrue. */}
      {shown.lasts !== null ? null : (
        <button
          type="button"
          class="link"
          onClick={() => {
            heard.value = shown.at;
          }}
        >
          {t('banner.dismiss')}
        </button>
      )}
    </p>
  );
}

/** Says when the page is not up to date, and what a refused action was refused for. */
export function Banner(): JSX.Element {
  const left = replaced.value;
  const refusedRules = isRunning.value ? (session.value?.subject.reloads?.refused ?? null) : null;
  return (
    <div class="banners" aria-live="polite">
      {feed.value === 'down' ? (
        <p class="banner banner-warn">
          <Icon name="alert" />
          <strong>{t(crowded.value ? 'banner.crowded' : 'banner.lost')}</strong>
          <span>{t(crowded.value ? 'banner.crowdedNext' : 'banner.lostNext')}</span>
          <button type="button" class="link" onClick={reconnect}>
            {t('banner.retry')}
          </button>
        </p>
      ) : null}
      <TroubleBanner />
      {feed.value === 'up' && caughtUp.value ? (
        <p class="banner banner-good">
          <Icon name="necessary" />
          <strong>{t('banner.back')}</strong>
        </p>
      ) : null}
      {isIdle.value && feed.value !== 'down' ? (
        <p class="banner banner-warn">
          <Icon name="alert" />
          <strong>{t('banner.idle')}</strong>
          <span>{t('banner.idleNext')}</span>
          <button
            type="button"
            class="link"
            onClick={() => {
              newSessionOpen.value = true;
            }}
          >
            {t('next.button')}
          </button>
        </p>
      ) : null}
      {left === null || !isRunning.value ? null : (
        <p class="banner banner-good">
          <Icon name="necessary" />
          <strong>{t('banner.replaced')}</strong>
          <span>{t('banner.replacedNext')}</span>
          <button type="button" class="link" onClick={() => void openSession(left)}>
            {t('banner.replacedOpen')}
          </button>
          <button
            type="button"
            class="link"
            onClick={() => {
              replaced.value = null;
            }}
          >
            {t('banner.dismiss')}
          </button>
        </p>
      )}
      {absent.value === null ? null : (
        <p class="banner banner-warn">
          <Icon name="alert" />
          <strong>{t('banner.absent')}</strong>
          <span>
            {t(session.value === null ? 'banner.absentNone' : 'banner.absentNext')} <code>{visible(absent.value)}</code>
          </span>
          <button
            type="button"
            class="link"
            onClick={() => {
              absent.value = null;
            }}
          >
            {t('banner.dismiss')}
          </button>
        </p>
      )}
      {isForeign.value ? (
        <p class="banner banner-warn">
          <Icon name="alert" />
          <strong>{t('banner.foreign')}</strong>
          <span>{t('banner.foreignNext')}</span>
          <button type="button" class="link" onClick={() => void reload()}>
            {t('banner.rulesRetry')}
          </button>
        </p>
      ) : null}
      {refusedRules === null ? null : (
        <p class="banner banner-warn">
          <Icon name="alert" />
          <strong>{t('banner.rules')}</strong>
          <span>{visible(rulesRefusal(refusedRules))}</span>
          <button type="button" class="link" onClick={() => void reloadRules()}>
            {t('banner.rulesRetry')}
          </button>
        </p>
      )}
      <AgainBanner />
      {feed.value === 'down' ? null : <RefusalBanner />}
    </div>
  );
}
