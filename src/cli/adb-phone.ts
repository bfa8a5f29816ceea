import { type AdbPhone, type AdbRun, adbProgram, appLabel, connectedPhones, PhoneApps } from '../capture/device/adb.js';
import { UsageError } from '../errors.js';
import type { Client } from '../model/exchange.js';

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
): Promise<{ readonly adb: AdbRun; readonly serial: string }> {
  const adb = adbOf(env);
  return { adb, serial: choosePhone(await connectedPhones(adb), wanted) };
}

/**
 * Asks the phone which app a connection of it belongs to.
 * @throws as {@link openPhone}
 */
export async function phoneLabels(
  env: NodeJS.ProcessEnv,
  wanted: string | undefined,
): Promise<(client: Client, proxyPort: number) => Promise<string | null>> {
  const { adb, serial } = await openPhone(env, wanted);
  let apps: PhoneApps | null = null;
  return async (client, proxyPort) => {
    apps ??= new PhoneApps(adb, serial, proxyPort);
    const app = await apps.appAt(client);
    return app === null ? null : appLabel(app);
  };
}

/** @throws UsageError `OVR_ADB_PHONE` where none is usable, or several are and none was named. */
function choosePhone(phones: readonly AdbPhone[], wanted: string | undefined): string {
  const usable = phones.filter(({ serial, state }) => state === 'device' && (wanted === undefined || serial === wanted));
  const [first, ...others] = usable;
  if (first !== undefined && others.length === 0) return first.serial;
  const seen = phones.map(({ serial, state }) => `${serial} (${state})`).join(', ');
  throw new UsageError(
    'OVR_ADB_PHONE',
    first === undefined ? `No usable phone is connected${seen ? `: ${seen}` : ''}.` : `Several phones are connected: ${seen}.`,
    {
      next:
        first === undefined
          ? 'Connect it by USB, unlock it and allow USB debugging; "overreach doctor" looks again.'
          : 'Name one with --serial.',
    },
  );
}
