import { limits } from '../limits.js';
import type { DecodedText, ExchangeRow } from '../model/audit.js';
import type { Body, Exchange, StreamMessage } from '../model/exchange.js';
import type { Finding, Occurrence } from '../model/finding.js';
import type { Traffic } from '../model/report.js';
import type { Connection } from '../model/session.js';
import { REQUEST_PART, RESPONSE_PART, toHead, toRowColumns } from './exchange-document.js';
import { ExplanationReader, ExplanationWriter } from './explanation.js';
import { gatherAllFacets, gatherFacets, lastEvidence } from './facet-list.js';
import type { Tables } from './layout.js';
import { build, type Query } from './query.js';
import { insertWords, searchedOf, searchRow } from './search.js';
import { isEncoded } from './search-index.js';
import { Vocabulary } from './vocabulary.js';

/** Occurrences looked at in one step while they are assigned anew; bounds memory, not meaning. */
const ASSIGN_STEP = 1_000;

/** Stands for the values of a line while its statements are compiled. */
const NO_COLUMNS: Tables['exchange'] = {
  session: 0,
  seq: 0,
  at: 0,
  method: '',
  url: '',
  host: '',
  status: 0,
  secure: 0,
  app: '',
  scene: '',
  client: '',
  bytes_up: 0,
  bytes_down: 0,
  evidence: 0,
  failure: '',
  warnings: '',
  attributed_by: '',
};
const LINE_COLUMNS = [
  'at',
  'method',
  'url',
  'host',
  'status',
  'secure',
  'app',
  'scene',
  'client',
  'bytes_up',
  'bytes_down',
  'evidence',
  'failure',
  'warnings',
  'attributed_by',
] as const;

/** The statements that write one session's rows. Runs inside the transaction of whoever calls. */
export class Rows {
  readonly #query: Query;
  readonly #session: number;
  readonly #exchange;
  readonly #line;
  readonly #wire;
  readonly #body;
  readonly #message;
  readonly #finding;
  readonly #occurrence;
  readonly #connection;
  readonly #reached;
  readonly #words;
  readonly #vocabulary: Vocabulary;
  readonly #explanations: ExplanationWriter;
  /** Exchanges with evidence of which this transaction says something else than what was known. */
  readonly #changed = new Map<number, string>();
  /** What is known of exchanges with evidence that were written last: a stream is written again with every batch of its messages. */
  readonly #known = new Map<number, string>();
  /** Of which head and bodies are stored, and those of this transaction: with a message of a stream only its line changes. */
  readonly #stored = new WeakSet<Exchange>();
  readonly #written: Exchange[] = [];
  /** The evidence that was there before that of this transaction; null: it writes none. */
  #evidenceBefore: number | null = null;
  /** Rows of the index, written in this transaction, that hold only the beginning of their text. */
  readonly #partly = new Set<bigint>();

  constructor(query: Query, session: number) {
    this.#query = query;
    this.#session = session;
    // The values stand here for their places only: prepared() takes the real ones in this order.
    this.#exchange = query.prepared(
      build
        .insertInto('exchange')
        .values(NO_COLUMNS)
        .onConflict((conflict) =>
          conflict
            .columns(['session', 'seq'])
            .doUpdateSet(({ ref }) => Object.fromEntries(LINE_COLUMNS.map((column) => [column, ref(`excluded.${column}`)]))),
        ),
    );
    const { session: _session, seq: _seq, ...line } = NO_COLUMNS;
    this.#line = query.prepared(build.updateTable('exchange').set(line).where('session', '=', 0).where('seq', '=', 0));
    this.#wire = query.prepared(
      build
        .insertInto('wire')
        .values({ session: 0, seq: 0, head: '' })
        .onConflict((conflict) => conflict.columns(['session', 'seq']).doUpdateSet(({ ref }) => ({ head: ref('excluded.head') }))),
    );
    this.#body = query.prepared(
      build
        .insertInto('body')
        .values({ session: 0, seq: 0, part: 0, size: 0, sha256: '', truncated: 0, bytes: new Uint8Array(0) })
        .onConflict((conflict) =>
          conflict
            .columns(['session', 'seq', 'part'])
            .doUpdateSet(({ ref }) => ({
              size: ref('excluded.size'),
              sha256: ref('excluded.sha256'),
              truncated: ref('excluded.truncated'),
              bytes: ref('excluded.bytes'),
            }))
            // An exchange is stored again when its response is there; its request body is not written twice.
            .where(({ eb, ref }) =>
              eb.or([eb('body.sha256', '<>', ref('excluded.sha256')), eb('body.truncated', '<>', ref('excluded.truncated'))]),
            ),
        ),
    );
    this.#message = query.prepared(
      build
        .insertInto('message')
        .values({ session: 0, seq: 0, n: 0, direction: '', kind: '', text: 0, at: 0 })
        .onConflict((conflict) => conflict.columns(['session', 'seq', 'n']).doNothing()),
    );
    this.#finding = query.prepared(
      build
        .insertInto('finding')
        .values({ session: 0, id: '', grade: '', verdict: '', document: '' })
        .onConflict((conflict) =>
          conflict.columns(['session', 'id']).doUpdateSet(({ ref }) => ({
            grade: ref('excluded.grade'),
            verdict: ref('excluded.verdict'),
            document: ref('excluded.document'),
          })),
        ),
    );
    this.#occurrence = query.prepared(
      build.insertInto('occurrence').values({ session: 0, finding: '', exchange: 0, at: 0, document: '', explanation: '' }),
    );
    this.#connection = query.prepared(
      build
        .insertInto('connection')
        .values({ session: 0, id: '', at: 0, document: '' })
        .onConflict((conflict) =>
          conflict.columns(['session', 'id']).doUpdateSet(({ ref }) => ({ at: ref('excluded.at'), document: ref('excluded.document') })),
        ),
    );
    this.#reached = query.prepared(
      build
        .insertInto('reached')
        .values({ session: 0, name: '', times: 0 })
        .onConflict((conflict) =>
          conflict.columns(['session', 'name']).doUpdateSet(({ eb, ref }) => ({ times: eb('reached.times', '+', ref('excluded.times')) })),
        ),
    );
    this.#words = query.prepared(insertWords(session));
    this.#vocabulary = new Vocabulary(query, session);
    this.#explanations = new ExplanationWriter(query, session);
  }

  /** Changes the line of an exchange that is there; one that could not be stored gets no line either. */
  row(row: ExchangeRow): void {
    this.#note(row);
    const columns = toRowColumns(this.#session, row);
    this.#line(...LINE_COLUMNS.map((column) => columns[column]), this.#session, row.seq);
  }

  exchange(exchange: Exchange, row: ExchangeRow, text: DecodedText): void {
    this.#note(row);
    const columns = toRowColumns(this.#session, row);
    this.#exchange(this.#session, row.seq, ...LINE_COLUMNS.map((column) => columns[column]));
    if (this.#stored.has(exchange)) return;
    this.#wire(this.#session, exchange.seq, toHead(exchange));
    const { request, response } = exchange;
    this.#part(exchange.seq, REQUEST_PART, request.body, text.request, isEncoded(request.headers));
    if (response !== null) this.#part(exchange.seq, RESPONSE_PART, response.body, text.response, isEncoded(response.headers));
    for (const message of exchange.messages) this.message(exchange.seq, message, text.messages?.get(message.index));
    this.#written.push(exchange);
  }

  /** Evidence that is there is met with what its exchange says now. */
  #note({ seq, evidence, client, status, failure }: ExchangeRow): void {
    if (evidence === 0) return;
    const said = `${client}\n${status}\n${failure === null}`;
    if (this.#known.get(seq) !== said) this.#changed.set(seq, said);
  }

  message(seq: number, message: StreamMessage, text?: string): void {
    this.#message(this.#session, seq, message.index, message.direction, message.kind, message.text ? 1 : 0, message.at);
    this.#part(seq, message.index, message.body, text, false);
  }

  #part(seq: number, part: number, body: Body, text: string | undefined, encoded: boolean): void {
    if (body.size === 0 && body.bytes.length === 0) return;
    const bytes = Buffer.from(body.bytes.buffer, body.bytes.byteOffset, body.bytes.byteLength);
    const written = this.#body(this.#session, seq, part, body.size, body.sha256, body.truncated ? 1 : 0, bytes);
    if (written === 0) return;
    const { words, partly } = searchedOf(body.bytes, encoded, text);
    if (words === '') return;
    const row = searchRow(seq, part);
    this.#words(row, words);
    if (partly) this.#partly.add(row);
    this.#vocabulary.add(words);
  }

  finding(finding: Finding): void {
    this.#finding(this.#session, finding.id, finding.grade, finding.verdict, JSON.stringify(finding));
  }

  occurrence(findingId: string, occurrence: Occurrence): void {
    this.#evidenceBefore ??= lastEvidence(this.#query);
    const { document, explanation } = this.#explanations.columns(occurrence);
    this.#occurrence(this.#session, findingId, occurrence.exchange, occurrence.at, document, explanation);
  }

  connection(connection: Connection): void {
    this.#connection(this.#session, connection.id, connection.at, JSON.stringify(connection));
  }

  limit(name: string, times: number): void {
    this.#reached(this.#session, name, times);
  }

  /** What the evidence written since the last call was met with, and the words seen first; the last thing of a transaction. */
  conclude(): void {
    gatherFacets(this.#query, this.#session, [...this.#changed.keys()], this.#evidenceBefore);
    this.#vocabulary.write();
    if (this.#partly.size > 0)
      this.#query.run(
        build
          .updateTable('session')
          .set(({ eb }) => ({ searched_partly: eb('searched_partly', '+', this.#partly.size) }))
          .where('number', '=', this.#session),
      );
  }

  /** All that was written since the last commit is undone, or part of it: none of it counts as written. What is written once more is the same. */
  undone(): void {
    this.#written.length = 0;
    this.#explanations.undone();
  }

  /** Once that is committed. */
  settled(): void {
    if (this.#known.size + this.#changed.size > limits.storeMet) this.#known.clear();
    for (const [seq, said] of this.#changed) this.#known.set(seq, said);
    this.#changed.clear();
    for (const exchange of this.#written.splice(0)) this.#stored.add(exchange);
    this.#evidenceBefore = null;
    this.#partly.clear();
    this.#vocabulary.settled();
    this.#explanations.settled();
  }

  allFacets(): void {
    gatherAllFacets(this.#query, this.#session);
  }

  notAnalysed(exchanges: number): void {
    this.#query.run(
      build
        .updateTable('session')
        .set(({ eb }) => ({ not_analysed: eb('not_analysed', '+', exchanges) }))
        .where('number', '=', this.#session),
    );
  }

  /** Replaces that count. */
  recountNotAnalysed(exchanges: number): void {
    this.#query.run(build.updateTable('session').set({ not_analysed: exchanges }).where('number', '=', this.#session));
  }

  /** Adds to what was counted of the messages that were sent. */
  payloads(sent: number, closed: number): void {
    this.#query.run(
      build
        .updateTable('session')
        .set(({ eb }) => ({ payloads_sent: eb('payloads_sent', '+', sent), payloads_closed: eb('payloads_closed', '+', closed) }))
        .where('number', '=', this.#session),
    );
  }

  /** Replaces those counts. */
  recountPayloads({ sent, closed }: NonNullable<Traffic['payloads']>): void {
    this.#query.run(build.updateTable('session').set({ payloads_sent: sent, payloads_closed: closed }).where('number', '=', this.#session));
  }

  /** Replaces how often a bound was reached. */
  recountLimit(name: string, times: number): void {
    this.#query.run(
      build
        .insertInto('reached')
        .values({ session: this.#session, name, times })
        .onConflict((conflict) => conflict.columns(['session', 'name']).doUpdateSet({ times })),
    );
  }

  notStored(records: number): void {
    this.#query.run(
      build
        .updateTable('session')
        .set(({ eb }) => ({ not_stored: eb('not_stored', '+', records) }))
        .where('number', '=', this.#session),
    );
  }

  /** The kept counts of an ended session are wrong from now on. */
  touch(): void {
    this.#query.run(build.updateTable('session').set({ totals: null }).where('number', '=', this.#session).where('totals', 'is not', null));
  }

  replaceFindings(findings: readonly Finding[]): void {
    this.#query.run(build.deleteFrom('finding').where('session', '=', this.#session));
    for (const finding of findings) this.finding(finding);
  }

  clearOccurrences(): void {
    this.#query.run(build.deleteFrom('occurrence').where('session', '=', this.#session));
  }

  assignOccurrences(assign: (occurrence: Occurrence) => string | null): void {
    const explanations = new ExplanationReader(this.#query);
    let after = 0;
    for (;;) {
      const rows = this.#query.all(
        build
          .selectFrom('occurrence')
          .select(['id', 'finding', 'exchange', 'at', 'document', 'explanation'])
          .where('session', '=', this.#session)
          .where('id', '>', after)
          .orderBy('id')
          .limit(ASSIGN_STEP),
      );
      for (const row of rows) {
        after = row.id;
        const finding = assign(explanations.occurrence(this.#session, row));
        if (finding === row.finding) continue;
        this.#query.run(
          finding === null
            ? build.deleteFrom('occurrence').where('id', '=', row.id)
            : build.updateTable('occurrence').set({ finding }).where('id', '=', row.id),
        );
      }
      if (rows.length < ASSIGN_STEP) return;
    }
  }
}
