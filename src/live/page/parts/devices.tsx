import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Device } from '../../devices.js';
import { deviceName, useDevices } from '../devices.js';
import { canNote, labelDevice } from '../edits.js';
import { termsIn, termText, toggled } from '../filter.js';
import { clock, moment, visible, whole } from '../format.js';
import { address, go, isRunning, server } from '../state.js';
import { type TextKey, t } from '../text/index.js';
import { ConnectSteps } from './connect-steps.js';
import { Dialog } from './dialog.js';
import { Icon } from './icon.js';

export const devicesOpen = signal(false);

/** On the board; the dialog has them all. */
const SHOWN = 4;

function close(): void {
  devicesOpen.value = false;
}

function openDevices(): void {
  devicesOpen.value = true;
}

interface Light {
  readonly id: 'reached' | 'proxy' | 'installed' | 'trusted';
  readonly state: 'on' | 'waiting' | 'problem' | 'off';
}

/** As on the onboarding page (`capture/onboarding/lights`): only what was seen turns a light on. */
function lightsOf({ lights, hosts }: Device): readonly Light[] {
  return [
    { id: 'reached', state: 'on' },
    { id: 'proxy', state: lights.proxySet ? 'on' : 'off' },
    { id: 'installed', state: lights.trusted ? 'on' : lights.downloaded ? 'waiting' : 'off' },
    { id: 'trusted', state: lights.trusted ? 'on' : hosts.refused > 0 ? 'problem' : 'off' },
  ];
}

/** The one thing to know about a phone: what is missing, or that all is well. */
function standing({ lights, hosts }: Device): { readonly words: string; readonly good: boolean } {
  if (!lights.proxySet) return { words: t('device.noProxy'), good: false };
  // A browser that trusts the certificate says nothing of an app that does not.
  const closed = hosts.refused + hosts.pinned + hosts.passedThrough;
  if (lights.trusted && closed > 0) return { words: t('device.partly', { n: whole(closed) }), good: true };
  if (lights.trusted) return { words: t('device.good'), good: true };
  return { words: t(hosts.refused > 0 ? 'device.notTrusted' : 'device.nothingRead'), good: false };
}

function Lights({ device }: { readonly device: Device }): JSX.Element {
  return (
    <ul class="lights" aria-label={t('device.lights')}>
      {lightsOf(device).map(({ id, state }) => (
        <li key={id}>
          <span class={`light ${state === 'on' ? 'light-on' : state === 'problem' ? 'light-bad' : ''}`} aria-hidden="true" />
          {t(`device.light.${id}`)}
          <span class="hidden">: {t(`device.state.${state}`)}</span>
        </li>
      ))}
    </ul>
  );
}

/** The filter terms that stand for a device: one for each name the request list has for it. */
function termsOf({ names, address: at }: Device): readonly string[] {
  return (names.length === 0 ? [at] : names).map((name) => termText('device', name));
}

function FilterButton({ device }: { readonly device: Device }): JSX.Element | null {
  if (device.names.length === 0) return null;
  const words = termsIn(address.value.filter);
  const terms = termsOf(device);
  const on = terms.every((term) => words.includes(term));
  return (
    <button
      type="button"
      class="button button-small"
      aria-pressed={on}
      aria-label={t('device.only', { name: deviceName(device) })}
      onClick={() => {
        close();
        const view = address.value.view === 'requests' ? 'requests' : 'findings';
        const rest = terms.filter((term) => words.includes(term) === on);
        go({ view, filter: rest.reduce(toggled, address.value.filter), finding: null, exchange: null }, true);
      }}
    >
      <Icon name="search" />
      {t('device.filter')}
    </button>
  );
}

function LabelField({ device }: { readonly device: Device }): JSX.Element {
  const [editing, setEditing] = useState(false);
  const [text, setText] = useState('');
  const name = deviceName(device);
  if (!canNote.value) return <strong>{name}</strong>;
  if (!editing)
    return (
      <button
        type="button"
        class="device-name"
        aria-label={t('device.rename', { name })}
        title={t('device.rename', { name })}
        onClick={() => {
          setText(device.label ?? '');
          setEditing(true);
        }}
      >
        <strong>{name}</strong>
        <Icon name="pen" />
      </button>
    );
  return (
    <form
      class="device-edit"
      onSubmit={(event) => {
        event.preventDefault();
        setEditing(false);
        if (text.trim() !== (device.label ?? '')) void labelDevice(device.address, text.trim());
      }}
    >
      <input
        class="field"
        type="text"
        maxLength={60}
        aria-label={t('device.rename', { name: device.address })}
        placeholder={t('device.placeholder')}
        value={text}
        ref={(element) => element?.focus()}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.isComposing) return;
          // The dialog around it would close.
          event.preventDefault();
          event.stopPropagation();
          setEditing(false);
        }}
      />
      <button type="submit" class="button button-small">
        {t('device.save')}
      </button>
    </form>
  );
}

function Row({ device }: { readonly device: Device }): JSX.Element {
  const { hosts, exchanges, known, address: at, names, label } = device;
  const { words, good } = standing(device);
  const sameDay = new Date(device.firstSeen).toDateString() === new Date(device.lastSeen).toDateString();
  // What its name does not say already.
  const said = [known, at, ...names].filter(
    (word, index, all) => word !== null && word !== (label ?? known ?? at) && all.indexOf(word) === index,
  );
  const remarks: ReadonlyArray<readonly [TextKey, number]> = [
    ['device.pinned', hosts.pinned],
    ['device.refused', hosts.refused],
    ['device.passed', hosts.passedThrough],
    ['device.http3', hosts.http3],
  ];
  return (
    <li class="card device-row">
      <div class="device-head">
        <LabelField device={device} />
        <span class={`tag ${good ? 'tag-good' : 'tag-bad'}`}>{words}</span>
        <FilterButton device={device} />
      </div>
      {said.length === 0 ? null : <p class="sub">{said.map((word) => visible(word ?? '')).join(' · ')}</p>}
      <Lights device={device} />
      <p class="sub">
        {exchanges === null ? t('device.shared') : t('device.exchanges', { n: whole(exchanges) })} ·{' '}
        {t('device.seen', { first: moment(device.firstSeen), last: sameDay ? clock(device.lastSeen) : moment(device.lastSeen) })}
      </p>
      <ul class="chips">
        {remarks.map(([text, n]) =>
          n === 0 ? null : (
            <li key={text} class="tag">
              {t(text, { n: whole(n) })}
            </li>
          ),
        )}
      </ul>
    </li>
  );
}

/** Every phone that sent something or opened the onboarding page. */
export function DeviceRows(): JSX.Element | null {
  const list = useDevices();
  if (list === null || list.length === 0) return null;
  return (
    <ul class="device-list">
      {list.map((device) => (
        <Row key={device.address} device={device} />
      ))}
    </ul>
  );
}

function Contents(): JSX.Element {
  const list = useDevices();
  const none = list !== null && list.length === 0;
  const way = isRunning.value ? (server.value?.onboarding ?? null) : null;
  return (
    <>
      <p class="dialog-lead">{t(!none ? 'device.lead' : way === null ? 'device.noneEver' : 'device.none')}</p>
      <DeviceRows />
      {way === null ? null : (
        <>
          {none ? null : <h3>{t('device.another')}</h3>}
          <ConnectSteps way={way} />
        </>
      )}
    </>
  );
}

export function DevicesDialog(): JSX.Element {
  return (
    <Dialog title={t('device.title')} open={devicesOpen.value} onClose={close}>
      <Contents />
    </Dialog>
  );
}

/** In the header: how many phones there are, and the way to their list and to the QR code for one more. */
export function DevicesButton(): JSX.Element {
  const count = useDevices()?.length ?? 0;
  return (
    <button type="button" class="link devices-button" onClick={openDevices}>
      <Icon name="phone" />
      {count === 0 ? t('device.connect') : t('device.count', { n: whole(count) })}
    </button>
  );
}

/** Beside the list of findings. */
export function DeviceCard(): JSX.Element {
  const known = useDevices();
  const list = known ?? [];
  return (
    <section class="card">
      <header class="card-head">
        <h2>{t('device.title')}</h2>
        <button type="button" class="link" onClick={openDevices}>
          {known === null ? '…' : whole(list.length)} <Icon name="arrow" />
        </button>
      </header>
      <ul class="device-short">
        {list.slice(0, SHOWN).map((device) => {
          const { words, good } = standing(device);
          return (
            <li key={device.address}>
              <span class={`light ${good ? 'light-on' : 'light-bad'}`} aria-hidden="true" />
              <span class="device-words">
                <span class="host">{deviceName(device)}</span>
                <span class="sub">
                  {words}
                  {device.exchanges === null ? '' : ` · ${t('device.exchanges', { n: whole(device.exchanges) })}`}
                </span>
              </span>
              <FilterButton device={device} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
