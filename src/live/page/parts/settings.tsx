import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Reveal } from '../../reveal-log.js';
import { moment, whole } from '../format.js';
import { net, sessionPath } from '../net.js';
import { go, server, session } from '../state.js';
import { language, switchLanguage, t } from '../text/index.js';
import { applyTheme, THEMES, theme } from '../theme.js';
import { useAnswer } from './answer.js';
import { Dialog } from './dialog.js';
import { typeName } from './finding-list.js';
import { retentionText } from './sessions.js';

export const settingsOpen = signal(false);
const SHOWN = 100;

function close(): void {
  settingsOpen.value = false;
}

/** Who looked at clear values: of this process, newest first. */
function RevealList({ id }: { readonly id: string }): JSX.Element {
  const answer = useAnswer<{ readonly reveals: readonly Reveal[] }>(() => net.get(sessionPath(id, 'reveals')), [id]);
  const reveals = answer?.reveals ?? [];
  return (
    <section>
      <h3>{t('reveals.title')}</h3>
      <p class="sub">{t(reveals.length === 0 ? 'reveals.none' : 'reveals.lead', { n: whole(reveals.length) })}</p>
      <ul class="reveals">
        {reveals.slice(0, SHOWN).map((one, index) => (
          <li key={index}>
            <span class="number">{moment(one.at)}</span>
            <button
              type="button"
              class="link"
              onClick={() => {
                close();
                go({ view: 'requests', finding: null, exchange: one.exchange }, true);
              }}
            >
              #{one.exchange}
            </button>
            <span>{one.dataTypes.map(typeName).join(' · ') || t('reveals.whole')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function SettingsDialog(): JSX.Element {
  const id = session.value?.id ?? null;
  return (
    <Dialog title={t('settings.title')} open={settingsOpen.value} onClose={close}>
      <div class="settings">
        <label>
          <span>{t('settings.language')}</span>
          <select value={language.value} onChange={({ currentTarget }) => switchLanguage(currentTarget.value === 'en' ? 'en' : 'zh-CN')}>
            <option value="zh-CN" lang="zh-CN">
              {'中文'}
            </option>
            <option value="en" lang="en">
              English
            </option>
          </select>
        </label>
        <label>
          <span>{t('theme.label')}</span>
          <select
            value={theme.value}
            onChange={({ currentTarget }) => applyTheme(THEMES.find((one) => one === currentTarget.value) ?? 'system')}
          >
            {THEMES.map((one) => (
              <option key={one} value={one}>
                {t(`theme.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <section>
          <h3>{t('settings.retention')}</h3>
          <p>{retentionText()}</p>
          <p class="sub">{t('settings.retentionNext')}</p>
        </section>
        {id === null ? null : <RevealList id={id} />}
        <p class="sub">Overreach {server.value?.version}</p>
      </div>
    </Dialog>
  );
}
