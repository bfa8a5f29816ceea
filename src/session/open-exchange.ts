import type { DecodedText, ExchangeRow } from '../model/audit.js';
import type { Exchange } from '../model/exchange.js';
import type { Sent } from './analyst.js';

/** What stays of an exchange when it has ended: its row, and what evidence that comes to light later says of it. */
export interface Line {
  readonly sent: Sent;
  row: ExchangeRow;
}

/** An exchange while it grows. */
export class OpenExchange {
  exchange: Exchange;
  text: DecodedText = {};
  readonly line: Line;

  constructor(exchange: Exchange, row: ExchangeRow) {
    this.exchange = exchange;
    const { seq, secure, request } = exchange;
    // Head and bodies are not kept by it.
    this.line = { sent: { seq, secure, request: { url: request.url, method: request.method } }, row };
  }

  get row(): ExchangeRow {
    return this.line.row;
  }

  set row(row: ExchangeRow) {
    this.line.row = row;
  }
}
