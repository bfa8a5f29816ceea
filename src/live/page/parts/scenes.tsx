import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { CONSENT_STATES } from '../../../model/session.js';
import { endScene, markScene } from '../edits.js';
import { duration, visible } from '../format.js';
import { now, session } from '../state.js';
import { t } from '../text/index.js';
import { Icon } from './icon.js';

/** `s` was pressed: the next digit marks a scene. */
export const sceneArmed = signal(false);

/** Which consent state the tester is in now; one tap begins a scene and ends the one before. */
export function Scenes(): JSX.Element {
  const current = session.value?.scenes.find(({ endedAt }) => endedAt === null) ?? null;
  return (
    <fieldset class={`scenes ${sceneArmed.value ? 'scenes-armed' : ''}`}>
      <legend class="hidden">{t('scene.title')}</legend>
      {CONSENT_STATES.map((consent, index) => {
        const active = current?.consent === consent;
        return (
          <button
            key={consent}
            type="button"
            aria-pressed={active}
            title={`${t('scene.mark', { name: t(`scene.${consent}`) })} (s ${index + 1})`}
            onClick={() => void markScene(t(`scene.${consent}`), consent)}
          >
            <Icon name={consent} />
            <span>{t(`scene.${consent}`)}</span>
            {sceneArmed.value ? <kbd>{index + 1}</kbd> : null}
          </button>
        );
      })}
      {current === null ? null : (
        <button type="button" class="scene-end" title={t('scene.end')} onClick={() => void endScene()}>
          <span class="number">{duration(now.value - current.startedAt)}</span>
          <span class="hidden">
            {t('scene.end')}: {visible(current.name)}
          </span>
          <Icon name="close" />
        </button>
      )}
    </fieldset>
  );
}
