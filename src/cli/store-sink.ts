import { OverreachError } from '../errors.js';
import type { Occurrence } from '../model/finding.js';
import type { Rulebook } from '../model/rulebook.js';
import type { Session } from '../model/session.js';
import type { AuditSink } from '../session/audit-sink.js';
import { mayPass, type Store, type Writer } from '../store/index.js';

export interface StoreSink extends AuditSink {
  /** @throws StoreError when the disk refused; what could not be written waits in the writer. */
  commit(): void;
  /** Gives up what the disk still refuses, and counts it in the session. @returns how many records that is. */
  abandon(): number;
}

/**
 * The store's writer as the place where an audit puts what it found; live and imported sessions use the same one. A session counts as ended
 * in the store only when nothing of it waits any more, or what waited is counted as lost: a process that dies before that leaves one that
 * was interrupted, and not one that looks whole.
 */
export function storeSink(store: Store, writer: Writer, sessionId: string): StoreSink {
  /** The session as it is, where the store does not have it yet. */
  let owed: { readonly session: Session; readonly rules: Rulebook | undefined } | null = null;
  function keepSession(): void {
    if (owed === null) return;
    const { session, rules } = owed;
    store.updateSession(session, rules && { pack: rules.pack.id, version: rules.pack.version, sha256: rules.sha256 });
    owed = null;
  }
  function commit(): void {
    const { error } = writer.flush();
    if (error !== null) throw error;
    keepSession();
  }
  function abandon(): number {
    const given = writer.abandon();
    try {
      if (writer.flush(true).error === null) keepSession();
    } catch {
      // A disk that does not take this either leaves a session that was interrupted, and its reports say so.
    }
    return given;
  }
  /** Finding by finding; the judge does not depend on the order between findings. */
  function* replay(): Iterable<Occurrence> {
    commit();
    for (const finding of store.findings(sessionId)) yield* store.occurrences(sessionId, finding.id);
  }
  return {
    commit,
    abandon,
    replay,
    exchange: (exchange, row, text) => writer.exchange(exchange, row, text),
    row: (row) => writer.row(row),
    message: (seq, message, text) => writer.message(seq, message, text),
    occurrence: (findingId, occurrence) => writer.occurrence(findingId, occurrence),
    findings: (findings) => {
      for (const finding of findings) writer.finding(finding);
    },
    connection: (connection) => writer.connection(connection),
    limit: (name) => writer.limit(name),
    notAnalysed: () => writer.notAnalysed(1),
    payload: (closed) => writer.payload(closed),
    session(session, rules) {
      owed = { session, rules: rules ?? owed?.rules };
      if (session.status !== 'running' && writer.flush(true).error !== null) return;
      try {
        keepSession();
      } catch (error) {
        // A scene that was marked holds from then on: it waits as everything else does, and the next commit says why.
        if (!(error instanceof OverreachError && mayPass(error))) throw error;
      }
    },
  };
}
