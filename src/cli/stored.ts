import { userInfo } from 'node:os';
import { stepWords } from '../decode/index.js';
import { StoreError, UsageError } from '../errors.js';
import { createPartyResolver } from '../judge/party.js';
import { limits } from '../limits.js';
import type { ExchangeRow, RowQuery } from '../model/audit.js';
import type { AuditRecord, HostTraffic } from '../model/report.js';
import type { Rulebook } from '../model/rulebook.js';
import type { Session } from '../model/session.js';
import { openStore, type Store } from '../store/index.js';
import type { Cli, CommonFlags } from './cli.js';
import { openRulebook, settingsOf } from './cli.js';
import { TOOL } from './place.js';

/**
 * Opens the store for reading. One that an older version wrote is brought up to date first, and a session whose process was killed is
 * marked as interrupted: it must not be listed, or reported, as one that still runs.
 */
export function openForReading(dir: string): Store {
  const store = openCurrent(dir);
  if (!store.orphaned()) return store;
  try {
    const writing = openStore({ dir });
    writing.markInterrupted();
    writing.close();
  } catch (error) {
    // A copy that may only be read is read as it is.
    if (error instanceof StoreError && error.code === 'OVR_STORE_READ_ONLY') return store;
    store.close();
    throw error;
  }
  store.close();
  return openCurrent(dir);
}

function openCurrent(dir: string): Store {
  try {
    return openStore({ dir, readOnly: true });
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'OVR_STORE_OLDER') throw error;
    openStore({ dir }).close();
    return openStore({ dir, readOnly: true });
  }
}

/** Opens the store for reading, hands it over, and closes it whatever happens. */
export function withStore<T>(cli: Cli, flags: CommonFlags, use: (store: Store) => T, { write = false } = {}): T {
  const { dataDir } = settingsOf(cli, { ...flags });
  const store = write ? openStore({ dir: dataDir }) : openForReading(dataDir);
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

/**
 * Everything a report is made of, read from the store. It names the rules the session was judged under, which need not be the ones
 * in use now; those only lend their words.
 */
export function recordOf(store: Store, session: Session, rulebook: Rulebook): AuditRecord {
  const judged = store.sessionRow(session.id)?.rules;
  const { refusal } = session.subject;
  const { total, reveals } = store.reveals(session.id);
  return {
    tool: TOOL,
    rulebook: judged === undefined ? rulebook : { ...rulebook, sha256: judged.sha256 },
    pack: judged === undefined ? rulebook.pack : { ...rulebook.pack, id: judged.pack, version: judged.version },
    session,
    findings: store.findings(session.id),
    occurrencesOf: (findingId) => store.occurrences(session.id, findingId),
    connections: store.connections(session.id),
    traffic: store.traffic(session.id),
    partyOf: createPartyResolver(rulebook.parties, session.subject.firstPartyDomains),
    stepWords,
    hostsOf: (app) => hostsOf(store, session.id, app),
    screenshots: store.screenshots(session.id),
    ...(refusal === undefined ? {} : { refusal }),
    ...(reveals[0] === undefined ? {} : { reveals: { count: total, lastAt: reveals[0].at } }),
  };
}

/**
 * Notes in the session that its values are about to leave the store unmasked. Before they do: where nothing can be noted, nothing is
 * shown.
 * @param through the command and flag.
 */
export function noteReveal(cli: Cli, flags: CommonFlags, sessionId: string, through: string): void {
  const reveal = { at: Date.now(), who: `${through} ${userName()}`, exchange: null, finding: null, dataTypes: [] };
  withStore(cli, flags, (store) => store.keepReveal(sessionId, reveal), { write: true });
}

/** A user without an entry in the password file (containers) has a number only. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? '?'}`;
  }
}

/** Lines of the request list, oldest first, a page at a time. */
export function* rowsOf(store: Pick<Store, 'exchangeRows'>, sessionId: string, query: Pick<RowQuery, 'app'> = {}): Iterable<ExchangeRow> {
  for (let offset = 0; ; offset += limits.pageRows) {
    const { rows } = store.exchangeRows(sessionId, { ...query, offset, limit: limits.pageRows, order: 'oldest' });
    yield* rows;
    if (rows.length < limits.pageRows) return;
  }
}

function hostsOf(store: Store, sessionId: string, app: string): HostTraffic[] {
  const hosts = new Map<string, HostTraffic>();
  for (const { host, bytesUp, bytesDown } of rowsOf(store, sessionId, { app })) {
    const before = hosts.get(host) ?? { host, exchanges: 0, bytesUp: 0, bytesDown: 0 };
    hosts.set(host, {
      host,
      exchanges: before.exchanges + 1,
      bytesUp: before.bytesUp + bytesUp,
      bytesDown: before.bytesDown + bytesDown,
    });
  }
  return [...hosts.values()].sort((a, b) => (a.host < b.host ? -1 : 1));
}

/** The rules by the flags of a command. @throws as `settingsOf` and `openRulebook` */
export function rulebookOf(cli: Cli, flags: CommonFlags): Rulebook {
  return openRulebook(settingsOf(cli, { ...flags }));
}
