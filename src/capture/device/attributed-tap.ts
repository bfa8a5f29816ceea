/**
 * Puts the app on a connection before anything of it is analysed. Only the copy waits: bytes between phone and origin have gone
 * long before. What waits is bounded in time by the question itself and in bytes here; past either the events go on without it.
 */
import { CaptureError } from '../../errors.js';
import { limits } from '../../limits.js';
import type { Client, PhoneApp } from '../../model/exchange.js';
import type { TapEvent } from '../../model/tap.js';

type Forward = (event: TapEvent) => void;

interface Waiting {
  readonly events: TapEvent[];
  /** Over once its app is known, or nobody knows it. */
  named: Promise<void>;
  bytes: number;
}

export interface AttributedTapOptions {
  readonly forward: Forward;
  /** The app that opened the connection, or null where nobody knows. Its failure counts as null and is reported once. */
  readonly appOf: (client: Client) => Promise<PhoneApp | null>;
  readonly onProblem: (error: unknown) => void;
}

export interface AttributedTap {
  readonly tap: Forward;
  /**
   * The session ends, and what was sent in it belongs into it: waits for the names of what came so far, at most `limits.adbLastMs`, and lets go
   * of what has none by then.
   */
  settle(): Promise<void>;
}

/** A tap in front of another. Order within a connection is kept. */
export function attributedTap({ forward, appOf, onProblem }: AttributedTapOptions): AttributedTap {
  const waiting = new Map<string, Waiting>();
  let total = 0;
  let told = false;
  let crowded = false;

  const release = (connection: string, app: PhoneApp | null): void => {
    const held = waiting.get(connection);
    if (held === undefined) return;
    waiting.delete(connection);
    total -= held.bytes;
    for (const event of held.events)
      forward(event.type === 'open' && app !== null ? { ...event, client: { ...event.client, app } } : event);
  };

  const ask = async (connection: string, client: Client): Promise<void> => {
    let app: PhoneApp | null = null;
    try {
      app = await appOf(client);
    } catch (error) {
      // A phone that was unplugged fails for every connection; once is enough to know.
      if (!told) onProblem(error);
      told = true;
    }
    release(connection, app);
  };

  const settle = async (): Promise<void> => {
    const due = [...waiting];
    if (due.length === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, limits.adbLastMs);
    });
    await Promise.race([patience, Promise.all(due.map(([, { named }]) => named))]);
    clearTimeout(timer);
    for (const [connection] of due) release(connection, null);
  };

  /** Only the one that holds most goes on: what another app uploads must not cost all the others their names. */
  const releaseLargest = (): void => {
    const [largest] = [...waiting].sort(([, a], [, b]) => b.bytes - a.bytes);
    if (largest !== undefined) release(largest[0], null);
    if (crowded) return;
    crowded = true;
    onProblem(
      new CaptureError('OVR_ADB_LIMIT', `more than ${limits.adbHeld} bytes wait for the phone to name their app (adbHeld)`, {
        next: 'The phone answers slowly. What could not wait counts for the app under test; see whether it is its own, or plug the phone in anew.',
      }),
    );
  };

  const tap: Forward = (event) => {
    if (event.type === 'open') {
      const held: Waiting = { events: [event], named: Promise.resolve(), bytes: 0 };
      waiting.set(event.connection, held);
      held.named = ask(event.connection, event.client);
      return;
    }
    const held = waiting.get(event.connection);
    if (held === undefined) {
      forward(event);
      return;
    }
    held.events.push(event);
    if (event.type !== 'bytes') return;
    held.bytes += event.bytes.length;
    total += event.bytes.length;
    if (total > limits.adbHeld) releaseLargest();
  };
  return { tap, settle };
}
