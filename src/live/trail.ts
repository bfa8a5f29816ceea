import { limits } from '../limits.js';
import type { Finding, Occurrence } from '../model/finding.js';
import type { LiveStore } from './store-port.js';
import { listedUrl } from './view/listed-url.js';

/** Where a finding last stood and in which scenes it was seen; what a line of the list needs beside the finding itself. */
export interface Trail {
  readonly exchange: number;
  readonly method: string;
  /** Without query values. */
  readonly url: string;
  readonly path: string;
  readonly direction: 'request' | 'response';
  readonly secure: boolean;
  readonly scene: string | null;
  /** Ids of all scenes seen. */
  readonly scenes: readonly string[];
  readonly masked: string;
  /** Addresses of the devices that sent it. */
  readonly devices: readonly string[];
  /** What the servers answered; null: nothing (yet). */
  readonly statuses: readonly (number | null)[];
}

export interface FindingRow extends Finding {
  readonly trail: Trail | null;
}

interface Known {
  read: number;
  trail: Trail | null;
  readonly scenes: Set<string>;
  readonly devices: Set<string>;
  readonly statuses: Set<number>;
  /** Exchanges without an answer so far. */
  awaited: readonly number[];
  /** Some were given up. */
  unanswered: boolean;
}

/**
 * Follows the findings of one session. Occurrences are only appended, so each update reads just what is new; after a jump of more
 * than `limits.viewOccurrences` the middle is skipped and only the newest are read.
 */
export class Trails {
  readonly #store: LiveStore;
  readonly #session: string;
  readonly #known = new Map<string, Known>();

  constructor(store: LiveStore, session: string) {
    this.#store = store;
    this.#session = session;
  }

  row(finding: Finding): FindingRow {
    let known = this.#known.get(finding.id);
    // Fewer than were read: it was judged anew and lost evidence to another finding.
    if (known === undefined || known.read > finding.count) {
      known = { read: 0, trail: null, scenes: new Set(), devices: new Set(), statuses: new Set(), awaited: [], unanswered: false };
      this.#known.set(finding.id, known);
    }
    if (known.read < finding.count || known.trail === null) this.#follow(finding, known);
    return { ...finding, trail: known.trail };
  }

  #follow(finding: Finding, known: Known): void {
    const offset = Math.max(known.read, finding.count - limits.viewOccurrences);
    const page = (from: number) => this.#store.occurrences(this.#session, finding.id, { offset: from, limit: limits.viewOccurrences });
    // A store that keeps fewer occurrences than were counted has nothing there; its first ones are better than none.
    const newest = page(offset);
    const fresh = newest.length === 0 && known.trail === null ? page(0) : newest;
    for (const { scene } of fresh) if (scene !== null) known.scenes.add(scene);
    const last = fresh.at(-1);
    known.read = Math.max(known.read, Math.min(finding.count, offset + fresh.length));
    if (last === undefined) return;
    this.#trace(known, fresh);
    known.trail = trailOf(last, known);
  }

  #trace(known: Known, fresh: readonly Occurrence[]): void {
    const seqs = new Set([...known.awaited, ...fresh.map(({ exchange }) => exchange)]);
    const awaited: number[] = [];
    for (const { seq, client, status } of this.#store.traces(this.#session, [...seqs])) {
      if (client !== null) known.devices.add(client);
      if (status === null) awaited.push(seq);
      else known.statuses.add(status);
    }
    if (awaited.length > limits.viewAwaited) known.unanswered = true;
    known.awaited = awaited.slice(-limits.viewAwaited);
  }
}

function trailOf(last: Occurrence, { scenes, devices, statuses, awaited, unanswered }: Known): Trail {
  return {
    exchange: last.exchange,
    method: last.method,
    url: listedUrl(last.url),
    path: last.path,
    direction: last.direction,
    secure: last.secure,
    scene: last.scene,
    scenes: [...scenes],
    masked: last.masked,
    devices: [...devices],
    statuses: [...statuses, ...(unanswered || awaited.length > 0 ? [null] : [])],
  };
}
