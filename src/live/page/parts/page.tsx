import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { CONSENT_STATES } from '../../../model/session.js';
import { VIEWS } from '../address.js';
import { markScene } from '../edits.js';
import { type Intent, intentOf } from '../keys.js';
import { address, canBegin, feed, filtered, go, isRunning, live, openView, rules, server } from '../state.js';
import { t } from '../text/index.js';
import { Answer } from './answer-line.js';
import { Banner } from './banner.js';
import { CategoryDialog, categoryOpen } from './categories.js';
import { Checklist } from './checklist.js';
import { Coverage } from './coverage.js';
import { Detail, ExchangeDetail, revealed } from './detail.js';
import { DevicesDialog, devicesOpen } from './devices.js';
import { FilterLine, focusFilter } from './filter-line.js';
import { FindingList } from './finding-list.js';
import { Header } from './header.js';
import { HelpDialog, helpOpen } from './help.js';
import { Icon } from './icon.js';
import { Matrix } from './matrix.js';
import { NewSessionDialog, newSessionOpen } from './new-session.js';
import { Onboarding } from './onboarding.js';
import { Questions } from './questions.js';
import { Receivers } from './receivers.js';
import { Requests, stepRequest } from './requests.js';
import { Rules } from './rules.js';
import { sceneArmed } from './scenes.js';
import { Sessions } from './sessions.js';
import { SettingsDialog, settingsOpen } from './settings.js';
import { SideBoard } from './side-board.js';
import { Summary } from './summary.js';
import { Tabs } from './tabs.js';
import { Timeline } from './timeline.js';

let disarm = 0;

function act(intent: Intent, event: KeyboardEvent): void {
  const rows = filtered.value;
  const { finding, view, exchange } = address.value;
  switch (intent.do) {
    case 'move': {
      if (view === 'requests') {
        stepRequest(intent.by);
        break;
      }
      if (view !== 'findings') return;
      const at = rows.findIndex(({ id }) => id === finding);
      const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + intent.by))];
      if (next !== undefined) go({ finding: next.id });
      break;
    }
    case 'open': {
      // On a button or link Enter is that one's; the list itself may have the focus.
      const free = document.activeElement === document.body || document.activeElement?.matches('#list, .window') === true;
      if (!free) return;
      if (view === 'requests' && exchange === null) stepRequest(1);
      else if (view === 'findings' && finding === null && rows[0] !== undefined) go({ finding: rows[0].id }, true);
      else return;
      break;
    }
    case 'back':
      if (helpOpen.value || categoryOpen.value || settingsOpen.value || newSessionOpen.value || devicesOpen.value) {
        devicesOpen.value = false;
        helpOpen.value = false;
        newSessionOpen.value = false;
        settingsOpen.value = false;
        categoryOpen.value = false;
      } else if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur();
      else if (finding !== null || exchange !== null) go({ finding: null, exchange: null }, true);
      else if (address.value.rule !== null) go({ rule: null }, true);
      else return;
      break;
    case 'filter':
      // At once where the field is there: the next letters are typed before a timer would fire.
      if (focusFilter()) break;
      openView('findings');
      window.setTimeout(focusFilter, 50);
      break;
    case 'help':
      helpOpen.value = true;
      break;
    case 'new':
      if (!canBegin.value) return;
      newSessionOpen.value = true;
      break;
    case 'scene':
      if (!isRunning.value) return;
      sceneArmed.value = true;
      window.clearTimeout(disarm);
      disarm = window.setTimeout(() => {
        sceneArmed.value = false;
      }, 4_000);
      document.querySelector<HTMLElement>('.scenes button')?.focus();
      break;
    case 'mark': {
      const consent = CONSENT_STATES[intent.index];
      sceneArmed.value = false;
      if (consent === undefined) return;
      void markScene(t(`scene.${consent}`), consent);
      break;
    }
    case 'view': {
      const next = VIEWS[intent.index];
      if (next === undefined) return;
      openView(next);
      break;
    }
    case 'reveal':
      if (event.repeat) return;
      revealed.value = true;
      break;
  }
  event.preventDefault();
}

function useKeyboard(): void {
  useEffect(() => {
    const down = (event: KeyboardEvent) => {
      // Enter and Escape of an input method choose or drop what it offers; they mean nothing to the page.
      if (event.isComposing) return;
      const focus = event.target instanceof HTMLElement ? event.target : null;
      const typing = focus !== null && (focus.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(focus.tagName));
      const modified = event.ctrlKey || event.metaKey || event.altKey;
      const intent = intentOf({ key: event.key, modified, typing, afterScene: sceneArmed.value });
      if (intent !== null) act(intent, event);
    };
    const up = (event: KeyboardEvent) => {
      if (event.key === 'm') revealed.value = false;
    };
    const away = () => {
      revealed.value = false;
    };
    window.addEventListener('keydown', down);
    window.addEventListener('keyup', up);
    window.addEventListener('blur', away);
    return () => {
      window.removeEventListener('keydown', down);
      window.removeEventListener('keyup', up);
      window.removeEventListener('blur', away);
    };
  }, []);
}

function View(): JSX.Element {
  const { view, finding, exchange } = address.value;
  const quiet = live.value === null || (live.value.counters.exchanges === 0 && isRunning.value);
  if (view === 'sessions') return <Sessions />;
  if (view === 'rules') return <Rules />;
  if (view === 'checklist' && live.value !== null) return <Checklist />;
  // Refused connections are no requests: their causes must not hide behind "waiting for the first request".
  if (view === 'coverage' && live.value !== null) return <Coverage />;
  if (quiet) return <Onboarding />;
  if (view === 'receivers') return <Receivers />;
  if (view === 'matrix') return <Matrix />;
  if (view === 'timeline') return <Timeline />;
  if (view === 'requests')
    return (
      <div class={`split ${exchange === null ? '' : 'split-open'}`}>
        <Requests />
        {exchange === null ? null : <ExchangeDetail seq={exchange} />}
      </div>
    );
  return (
    <div class={`split ${finding === null ? 'split-board' : 'split-open'}`}>
      <FindingList compact={finding !== null} />
      {finding === null ? <SideBoard /> : <Detail id={finding} />}
    </div>
  );
}

export function Page(): JSX.Element {
  useKeyboard();
  if (feed.value === 'refused')
    return (
      <main class="refused">
        <Icon name="lock" />
        <h1>{t('banner.token')}</h1>
        <p>{t('banner.tokenNext')}</p>
      </main>
    );
  if (server.value === null || rules.value === null)
    return (
      <main class="refused">
        <Banner />
        <p>{t('loading')}</p>
      </main>
    );
  return (
    <>
      <a class="skip" href="#list">
        {t('skip')}
      </a>
      <Header />
      <Banner />
      <Questions />
      {live.value === null ? null : <Answer />}
      {live.value === null ? null : <Summary />}
      <div class="bar">
        <Tabs />
        <FilterLine />
      </div>
      <main id="list" tabIndex={-1} data-view={address.value.view}>
        <View />
      </main>
      <NewSessionDialog />
      <DevicesDialog />
      <CategoryDialog />
      <HelpDialog />
      <SettingsDialog />
    </>
  );
}
