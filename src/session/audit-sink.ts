import type { DecodedText, ExchangeRow } from '../model/audit.js';
import type { Exchange, StreamMessage } from '../model/exchange.js';
import type { Finding, Occurrence } from '../model/finding.js';
import type { Rulebook } from '../model/rulebook.js';
import type { Connection, Session } from '../model/session.js';

/** Where the audit puts what it found. The store's writer in a running session, plain arrays in `check`. */
export interface AuditSink {
  /** First when the request is complete, again each time it grows. */
  exchange(exchange: Exchange, row: ExchangeRow, text: DecodedText): void;
  /** The line of an exchange of which more was found, maybe long after it ended. */
  row(row: ExchangeRow): void;
  /** @param text what decoding brought to light in it, for the search. */
  message(seq: number, message: StreamMessage, text?: string): void;
  occurrence(findingId: string, occurrence: Occurrence): void;
  /** New or changed. After a change of the subject: all of them. */
  findings(findings: readonly Finding[]): void;
  connection(connection: Connection): void;
  /** A bound was reached while decoding. */
  limit(name: string): void;
  /** One message passed without being looked through: its analysis failed, or fell behind. */
  notAnalysed(): void;
  /** A request or outgoing message that carried something (a body, or a query). @param closed nobody could look into it. */
  payload?(closed: boolean): void;
  /** @param rules the ones in force from now on, where they have just been replaced. */
  session(session: Session, rules?: Rulebook): void;
  /** Every occurrence so far, in order, for judging again. */
  replay(): Iterable<Occurrence>;
}
