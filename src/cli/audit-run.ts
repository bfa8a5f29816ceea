import { Worker } from 'node:worker_threads';
import { attributedTap } from '../capture/device/attributed-tap.js';
import { type Capture, type CaptureOptions, type ConnectionBounds, startCapture } from '../capture/index.js';
import type { DecodeOptions } from '../decode/index.js';
import { createKnownValues } from '../detect/known-values.js';
import { CaptureError, InputError, OverreachError, plain } from '../errors.js';
import { limits } from '../limits.js';
import { type LiveServer, type LiveStore, type NewSession, startLive } from '../live/index.js';
import type { ProtoSchema } from '../model/proto.js';
import type { Rulebook } from '../model/rulebook.js';
import type { Persona, SeenDevice, Session, Subject } from '../model/session.js';
import type { Lasting } from '../model/trouble.js';
import { formatIds } from '../report/index.js';
import { decodeOptionsFor } from '../session/analyst.js';
import { undoCoding } from '../session/content-coding.js';
import { connectAudit, type RemoteAudit } from '../session/remote.js';
import { steadyClock } from '../session/steady-clock.js';
import { Owner, openStore, type Store } from '../store/index.js';
import type { ConnectedApps } from './adb-phone.js';
import type { ArchiveOrder } from './archive.js';
import { archiveDesk } from './archive-port.js';
import { captureOptions } from './capture-options.js';
import { openRulebook } from './cli.js';
import { deviceNotes } from './device-notes.js';
import { createExplain, createFields } from './explanation.js';
import { hookRunner } from './hook-runner.js';
import { newSession, refuseUnlessNamed, subjectAfter } from './next-session.js';
import { questionsOf } from './page-view.js';
import { createPersonaBook } from './persona-book.js';
import { onboardingFor } from './phone.js';
import { ARCHIVE_THREAD, PAGE_DIR, SEARCH_THREAD, TOOL, WORKER } from './place.js';
import { createRetention } from './retention.js';
import { rulesInForce } from './rules-in-force.js';
import { watchRules } from './rules-watch.js';
import { clearNotes, leaveNote } from './running.js';
import { type SearchDesk, searchDesk } from './search-port.js';
import type { Settings, Surroundings } from './settings.js';
import { withModules } from './subject.js';
import { tagKeyOf } from './tag-key.js';
import type { WorkerOrder } from './worker.js';

/** A proxy, its analysis thread, its store and its page, running. */
export interface AuditRun {
  /** The one that is recorded, or was last. */
  readonly session: Session;
  readonly audit: RemoteAudit;
  readonly capture: Capture;
  readonly live: LiveServer;
  readonly store: Store;
  /** The rules in force now. */
  rulebook(): Rulebook;
  /** Ends the session, stores everything, closes every socket. The store stays open for reading: whoever started the run closes it. */
  end(): Promise<Session>;
}

export interface AuditRunOptions {
  readonly settings: Settings;
  readonly rulebook: Rulebook;
  readonly persona: Persona | null;
  /** Protocol Buffers definitions of the app under test. */
  readonly schemas: readonly ProtoSchema[];
  readonly source: 'proxy' | 'demo';
  readonly subject: Subject;
  readonly capture?: Partial<CaptureOptions>;
  readonly responses?: boolean;
  /** A table of address registrations (`--countries`): its file and what stands in it. */
  readonly countries?: { readonly file: string; readonly text: string } | null;
  /** Names the app behind a connection (adb). */
  readonly apps?: ConnectedApps;
  /** Where settings are read from, and those that the page may change are kept. */
  readonly surroundings: Surroundings;
  /** Told of every session that is begun from the page. */
  readonly onSession?: (session: Session) => void;
  /** Told of trouble that does not end the session: disk full, a dead analysis thread. */
  onProblem(problem: OverreachError): void;
  /** Told when what a disk refused has been stored after all. */
  readonly onStoredAgain?: () => void;
}

/**
 * Composes the whole thing: capture → thread(wire, decode, detect, judge, store) → page. The order matters: the store and the
 * thread stand before the first byte can arrive.
 *
 * Long because whatever is begun here is undone in the opposite order, also where a later step fails: a step that is moved elsewhere takes its way
 * back out of sight.
 */
export async function startAuditRun(options: AuditRunOptions): Promise<AuditRun> {
  const { settings, rulebook } = options;
  /** Of everything that stands in the record: where the system's clock is set back, an event must not stand before what came first. */
  const now = steadyClock(Date.now, (ahead) => onProblem(clockSetBack(ahead)));
  const first = newSession(options.source, withModules(options.subject, options.persona), now());
  /** What this program recorded, for the persona file is of that test person. */
  const recorded = new Set([first.id]);
  const store = openStore({ dir: settings.dataDir });
  let page: LiveServer | null = null;
  let refused = false;
  /** To the terminal, and to whoever sits at the page. */
  const onProblem = (problem: OverreachError, lasts: Lasting = null): void => {
    options.onProblem(problem);
    page?.tell(plain(problem), lasts);
    refused ||= lasts === 'until_stored';
  };
  const undo: Array<() => unknown> = [];
  try {
    store.markInterrupted();
    clearNotes(settings.dataDir);
    const owner = new Owner(settings.dataDir);
    undo.push(() => owner.release());
    const order: WorkerOrder = {
      dataDir: settings.dataDir,
      rulebook,
      session: first,
      persona: options.persona,
      schemas: options.schemas,
      tagKey: tagKeyOf(settings.dataDir),
      responses: options.responses === true,
      countries: options.countries ?? null,
    };
    const worker = new Worker(WORKER, { workerData: order });
    undo.push(() => worker.terminate());
    const audit = await connectAudit(worker, onProblem, now, () => page?.caughtUp());
    undo.push(() => audit.leave());
    undo.push(
      audit.subscribe(() => {
        if (refused) options.onStoredAgain?.();
        refused = false;
      }),
    );

    const rules = rulesInForce({ rulebook, load: () => openRulebook(settings), audit, now });

    let ui: { host: string; port: number } | null = null;
    const { apps } = options;
    /** Where the phone that adb speaks to comes from. */
    const phoneOfAdb = new Set<string>();
    const attributed =
      apps === undefined
        ? null
        : attributedTap({
            forward: (event) => audit.tap(event),
            async appOf(client) {
              const app = await apps.appOf(client, capture.address.port);
              if (app !== null) phoneOfAdb.add(client.address);
              return app;
            },
            onProblem: (error) => onProblem(asProblem(error)),
          });
    store.waitAtMost(limits.storeBusyRelayMs);
    const capture = await startCapture({
      ...captureOptions(settings),
      ownAddresses: () => (ui === null ? [] : [ui]),
      onTap: (event) => (attributed === null ? audit.tap(event) : attributed.tap(event)),
      tapPressure: () => audit.pressure(),
      recordNow: now,
      onPeer: (peer) => apps?.opened(peer, capture.address.port),
      onRefused: (address) => onProblem(refusedPeer(address)),
      onCrowded: (address, bounds) => onProblem(crowdedPeer(address, bounds)),
      onUnadmitted: (address) => onProblem(unadmittedPeer(address)),
      ...options.capture,
    });
    undo.push(() => capture.close());

    const devices = (): SeenDevice[] =>
      capture.devices().flatMap(({ address, firstSeenAt, lastSeenAt, known, lights }) => {
        const model = phoneOfAdb.has(address) ? (apps?.model ?? null) : null;
        // A connection that said nothing may be anybody's.
        return lights.reached ? [{ address, firstSeen: firstSeenAt, lastSeen: lastSeenAt, known: known ?? model, lights }] : [];
      });
    const phones = deviceNotes({
      session: () => audit.session(),
      devices,
      keep: (id, device) => store.keepDevice(id, device),
      onProblem: (error) => options.onProblem(asProblem(error)),
    });
    undo.push(() => phones.close());

    const book = createPersonaBook({
      store,
      rulebook: rules.rulebook,
      tagKey: order.tagKey,
      running: () => audit.session().id,
      ours: (id) => recorded.has(id),
      file: options.persona,
      know: (persona) => audit.know(persona),
    });
    const archive = archiveDesk(
      () => {
        const archiveOrder: ArchiveOrder = {
          settings,
          rulebook: rules.rulebook(),
          responses: order.responses,
          schemas: order.schemas,
          countries: order.countries,
        };
        return new Worker(ARCHIVE_THREAD, { workerData: archiveOrder });
      },
      rules.rulebook,
      onProblem,
    );
    undo.push(() => archive.close());
    const searches = searchDesk(() => new Worker(SEARCH_THREAD, { workerData: { dataDir: settings.dataDir } }));
    undo.push(() => searches.close());
    if (store.shallowSessions().length > 0) archive.deepen();
    let clearNote = (): void => {};
    const note = (id: string): void => {
      const before = clearNote;
      clearNote = leaveNote(settings.dataDir, { session: id, pid: process.pid, ui: live.url, owner: owner.name });
      before();
    };
    const follow = async (wish: NewSession): Promise<Session> => {
      await attributed?.settle();
      const before = audit.session();
      refuseUnlessNamed(before, wish.ends);
      // One that ended may have been deleted since; the file then is all that is known.
      const { persona, source } = store.session(before.id) === null ? { persona: options.persona, source: 'file' } : book.known(before.id);
      const known = wish.keep.includes('persona') ? persona : null;
      const next = newSession(options.source, withModules(subjectAfter(before.subject, wish), known), now(), before.device);
      // Before the first question about it can come; the thread begins it while this one waits.
      recorded.add(next.id);
      capture.settle();
      phones.note();
      const begun = await audit.begin(next, known);
      note(begun.id);
      options.onSession?.(begun);
      // The file speaks for every session of this program; what was typed in, or left out, has to be said again.
      if (source === 'page' || (source === 'file' && known === null))
        store.keepKnownValues(begun.id, { values: known?.values ?? {}, whole: true });
      return begun;
    };
    let last: Promise<unknown> = Promise.resolve();
    const decoding = decodingOf((id) => book.known(id).persona, rules.rulebook, order.schemas);
    const live = await startLive({
      listen: settings.ui,
      audit,
      store: readSide(store, searches),
      rules: rules.rulebook,
      explain: createExplain(decoding),
      fields: createFields(decoding),
      undoCoding,
      report: (id, format, language) => archive.report({ session: id, only: null, format, language }),
      selection: (id, only, format, language) => archive.report({ session: id, only: [...only], format, language }),
      refusalQuestions: (categories) => questionsOf(rules.rulebook(), categories),
      persona: book,
      rejudge(id) {
        const { persona, partial } = book.known(id);
        return archive.rejudge({ session: id, persona, partial });
      },
      diff: (before, after) => archive.diff(before, after),
      retention: createRetention(store, settings, options.surroundings, (olderThan) => archive.purge(olderThan)),
      reportFormats: formatIds(),
      commands: {
        passThrough: (host, on) => capture.setPassThrough(host, on),
        passedThrough: () => capture.passedThrough(),
        reloadRules: rules.reload,
        async endSession() {
          // Another tab may begin a session while the phone is waited for; that one is not meant.
          const meant = audit.session().id;
          await attributed?.settle();
          capture.settle();
          phones.note();
          return audit.end(meant);
        },
        newSession(wish) {
          // One at a time: the second of two that were asked at once must see what the first has done.
          const mine = last.then(() => follow(wish));
          last = mine.catch(() => {});
          return mine;
        },
        deleteSession: (id) => archive.delete(id),
        annotate(id, notes) {
          const stored = store.session(id);
          if (stored === null) return audit.session();
          const annotated = { ...stored, subject: { ...stored.subject, ...notes } };
          store.updateSession(annotated);
          return annotated;
        },
      },
      onboarding: await onboardingFor(capture.address),
      devices,
      pageDir: PAGE_DIR,
      version: TOOL.version,
      now,
      onError: (error) => onProblem(asProblem(error)),
    });
    page = live;
    ui = { host: live.address.address, port: live.address.port };
    undo.push(() => live.close());
    undo.push(
      watchRules(
        settings.rules,
        // The page has a line of its own for rules that do not hold.
        () => void rules.reload().catch((error: unknown) => options.onProblem(asProblem(error))),
        (folder, error) => onProblem(asProblem(unwatched(folder, error))),
      ),
    );
    note(first.id);
    undo.push(() => clearNote());

    return {
      get session() {
        return audit.session();
      },
      audit,
      capture,
      live,
      store,
      rulebook: rules.rulebook,
      async end() {
        await capture.close();
        store.waitAtMost(limits.storeBusyMs);
        await attributed?.settle();
        try {
          await last;
          phones.note();
          return audit.session().status === 'running' ? await audit.end() : audit.session();
        } finally {
          for (const step of undo.reverse()) await step();
        }
      },
    };
  } catch (error) {
    for (const step of undo.reverse()) await step();
    // What never ran is no session: an empty one in the list would only puzzle.
    if (store.session(first.id) !== null) store.deleteSession(first.id);
    store.close();
    throw error;
  }
}

/** What each session decodes with; made once for a test person, because that costs a millisecond a value. */
function decodingOf(
  personaOf: (session: string) => Persona | null,
  rules: () => Rulebook,
  schemas: readonly ProtoSchema[],
): (session: string) => DecodeOptions {
  const made = new Map<string, { readonly text: string; readonly options: DecodeOptions }>();
  return (session) => {
    const persona = personaOf(session);
    const text = JSON.stringify(persona);
    const known = made.get(session);
    if (known?.text === text) return known.options;
    const options = decodeOptionsFor(persona, persona && createKnownValues(persona, rules().dataTypes), schemas, hookRunner);
    // Two are compared at most; more would keep test persons in memory that nobody looks at.
    if (made.size >= 2) made.clear();
    made.set(session, { text, options });
    return options;
  };
}

/** The store as the page may use it: reading, and noting who looked. Whatever may walk a whole session is asked of the search thread. */
function readSide(store: Store, searches: SearchDesk): LiveStore {
  return {
    sessions(running) {
      // Every page begins with this list, and goes on to requests and searches.
      searches.warm();
      return store.sessions(running);
    },
    session: (id) => store.session(id),
    findings: (id) => store.findings(id),
    occurrences: (id, findingId, page) => store.occurrences(id, findingId, page),
    lastOccurrence: (id, findingId) => store.lastOccurrence(id, findingId),
    facets: (id, findings) => store.facets(id, findings),
    clients: (id, from) => store.clients(id, from),
    findingsWith: (session, text, gone) => searches.findings({ session, text }, gone),
    searchReach: (id) => store.searchReach(id),
    evidenceOf: (id, seq) => store.evidenceOf(id, seq),
    exchangeRows: (session, query, gone) => searches.rows({ session, query }, gone),
    exchange: (id, seq) => store.exchange(id, seq),
    connections: (id) => store.connections(id),
    devices: (id) => store.devices(id),
    traffic: (session, gone) => searches.traffic({ session }, gone),
    keepReveal: (id, reveal) => store.keepReveal(id, reveal),
    reveals: (id) => store.reveals(id),
  };
}

function unwatched(folder: string, cause: Error): OverreachError {
  return new InputError('OVR_RULES_WATCH', `${folder} cannot be watched: ${cause.message}`, {
    next: 'After a change of its rules run "overreach rules reload".',
    cause,
  });
}

function asProblem(error: unknown): OverreachError {
  if (error instanceof OverreachError) return error;
  return new OverreachError('OVR_BUG', error instanceof Error ? (error.stack ?? error.message) : String(error), {
    next: 'This is a bug of Overreach; the session goes on. Please report it with the lines above.',
    cause: error,
  });
}

function clockSetBack(ahead: number): OverreachError {
  const seconds = Math.round(ahead / 1_000);
  return new OverreachError(
    'OVR_CLOCK_SET_BACK',
    `The clock of this machine was set back; the times of this record are ${seconds} s ahead of it.`,
    {
      next: 'The order of what is recorded holds. For times that are right, end the session and start again.',
    },
  );
}

/** The phone itself sees a connection that ends; whoever looks for the reason finds it here. */
function refusedPeer(address: string): CaptureError {
  return new CaptureError('OVR_PEER_REFUSED', `${address} asked for the proxy and got no answer: it is not among those that may use it.`, {
    next: `If it is your phone, start with --allow-peer ${address}; private networks, which are allowed by default, must then be named as well.`,
  });
}

function unadmittedPeer(address: string): CaptureError {
  return new CaptureError(
    'OVR_PEER_CREDENTIALS',
    `${address} was asked for the proxy's user name and password and did not come back with them: what it wanted to send is not in the record.`,
    {
      next: 'If it is your phone, enter them in its proxy settings. Apps that do not send a proxy password are tested without --credentials-file.',
    },
  );
}

function crowdedPeer(address: string, { total, perClient, openFiles }: ConnectionBounds): CaptureError {
  const why = openFiles === null ? '' : `, because this system lets the program open ${openFiles} files`;
  return new CaptureError(
    'OVR_PEER_CROWDED',
    `${address} has too many connections open (${perClient} for one address, ${total} for all${why}): further ones are turned away.`,
    {
      next: `What its apps wanted to send by them is not in the record; the report counts them under the hosts they were meant for. ${
        openFiles === null ? 'Close apps on the phone, or restart it,' : 'Raise the limit (ulimit -n 4096) and start again,'
      } and do that part of the test again.`,
    },
  );
}
