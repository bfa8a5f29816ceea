import { type AdbPhone, type AdbRun, adbProgram, connectedPhones, PhoneApps } from '../capture/device/adb.js';
import { CaptureError, type OverreachError, UsageError } from '../errors.js';
import type { Client, Peer, PhoneApp } from '../model/exchange.js';
import { isLoopback } from './loopback.js';

/** The `adb` that is used: `ADB` names another than the one on the search path. */
function adbOf(env: NodeJS.ProcessEnv): AdbRun {
  return adbProgram(env.ADB ?? 'adb');
}

/**
 * The phone on USB.
 * @param wanted its serial, where several are connected.
 * @throws UsageError `OVR_ADB_PHONE`, CaptureError `OVR_ADB_MISSING`, `OVR_ADB`
 */
export async function openPhone(
  env: NodeJS.ProcessEnv,
  wanted: string | undefined,
): Promise<{ readonly adb: AdbRun; readonly serial: string; readonly model: string | null }> {
  const adb = adbOf(env);
  const { serial, model } = choosePhone(await connectedPhones(adb), wanted);
  return { adb, serial, model };
}

/** Asks the phone which app a connection of it belongs to; `proxyPort` is where the phone connects to. */
export interface ConnectedApps {
  /** What the phone is; null: adb does not say. */
  readonly model: string | null;
  /** A connection was opened; the answer is wanted later. */
  opened(peer: Peer, proxyPort: number): void;
  appOf(client: Client, proxyPort: number): Promise<PhoneApp | null>;
}

/** What the tester named as the app under test, and the phone it is on. */
export interface WantedPhone {
  /** Serial, where several phones are connected. */
  readonly serial: string | undefined;
  /** Must be installed on it; null: nobody named one. */
  readonly package: string | null;
  /** Told once of a way to the proxy on which the phone's ports cannot be seen. */
  readonly onProblem: (problem: OverreachError) => void;
}

/**
 * @throws as {@link openPhone}, and UsageError `OVR_ADB_PACKAGE` where the app under test is not on the phone: none of its traffic would
 * be taken for its own.
 */
export async function phoneApps(env: NodeJS.ProcessEnv, wanted: WantedPhone): Promise<ConnectedApps> {
  const { adb, serial, model } = await openPhone(env, wanted.serial);
  if (wanted.package !== null && !(await new PhoneApps(adb, serial, 0).has(wanted.package)))
    throw new UsageError('OVR_ADB_PACKAGE', `There is no package "${wanted.package}" on the phone ${serial}.`, {
      next: 'Install the app, or correct --package; "adb shell pm list packages" lists them all.',
    });
  let apps: PhoneApps | null = null;
  let told = false;
  const appsAt = (proxyPort: number): PhoneApps => {
    apps ??= new PhoneApps(adb, serial, proxyPort);
    return apps;
  };
  return {
    model: model?.replaceAll('_', ' ') ?? null,
    opened: (peer, proxyPort) => appsAt(proxyPort).opened(peer),
    async appOf(client, proxyPort) {
      const app = await appsAt(proxyPort).appAt(client);
      if (app === null && !told && isLoopback(client.address)) {
        told = true;
        wanted.onProblem(
          new CaptureError(
            'OVR_ADB_REVERSE',
            'This phone comes by "adb reverse" or an emulator, which hides its ports: its apps cannot be told.',
            {
              next: 'Set the proxy to an address of this machine in the Wi-Fi settings. Until then everything counts for the app under test.',
            },
          ),
        );
      }
      return app;
    },
  };
}

/** @throws UsageError `OVR_ADB_PHONE` where none is usable, or several are and none was named. */
function choosePhone(phones: readonly AdbPhone[], wanted: string | undefined): AdbPhone {
  const usable = phones.filter(({ serial, state }) => state === 'device' && (wanted === undefined || serial === wanted));
  const [first, ...others] = usable;
  if (first !== undefined && others.length === 0) return first;
  const seen = phones.map(({ serial, state }) => `${serial} (${state})`).join(', ');
  throw new UsageError(
    'OVR_ADB_PHONE',
    first === undefined ? `No usable phone is connected${seen ? `: ${seen}` : ''}.` : `Several phones are connected: ${seen}.`,
    {
      next:
        first === undefined
          ? 'Connect it by USB, unlock it and allow USB debugging; "overreach doctor" looks again.'
          : 'Name one: "start --adb SERIAL", "persona from-adb --serial SERIAL".',
    },
  );
}
