import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { endSession, renameApp } from '../edits.js';
import { duration, visible } from '../format.js';
import { canBegin, isRunning, now, openSession, rules, server, session } from '../state.js';
import { language, said, switchLanguage, t } from '../text/index.js';
import { applyTheme, THEMES, theme } from '../theme.js';
import { categoryOpen } from './categories.js';
import { ConfirmButton } from './confirm-button.js';
import { DevicesButton } from './devices.js';
import { ExportMenu } from './export-menu.js';
import { helpOpen } from './help.js';
import { Icon } from './icon.js';
import { NewSessionButton, newSessionOpen } from './new-session.js';
import { Scenes } from './scenes.js';
import { settingsOpen } from './settings.js';

function Brand(): JSX.Element {
  return (
    <span class="brand">
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="8" class="brand-ground" />
        <circle cx="14" cy="18" r="7" class="brand-ring" />
        <circle cx="24.5" cy="7.5" r="3" class="brand-beyond" />
      </svg>
      <span class="hidden">Overreach</span>
    </span>
  );
}

function AppName(): JSX.Element {
  const [editing, setEditing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const app = session.value?.subject.app ?? null;
  useEffect(() => {
    if (editing) field.current?.select();
  }, [editing]);
  if (!editing || !isRunning.value)
    return isRunning.value ? (
      <button type="button" class="app-name" title={t('app.edit')} onClick={() => setEditing(true)}>
        {app === null ? t('app.none') : visible(app)}
      </button>
    ) : (
      <span class="app-name">{app === null ? t('app.none') : visible(app)}</span>
    );
  const save = () => {
    const value = field.current?.value ?? '';
    setEditing(false);
    if (value !== (app ?? '')) void renameApp(value);
  };
  return (
    <input
      ref={field}
      class="app-name-field"
      aria-label={t('app.edit')}
      defaultValue={app ?? ''}
      placeholder={t('app.placeholder')}
      maxLength={200}
      onBlur={save}
      onKeyDown={({ key, currentTarget, isComposing }) => {
        if (key === 'Enter' && !isComposing) currentTarget.blur();
      }}
    />
  );
}

function Status(): JSX.Element {
  const shown = session.value!;
  const end = shown.endedAt ?? (shown.status === 'running' ? now.value : shown.startedAt);
  return (
    <p class="status">
      <span class={`light ${isRunning.value ? 'light-on' : ''}`} aria-hidden="true" />
      <span>{t(`session.${shown.status}`)}</span>
      <span class="number" title={t('session.duration')}>
        {duration(end - shown.startedAt)}
      </span>
      <DevicesButton />
      {shown.device === null ? null : <span class="device">{visible(shown.device)}</span>}
    </p>
  );
}

function CategoryButton(): JSX.Element {
  const chosen = session.value?.subject.categories.main ?? [];
  const names = chosen.map((id) => {
    const category = rules.value?.pack.categories.find((one) => one.id === id);
    return category === undefined ? id : `${category.no} ${said(category.name)}`;
  });
  if (!isRunning.value) return <span class="chip">{names.join(' + ') || t('category.unset')}</span>;
  return (
    <button
      type="button"
      class={`chip chip-button ${chosen.length === 0 ? 'chip-call' : ''}`}
      onClick={() => {
        categoryOpen.value = true;
      }}
    >
      <span>{names.join(' + ') || t('category.choose')}</span>
      <Icon name="down" />
    </button>
  );
}

function EndButton(): JSX.Element | null {
  if (isRunning.value)
    // What was captured is still analysed and stored while it ends.
    return <ConfirmButton label={t('session.end')} confirm={t('session.endConfirm')} busy={t('session.ending')} run={endSession} />;
  const running = server.value?.running ?? null;
  return running === null ? (
    <NewSessionButton main />
  ) : (
    <button type="button" class="button" onClick={() => void openSession(running)}>
      {t('session.backToLive')}
    </button>
  );
}

function nextTheme(): void {
  applyTheme(THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length] ?? 'system');
}

export function Header(): JSX.Element {
  return (
    <header class="header">
      <Brand />
      {session.value === null ? (
        <h1 class="app-name">Overreach</h1>
      ) : (
        <div class="subject">
          <div class="subject-line">
            <h1>
              <AppName />
            </h1>
            <CategoryButton />
          </div>
          <Status />
        </div>
      )}
      {isRunning.value ? <Scenes /> : null}
      <div class="header-tools">
        {session.value === null ? null : (
          <>
            {isRunning.value && canBegin.value ? (
              <button
                type="button"
                class="plain new-button"
                aria-label={t('next.button')}
                title={t('next.button')}
                onClick={() => {
                  newSessionOpen.value = true;
                }}
              >
                <Icon name="plus" />
              </button>
            ) : null}
            <EndButton />
            <ExportMenu />
          </>
        )}
        <button
          type="button"
          class="plain"
          title={t('language.label')}
          onClick={() => switchLanguage(language.value === 'en' ? 'zh-CN' : 'en')}
        >
          <span lang={language.value === 'en' ? 'zh-CN' : 'en'}>{t('language.switch')}</span>
        </button>
        <button
          type="button"
          class="plain theme-button"
          aria-label={`${t('theme.label')}: ${t(`theme.${theme.value}`)}`}
          title={t(`theme.${theme.value}`)}
          onClick={nextTheme}
        >
          <Icon name={theme.value} />
        </button>
        <button
          type="button"
          class="plain"
          aria-label={t('settings.title')}
          title={t('settings.title')}
          onClick={() => {
            settingsOpen.value = true;
          }}
        >
          <Icon name="settings" />
        </button>
        <button
          type="button"
          class="plain"
          aria-label={t('help.open')}
          title={t('help.open')}
          onClick={() => {
            helpOpen.value = true;
          }}
        >
          <Icon name="help" />
        </button>
      </div>
    </header>
  );
}
