import { UsageError } from '../errors.js';
import { createJudge } from '../judge/judge.js';
import type { ExchangeRow } from '../model/audit.js';
import type { Occurrence } from '../model/finding.js';
import type { AuditRecord, HostTraffic } from '../model/report.js';
import type { Rulebook } from '../model/rulebook.js';
import type { Scene } from '../model/session.js';

/**
 * The scenes a word stands for: an id, a name, or a consent state (`before_consent`), which may be that of several scenes.
 * @throws UsageError `OVR_SCENE` naming those that there are.
 */
export function findScenes(scenes: readonly Scene[], word: string): readonly Scene[] {
  const found = scenes.filter((scene) => [scene.id, scene.name, scene.consent].includes(word));
  if (found.length > 0) return found;
  const names = scenes.map((scene) => `${scene.name} (${scene.id}, ${scene.consent})`);
  throw new UsageError('OVR_SCENE', `The session has no scene "${word}".`, {
    next: names.length === 0 ? 'No scene was marked in it.' : `Use one of: ${names.join(', ')}.`,
  });
}

/**
 * What the record would be if the session had had these scenes only: the evidence in them, judged again, and their traffic. Connections
 * stay those of the session: what could not be looked into has no scene.
 * @param rulebook the rules of today, which the result names. @param rows the whole request list.
 */
export function ofScenes(record: AuditRecord, rulebook: Rulebook, scenes: readonly Scene[], rows: Iterable<ExchangeRow>): AuditRecord {
  const { session, traffic } = record;
  const ids = new Set(scenes.map(({ id }) => id));
  const all = record.findings.flatMap(({ id }) => record.occurrencesOf(id));
  const responses = all.some(({ direction }) => direction === 'response');
  // Where an address is registered was found out at the time; the table it came from is not stored.
  const known = new Map(record.findings.map(({ party }) => [party.host, party.country]));
  const asOf = record.findings.find(({ party }) => party.country !== null)?.party.countryAsOf ?? null;
  const settings = { responses, countries: { asOf, countryOf: (host: string) => known.get(host) ?? null } };
  const judge = createJudge({ rulebook, subject: session.subject, scenes: session.scenes, settings });
  const byFinding = new Map<string, Occurrence[]>();
  for (const occurrence of all
    .filter(({ scene }) => scene !== null && ids.has(scene))
    .sort((a, b) => a.at - b.at || a.exchange - b.exchange)) {
    const id = judge.add(occurrence);
    const list = byFinding.get(id);
    if (list === undefined) byFinding.set(id, [occurrence]);
    else list.push(occurrence);
  }
  const findings = judge.findings();
  const hosts = new Map<string, HostTraffic>();
  for (const { scene, host, bytesUp, bytesDown } of rows) {
    if (scene === null || !ids.has(scene)) continue;
    const before = hosts.get(host) ?? { host, exchanges: 0, bytesUp: 0, bytesDown: 0 };
    hosts.set(host, { host, exchanges: before.exchanges + 1, bytesUp: before.bytesUp + bytesUp, bytesDown: before.bytesDown + bytesDown });
  }
  const list = [...hosts.values()].sort((a, b) => (a.host < b.host ? -1 : 1));
  const sum = (of: (host: HostTraffic) => number) => list.reduce((total, host) => total + of(host), 0);
  const name = scenes.map((scene) => scene.name).join(' + ');
  return {
    ...record,
    rulebook,
    pack: rulebook.pack,
    session: {
      ...session,
      subject: { ...session.subject, app: [session.subject.app ?? '', name].filter((part) => part !== '').join(' · ') },
    },
    findings,
    occurrencesOf: (id) => byFinding.get(id) ?? [],
    traffic: {
      ...traffic,
      hosts: list,
      exchanges: sum((host) => host.exchanges),
      bytesUp: sum((host) => host.bytesUp),
      bytesDown: sum((host) => host.bytesDown),
      hiddenCandidates: findings.filter(({ grade }) => grade === 'candidate').length,
    },
  };
}
