import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { server } from '../state.js';
import { language, switchLanguage, t } from '../text/index.js';
import { applyTheme, THEMES, theme } from '../theme.js';
import { Dialog } from './dialog.js';
import { RetentionSetting } from './retention-setting.js';

export const settingsOpen = signal(false);

function close(): void {
  settingsOpen.value = false;
}

export function SettingsDialog(): JSX.Element {
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
        <RetentionSetting />
        <p class="sub">Overreach {server.value?.version}</p>
      </div>
    </Dialog>
  );
}
