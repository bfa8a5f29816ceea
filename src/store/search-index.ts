import type { DecodedText, SearchReach } from '../model/audit.js';
import type { Exchange, Headers } from '../model/exchange.js';
import { REQUEST_PART, RESPONSE_PART } from './exchange-document.js';
import { walkExchanges } from './exchange-list.js';
import { build, type Query } from './query.js';
import {
  createSearchTable,
  createTermsTable,
  dropSearchTable,
  dropTermsTable,
  insertWords,
  promoteSearchTable,
  type Searched,
  searchedOf,
  searchRow,
  termsAfter,
} from './search.js';
import { gatherVocabulary } from './vocabulary.js';

/** Exchanges indexed in one transaction: a few milliseconds, so that a session that is being recorded never waits for it. */
const STEP = 20;

/** Whether a body under these headers has to be decoded before it is text. */
export function isEncoded(headers: Headers): boolean {
  return headers.some(([name, value]) => name.toLowerCase() === 'content-encoding' && value.trim().toLowerCase() !== 'identity');
}

/**
 * Brings the search of a session up to date: its index, with what the decoders find, and the list of its words.
 * Yields after every step, so that whoever drives it can do other work in between; what was there serves until the new is whole.
 */
export function* deepen(query: Query, session: number, textOf: (exchange: Exchange) => DecodedText): Generator<number> {
  const stored = query.get(build.selectFrom('session').select('search_depth').where('number', '=', session));
  if (stored?.search_depth === 0) yield* indexAnew(query, session, textOf);
  yield* gatherVocabulary(query, session, termsOf(query, session));
  reached(query, session, { depth: 2 });
}

function reached(query: Query, session: number, { depth, partly }: Pick<SearchReach, 'depth'> & Partial<SearchReach>): void {
  query.run(
    build
      .updateTable('session')
      .set({ search_depth: depth, ...(partly === undefined ? {} : { searched_partly: partly }) })
      .where('number', '=', session),
  );
}

/** Every word of an index, in order. */
function* termsOf(query: Query, session: number): IterableIterator<string> {
  query.run(createTermsTable(session));
  try {
    for (let after = ''; ; ) {
      const terms = query.all(termsAfter(session, after));
      for (const { term } of terms) yield term;
      const last = terms.at(-1);
      if (last === undefined) return;
      after = last.term;
    }
  } finally {
    query.run(dropTermsTable(session));
  }
}

/** The index is made beside the one in use, which a crash leaves. */
function* indexAnew(query: Query, session: number, textOf: (exchange: Exchange) => DecodedText): Generator<number> {
  query.transaction(() => {
    query.run(dropSearchTable(session, 'next'));
    query.run(createSearchTable(session, 'next'));
  });
  const insert = query.prepared(insertWords(session, 'next'));
  let done = 0;
  let partly = 0;
  let step: Exchange[] = [];
  const write = () => {
    const rows = step.flatMap((exchange) => rowsOf(exchange, textOf(exchange)));
    query.transaction(() => {
      for (const { row, words } of rows) insert(row, words);
    });
    partly += rows.filter((row) => row.partly).length;
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
    reached(query, session, { depth: 1, partly });
  });
}

interface IndexRow extends Searched {
  readonly row: bigint;
}

function rowsOf({ seq, request, response, messages }: Exchange, text: DecodedText): IndexRow[] {
  const parts: Array<readonly [part: number, bytes: Uint8Array, encoded: boolean, decoded: string | undefined]> = [
    [REQUEST_PART, request.body.bytes, isEncoded(request.headers), text.request],
    ...(response === null ? [] : [[RESPONSE_PART, response.body.bytes, isEncoded(response.headers), text.response] as const]),
    ...messages.map(({ index, body }) => [index, body.bytes, false, text.messages?.get(index)] as const),
  ];
  return parts.flatMap(([part, ...content]) => {
    const searched = searchedOf(...content);
    return searched.words === '' ? [] : [{ row: searchRow(seq, part), ...searched }];
  });
}
