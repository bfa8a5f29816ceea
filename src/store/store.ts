import { StoreError } from '../errors.js';
import { limits } from '../limits.js';
import {
  type DecodedText,
  type Reveal,
  type RowQuery,
  type RunningTraffic,
  SEARCH_DEPTHS,
  type SearchReach,
  type SessionRow,
} from '../model/audit.js';
import type { Exchange } from '../model/exchange.js';
import type { Finding, Occurrence } from '../model/finding.js';
import type { TrafficSoFar } from '../model/report.js';
import type { Connection, Screenshot, SeenDevice, Session } from '../model/session.js';
import { type ClientCount, listClients } from './client-list.js';
import { forceToDisk, openDatabase } from './database.js';
import { keepDevice, listDevices } from './device-list.js';
import { eraseDoomed } from './erasure.js';
import { lastOccurrence, listConnections, listEvidenceOf, listFindings, listOccurrences } from './evidence-list.js';
import { findingsWith, type Listed, listExchanges, readExchange, walkExchanges } from './exchange-list.js';
import { ExplanationReader } from './explanation.js';
import { type Facets, listFacets } from './facet-list.js';
import { type Judgement, keepJudgement, listJudgements } from './judgement-list.js';
import { type KnownValues, keepKnownValues, readKnownValues } from './known-values.js';
import { clearOwner, isAlive, Owner } from './owner.js';
import { build, Query } from './query.js';
import { keepReveal, listReveals } from './reveal-list.js';
import { keepScreenshot, listScreenshots, type NewScreenshot, readScreenshot } from './screenshot-list.js';
import { createSearchTable } from './search.js';
import { deepen } from './search-index.js';
import { type RulesUsed, storedSession, storedSessions, toSession, toSessionRow } from './session-list.js';
import { addSession, changeSession, interruptOrphans, orphansOf } from './session-record.js';
import { readTraffic } from './traffic.js';
import { BatchWriter, type Writer } from './writer.js';

/** What a deletion came to. */
export interface Erasure {
  readonly sessions: number;
  /** False while another process still reads the old state: its remains leave the disk when that process ends. */
  readonly complete: boolean;
}

/** Sessions and everything in them, on disk. Every method throws `StoreError` and nothing else. */
export interface Store {
  /** @throws StoreError `OVR_STORE_DUPLICATE` when there is a session of that id. */
  createSession(session: Session, rules: RulesUsed): void;
  /** Subject, scenes, status, device, end. `rules` after judging under other ones. */
  updateSession(session: Session, rules?: RulesUsed): void;
  session(id: string): Session | null;
  /** Newest first, with counts. @param running is counted already; whoever leaves it out has its rows counted. */
  sessions(running?: RunningTraffic | null): SessionRow[];
  sessionRow(id: string): SessionRow | null;
  latestSession(): Session | null;
  /** Overwrites and removes it, from the write-ahead log, too. @throws StoreError `OVR_STORE_RUNNING` while it is recorded. */
  deleteSession(id: string): Erasure;
  /** Sessions that were stored before `olderThan` (milliseconds since the epoch) and do not run, newest first. */
  due(olderThan: number): Session[];
  /** Deletes those. */
  purge(olderThan: number): Erasure;
  /** Whether a session is marked as running whose process is gone; looking changes nothing. */
  orphaned(): boolean;
  /** Sessions left running by a process that is gone become `interrupted`; their end is the last thing seen. */
  markInterrupted(): number;
  writer(sessionId: string): Writer;
  exchange(sessionId: string, seq: number): Exchange | null;
  /** Whole exchanges in order, for judging again. */
  exchanges(sessionId: string): IterableIterator<Exchange>;
  exchangeRows(sessionId: string, query: RowQuery): Listed;
  findings(sessionId: string): Finding[];
  occurrences(sessionId: string, findingId: string, page?: { readonly offset: number; readonly limit: number }): Occurrence[];
  /** The newest one; null: none is stored. */
  lastOccurrence(sessionId: string, findingId: string): Occurrence | null;
  /** Devices, scenes and answers that the findings were met with, over all their occurrences. */
  facets(sessionId: string, findings?: readonly string[]): ReadonlyMap<string, Facets>;
  /** Ids of the findings with evidence in an exchange whose URL or bodies hold the text; `cut` as in `exchangeRows`. */
  findingsWith(sessionId: string, text: string): { findings: string[]; cut: boolean };
  /** Who sent the exchanges from that number on; `next` is the number to ask from the next time. */
  clients(sessionId: string, from: number): { clients: ClientCount[]; next: number };
  /** All evidence in one exchange. */
  evidenceOf(sessionId: string, seq: number): Array<{ finding: string; occurrence: Occurrence }>;
  connections(sessionId: string): Connection[];
  /** Keeps what is known of a phone beside its traffic; replaces what was. */
  keepDevice(sessionId: string, device: SeenDevice): void;
  devices(sessionId: string): SeenDevice[];
  traffic(sessionId: string): TrafficSoFar;
  /** Notes that somebody looks at values in clear; to be called before they are handed out. */
  keepReveal(sessionId: string, reveal: Reveal): void;
  /** The newest, and how many there are in all. */
  reveals(sessionId: string): { total: number; reveals: Reveal[] };
  /** Values of the test person as they were changed in the page, in clear; null: not changed there. */
  knownValues(sessionId: string): KnownValues | null;
  keepKnownValues(sessionId: string, known: KnownValues): void;
  searchReach(sessionId: string): SearchReach;
  /** Sessions that are over and whose search is not as deep as it can be, newest first. */
  shallowSessions(): string[];
  /** Makes the search of a session as deep as it can be; see `deepen` in `search-index.ts`. */
  deepen(sessionId: string, textOf: (exchange: Exchange) => DecodedText): Generator<number>;
  /** Keeps an earlier judgement (a report, values masked) beside the session; it is erased with it. @returns its number, from 1. */
  keepJudgement(sessionId: string, at: number, document: string): number;
  /** Earlier judgements, oldest first. */
  judgements(sessionId: string): Judgement[];
  /** Keeps a picture of the phone's screen with the session; it is erased with it. @throws StoreError `OVR_SCREENSHOTS`. */
  keepScreenshot(sessionId: string, picture: NewScreenshot): Screenshot;
  /** Oldest first, without the pictures themselves. */
  screenshots(sessionId: string): Screenshot[];
  screenshot(sessionId: string, n: number): Uint8Array | null;
  /** All of `work` is stored, or nothing of it. */
  together<T>(work: () => T): T;
  setting(key: string): string | null;
  setSetting(key: string, value: string): void;
  /** How long it waits from now on for another process or thread that holds the database, in milliseconds; at first `limits.storeBusyMs`. */
  waitAtMost(ms: number): void;
  /** @throws StoreError `OVR_STORE_GONE` where its file was removed or replaced since it was opened: what is written then is nowhere. */
  demandFile(): void;
  /** SQLite's own check of the whole file; empty when it is sound. Reads everything: for `doctor`. */
  check(): string[];
  close(): void;
}

export interface StoreOptions {
  /** The data folder (0700); the database is `overreach.sqlite` in it (0600). */
  readonly dir: string;
  /** Only reads, beside a session that runs. Fails where there is no database yet. */
  readonly readOnly?: boolean;
}

/**
 * Opens the store of a data folder and makes it where there is none.
 * @throws StoreError `OVR_STORE_NEWER`, `OVR_STORE_CORRUPT`, `OVR_STORE_MISSING`, `OVR_STORE_RIGHTS`, `OVR_STORE_OWNER`,
 * `OVR_STORE_READ_ONLY`, `OVR_STORE_OPEN`.
 */
export function openStore(options: StoreOptions): Store {
  return new SqliteStore(options.dir, options.readOnly ?? false);
}

/** Asked by nearly every method: compiled once. */
const NUMBER = build.selectFrom('session').select('number').where('id', '=', '').where('doomed', '=', 0).compile();

/** One method for each of the door, and the work in the module of its table: long, but a list. */
class SqliteStore implements Store {
  readonly #dir: string;
  readonly #query: Query;
  readonly #readOnly: boolean;
  readonly #explanations: ExplanationReader;
  /** Made with the first session of this process. */
  #owner: Owner | null = null;

  constructor(dir: string, readOnly: boolean) {
    this.#dir = dir;
    this.#readOnly = readOnly;
    this.#query = new Query(openDatabase(dir, readOnly));
    this.#explanations = new ExplanationReader(this.#query);
    if (!readOnly) eraseDoomed(this.#query);
  }

  #number(id: string): number {
    const stored = this.#query.get(NUMBER, [id, 0]);
    if (stored !== undefined) return stored.number;
    throw new StoreError('OVR_STORE_NO_SESSION', `There is no session "${id}".`, {
      next: 'List the sessions with "overreach sessions list".',
    });
  }

  #lives(owner: string): boolean {
    return owner === this.#owner?.name || isAlive(this.#dir, owner);
  }

  #writable(): void {
    if (!this.#readOnly) return;
    throw new StoreError('OVR_STORE_READ_ONLY', 'The store was opened for reading only.', {
      next: 'This should not happen; please report it with the command you ran.',
    });
  }

  createSession(session: Session, rules: RulesUsed): void {
    this.#writable();
    if (session.status === 'running') this.#owner ??= new Owner(this.#dir);
    const owner = session.status === 'running' ? (this.#owner?.name ?? null) : null;
    this.#query.transaction(() => {
      addSession(this.#query, session, rules, owner);
      this.#query.run(createSearchTable(this.#number(session.id)));
    });
  }

  updateSession(session: Session, rules?: RulesUsed): void {
    this.#writable();
    const number = this.#number(session.id);
    this.#query.transaction(() => changeSession(this.#query, number, session, rules));
    // Inside `together` SQLite refuses a checkpoint (SQLITE_LOCKED); the next write outside of it makes up for that.
    if (session.status !== 'running' && !this.#query.database.inTransaction) forceToDisk(this.#query.database);
  }

  session(id: string): Session | null {
    const stored = storedSession(this.#query, id);
    return stored === undefined ? null : toSession(stored);
  }

  sessions(running: RunningTraffic | null = null): SessionRow[] {
    return storedSessions(this.#query).map((stored) => toSessionRow(this.#query, stored, running));
  }

  sessionRow(id: string): SessionRow | null {
    const stored = storedSession(this.#query, id);
    return stored === undefined ? null : toSessionRow(this.#query, stored);
  }

  latestSession(): Session | null {
    const [newest] = storedSessions(this.#query);
    return newest === undefined ? null : toSession(newest);
  }

  deleteSession(id: string): Erasure {
    this.#writable();
    const stored = storedSession(this.#query, id);
    if (stored?.status === 'running' && stored.owner !== null && this.#lives(stored.owner))
      throw new StoreError('OVR_STORE_RUNNING', `Session "${id}" is still being recorded.`, { next: 'End it first, then delete it.' });
    const number = this.#number(id);
    this.#query.run(build.updateTable('session').set({ doomed: 1 }).where('number', '=', number));
    return eraseDoomed(this.#query);
  }

  due(olderThan: number): Session[] {
    return storedSessions(this.#query)
      .filter((stored) => stored.stored_at < olderThan && stored.status !== 'running')
      .map(toSession);
  }

  purge(olderThan: number): Erasure {
    this.#writable();
    this.markInterrupted();
    this.#query.run(build.updateTable('session').set({ doomed: 1 }).where('stored_at', '<', olderThan).where('status', '<>', 'running'));
    return eraseDoomed(this.#query);
  }

  orphaned(): boolean {
    return orphansOf(this.#query, (owner) => this.#lives(owner)).length > 0;
  }

  markInterrupted(): number {
    this.#writable();
    const owners = interruptOrphans(this.#query, (owner) => this.#lives(owner));
    for (const owner of owners) if (owner !== null) clearOwner(this.#dir, owner);
    return owners.length;
  }

  writer(sessionId: string): Writer {
    this.#writable();
    return new BatchWriter(this.#query, this.#number(sessionId));
  }

  exchange(sessionId: string, seq: number): Exchange | null {
    return readExchange(this.#query, this.#number(sessionId), seq);
  }

  exchanges(sessionId: string): IterableIterator<Exchange> {
    return walkExchanges(this.#query, this.#number(sessionId));
  }

  exchangeRows(sessionId: string, query: RowQuery): Listed {
    return listExchanges(this.#query, this.#number(sessionId), query);
  }

  findings(sessionId: string): Finding[] {
    return listFindings(this.#query, this.#number(sessionId));
  }

  occurrences(sessionId: string, findingId: string, page?: { readonly offset: number; readonly limit: number }): Occurrence[] {
    return listOccurrences(this.#query, this.#explanations, this.#number(sessionId), findingId, page);
  }

  lastOccurrence(sessionId: string, findingId: string): Occurrence | null {
    return lastOccurrence(this.#query, this.#explanations, this.#number(sessionId), findingId);
  }

  facets(sessionId: string, findings?: readonly string[]): ReadonlyMap<string, Facets> {
    return listFacets(this.#query, this.#number(sessionId), findings);
  }

  findingsWith(sessionId: string, text: string): { findings: string[]; cut: boolean } {
    return findingsWith(this.#query, this.#number(sessionId), text);
  }

  clients(sessionId: string, from: number): { clients: ClientCount[]; next: number } {
    return listClients(this.#query, this.#number(sessionId), from);
  }

  evidenceOf(sessionId: string, seq: number): Array<{ finding: string; occurrence: Occurrence }> {
    return listEvidenceOf(this.#query, this.#explanations, this.#number(sessionId), seq);
  }

  connections(sessionId: string): Connection[] {
    return listConnections(this.#query, this.#number(sessionId));
  }

  keepDevice(sessionId: string, device: SeenDevice): void {
    this.#writable();
    keepDevice(this.#query, this.#number(sessionId), device);
  }

  devices(sessionId: string): SeenDevice[] {
    return listDevices(this.#query, this.#number(sessionId));
  }

  traffic(sessionId: string): TrafficSoFar {
    return readTraffic(this.#query, this.#number(sessionId));
  }

  keepReveal(sessionId: string, reveal: Reveal): void {
    this.#writable();
    keepReveal(this.#query, this.#number(sessionId), reveal);
  }

  reveals(sessionId: string): { total: number; reveals: Reveal[] } {
    return listReveals(this.#query, this.#number(sessionId), limits.revealLog);
  }

  knownValues(sessionId: string): KnownValues | null {
    return readKnownValues(this.#query, this.#number(sessionId));
  }

  keepKnownValues(sessionId: string, known: KnownValues): void {
    this.#writable();
    keepKnownValues(this.#query, this.#number(sessionId), known);
  }

  searchReach(sessionId: string): SearchReach {
    const stored = storedSession(this.#query, sessionId);
    return {
      depth: SEARCH_DEPTHS.find((one) => one === stored?.search_depth) ?? 0,
      partly: stored?.searched_partly ?? null,
    };
  }

  shallowSessions(): string[] {
    return storedSessions(this.#query)
      .filter(({ status, search_depth }) => status !== 'running' && search_depth < Math.max(...SEARCH_DEPTHS))
      .map(({ id }) => id);
  }

  deepen(sessionId: string, textOf: (exchange: Exchange) => DecodedText): Generator<number> {
    this.#writable();
    return deepen(this.#query, this.#number(sessionId), textOf);
  }

  keepJudgement(sessionId: string, at: number, document: string): number {
    this.#writable();
    return keepJudgement(this.#query, this.#number(sessionId), at, document);
  }

  judgements(sessionId: string): Judgement[] {
    return listJudgements(this.#query, this.#number(sessionId));
  }

  keepScreenshot(sessionId: string, picture: NewScreenshot): Screenshot {
    this.#writable();
    return keepScreenshot(this.#query, this.#number(sessionId), picture);
  }

  screenshots(sessionId: string): Screenshot[] {
    return listScreenshots(this.#query, this.#number(sessionId));
  }

  screenshot(sessionId: string, n: number): Uint8Array | null {
    return readScreenshot(this.#query, this.#number(sessionId), n);
  }

  together<T>(work: () => T): T {
    this.#writable();
    return this.#query.transaction(work);
  }

  setting(key: string): string | null {
    return this.#query.get(build.selectFrom('setting').select('value').where('key', '=', key))?.value ?? null;
  }

  setSetting(key: string, value: string): void {
    this.#writable();
    this.#query.run(
      build
        .insertInto('setting')
        .values({ key, value })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value })),
    );
  }

  waitAtMost(ms: number): void {
    this.#query.database.pragma(`busy_timeout = ${ms}`);
  }

  demandFile(): void {
    this.#query.demandFile();
  }

  check(): string[] {
    const lines = this.#query.database.pragma('integrity_check') as ReadonlyArray<{ integrity_check: string }>;
    return lines.map((line) => line.integrity_check).filter((line) => line !== 'ok');
  }

  close(): void {
    this.#query.database.close();
    this.#owner?.release();
    this.#owner = null;
  }
}

/** The moment before which sessions are due for deletion. */
export function retentionEdge(now: number, days: number): number {
  return now - days * 86_400_000;
}
