/**
 * Puts the app's name on a connection before anything of it is analysed. Only the copy waits: bytes between phone and origin have gone
 * long before. What waits is bounded in time by the question itself and in bytes here; past either the events go on without a name.
 */
import { limits } from '../../limits.js';
import type { Client } from '../../model/exchange.js';
import type { TapEvent } from '../../model/tap.js';

type Forward = (event: TapEvent, transfer?: ArrayBuffer[]) => void;

interface Waiting {
  readonly events: Array<readonly [event: TapEvent, transfer: ArrayBuffer[] | undefined]>;
  bytes: number;
}

export interface LabelledTapOptions {
  readonly forward: Forward;
  /** The label for `Client.user`, or null where nobody knows. Its failure counts as null and is reported once. */
  readonly labelOf: (client: Client) => Promise<string | null>;
  readonly onProblem: (error: unknown) => void;
}

export interface LabelledTap {
  readonly tap: Forward;
  /** Lets go of what still waits, without names: the session ends. */
  releaseAll(): void;
}

/**
 * A tap in front of another. Order within a connection is kept; a connection that names its own user (SOCKS, proxy credentials) is
 * not asked about.
 */
export function labelledTap({ forward, labelOf, onProblem }: LabelledTapOptions): LabelledTap {
  const waiting = new Map<string, Waiting>();
  let total = 0;
  let told = false;

  const release = (connection: string, label: string | null): void => {
    const held = waiting.get(connection);
    if (held === undefined) return;
    waiting.delete(connection);
    total -= held.bytes;
    for (const [event, transfer] of held.events)
      forward(event.type === 'open' && label !== null ? { ...event, client: { ...event.client, user: label } } : event, transfer);
  };

  const ask = async (connection: string, client: Client): Promise<void> => {
    let label: string | null = null;
    try {
      label = await labelOf(client);
    } catch (error) {
      // A phone that was unplugged fails for every connection; once is enough to know.
      if (!told) onProblem(error);
      told = true;
    }
    release(connection, label);
  };

  const releaseAll = (): void => {
    for (const connection of [...waiting.keys()]) release(connection, null);
  };

  const tap: Forward = (event, transfer) => {
    if (event.type === 'open' && event.client.user === null) {
      waiting.set(event.connection, { events: [[event, transfer]], bytes: 0 });
      void ask(event.connection, event.client);
      return;
    }
    const held = waiting.get(event.connection);
    if (held === undefined) {
      forward(event, transfer);
      return;
    }
    held.events.push([event, transfer]);
    if (event.type !== 'bytes') return;
    held.bytes += event.bytes.length;
    total += event.bytes.length;
    if (total > limits.adbHeld) releaseAll();
  };
  return { tap, releaseAll };
}
