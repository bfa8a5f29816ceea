import { UsageError } from '../errors.js';
import { createPartyResolver } from '../judge/party.js';
import type { AuditRecord } from '../model/report.js';
import type { Rulebook } from '../model/rulebook.js';
import type { Session } from '../model/session.js';
import { openStore, type Store } from '../store/index.js';
import type { Cli, CommonFlags } from './cli.js';
import { openRulebook, settingsOf } from './cli.js';
import { TOOL } from './place.js';

/** Opens the store for reading, hands it over, and closes it whatever happens. */
export function withStore<T>(cli: Cli, flags: CommonFlags, use: (store: Store) => T, { write = false } = {}): T {
  const store = openStore({ dir: settingsOf(cli, { ...flags }).dataDir, readOnly: !write });
  try {
    return use(store);
  } finally {
    store.close();
  }
}

/**
 * A session by id, by the beginning of an id, or `latest`.
 * @throws UsageError when there is none, or more than one.
 */
export function findSession(store: Store, word: string): Session {
  const next = '"overreach sessions list" shows the sessions.';
  const exact = word === 'latest' ? store.latestSession() : store.session(word);
  if (exact !== null) return exact;
  const matching = store.sessions().filter((row) => row.session.id.startsWith(word));
  if (matching.length === 1 && matching[0] !== undefined) return matching[0].session;
  throw new UsageError(
    'OVR_SESSION',
    matching.length === 0 ? `There is no session "${word}".` : `"${word}" fits ${matching.length} sessions.`,
    { next },
  );
}

/** Everything a report is made of, read from the store. */
export function recordOf(store: Store, session: Session, rulebook: Rulebook): AuditRecord {
  return {
    tool: TOOL,
    rulebook,
    pack: rulebook.pack,
    session,
    findings: store.findings(session.id),
    occurrencesOf: (findingId) => store.occurrences(session.id, findingId),
    connections: store.connections(session.id),
    traffic: store.traffic(session.id),
    partyOf: createPartyResolver(rulebook.parties, session.subject.firstPartyDomains),
  };
}

export function rulebookOf(cli: Cli, flags: CommonFlags): Rulebook {
  return openRulebook(settingsOf(cli, { ...flags }));
}
