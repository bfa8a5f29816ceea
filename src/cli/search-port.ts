import { arrived, type CarriedError, carried, describeError, OverreachError, UsageError } from '../errors.js';
import { limits } from '../limits.js';
import type { RowQuery } from '../model/audit.js';
import type { Store } from '../store/index.js';
import { ending, RestingThread, type Thread } from './resting-thread.js';

/** What the search thread looks for: the questions of the page that walk an index of a whole session. */
export interface Search {
  readonly traffic: { readonly session: string };
  readonly rows: { readonly session: string; readonly query: RowQuery };
  readonly findings: { readonly session: string; readonly text: string };
}

interface Found {
  readonly traffic: ReturnType<Store['traffic']>;
  readonly rows: ReturnType<Store['exchangeRows']>;
  readonly findings: ReturnType<Store['findingsWith']>;
}

export type Sought = {
  readonly [Kind in keyof Search]: { readonly call: number; readonly kind: Kind; readonly what: Search[Kind] };
}[keyof Search];

export type Told =
  | { readonly call: number; readonly found: Found[keyof Found] }
  | { readonly call: number; readonly refused: CarriedError };

export type SearchThread = Thread<Sought, Told>;

/** The thread's end: the same store, the same questions. */
export function serveSearch(
  store: Pick<Store, 'traffic' | 'exchangeRows' | 'findingsWith'>,
  tell: (told: Told) => void,
): (sought: Sought) => void {
  return (sought) => {
    const { call } = sought;
    try {
      tell({ call, found: find(store, sought) });
    } catch (error) {
      tell({ call, refused: carried(error) });
    }
  };
}

function find(store: Pick<Store, 'traffic' | 'exchangeRows' | 'findingsWith'>, { kind, what }: Sought): Found[keyof Found] {
  if (kind === 'rows') return store.exchangeRows(what.session, what.query);
  return kind === 'findings' ? store.findingsWith(what.session, what.text) : store.traffic(what.session);
}

/** The searches of the page, away from the thread that relays. */
export interface SearchDesk {
  /** Somebody is about to search: starts the thread, which takes a tenth of a second. */
  warm(): void;
  /** Before every search that waits, and never refused: without it a page shows nothing at all. */
  traffic(what: Search['traffic'], gone?: AbortSignal): Promise<Found['traffic']>;
  rows(what: Search['rows'], gone?: AbortSignal): Promise<Found['rows']>;
  findings(what: Search['findings'], gone?: AbortSignal): Promise<Found['findings']>;
  close(): Promise<void>;
}

function unwanted(): UsageError {
  return new UsageError('OVR_UI_GONE', 'Whoever searched is gone.', { next: 'Search again.' });
}

interface Waiting {
  readonly sought: Sought;
  readonly resolve: (found: Found[keyof Found]) => void;
  readonly reject: (error: Error) => void;
}

/**
 * One search at a time, in the order asked, what a page begins with first. One that nobody waits for any more is taken out of the queue; the one that runs cannot
 * be stopped (SQLite is asked synchronously there), its answer is thrown away.
 * @param start makes the thread; called with the first search, and again after it was given up for having nothing to do.
 */
export function searchDesk(start: () => SearchThread): SearchDesk {
  const queue: Waiting[] = [];
  let running: Waiting | null = null;
  let call = 0;
  let closed = false;
  const thread = new RestingThread<Sought, Told>({ start, idleMs: limits.uiSearchIdleMs, hear, died });

  function next(): void {
    if (running !== null) return;
    running = queue.shift() ?? null;
    if (running === null) thread.rest();
    else thread.tell(running.sought);
  }

  /** What runs is lost; what waits gets another thread. */
  function died(cause: unknown): void {
    const lost = running;
    running = null;
    lost?.reject(
      new OverreachError('OVR_SEARCH_DIED', `The search thread ended: ${describeError(cause)}`, {
        next: 'Search again; the session that runs is not touched by it.',
        cause,
      }),
    );
    if (!closed) next();
  }

  function hear(told: Told): void {
    if (running?.sought.call !== told.call) return;
    const { resolve, reject } = running;
    running = null;
    if ('found' in told) resolve(told.found);
    else reject(arrived(told.refused));
    next();
  }

  function put<Kind extends keyof Search>(make: (call: number) => Sought, gone?: AbortSignal): Promise<Found[Kind]> {
    if (closed) return Promise.reject(ending());
    // Of a signal that was given before, no event comes any more.
    if (gone?.aborted === true) return Promise.reject(unwanted());
    const sought = make(++call);
    const ahead = sought.kind === 'traffic';
    if (!ahead && queue.length >= limits.uiSearches)
      return Promise.reject(
        new UsageError('OVR_UI_BUSY', 'Too many searches wait already.', { next: 'Wait a moment, then search again.' }),
      );
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { sought, resolve: (found) => resolve(found as Found[Kind]), reject };
      gone?.addEventListener('abort', () => {
        const at = queue.indexOf(waiting);
        if (at >= 0) queue.splice(at, 1);
        reject(unwanted());
      });
      if (ahead) queue.unshift(waiting);
      else queue.push(waiting);
      next();
    });
  }

  return {
    warm() {
      if (closed || thread.isAwake) return;
      // Where it cannot be made nobody waits yet; the first search tries again and tells.
      thread.wake();
      next();
    },
    traffic: (what, gone) => put<'traffic'>((n) => ({ call: n, kind: 'traffic', what }), gone),
    rows: (what, gone) => put<'rows'>((n) => ({ call: n, kind: 'rows', what }), gone),
    findings: (what, gone) => put<'findings'>((n) => ({ call: n, kind: 'findings', what }), gone),
    async close() {
      closed = true;
      const left = [...(running === null ? [] : [running]), ...queue.splice(0)];
      running = null;
      await thread.give();
      for (const { reject } of left) reject(ending());
    },
  };
}
