import { OverreachError } from '../errors.js';
import { limits } from '../limits.js';
import { seenIn } from '../live/index.js';
import type { SeenDevice, Session } from '../model/session.js';

export interface DeviceNotes {
  /** Notes every phone of the running session as it is now; to be called before the session ends. */
  note(): void;
  close(): void;
}

interface Sources {
  session(): Session;
  /** All that the proxy has seen since the program began. */
  devices(): readonly SeenDevice[];
  keep(session: string, device: SeenDevice): void;
  /** Told once of a disk that refuses, until it takes a note again. */
  onProblem(error: unknown): void;
}

/**
 * Keeps with the session that runs what only this process knows of its phones (model, which light is on), so that it is still known
 * when the program is not. Looks every `limits.deviceNoteMs` and writes what changed: a kill loses at most this, and the time of the
 * last sign of life.
 */
export function deviceNotes({ session, devices, keep, onProblem }: Sources): DeviceNotes {
  const noted = new Map<string, string>();
  let of = '';
  let refused = false;
  const look = (again: boolean): void => {
    const current = session();
    if (current.status !== 'running') return;
    if (of !== current.id) noted.clear();
    of = current.id;
    try {
      for (const device of seenIn(current, devices())) {
        const what = JSON.stringify([device.known, device.lights]);
        if (!again && noted.get(device.address) === what) continue;
        keep(current.id, device);
        noted.set(device.address, what);
      }
      refused = false;
    } catch (error) {
      if (!(error instanceof OverreachError)) throw error;
      // A look waits for nobody, and the next one comes soon; whether somebody else holds the database for long the thread that writes tells.
      if (error.code === 'OVR_STORE_BUSY' && !again) return;
      if (!refused) onProblem(error);
      refused = true;
    }
  };
  const timer = setInterval(() => look(false), limits.deviceNoteMs).unref();
  return { note: () => look(true), close: () => clearInterval(timer) };
}
