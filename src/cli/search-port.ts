import { describeError, EXIT, OverreachError, UsageError } from '../errors.js';
import { limits } from '../limits.js';
import type { RowQuery } from '../model/audit.js';
import type { Store } from '../store/index.js';

/** What the search thread looks for: the two questions of the page that walk an index of a whole session. */
export interface Search {
  readonly rows: { readonly session: string; readonly query: RowQuery };
  readonly findings: { readonly session: string; readonly text: string };
}

interface Found {
  readonly rows: ReturnType<Store['exchangeRows']>;
  readonly findings: ReturnType<Store['findingsWith']>;
}

export type Sought = {
  readonly [Kind in keyof Search]: { readonly call: number; readonly kind: Kind; readonly what: Search[Kind] };
}[keyof Search];

export type Told =
  | { readonly call: number; readonly found: Found[keyof Found] }
  | { readonly call: number; readonly code: string; readonly message: string; readonly next: string; readonly exit: number };

/** As much of a worker thread as is needed here. */
export interface SearchThread {
  postMessage(sought: Sought): void;
  on(event: 'message', listener: (told: Told) => void): void;
  on(event: 'error', listener: (error: Error) => void): void;
  on(event: 'exit', listener: () => void): void;
  terminate(): Promise<unknown>;
  unref(): void;
}

/** The thread's end: the same store, the same questions. */
export function serveSearch(store: Pick<Store, 'exchangeRows' | 'findingsWith'>, tell: (told: Told) => void): (sought: Sought) => void {
  return (sought) => {
    const { call } = sought;
    try {
      const found =
        sought.kind === 'rows'
          ? store.exchangeRows(sought.what.session, sought.what.query)
          : store.findingsWith(sought.what.session, sought.what.text);
      tell({ call, found });
    } catch (error) {
      const { code, message, next, exit } =
        error instanceof OverreachError
          ? error
          : { code: 'OVR_BUG', message: describeError(error), next: 'This is a bug of Overreach. Please report it.', exit: EXIT.bug };
      tell({ call, code, message, next, exit });
    }
  };
}

/** The searches of the page, away from the thread that relays. */
export interface SearchDesk {
  /** Somebody is about to search: starts the thread, which takes a tenth of a second. */
  warm(): void;
  rows(what: Search['rows'], gone?: AbortSignal): Promise<Found['rows']>;
  findings(what: Search['findings'], gone?: AbortSignal): Promise<Found['findings']>;
  close(): Promise<void>;
}

interface Waiting {
  readonly sought: Sought;
  readonly resolve: (found: Found[keyof Found]) => void;
  readonly reject: (error: Error) => void;
}

/**
 * One search at a time, in the order asked. One that nobody waits for any more is taken out of the queue; the one that runs cannot
 * be stopped (SQLite is asked synchronously there), its answer is thrown away.
 * @param start makes the thread; called with the first search, and again after it was given up for having nothing to do.
 */
export function searchDesk(start: () => SearchThread): SearchDesk {
  const queue: Waiting[] = [];
  let thread: SearchThread | null = null;
  let running: Waiting | null = null;
  let rest: NodeJS.Timeout | null = null;
  let call = 0;
  let closed = false;

  function next(): void {
    if (running !== null) return;
    running = queue.shift() ?? null;
    if (running === null) {
      if (thread !== null) rest ??= setTimeout(() => void give(), limits.uiSearchIdleMs).unref();
      return;
    }
    try {
      awake().postMessage(running.sought);
    } catch (error) {
      fail(error);
    }
  }

  /** What runs is lost; what waits gets another thread. */
  function fail(cause: unknown): void {
    const lost = running;
    thread = null;
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
    else reject(new OverreachError(told.code, told.message, { next: told.next }, told.exit === EXIT.bug ? EXIT.bug : EXIT.usage));
    next();
  }

  function awake(): SearchThread {
    if (rest !== null) clearTimeout(rest);
    rest = null;
    if (thread !== null) return thread;
    const fresh = start();
    thread = fresh;
    // A process that is asked to end must not wait for it.
    fresh.unref();
    fresh.on('message', (told) => {
      if (thread === fresh) hear(told);
    });
    fresh.on('error', (error) => {
      if (thread === fresh) fail(error);
    });
    fresh.on('exit', () => {
      if (thread === fresh) fail(new Error('without a word'));
    });
    return fresh;
  }

  async function give(): Promise<void> {
    if (rest !== null) clearTimeout(rest);
    rest = null;
    const old = thread;
    // First: its end is no accident.
    thread = null;
    await old?.terminate();
  }

  function put<Kind extends keyof Search>(make: (call: number) => Sought, gone?: AbortSignal): Promise<Found[Kind]> {
    if (closed) return Promise.reject(new OverreachError('OVR_ENDED', 'The program is ending.', { next: 'Start it again.' }));
    if (queue.length >= limits.uiSearches)
      return Promise.reject(
        new UsageError('OVR_UI_BUSY', 'Too many searches wait already.', { next: 'Wait a moment, then search again.' }),
      );
    return new Promise((resolve, reject) => {
      call += 1;
      const waiting: Waiting = { sought: make(call), resolve: (found) => resolve(found as Found[Kind]), reject };
      gone?.addEventListener('abort', () => {
        const at = queue.indexOf(waiting);
        if (at >= 0) queue.splice(at, 1);
        reject(new UsageError('OVR_UI_GONE', 'Whoever searched is gone.', { next: 'Search again.' }));
      });
      queue.push(waiting);
      next();
    });
  }

  return {
    warm() {
      if (closed || thread !== null) return;
      try {
        awake();
        next();
      } catch (error) {
        // Nobody waits yet; the first search tries again and tells.
        fail(error);
      }
    },
    rows: (what, gone) => put<'rows'>((n) => ({ call: n, kind: 'rows', what }), gone),
    findings: (what, gone) => put<'findings'>((n) => ({ call: n, kind: 'findings', what }), gone),
    async close() {
      closed = true;
      const left = [...(running === null ? [] : [running]), ...queue.splice(0)];
      running = null;
      await give();
      for (const { reject } of left) reject(new OverreachError('OVR_ENDED', 'The program is ending.', { next: 'Start it again.' }));
    },
  };
}
