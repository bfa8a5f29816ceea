import type { Occurrence } from '../model/finding.js';
import type { AuditSink } from '../session/audit-sink.js';
import type { Store, Writer } from '../store/index.js';

/** The store's writer as the place where an audit puts what it found; live and imported sessions use the same one. */
export function storeSink(store: Store, writer: Writer, sessionId: string): AuditSink & { commit(): void } {
  /** @throws StoreError when the disk refused; what could not be written waits in the writer. */
  function commit(): void {
    const { error } = writer.flush();
    if (error !== null) throw error;
  }
  /** Finding by finding; the judge does not depend on the order between findings. */
  function* replay(): Iterable<Occurrence> {
    commit();
    for (const finding of store.findings(sessionId)) yield* store.occurrences(sessionId, finding.id);
  }
  return {
    commit,
    replay,
    exchange: (exchange, row, text) => writer.exchange(exchange, row, text),
    message: (seq, message, text) => writer.message(seq, message, text),
    occurrence: (findingId, occurrence) => writer.occurrence(findingId, occurrence),
    findings: (findings) => {
      for (const finding of findings) writer.finding(finding);
    },
    connection: (connection) => writer.connection(connection),
    limit: (name) => writer.limit(name),
    notAnalysed: () => writer.notAnalysed(1),
    payload: (closed) => writer.payload(closed),
    session: (session, rules) =>
      store.updateSession(session, rules && { pack: rules.pack.id, version: rules.pack.version, sha256: rules.sha256 }),
  };
}
