import type { Connection, Reach } from '../model/session.js';

/** All connections to one host that ended up the same way: what the coverage panel shows as one line. */
export interface ReachGroup {
  readonly host: string;
  readonly reach: Reach;
  /** Another app on the phone whose connections these are; absent: the app under test, or nobody knows. */
  readonly app?: string;
  readonly connections: number;
  readonly bytesUp: number;
  readonly bytesDown: number;
  readonly notAnalysed: number;
  /** Of the newest connection. */
  readonly cause: Connection['cause'];
  readonly at: number;
}

interface Counted {
  readonly key: string;
  readonly bytesUp: number;
  readonly bytesDown: number;
  readonly notAnalysed: number;
}

/** What connections of one group have in common: host, fate, and whose they are. */
export function groupKey({ host, reach, app }: Pick<ReachGroup, 'host' | 'reach' | 'app'>): string {
  return `${reach} ${host} ${app ?? ''}`;
}

/**
 * Connections of one session, grouped. An app opens tens of thousands of them; the page wants to know about its hundred hosts.
 * A connection that is told about again (more bytes, another end) replaces what it counted before.
 */
export class Reaches {
  readonly #groups = new Map<string, ReachGroup>();
  readonly #counted = new Map<string, Counted>();

  constructor(connections: Iterable<Connection>) {
    for (const connection of connections) this.add(connection);
  }

  get groups(): readonly ReachGroup[] {
    return [...this.#groups.values()].filter(({ connections }) => connections > 0);
  }

  /** @returns the groups that changed; one that became empty is among them with 0 connections. */
  add(connection: Connection): readonly ReachGroup[] {
    const key = groupKey(connection);
    const before = this.#counted.get(connection.id);
    const left = before === undefined ? null : this.#less(before);
    const { bytesUp, bytesDown, notAnalysed, host, reach, app, cause, at } = connection;
    this.#counted.set(connection.id, { key, bytesUp, bytesDown, notAnalysed });
    const old = this.#groups.get(key);
    const group: ReachGroup = {
      host,
      reach,
      ...(app === undefined ? {} : { app }),
      connections: (old?.connections ?? 0) + 1,
      bytesUp: (old?.bytesUp ?? 0) + bytesUp,
      bytesDown: (old?.bytesDown ?? 0) + bytesDown,
      notAnalysed: (old?.notAnalysed ?? 0) + notAnalysed,
      cause: cause ?? old?.cause ?? null,
      at: Math.max(at, old?.at ?? 0),
    };
    this.#groups.set(key, group);
    return left === null || before?.key === key ? [group] : [left, group];
  }

  #less({ key, bytesUp, bytesDown, notAnalysed }: Counted): ReachGroup | null {
    const old = this.#groups.get(key);
    if (old === undefined) return null;
    const group = {
      ...old,
      connections: old.connections - 1,
      bytesUp: old.bytesUp - bytesUp,
      bytesDown: old.bytesDown - bytesDown,
      notAnalysed: old.notAnalysed - notAnalysed,
    };
    this.#groups.set(key, group);
    return group;
  }
}
