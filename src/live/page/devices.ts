import { computed, effect, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Device } from '../devices.js';
import { visible } from './format.js';
import { net, Refusal, sessionPath } from './net.js';
import { feed, isRunning, problem, session } from './state.js';

/** Between two questions, while somebody looks and the session runs. */
const EVERY_MS = 2_000;

/** The phones of the session that is shown; null: not asked yet. */
const answer = signal<{ readonly session: string; readonly devices: readonly Device[] } | null>(null);
const devices = computed(() => (answer.value?.session === session.value?.id ? (answer.value?.devices ?? null) : null));

const watchers = signal(0);
let timer = 0;

async function ask(id: string): Promise<void> {
  try {
    const { devices: list } = await net.get<{ devices: readonly Device[] }>(sessionPath(id, 'devices'));
    // An answer that comes late must not displace that of the session shown by now.
    if (session.value?.id === id) answer.value = { session: id, devices: list };
  } catch (error) {
    // Without a connection the banner says so already.
    if (feed.value === 'up' && error instanceof Refusal) problem.value = error;
  }
}

effect(() => {
  const id = session.value?.id ?? null;
  const watched = watchers.value > 0;
  const again = isRunning.value && feed.value === 'up';
  // A label that was given shows at once.
  session.value?.subject.devices;
  window.clearInterval(timer);
  if (id === null || !watched) return;
  void ask(id);
  if (!again) return;
  timer = window.setInterval(() => {
    if (!document.hidden) void ask(id);
  }, EVERY_MS);
});

/** Keeps the list fresh for as long as the part is on the page. */
export function useDevices(): readonly Device[] | null {
  useEffect(() => {
    watchers.value += 1;
    return () => {
      watchers.value -= 1;
    };
  }, []);
  return devices.value;
}

/** What people call a device: its label, else what it said it is, else its address. */
export function deviceName({ label, known, address }: Pick<Device, 'label' | 'known' | 'address'>): string {
  return visible(label ?? known ?? address);
}

/** Label of the device that the request list calls by this name; null: none was given. */
export function labelOf(name: string): string | null {
  const address = devices.value?.find(({ names }) => names.includes(name))?.address ?? name;
  return session.value?.subject.devices?.find((one) => one.address === address)?.label ?? null;
}
