import type { OverreachError } from '../errors.js';
import { limits } from '../limits.js';
import type { DecodedText, ExchangeRow } from '../model/audit.js';
import type { Body, Exchange, StreamMessage } from '../model/exchange.js';
import type { Finding, Occurrence } from '../model/finding.js';
import type { Traffic } from '../model/report.js';
import type { Connection } from '../model/session.js';
import { mayPass, storeFailure } from './failure.js';
import type { Query } from './query.js';
import { Rows } from './rows.js';

export interface FlushResult {
  /** Records committed by this flush. */
  readonly written: number;
  /** Records that still wait because the disk refused. */
  readonly waiting: number;
  /** Records of this writer that could not be kept so far; they are also counted in the session's traffic. */
  readonly lost: number;
  /** Why nothing was written; null when all was well. */
  readonly error: OverreachError | null;
}

/**
 * Writes one session in batches: transactions of `limits.storeBatch` records, which a crash leaves whole or leaves out. They are written by
 * `flush()`, and before more than `limits.storeQueued` bytes wait. A disk that refuses never throws here: beyond that bound new records are
 * then counted as lost, and writing goes on by itself when there is room again.
 */
export interface Writer {
  /** Stores or replaces an exchange; call it again when the response is there. Stream messages it carries are stored, too. */
  exchange(exchange: Exchange, row: ExchangeRow, text?: DecodedText): void;
  /** Replaces the line of the request list only (evidence count, scene, app). */
  row(row: ExchangeRow): void;
  message(seq: number, message: StreamMessage, text?: string): void;
  occurrence(findingId: string, occurrence: Occurrence): void;
  /** Stores or replaces it. */
  finding(finding: Finding): void;
  /** Stores or replaces it. */
  connection(connection: Connection): void;
  /** A bound of `limits.ts` was reached. */
  limit(name: string, times?: number): void;
  /** Exchanges whose analysis was dropped. */
  notAnalysed(exchanges: number): void;
  /** A request or outgoing message that carried something. @param closed nobody could look into it. */
  payload(closed: boolean): void;
  /**
   * Replaces all findings, after judging again. `assign` gives each stored occurrence the finding it now belongs to, or null where
   * it belongs to none any more (it is then deleted).
   * @throws StoreError; nothing is changed then.
   */
  replaceFindings(findings: readonly Finding[], assign?: (occurrence: Occurrence) => string | null): void;
  /**
   * Replaces all findings and all evidence, after reading the session again under newer rules.
   * @param coverage into how many of the messages one can look now, how many were not analysed, and which bounds were reached (the others stay as they were).
   * @throws StoreError; nothing is changed then.
   */
  replaceEvidence(
    findings: readonly Finding[],
    occurrences: Iterable<readonly [findingId: string, occurrence: Occurrence]>,
    coverage?: Coverage,
  ): void;
  /** Commits what has gathered. After a refusal the next attempt waits `limits.storeRetryMs`, unless `force`. */
  flush(force?: boolean): FlushResult;
  /**
   * The last attempt, where nobody writes after this one: what the disk still refuses is given up, and only its count is stored. That needs
   * no more than what the refused attempt itself had taken of the write-ahead log.
   * @returns how many records are given up with this; where the disk takes not even their count, nothing but this number tells of them.
   */
  abandon(): number;
}

/** What reading a session again says of how far it could be read. */
export type Coverage = Partial<Pick<Traffic, 'payloads' | 'limitsReached' | 'notAnalysed'>>;

interface Pending {
  /** Approximate size in memory. */
  readonly bytes: number;
  write(): void;
  /** Called once it is committed, where something else remembers it. */
  settled?(): void;
}

const RECORD_BYTES = 1_024;
const GONE = 'OVR_STORE_GONE';

function bodyBytes(body: Body | undefined): number {
  return body?.bytes.length ?? 0;
}

export class BatchWriter implements Writer {
  readonly #query: Query;
  readonly #rows: Rows;
  readonly #now: () => number;
  /** By key, so that the request, its response and its evidence, coming within one batch, are written once. */
  readonly #pending = new Map<string, Pending>();
  readonly #exchanges = new Map<number, { exchange: Exchange; row: ExchangeRow; text: DecodedText }>();
  readonly #counts = new Map<string, number>();
  #bytes = 0;
  #unique = 0;
  #lost = 0;
  #lostUnrecorded = 0;
  #retryAt = 0;
  #error: OverreachError | null = null;

  /** @param now milliseconds of a clock that never goes back: one set back by a day would let a disk that has room again wait for a day. */
  constructor(query: Query, session: number, now: () => number = () => performance.now()) {
    this.#query = query;
    this.#rows = new Rows(query, session);
    this.#now = now;
  }

  #put(key: string, pending: Pending, essential = false): boolean {
    // A megabyte of an SDK's events holds eighteen thousand finds: a burst of them is no reason to lose any while the disk takes them.
    if (!this.#pending.has(key) && !essential && this.#bytes + pending.bytes > limits.storeQueued) this.flush();
    const before = this.#pending.get(key);
    const bytes = this.#bytes - (before?.bytes ?? 0) + pending.bytes;
    if (before === undefined && !essential && bytes > limits.storeQueued) {
      this.#lost += 1;
      this.#lostUnrecorded += 1;
      return false;
    }
    this.#bytes = bytes;
    this.#pending.set(key, pending);
    return true;
  }

  exchange(exchange: Exchange, row: ExchangeRow, text: DecodedText = {}): void {
    const known = this.#exchanges.get(exchange.seq);
    const entry = { exchange, row, text: { ...known?.text, ...text } };
    const bytes =
      RECORD_BYTES +
      row.url.length +
      bodyBytes(exchange.request.body) +
      bodyBytes(exchange.response?.body) +
      exchange.messages.reduce((sum, { body }) => sum + bodyBytes(body), 0);
    const put = this.#put(`exchange ${exchange.seq}`, {
      bytes,
      write: () => {
        // Read late: row() may have replaced it.
        const { exchange, row, text } = this.#exchanges.get(entry.exchange.seq) ?? entry;
        this.#rows.exchange(exchange, row, text);
      },
      settled: () => this.#exchanges.delete(exchange.seq),
    });
    if (put) this.#exchanges.set(exchange.seq, entry);
  }

  row(row: ExchangeRow): void {
    const waiting = this.#exchanges.get(row.seq);
    if (waiting !== undefined) waiting.row = row;
    else this.#put(`row ${row.seq}`, { bytes: RECORD_BYTES, write: () => this.#rows.row(row) });
  }

  message(seq: number, message: StreamMessage, text?: string): void {
    this.#put(`message ${seq} ${message.index}`, {
      bytes: RECORD_BYTES + bodyBytes(message.body),
      write: () => this.#rows.message(seq, message, text),
    });
  }

  occurrence(findingId: string, occurrence: Occurrence): void {
    this.#unique += 1;
    this.#put(`occurrence ${this.#unique}`, {
      bytes: RECORD_BYTES + occurrence.value.length * 2,
      write: () => this.#rows.occurrence(findingId, occurrence),
    });
  }

  finding(finding: Finding): void {
    this.#put(`finding ${finding.id}`, { bytes: RECORD_BYTES, write: () => this.#rows.finding(finding) }, true);
  }

  connection(connection: Connection): void {
    this.#put(`connection ${connection.id}`, { bytes: RECORD_BYTES, write: () => this.#rows.connection(connection) });
  }

  /** Counters add up while the disk refuses, instead of piling up. */
  #count(key: string, more: number, write: (total: number) => void): void {
    const total = (this.#counts.get(key) ?? 0) + more;
    this.#counts.set(key, total);
    this.#put(key, { bytes: 64, write: () => write(total), settled: () => this.#counts.delete(key) }, true);
  }

  limit(name: string, times = 1): void {
    this.#count(`limit ${name}`, times, (total) => this.#rows.limit(name, total));
  }

  notAnalysed(exchanges: number): void {
    this.#count('not analysed', exchanges, (total) => this.#rows.notAnalysed(total));
  }

  replaceFindings(findings: readonly Finding[], assign?: (occurrence: Occurrence) => string | null): void {
    this.#settle();
    this.#query.transaction(() => {
      this.#rows.replaceFindings(findings);
      if (assign !== undefined) this.#rows.assignOccurrences(assign);
      this.#rows.allFacets();
      this.#rows.touch();
    });
  }

  payload(closed: boolean): void {
    const key = closed ? 'closed payloads' : 'payloads';
    this.#count(key, 1, (total) => this.#rows.payloads(total, closed ? total : 0));
  }

  replaceEvidence(
    findings: readonly Finding[],
    occurrences: Iterable<readonly [string, Occurrence]>,
    { payloads, limitsReached = {}, notAnalysed }: Coverage = {},
  ): void {
    this.#settle();
    this.#query.transaction(() => {
      this.#rows.replaceFindings(findings);
      this.#rows.clearOccurrences();
      for (const [findingId, occurrence] of occurrences) this.#rows.occurrence(findingId, occurrence);
      if (payloads !== undefined) this.#rows.recountPayloads(payloads);
      if (notAnalysed !== undefined) this.#rows.recountNotAnalysed(notAnalysed);
      for (const [name, times] of Object.entries(limitsReached)) this.#rows.recountLimit(name, times);
      this.#rows.allFacets();
      this.#rows.touch();
    });
    this.#rows.settled();
  }

  /** What was found before must be on disk before it is replaced. */
  #settle(): void {
    const { error } = this.flush(true);
    if (error !== null) throw error;
  }

  flush(force = false): FlushResult {
    try {
      this.#query.demandFile();
      if (this.#error?.code === GONE) this.#error = null;
    } catch (error) {
      this.#error = storeFailure(error);
      return this.#result(0);
    }
    if (this.#pending.size === 0 && this.#lostUnrecorded === 0) return this.#result(0);
    if (!force && this.#error !== null && this.#now() < this.#retryAt) return this.#result(0);
    const waiting = [...this.#pending];
    let written = 0;
    // In steps: a disk with little room takes what it can, and no transaction grows with the length of an outage.
    do {
      const step = waiting.slice(written, written + limits.storeBatch);
      try {
        this.#write(step.map(([, pending]) => pending));
      } catch (error) {
        this.#rows.undone();
        this.#error = storeFailure(error);
        this.#retryAt = this.#now() + limits.storeRetryMs;
        return this.#result(written);
      }
      for (const [key, pending] of step) {
        this.#pending.delete(key);
        this.#bytes -= pending.bytes;
        pending.settled?.();
      }
      written += step.length;
    } while (written < waiting.length);
    this.#error = null;
    return this.#result(written);
  }

  abandon(): number {
    this.flush(true);
    const given = this.#pending.size;
    if (given === 0 || this.#error?.code === GONE) return given;
    this.#pending.clear();
    this.#exchanges.clear();
    this.#counts.clear();
    this.#bytes = 0;
    this.#lost += given;
    this.#lostUnrecorded += given;
    try {
      this.#commit([]);
    } catch (error) {
      this.#error = storeFailure(error);
    }
    return given;
  }

  #write(batch: readonly Pending[]): void {
    try {
      this.#commit(batch);
    } catch (thrown) {
      if (mayPass(storeFailure(thrown))) throw thrown;
      this.#rows.undone();
      // One record that SQLite does not take must not hold up all others for ever.
      this.#commitOneByOne(batch);
    }
  }

  #commit(batch: readonly Pending[]): void {
    const unrecorded = this.#lostUnrecorded;
    this.#query.transaction(() => {
      for (const pending of batch) pending.write();
      if (unrecorded > 0) this.#rows.notStored(unrecorded);
      this.#rows.conclude();
      this.#rows.touch();
    });
    this.#rows.settled();
    this.#lostUnrecorded -= unrecorded;
  }

  #commitOneByOne(batch: readonly Pending[]): void {
    const refused = this.#query.transaction(() => {
      let refused = 0;
      for (const pending of batch) {
        try {
          this.#query.database.transaction(() => pending.write())();
        } catch (thrown) {
          this.#rows.undone();
          const error = storeFailure(thrown);
          if (mayPass(error)) throw error;
          refused += 1;
        }
      }
      this.#rows.notStored(this.#lostUnrecorded + refused);
      this.#rows.conclude();
      this.#rows.touch();
      return refused;
    });
    this.#rows.settled();
    this.#lost += refused;
    this.#lostUnrecorded = 0;
  }

  #result(written: number): FlushResult {
    return { written, waiting: this.#pending.size, lost: this.#lost, error: this.#error };
  }
}
