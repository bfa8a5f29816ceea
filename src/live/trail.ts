import type { Finding, Occurrence } from '../model/finding.js';
import type { Facets, LiveStore } from './store-port.js';
import { listedUrl } from './view/listed-url.js';

/** Where a finding last stood and what it was met with; what a line of the list needs beside the finding itself. */
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

const NONE: Facets = { clients: [], scenes: [], statuses: [] };

/**
 * Findings of one session as lines of the list. Costs two look-ups a finding, however often it was seen: the newest occurrence, and
 * the store's own note of the devices, scenes and answers of all of them.
 */
export function findingRows(store: LiveStore, session: string, findings: readonly Finding[]): FindingRow[] {
  if (findings.length === 0) return [];
  const facets = store.facets(
    session,
    findings.map(({ id }) => id),
  );
  return findings.map((finding) => {
    const last = store.lastOccurrence(session, finding.id);
    return { ...finding, trail: last === null ? null : trailOf(last, facets.get(finding.id) ?? NONE) };
  });
}

function trailOf(last: Occurrence, { clients, scenes, statuses }: Facets): Trail {
  return {
    exchange: last.exchange,
    method: last.method,
    url: listedUrl(last.url),
    path: last.path,
    direction: last.direction,
    secure: last.secure,
    scene: last.scene,
    scenes,
    masked: last.masked,
    devices: clients,
    statuses,
  };
}
