import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Session } from '../../../src/model/session.js';

/** The server's end: what it keeps of a session, and each change as it came. */
interface Kept {
  subject: Partial<Session['subject']>;
  readonly asked: { readonly path: string; readonly body: unknown }[];
  /** Answers wait until they are let go; null: they do not wait. */
  held: (() => void)[] | null;
  refuse: boolean;
}

let kept: Kept;

const session = (id = 's1') => ({ id, status: 'running', subject: { ...kept.subject } });

async function answer(path: string, init: { readonly method?: string; readonly body?: string } = {}): Promise<Response> {
  const method = init.method ?? 'GET';
  if (method === 'GET' && path === '/api/state')
    return Response.json({ running: 's1', latest: 's1', commands: ['annotate'], trouble: null });
  if (method === 'GET' && path === '/api/sessions') return Response.json({ sessions: [{ session: session('s2') }] });
  if (method === 'GET')
    return Response.json({
      batch: 1,
      session: session(path.split('/').at(-1)),
      counters: {},
      findings: [],
      reaches: [],
      traffic: { hosts: [] },
    });
  const body: unknown = JSON.parse(init.body ?? 'null');
  kept.asked.push({ path, body });
  await new Promise<void>((go) => (kept.held === null ? go() : kept.held.push(go)));
  const { seen = {}, ...patch } = body as { readonly seen?: Record<string, unknown> };
  if (
    Object.entries(seen).some(
      ([key, value]) => JSON.stringify(value) !== JSON.stringify(kept.subject[key as keyof Session['subject']] ?? null),
    )
  )
    return Response.json({ code: 'OVR_UI_STALE', message: 'Changed.', next: 'Again.' }, { status: 400 });
  if (kept.refuse) return Response.json({ code: 'OVR_UI_ENDED', message: 'It has ended.', next: 'Begin another.' }, { status: 409 });
  Object.assign(kept.subject, patch);
  return Response.json({ session: session() });
}

beforeEach(() => {
  kept = { subject: { firstPartyDomains: [], accepted: [], context: {} }, asked: [], held: null, refuse: false };
  const place = { search: '', pathname: '/', host: 'localhost' };
  vi.stubGlobal('location', place);
  vi.stubGlobal('document', { title: '' });
  vi.stubGlobal('history', { pushState: () => {}, replaceState: () => {} });
  vi.stubGlobal('window', { setTimeout, clearTimeout, location: place });
  vi.stubGlobal('fetch', answer);
  vi.resetModules();
});

afterEach(() => {
  vi.unstubAllGlobals();
});

async function page() {
  const state = await import('../../../src/live/page/state.js');
  const edits = await import('../../../src/live/page/edits.js');
  await state.reload();
  return { ...state, ...edits };
}

test('two changes in a row do not take each other back: the second is made of what the first left', async () => {
  const { addOwnDomain, session: shown } = await page();
  kept.held = [];
  const both = [addOwnDomain('example.com'), addOwnDomain('example.org')];
  await vi.waitFor(() => expect(kept.held).toHaveLength(1));
  expect(kept.asked).toHaveLength(1);
  kept.held.shift()?.();
  await vi.waitFor(() => expect(kept.held).toHaveLength(1));
  kept.held.shift()?.();
  await Promise.all(both);
  expect(kept.asked.map(({ body }) => body)).toMatchObject([
    { firstPartyDomains: ['example.com'], seen: { firstPartyDomains: [] } },
    { firstPartyDomains: ['example.com', 'example.org'], seen: { firstPartyDomains: ['example.com'] } },
  ]);
  // Shown from the answer; no batch has come.
  expect(shown.value?.subject.firstPartyDomains).toEqual(['example.com', 'example.org']);
});

test('a refused change is shown and does not stand in the way of the next', async () => {
  const { renameApp, problem, session: shown } = await page();
  kept.refuse = true;
  await renameApp('Pinecone');
  expect(problem.value).toMatchObject({ status: 409, code: 'OVR_UI_ENDED' });
  expect(shown.value?.subject.app).toBeUndefined();
  kept.refuse = false;
  await renameApp('  Larch ');
  expect(problem.value).toBeNull();
  expect(shown.value?.subject.app).toBe('Larch');
});

test('what an end was refused for stays to be read, though the page is brought up to date behind it', async () => {
  const { endSession, keepUp, problem } = await page();
  kept.refuse = true;
  await endSession();
  expect(problem.value).toMatchObject({ status: 409, code: 'OVR_UI_ENDED' });
  await keepUp(async () => {});
  expect(problem.value).toMatchObject({ code: 'OVR_UI_ENDED' });
});

test('what the page itself was refused is over when it is up to date again', async () => {
  const { keepUp, problem } = await page();
  await keepUp(() => Promise.reject(new TypeError('fetch failed')));
  expect(problem.value).toMatchObject({ status: 0, code: 'OVR_UI_LOST' });
  await keepUp(async () => {});
  expect(problem.value).toBeNull();
});

test('what was given is taken back alone', async () => {
  const { accept, acceptances, answerContext, labelDevice, session: shown } = await page();
  await accept('f1', 'consented');
  await accept('f2', 'needed');
  await accept('f1', null);
  expect([...acceptances.value.keys()]).toEqual(['f2']);
  await answerContext('rental', true);
  await answerContext('minor', false);
  await answerContext('rental', null);
  expect(shown.value?.subject.context).toEqual({ minor: false });
  await labelDevice('192.0.2.7', 'left');
  await labelDevice('192.0.2.8', 'right');
  await labelDevice('192.0.2.7', '');
  expect(shown.value?.subject.devices).toEqual([{ address: '192.0.2.8', label: 'right' }]);
});

test('a session that does not begin is told to whoever wanted it', async () => {
  const { beginSession, problem } = await page();
  kept.refuse = true;
  expect(await beginSession({ ends: 's1', app: 'Larch', keep: [] })).toBe(false);
  expect(problem.value).toMatchObject({ code: 'OVR_UI_ENDED' });
});

test('incident: what another tab had entered meanwhile was taken back by a list that was sent whole', async () => {
  const { accept, problem } = await page();
  kept.subject = { ...kept.subject, accepted: [{ finding: 'f1', reason: 'by the other tab', at: 1 }] };
  await accept('f2', 'by this one');
  expect(problem.value).toBeNull();
  expect(kept.subject.accepted).toMatchObject([{ finding: 'f1' }, { finding: 'f2' }]);
});

test('incident: a change that waited for its turn was made to the session that the tab had gone to meanwhile', async () => {
  const { accept, renameApp, openSession, problem, session: shown } = await page();
  kept.held = [];
  const first = renameApp('Larch');
  const second = accept('f1', 'of the first session');
  await vi.waitFor(() => expect(kept.held).toHaveLength(1));
  await openSession('s2');
  expect(shown.value?.id).toBe('s2');
  kept.held.shift()?.();
  kept.held = null;
  await Promise.all([first, second]);
  expect(kept.asked.map(({ path }) => path)).toEqual(['/api/sessions/s1/subject']);
  expect(problem.value).toMatchObject({ code: 'OVR_UI_MOVED_ON' });
});
