import type { ExchangeRow } from '../model/audit.js';
import type { AttributionBasis, Body, Exchange, RequestMessage, ResponseMessage, StreamMessage } from '../model/exchange.js';
import { EMPTY_BODY } from '../model/exchange.js';
import type { Tables } from './layout.js';
import { storedJson } from './stored-json.js';

/** Bodies lie in a table of their own: lists and counts never read them. */
export const REQUEST_PART = -2;
export const RESPONSE_PART = -1;

type Head = Omit<Exchange, 'seq' | 'request' | 'response' | 'messages'> & {
  readonly request: Omit<RequestMessage, 'body'>;
  readonly response: Omit<ResponseMessage, 'body'> | null;
};

/**
 * The exchange without its bodies, as JSON (which keeps NUL and lone surrogates that SQLite's text would not, and leaves out what is
 * `undefined`: leaving it out of the objects costs three times as much).
 */
export function toHead(exchange: Exchange): string {
  const { request, response } = exchange;
  return JSON.stringify({
    ...exchange,
    seq: undefined,
    messages: undefined,
    request: { ...request, body: undefined },
    response: response === null ? null : { ...response, body: undefined },
  });
}

type StoredBody = Pick<Tables['body'], 'part' | 'size' | 'sha256' | 'truncated' | 'bytes'>;

function toBody(stored: StoredBody | undefined): Body {
  if (stored === undefined) return EMPTY_BODY;
  return { bytes: new Uint8Array(stored.bytes), size: stored.size, sha256: stored.sha256, truncated: stored.truncated === 1 };
}

/** The whole exchange again, from its head, its bodies and its stream messages (in order of their index). */
export function toExchange(
  seq: number,
  head: string,
  bodies: readonly StoredBody[],
  messages: ReadonlyArray<Pick<Tables['message'], 'n' | 'direction' | 'kind' | 'text' | 'at'>>,
): Exchange {
  const { request, response, ...rest } = storedJson<Head>(head);
  const byPart = new Map(bodies.map((body) => [body.part, body]));
  return {
    ...rest,
    seq,
    request: { ...request, body: toBody(byPart.get(REQUEST_PART)) },
    response: response === null ? null : { ...response, body: toBody(byPart.get(RESPONSE_PART)) },
    messages: messages.map((message) => ({
      index: message.n,
      direction: message.direction as StreamMessage['direction'],
      kind: message.kind as StreamMessage['kind'],
      text: message.text === 1,
      at: message.at,
      body: toBody(byPart.get(message.n)),
    })),
  };
}

/** Columns of the request list, in the order of the table. */
export function toRowColumns(session: number, row: ExchangeRow): Tables['exchange'] {
  return {
    session,
    seq: row.seq,
    at: row.at,
    method: row.method,
    url: row.url,
    host: row.host,
    status: row.status,
    secure: row.secure ? 1 : 0,
    app: row.app,
    scene: row.scene,
    client: row.client,
    bytes_up: row.bytesUp,
    bytes_down: row.bytesDown,
    evidence: row.evidence,
    failure: row.failure === null ? null : JSON.stringify(row.failure),
    warnings: JSON.stringify(row.warnings),
    attributed_by: row.attributedBy ?? null,
  };
}

/** A line of the request list as its table has it. */
export function toRow(columns: Tables['exchange']): ExchangeRow {
  return {
    seq: columns.seq,
    at: columns.at,
    method: columns.method,
    url: columns.url,
    host: columns.host,
    status: columns.status,
    secure: columns.secure === 1,
    app: columns.app,
    ...(columns.attributed_by === null ? {} : { attributedBy: columns.attributed_by as AttributionBasis }),
    scene: columns.scene,
    client: columns.client,
    bytesUp: columns.bytes_up,
    bytesDown: columns.bytes_down,
    evidence: columns.evidence,
    failure: columns.failure === null ? null : storedJson<ExchangeRow['failure']>(columns.failure),
    warnings: storedJson<ExchangeRow['warnings']>(columns.warnings),
  };
}
