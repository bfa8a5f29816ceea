import type { DecodedText } from '../model/audit.js';
import type { Exchange, Headers } from '../model/exchange.js';
import { REQUEST_PART, RESPONSE_PART } from './exchange-document.js';
import { walkExchanges } from './exchange-list.js';
import { build, type Query } from './query.js';
import { createSearchTable, dropSearchTable, insertWords, promoteSearchTable, searchRow, searchWords } from './search.js';

/** Exchanges indexed in one transaction: a few milliseconds, so that a session that is being recorded never waits for it. */
const STEP = 20;

export function isEncoded(headers: Headers): boolean {
  return headers.some(([name, value]) => name.toLowerCase() === 'content-encoding' && value.trim().toLowerCase() !== 'identity');
}

/**
 * Makes the search index of a session anew beside the one in use, which stays until the new one is whole; a crash leaves the old one.
 * Yields after every step, so that whoever drives it can do other work in between.
 */
export function* indexAnew(query: Query, session: number, textOf: (exchange: Exchange) => DecodedText): Generator<number> {
  query.transaction(() => {
    query.run(dropSearchTable(session, 'next'));
    query.run(createSearchTable(session, 'next'));
  });
  const insert = query.prepared(insertWords(session, 'next'));
  let done = 0;
  let step: Exchange[] = [];
  const write = () => {
    const rows = step.flatMap((exchange) => rowsOf(exchange, textOf(exchange)));
    query.transaction(() => {
      for (const [row, words] of rows) insert(row, words);
    });
    done += step.length;
    step = [];
  };
  for (const exchange of walkExchanges(query, session)) {
    step.push(exchange);
    if (step.length < STEP) continue;
    write();
    yield done;
  }
  write();
  query.transaction(() => {
    query.run(dropSearchTable(session));
    query.run(promoteSearchTable(session));
    query.run(build.updateTable('session').set({ search_depth: 1 }).where('number', '=', session));
  });
}

function rowsOf({ seq, request, response, messages }: Exchange, text: DecodedText): Array<readonly [row: bigint, words: string]> {
  const parts: Array<readonly [part: number, words: string]> = [
    [REQUEST_PART, searchWords(request.body.bytes, isEncoded(request.headers), text.request)],
    [RESPONSE_PART, response === null ? '' : searchWords(response.body.bytes, isEncoded(response.headers), text.response)],
    ...messages.map(({ index, body }) => [index, searchWords(body.bytes, false, text.messages?.get(index))] as const),
  ];
  return parts.flatMap(([part, words]) => (words === '' ? [] : [[searchRow(seq, part), words] as const]));
}
