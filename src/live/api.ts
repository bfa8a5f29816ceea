import { isDeepStrictEqual } from 'node:util';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { InputError, OverreachError, type PlainError, plain } from '../errors.js';
import { limits } from '../limits.js';
import { type Counters, ROW_FIELDS, type RowQuery, type RowTerm, type RunningTraffic, type SubjectPatch } from '../model/audit.js';
import type { Finding } from '../model/finding.js';
import type { Traffic } from '../model/report.js';
import type { Connection, Session } from '../model/session.js';
import type { Trouble } from '../model/trouble.js';
import { AccessError } from './access.js';
import { occurrenceAnswer, rulesAnswer } from './answers.js';
import { apiDocument } from './api-document.js';
import { DeviceMemory, deviceRoutes } from './devices.js';
import { documentRoutes } from './document-routes.js';
import type { LiveOptions } from './options.js';
import { personaRoutes } from './persona-routes.js';
import { Reaches, type ReachGroup } from './reaches.js';
import { askedBy, elsewhere, goneSignal, missing, read } from './request.js';
import { retentionRoutes } from './retention-routes.js';
import * as schema from './schema.js';
import { type FindingRow, findingRows } from './trail.js';
import { type ViewRequest, viewExchange } from './view/exchange-view.js';
import { listedUrl } from './view/listed-url.js';

export interface Api {
  /** Findings as lines of the list; shared with the feed. */
  readonly rowsOf: (session: string, findings: readonly Finding[]) => readonly FindingRow[];
  /** Counts a connection of the running session in. */
  readonly groupsOf: (session: string, connection: Connection) => readonly ReachGroup[];
  readonly routes: (server: FastifyInstance) => void;
}

/** Routes under /api. Ids only, never paths; every input is checked; every value of evidence is masked except through `reveal`. */
export function createApi(options: LiveOptions, lastBatch: () => number, trouble: () => Trouble | null): Api {
  const { store, audit } = options;
  const now = options.now ?? Date.now;
  const formats = options.report === undefined ? [] : (options.reportFormats ?? ['html', 'json']);
  const commands = options.commands ?? {};

  const rowsOf = (session: string, findings: readonly Finding[]) => findingRows(store, session, findings);
  // Only the running session's are kept: a stored one does not change and is read as a whole.
  let current: { readonly session: string; readonly reaches: Reaches } | null = null;
  const reachesOf = (session: string): Reaches => {
    if (session !== audit?.session().id) return new Reaches(store.connections(session));
    if (current?.session !== session) current = { session, reaches: new Reaches(store.connections(session)) };
    return current.reaches;
  };
  const running = (): string | null => {
    const session = audit?.session();
    return session !== undefined && session.status === 'running' ? session.id : null;
  };
  const runningTraffic = (): RunningTraffic | null => {
    const session = running();
    return audit === null || session === null ? null : { ...audit.counters(), session };
  };
  const sessionOf = (id: string): Session => {
    const current = audit?.session();
    // Once it is over the store knows more than the audit did: what a person noted since.
    const session =
      current?.id === id && current.status === 'running' ? current : (store.session(id) ?? (current?.id === id ? current : null));
    if (session === null) throw missing('session');
    return session;
  };
  const runningOf = (id: string) => {
    const { status } = sessionOf(id);
    if (audit !== null && running() === id) return audit;
    if (status === 'running') throw elsewhere();
    throw new InputError('OVR_UI_NOT_RUNNING', 'This session has ended; it can be read but not changed.', {
      next: 'Start a new session, or use "overreach rejudge" for a stored one.',
    });
  };
  const findingOf = (id: string, finding: string): Finding => {
    const found = store.findings(sessionOf(id).id).find((one) => one.id === finding);
    if (found === undefined) throw missing('finding');
    return found;
  };
  const view = (id: string, seq: number, wanted: z.infer<typeof schema.viewQuery>, reveal: string | null) => {
    const exchange = store.exchange(sessionOf(id).id, seq);
    if (exchange === null) throw missing('request');
    const { direction = 'request', message = null, path = null } = wanted;
    const layers = path === null || options.explain === undefined ? [] : options.explain(exchange, direction, message, path, id);
    const all = store.evidenceOf(id, seq);
    const evidence = all.slice(0, limits.viewMarks);
    const fields: ViewRequest['fields'] = (side, index) => options.fields?.(exchange, side, index, id) ?? [];
    const wish = { evidence, overflow: all.length > evidence.length, reveal, message, layers, path, fields };
    return viewExchange(exchange, wish, options.undoCoding);
  };
  let lastChange: Promise<unknown> = Promise.resolve();
  /** What was seen is held against what stands only when the change before it is made: the thread that makes it may be seconds behind. */
  const inTurn = <T>(change: () => Promise<T>): Promise<T> => {
    const turn = lastChange.then(change, change);
    lastChange = turn;
    return turn;
  };
  const devices = new DeviceMemory(options);
  const onboarding = options.onboarding ?? null;

  const routes = (server: FastifyInstance): void => {
    server.get('/api/openapi.json', () => apiDocument());
    server.get('/api/state', () => ({
      version: options.version ?? '',
      now: now(),
      running: running(),
      latest: audit?.session().id ?? null,
      batch: lastBatch(),
      trouble: trouble(),
      commands: Object.keys(commands).sort(),
      passedThrough: commands.passedThrough?.() ?? [],
      reportFormats: formats,
      retentionDays: options.retention?.days() ?? null,
      offers: [
        ...(options.diff === undefined ? [] : ['diff']),
        ...(options.persona === undefined ? [] : ['persona']),
        ...(options.rejudge === undefined ? [] : ['rejudge']),
        ...(options.retention === undefined ? [] : ['retention']),
        ...(options.refusalQuestions === undefined ? [] : ['refusal']),
        ...(options.selection === undefined ? [] : ['selection']),
      ],
      onboarding: onboarding === null ? null : { url: onboarding.url, qrSvg: onboarding.qrSvg, proxy: onboarding.proxy },
    }));
    server.get('/api/rules', () => {
      return rulesAnswer(options.rules());
    });
    server.post('/api/sessions/:id/rules', async ({ params }) => {
      const current = runningOf(read(schema.sessionParams, params).id);
      if (commands.reloadRules === undefined) throw missing('command');
      const changed = await commands.reloadRules();
      return { changed, session: current.session() };
    });
    server.get('/api/sessions', () => ({
      sessions: store
        .sessions(runningTraffic())
        .map(({ session, exchanges, findings, byVerdict }) => ({ session, exchanges, findings, byVerdict })),
    }));
    server.get('/api/sessions/:id', async ({ params }, reply) => {
      const { id } = read(schema.sessionParams, params);
      // Taken first: a batch that arrives meanwhile is then applied twice, which changes nothing, rather than missed.
      const batch = running() === id ? lastBatch() : 0;
      const session = sessionOf(id);
      const counters = audit !== null && audit.session().id === id ? audit.counters() : null;
      const stored = store.findings(id);
      const findings = rowsOf(id, stored);
      const reaches = reachesOf(id).groups;
      const traffic = await store.traffic(id, goneSignal(reply));
      return { batch, session, counters: counters ?? countersOf(traffic, stored), findings, reaches, traffic };
    });
    server.get('/api/sessions/:id/traffic', ({ params }, reply) =>
      store.traffic(sessionOf(read(schema.sessionParams, params).id).id, goneSignal(reply)),
    );
    server.delete('/api/sessions/:id', async ({ params }) => {
      const { id } = read(schema.sessionParams, params);
      sessionOf(id);
      if (running() === id) throw new InputError('OVR_UI_RUNNING', 'A running session cannot be deleted.', { next: 'End it first.' });
      if (commands.deleteSession === undefined) throw missing('command');
      const { complete } = await commands.deleteSession(id);
      return { done: true, complete };
    });
    server.get('/api/sessions/:id/findings/:finding', ({ params, query }) => {
      const { id, finding } = read(schema.findingParams, params);
      const { offset, limit } = read(schema.page, query);
      const found = findingOf(id, finding);
      const occurrences = store.occurrences(id, finding, { offset, limit: Math.min(limit, limits.viewOccurrences) });
      return { finding: rowsOf(id, [found])[0], occurrences: occurrences.map(occurrenceAnswer), offset };
    });
    server.get('/api/sessions/:id/exchanges', async (request, reply) => {
      const { params, query } = request;
      const { id } = read(schema.sessionParams, params);
      const { offset, limit, text, host, evidence, finding, scene, failed, where } = read(schema.rowQuery, query);
      const wanted: RowQuery = {
        offset,
        limit,
        ...(text === undefined || text === '' ? {} : { text }),
        ...(host === undefined || host === '' ? {} : { host }),
        ...(evidence === undefined ? {} : { withEvidence: true }),
        ...(failed === undefined ? {} : { failed: true }),
        ...(finding === undefined ? {} : { findings: finding.split(',') }),
        ...(where === undefined ? {} : { terms: [where].flat().map(termOf) }),
        ...(scene === undefined ? {} : { scene }),
      };
      const { rows, total, cut } = await store.exchangeRows(sessionOf(id).id, wanted, goneSignal(reply));
      return { rows: rows.map((row) => ({ ...row, url: listedUrl(row.url) })), total, cut, ...store.searchReach(id) };
    });
    server.get('/api/sessions/:id/search', async ({ params, query }, reply) => {
      const { id } = read(schema.sessionParams, params);
      const { text } = read(schema.searchQuery, query);
      const { findings, cut } = await store.findingsWith(sessionOf(id).id, text, goneSignal(reply));
      return { findings: [...findings], cut, ...store.searchReach(id) };
    });
    server.get('/api/sessions/:id/exchanges/:seq', ({ params, query }) => {
      const { id, seq } = read(schema.exchangeParams, params);
      return view(id, seq, read(schema.viewQuery, query), null);
    });
    server.post('/api/sessions/:id/exchanges/:seq/reveal', (request) => {
      const { params, body } = request;
      const { id, seq } = read(schema.exchangeParams, params);
      const { finding, direction, message, path } = read(schema.revealBody, body);
      const wanted = { ...(direction && { direction }), ...(message !== undefined && { message }), ...(path !== undefined && { path }) };
      const answer = view(id, seq, wanted, finding ?? 'all');
      const seen = answer.marks.filter((mark) => finding === null || mark.finding === finding);
      // First the trace, then the values: where the disk refuses the one, the other is not given.
      const dataTypes = [...new Set(seen.map(({ dataType }) => dataType))];
      store.keepReveal(id, { at: now(), who: askedBy(request), exchange: seq, finding, dataTypes });
      return answer;
    });
    server.get('/api/sessions/:id/reveals', ({ params }) => {
      const { id } = read(schema.sessionParams, params);
      return store.reveals(sessionOf(id).id);
    });
    server.post('/api/sessions/:id/subject', async ({ params, body }) => {
      const { id } = read(schema.sessionParams, params);
      const { seen = {}, ...wanted } = read(schema.subjectBody, body);
      return inTurn(async () => {
        refuseStale(seen, sessionOf(id));
        const patch = patchOf(wanted, options);
        const { accepted, refusal, devices, ...judged } = patch;
        // What nobody judges by may be noted on a session that is over, too; one that another process records is not ours to write.
        const over = running() !== id && sessionOf(id).status !== 'running';
        if (over && commands.annotate !== undefined && Object.keys(judged).length === 0) return { session: commands.annotate(id, patch) };
        return { session: await runningOf(id).change(patch) };
      });
    });
    server.get('/api/sessions/:id/refusal', ({ params }) => {
      const { id } = read(schema.sessionParams, params);
      const { categories } = sessionOf(id).subject;
      if (options.refusalQuestions === undefined) throw missing('command');
      return { questions: options.refusalQuestions(categories) };
    });
    server.post('/api/sessions/:id/scene', async ({ params, body }) => {
      const { id } = read(schema.sessionParams, params);
      const { name, consent } = read(schema.sceneBody, body);
      return { session: await runningOf(id).markScene(name, consent) };
    });
    server.delete('/api/sessions/:id/scene', async ({ params }) => {
      const { id } = read(schema.sessionParams, params);
      return { session: await runningOf(id).endScene() };
    });
    server.post('/api/sessions/:id/end', async ({ params }) => {
      const current = runningOf(read(schema.sessionParams, params).id);
      return { session: await (commands.endSession?.() ?? current.end()) };
    });
    server.post('/api/sessions', async ({ body }) => {
      const wish = read(schema.sessionBody, body);
      if (commands.newSession === undefined) throw missing('command');
      refuseStrange(wish.categories, options);
      return { session: await commands.newSession(wish) };
    });
    server.post('/api/pass-through', async ({ body }) => {
      const { host, on } = read(schema.passThroughBody, body);
      if (commands.passThrough === undefined) throw missing('command');
      await commands.passThrough(host, on);
      return { done: true };
    });
    documentRoutes(server, options, formats, sessionOf);
    deviceRoutes(server, options, devices, sessionOf);
    personaRoutes(server, options, sessionOf, running);
    retentionRoutes(server, options);
  };
  const groupsOf = (session: string, connection: Connection) => {
    devices.add(session, connection);
    return reachesOf(session).add(connection);
  };
  return { rowsOf, groupsOf, routes };
}

/** @throws InputError OVR_UI_INPUT for a condition on no field that there is. */
function termOf(word: string): RowTerm {
  const [, minus, name, value = ''] = /^(-?)([a-z]+):(.+)$/su.exec(word) ?? [];
  const field = ROW_FIELDS.find((one) => one === name);
  if (field !== undefined) return { field, value, negated: minus === '-' };
  throw new InputError('OVR_UI_INPUT', 'The request is not understood at "where" (no such field).', {
    next: `Write field:value with one of: ${ROW_FIELDS.join(', ')}.`,
  });
}

/** @throws InputError OVR_UI_STALE where something is not as it was seen any more. */
function refuseStale(seen: NonNullable<z.infer<typeof schema.subjectBody>['seen']>, { subject }: Session): void {
  // As JSON holds it: how an object was made, and what is undefined in it, is no difference.
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));
  const names = Object.keys(seen) as Array<keyof typeof seen>;
  if (names.every((name) => isDeepStrictEqual(plain(seen[name]), plain(subject[name])))) return;
  throw new InputError('OVR_UI_STALE', 'What was to be changed was changed elsewhere meanwhile.', {
    next: 'Read the session again and repeat the change.',
  });
}

/** @throws InputError OVR_UI_CATEGORY */
function refuseStrange(categories: SubjectPatch['categories'], options: LiveOptions): void {
  const known = new Set(options.rules().pack.categories.map(({ id }) => id));
  const strange = Object.values(categories ?? {})
    .flat()
    .find((id) => !known.has(id));
  if (strange !== undefined)
    throw new InputError('OVR_UI_CATEGORY', 'There is no such category in the rules in use.', {
      next: 'Choose one that GET /api/rules lists.',
    });
}

function patchOf(body: Omit<z.infer<typeof schema.subjectBody>, 'seen'>, options: LiveOptions): SubjectPatch {
  const { app, categories, context, firstPartyDomains, declared, refusal, accepted, device, devices } = body;
  refuseStrange(categories, options);
  return {
    ...(app === undefined ? {} : { app }),
    ...(categories === undefined ? {} : { categories }),
    ...(context === undefined ? {} : { context }),
    ...(firstPartyDomains === undefined ? {} : { firstPartyDomains }),
    ...(declared === undefined ? {} : { declared }),
    ...(refusal === undefined ? {} : { refusal }),
    ...(accepted === undefined ? {} : { accepted }),
    ...(device === undefined ? {} : { device }),
    ...(devices === undefined ? {} : { devices }),
  };
}

/** Status and body for anything a route threw. */
export function errorAnswer(error: unknown): {
  readonly status: number;
  readonly body: PlainError;
  readonly unforeseen: boolean;
} {
  if (error instanceof AccessError) return { status: error.status, body: plain(error), unforeseen: false };
  if (error instanceof OverreachError) return { status: error.exit === 4 ? 500 : 400, body: plain(error), unforeseen: false };
  const status = statusOf(error);
  if (status !== null)
    return {
      status,
      body: {
        code: 'OVR_UI_INPUT',
        message: 'The request is not understood.',
        next: 'See GET /api/openapi.json for what this route takes.',
      },
      unforeseen: false,
    };
  return {
    status: 500,
    body: {
      code: 'OVR_BUG',
      message: 'The page met an error of its own.',
      next: 'Reload; if it stays, report it with what the terminal says.',
    },
    unforeseen: true,
  };
}

/** What a running audit counts, of one that is over. */
function countersOf(traffic: Traffic, findings: readonly Finding[]): Counters {
  const { exchanges, bytesUp, bytesDown, notAnalysed } = traffic;
  const opaque = findings.filter(({ grade }) => grade === 'opaque').length;
  const shown = findings.filter(({ grade }) => grade !== 'candidate').length;
  return { exchanges, findings: shown, bytesUp, bytesDown, notAnalysed, opaque };
}

/** fastify marks what the client did wrong (body too large, malformed JSON, wrong type) with a 4xx. */
function statusOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('statusCode' in error)) return null;
  return typeof error.statusCode === 'number' && error.statusCode >= 400 && error.statusCode < 500 ? error.statusCode : null;
}
