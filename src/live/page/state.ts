/**
 * What the page knows and shows, as signals, and the feed and questions that change them. Long because each change touches several: which
 * session is open, what was fetched of it and whether the server can be reached are told apart in one place or told wrongly.
 */
import { batch, computed, effect, signal } from '@preact/signals';
import type { SessionRow } from '../../model/audit.js';
import type { Session } from '../../model/session.js';
import type { FeedMessage } from '../feed.js';
import type { Rules, State } from '../schema.js';
import type { FindingRow } from '../trail.js';
import { type Address, readAddress, type Sort, type View, writeAddress } from './address.js';
import { bodyHits, searchBodies } from './body-search.js';
import { factsOf, rankOf } from './facts.js';
import { matches, parseFilter, showsCandidates } from './filter.js';
import { gapsOf } from './gaps.js';
import { Link } from './link.js';
import { type Batch, Mirror, type Snapshot } from './mirror.js';
import { net, Refusal, sessionPath } from './net.js';
import { againAfter } from './pace.js';

export const server = signal<State | null>(null);
export const rules = signal<Rules | null>(null);
export const sessions = signal<readonly Pick<SessionRow, 'session' | 'exchanges' | 'findings' | 'byVerdict'>[]>([]);
/** `connecting` at first, then whether the feed stands. */
export const feed = signal<'connecting' | 'up' | 'down' | 'refused'>('connecting');
/** The server has as many tabs as it takes, and turned this one away. */
export const crowded = signal(false);
/** Shown for a moment after the feed came back and what was missed is here. */
export const caughtUp = signal(false);
/** The session that this tab watched until another one took its place; said in the banner, with the way back to it. */
export const replaced = signal<string | null>(null);
/** The session that the address names and that is not here (any more); said in the banner, for another one is shown. */
export const absent = signal<string | null>(null);
export const problem = signal<Refusal | null>(null);
/** Trouble of the recording itself, as the program tells it. */
export const trouble = signal<State['trouble']>(null);
export const address = signal<Address>(readAddress(location.search));
/** By the clock of the server, as all times of a session are: the reader's may go wrong. */
export const now = signal(Date.now());
/** Milliseconds by which the server's clock is ahead of the reader's. */
let ahead = 0;
export const serverTime = (): number => Date.now() + ahead;

/** The mirror itself is mutable; this number changes with it. */
const version = signal(0);
let mirror: Mirror | null = null;
let shown: string | null = null;

export const live = computed(() => {
  version.value;
  return mirror === null ? null : { session: mirror.session, counters: mirror.counters, traffic: mirror.traffic };
});
export const session = computed<Session | null>(() => live.value?.session ?? null);
export const isRunning = computed(
  () => session.value !== null && session.value.id === server.value?.running && session.value.status === 'running',
);
/** Another process records it: nothing tells this page what comes of it. */
export const isForeign = computed(() => session.value?.status === 'running' && !isRunning.value);
export const allFindings = computed<readonly FindingRow[]>(() => {
  version.value;
  // Newest first, so that of two that were seen in the same millisecond the later one stays on top.
  return mirror === null ? [] : [...mirror.findings.values()].reverse();
});
const allReaches = computed(() => {
  version.value;
  return mirror === null ? [] : [...mirror.reaches.values()];
});
/** Without the connections of other apps on the phone, which are counted apart. */
export const reaches = computed(() => allReaches.value.filter(({ app }) => app === undefined));
export const otherReaches = computed(() => allReaches.value.filter(({ app }) => app !== undefined));
export const hosts = computed(() => {
  version.value;
  return mirror === null ? [] : [...mirror.hosts.values()];
});

/** What was not looked at, or not wholly; null: no session is shown. */
export const gaps = computed(() =>
  live.value === null ? null : gapsOf(reaches.value, allFindings.value, live.value.counters, live.value.traffic, live.value.session.status),
);

/** Requests of which something tells whose they are, by app, basis and host. */
export const appTraffic = computed(() => {
  version.value;
  return mirror === null ? [] : [...mirror.apps.values()];
});

export const filter = computed(() => parseFilter(address.value.filter));
/** Findings that count: candidates stay out unless the filter asks for grades. */
export const counted = computed(() =>
  showsCandidates(filter.value) ? allFindings.value : allFindings.value.filter(({ grade }) => grade !== 'candidate'),
);
/** Without what the reader muted; every count but the list's own is made before this. */
const unmuted = computed<readonly FindingRow[]>(() => {
  const muted = new Set(address.value.muted);
  return muted.size === 0
    ? counted.value
    : counted.value.filter(({ app, party }) => !muted.has(`app:${app}`) && !muted.has(`host:${party.host}`));
});
export const mutedCount = computed(() => counted.value.length - unmuted.value.length);
export const filtered = computed<readonly FindingRow[]>(() => {
  const wanted = filter.value;
  const book = rules.value;
  const shownSession = session.value;
  const heard = unmuted.value;
  const hits = bodyHits.value?.session === shownSession?.id ? bodyHits.value : null;
  const metBy = (id: string) => new Set([...(hits?.byText ?? [])].flatMap(([text, found]) => (found.has(id) ? [text] : [])));
  const some =
    wanted.terms.length === 0 ? [...heard] : heard.filter((row) => matches(wanted, factsOf(row, book, shownSession, metBy(row.id))));
  const { sort } = address.value;
  if (sort === 'active') return some.sort((a, b) => b.lastSeen - a.lastSeen || b.firstSeen - a.firstSeen);
  if (sort === 'severity') return some.sort((a, b) => rankOf(a) - rankOf(b) || b.count - a.count);
  return some.sort((a, b) => b.firstSeen - a.firstSeen || rankOf(a) - rankOf(b));
});

/** Changes the state of the page and its address. @param step the browser's way back leads here; otherwise the address is only put right. */
export function go(patch: Partial<Address>, step = false): void {
  const next = { ...address.value, ...patch };
  address.value = next;
  const url = writeAddress(next);
  if (url === `${location.pathname}${location.search}`) return;
  if (step) history.pushState(null, '', url);
  else history.replaceState(null, '', url);
}

export const openView = (view: View) => go({ view, finding: null, exchange: null, rule: null, compare: null }, true);
export const openRule = (rule: string) => go({ view: 'rules', finding: null, exchange: null, rule }, true);
export const mute = (what: string) => go({ muted: [...new Set([...address.value.muted, what])], finding: null }, true);
export const unmute = (what: string) => go({ muted: address.value.muted.filter((one) => one !== what) }, true);
export const setSort = (sort: Sort) => go({ sort });
export const setFilter = (line: string) => go({ filter: line });

/** Takes a session as the server answered a change of it; the same comes in the next batch, this is sooner. */
export function adopt(changed: Session): void {
  if (mirror === null || mirror.session.id !== changed.id) return;
  mirror.session = changed;
  version.value += 1;
}

/** Runs something the person asked for; a refusal is shown, not thrown. */
export async function attempt(work: () => Promise<unknown>): Promise<void> {
  try {
    problem.value = null;
    await work();
  } catch (error) {
    show(error);
  }
}

/** What was refused last that nobody had asked for. */
let unasked: Refusal | null = null;

/**
 * Runs what keeps the page up to date. A refusal is shown until the next such work goes well; what a person's own action was refused
 * for stays to be read, however often the page is brought up to date meanwhile.
 */
export async function keepUp(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
    if (problem.value === unasked) problem.value = null;
  } catch (error) {
    unasked = show(error);
  }
}

/** Shows what was refused, or that the program cannot be reached. @returns it, as it is shown. */
export function show(error: unknown): Refusal {
  const refusal = error instanceof Refusal ? error : new Refusal(0, 'OVR_UI_LOST', describe(error), '');
  problem.value = refusal;
  if (refusal.status === 401) feed.value = 'refused';
  return refusal;
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

let loading: Promise<void> | null = null;
let waiting: Batch[] = [];
let greeted = false;

/** Takes the whole session anew. Batches that arrive meanwhile wait and are applied after it. */
function resync(): Promise<void> {
  loading ??= load().finally(() => {
    loading = null;
  });
  return loading;
}

async function load(): Promise<void> {
  const id = shown;
  if (id === null) return;
  waiting = [];
  const snapshot = await net.get<Snapshot>(sessionPath(id));
  if (id !== shown) return load();
  const fresh = new Mirror(snapshot);
  const late = waiting;
  waiting = [];
  if (late.some((one) => isNews(one.session))) void keepUp(follow);
  const gap = late.some((one) => fresh.apply(one) === 'gap');
  mirror = fresh;
  version.value += 1;
  if (gap) await load();
}

function take(message: FeedMessage): void {
  if (message.type === 'alive') return;
  if (message.type === 'trouble') {
    const over = trouble.value !== null && message.trouble === null;
    trouble.value = message.trouble;
    // What could not be kept meanwhile is counted in the session.
    if (over) void keepUp(resync);
    return;
  }
  if (message.type === 'resync') {
    // Not the session alone: among what was missed may be the beginning of another.
    void keepUp(follow);
    return;
  }
  if (message.type === 'hello') {
    // After a break everything is asked again: the program may have been restarted, and its batches count anew.
    const behind = message.session !== server.value?.running || (mirror?.session.id === message.session && mirror.batch !== message.batch);
    if (greeted || behind)
      void keepUp(async () => {
        await refresh();
        tellCaughtUp();
      });
    greeted = true;
    return;
  }
  if (loading !== null) {
    waiting.push(message);
    return;
  }
  if (mirror === null || isNews(message.session)) {
    void keepUp(follow);
    return;
  }
  const outcome = mirror.apply(message);
  if (outcome === 'gap') void keepUp(resync);
  else if (outcome === 'applied') version.value += 1;
}

/** Whether the program records another session than this page knows of, or none any more. */
function isNews({ id, status }: Session): boolean {
  return (status === 'running') !== (server.value?.running === id) && (status === 'running' || server.value?.latest === id);
}

let following: Promise<void> | null = null;

/** Another session runs now. A tab that watched the one before goes on with it; one that reads a stored session stays there. */
function follow(): Promise<void> {
  following ??= turn().finally(() => {
    following = null;
  });
  return following;
}

async function turn(): Promise<void> {
  const watched = shown;
  const watchedLive = watched === (server.value?.latest ?? null);
  const { latest } = await net.get<State>('/api/state');
  if (!watchedLive || latest === watched) return refresh();
  go({ session: null, finding: null, exchange: null, filter: '', muted: [], compare: null });
  await refresh();
  replaced.value = watched;
}

/** The list of sessions alone: it is asked for when it is looked at, for no batch tells what became of the others. */
export async function listSessions(): Promise<void> {
  sessions.value = (await net.get<{ sessions: typeof sessions.value }>('/api/sessions')).sessions;
}

async function readRules(): Promise<void> {
  rules.value = await net.get<Rules>('/api/rules');
}

/** State of the server, the list of sessions, and the session that is shown. @throws Refusal */
export async function refresh(): Promise<void> {
  const [state, list] = await Promise.all([
    net.get<State>('/api/state'),
    net.get<{ sessions: typeof sessions.value }>('/api/sessions'),
    // Whatever kept the rules away at the start must not leave the page waiting for them for ever.
    rules.value === null ? readRules() : null,
  ]);
  batch(() => {
    ahead = state.now - Date.now();
    now.value = serverTime();
    server.value = state;
    trouble.value = state.trouble;
    sessions.value = list.sessions;
  });
  const wanted = address.value.session;
  const known = wanted !== null && (wanted === state.running || list.sessions.some((row) => row.session.id === wanted)) ? wanted : null;
  const current = known ?? state.running ?? list.sessions[0]?.session.id ?? null;
  if (wanted !== null && known === null) {
    // Another session stands in its place: its numbers must not be read as those of the one that was asked for.
    absent.value = wanted;
    go({ session: null, finding: null, exchange: null, compare: null });
  }
  if (current === null) {
    shown = null;
    mirror = null;
    version.value += 1;
    return;
  }
  shown = current;
  await resync();
}

/** The session that is shown, read anew: it was changed otherwise than by traffic. */
export const reload = (): Promise<void> => keepUp(refresh);

/** Shows another session, its findings first; the page says what fails. */
export async function openSession(id: string): Promise<void> {
  replaced.value = null;
  absent.value = null;
  go(
    {
      session: id === server.value?.running ? null : id,
      view: 'findings',
      finding: null,
      exchange: null,
      filter: '',
      muted: [],
      compare: null,
    },
    true,
  );
  await attempt(refresh);
}

/** Between two attempts to begin. */
const RETRY_MS = 2_000;
const isRefused = (): boolean => feed.value === 'refused';

/** Begins everything; called once. */
export async function start(): Promise<void> {
  window.addEventListener('popstate', () => {
    const before = address.value.session;
    address.value = readAddress(location.search);
    if (before !== address.value.session) void attempt(refresh);
  });
  // Strips the token after a login that was not redirected.
  history.replaceState(null, '', writeAddress(address.value));
  window.setInterval(() => {
    now.value = serverTime();
  }, 1_000);
  await keepUp(refresh);
  if (isRefused()) return;
  link.open();
  // Without the rules there is nothing on screen, not even a button to try again with.
  while (rules.value === null && !isRefused()) {
    await new Promise((resolve) => window.setTimeout(resolve, RETRY_MS));
    await keepUp(refresh);
  }
}

/** The feed was away, and what came meanwhile has not been fetched yet. */
let missed = false;

/** Only once everything has been fetched anew is nothing missing. */
function tellCaughtUp(): void {
  if (!missed) return;
  missed = false;
  caughtUp.value = true;
  window.setTimeout(() => {
    caughtUp.value = false;
  }, 4_000);
}

const link = new Link({
  message: take,
  up: () => {
    crowded.value = false;
    feed.value = 'up';
  },
  down: (isCrowded) => {
    crowded.value = isCrowded;
    missed = true;
    if (feed.value === 'up' || feed.value === 'connecting') feed.value = 'down';
    // A server that came back with another token refuses the feed without saying why; the API says it.
    void net.get<State>('/api/state').catch((error: unknown) => {
      if (error instanceof Refusal && error.status === 401) feed.value = 'refused';
    });
  },
});

export const reconnect = (): void => link.open();

/** Whether this server begins sessions: the proxy runs in it. */
export const canBegin = computed(() => server.value?.commands.includes('newSession') === true);
/** The proxy relays, and nobody records. */
export const isIdle = computed(() => canBegin.value && server.value?.running === null);
/** Digest of the rules that were replaced last; another one means that the book shown here is out of date. */
const rulesReplaced = computed(() => (isRunning.value ? (session.value?.subject.reloads?.earlier.at(-1)?.until ?? 0) : 0));
let book = 0;
effect(() => {
  const until = rulesReplaced.value;
  if (until === book) return;
  book = until;
  void keepUp(readRules);
});

/** While something arrives, what no batch tells is asked for at most this often. */
const RECOUNT_MS = 2_000;
let recounting = 0;
let recountTook = 0;

/** Batches do not tell what was cut, lost or only partly read: without this a page that was opened early would call all of it inspected. */
async function recount(id: string): Promise<void> {
  const began = Date.now();
  const traffic = await net.get<Snapshot['traffic']>(sessionPath(id, 'traffic'));
  recountTook = Date.now() - began;
  if (mirror === null || mirror.session.id !== id) return;
  mirror.recount(traffic);
  version.value += 1;
}

const carried = computed(() => (isRunning.value ? (live.value?.counters.bytesUp ?? 0) + (live.value?.counters.exchanges ?? 0) : 0));
effect(() => {
  const id = session.value?.id;
  if (carried.value === 0 || id === undefined || recounting !== 0) return;
  recounting = window.setTimeout(
    () => {
      recounting = 0;
      // Whether the server can be reached at all is what the connection's own banner says.
      if (feed.value === 'up') void recount(id).catch(() => undefined);
    },
    againAfter(RECOUNT_MS, recountTook),
  );
});

effect(() => {
  // The request list asks the store itself.
  const isHere = address.value.view === 'findings' || address.value.view === 'matrix' || address.value.view === 'timeline';
  const texts = isHere ? filter.value.terms.filter(({ operator }) => operator === null).map(({ value }) => value) : [];
  // What could not be asked while the server was away is asked when it is back.
  feed.value;
  // Each arrival may bring another request in which the text is met.
  searchBodies(session.value?.id ?? null, texts);
});

effect(() => {
  const app = session.value?.subject.app;
  document.title = app === null || app === undefined ? 'Overreach' : `${app} · Overreach`;
});
