import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { InputError, StoreError } from '../../src/errors.js';
import { errorAnswer } from '../../src/live/api.js';
import * as schema from '../../src/live/schema.js';
import type { FakeAudit } from './fake-audit.js';
import { rideAudit } from './ride.js';
import { bearer, type Client, type Started, startFake } from './server.js';
import { fakePersona, fakeRetention, NOTHING } from './tester.js';

let audit: FakeAudit;
let live: Started;
let client: Client;
const through = new Set<string>();
const deleted: string[] = [];
const noted: unknown[] = [];
const wishes: unknown[] = [];

beforeAll(async () => {
  audit = await rideAudit(1_700_000_000_000);
  audit.others.push({
    session: { ...audit.session(), id: 'old', status: 'ended', endedAt: 1 },
    rules: { pack: 'cn-2021', version: '1', sha256: '' },
    exchanges: 0,
    findings: 0,
    byVerdict: { necessary: 2 },
    bytesUp: 0,
    bytesDown: 0,
  });
  live = await startFake(audit, {
    now: () => 1_700_000_100_000,
    commands: {
      passThrough: (host, on) => void (on ? through.add(host) : through.delete(host)),
      passedThrough: () => [...through],
      deleteSession: (id) => {
        deleted.push(id);
        return { sessions: 1, complete: id !== 'read-elsewhere' };
      },
      newSession: async (wish) => {
        wishes.push(wish);
        return { ...audit.session(), id: 's-demo-2' };
      },
      annotate(id, notes) {
        noted.push([id, notes]);
        return audit.others[0]!.session;
      },
    },
    refusalQuestions: ({ main = [] }) => main.map((id) => ({ id, text: { zh: '问', en: 'Q' } })),
    persona: fakePersona(),
    rejudge: async (id) => ({ earlier: id === 'old' ? 1 : null, kept: 2, diff: NOTHING }),
    diff: (before, after) => ({ ...NOTHING, receivers: { new: [after], gone: [before] } }),
    retention: fakeRetention(30),
    selection: (id, only, format) => ({ body: `${id} ${[...only].join()} ${format}`, mime: 'text/html', name: `part.${format}` }),
    report: (id, format, language) => ({ body: `${id} ${format} ${language}`, mime: 'text/html', name: `re port"\r\n.${format}` }),
  });
  client = bearer(live);
});
afterAll(() => live.close());

describe('answers are what the schema says', () => {
  const finding = () => [...audit.found.values()].find(({ dataType }) => dataType === 'imei')!.id;
  test.each([
    ['/api/state', schema.state],
    ['/api/rules', schema.rules],
    ['/api/sessions', schema.sessionList],
    ['/api/sessions/s-demo-1', schema.overview],
    ['/api/sessions/old', schema.overview],
    ['/api/sessions/s-demo-1/traffic', schema.traffic],
    ['/api/sessions/s-demo-1/exchanges?limit=5', schema.exchangeList],
    ['/api/sessions/s-demo-1/exchanges/3', schema.exchangeView],
    ['/api/sessions/s-demo-1/exchanges/5?direction=request&path=body.%24.data%7Cbase64%7Cjson%24.imei', schema.exchangeView],
    ['/api/sessions/s-demo-1/reveals', schema.revealList],
    ['/api/sessions/s-demo-1/refusal', schema.refusalList],
    ['/api/sessions/s-demo-1/persona', schema.personaAnswer],
    ['/api/sessions/s-demo-1/search?text=imei', schema.searchAnswer],
    ['/api/diff?before=old&after=s-demo-1', schema.diffAnswer],
  ])('%s', async (path, shape) => {
    const answer = await client.get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(shape.safeParse(answer.json()).error).toBeUndefined();
  });

  test('the list of sessions is asked with what the running one has counted, and with nothing once it is over', async () => {
    const audit = await rideAudit(0);
    const asked: unknown[] = [];
    const list = audit.store.sessions;
    audit.store.sessions = (running) => {
      asked.push(running);
      return list(running);
    };
    const live = await startFake(audit);
    const client = bearer(live);
    await client.get('/api/sessions');
    await client.post('/api/sessions/s-demo-1/end', {});
    await client.get('/api/sessions');
    const { exchanges, bytesUp, bytesDown } = audit.counters();
    expect(asked).toEqual([expect.objectContaining({ session: 's-demo-1', exchanges, bytesUp, bytesDown }), null]);
    await live.close();
  });

  test('of a session that is over candidates are left out of the count, as while it ran (candidates-counted-once-it-is-over)', async () => {
    const audit = await rideAudit(0);
    const live = await startFake(audit);
    const client = bearer(live);
    await client.post('/api/sessions/s-demo-1/end', {});
    const { store } = audit;
    const known = store.findings('s-demo-1');
    store.session = () => ({ ...audit.session(), id: 'old', status: 'ended', endedAt: 900 });
    store.findings = () => [known[0]!, { ...known[0]!, id: 'f-clue', grade: 'candidate' }];
    const { counters, findings } = (await client.get('/api/sessions/old')).json() as z.infer<typeof schema.overview>;
    expect(findings).toHaveLength(2);
    expect(counters.findings).toBe(1);
    await live.close();
  });

  test('a finding with its occurrences, page by page', async () => {
    const answer = await client.get(`/api/sessions/s-demo-1/findings/${finding()}?offset=0&limit=2`);
    expect(schema.findingAnswer.safeParse(answer.json()).error).toBeUndefined();
  });
});

test('no answer but a reveal holds a value of the test person', async () => {
  const values = [
    '13900000000',
    '001012345678902',
    '9f3c1a7e-5b2d-4c88-9e61-0d7a4f2b6c35',
    '3f1c9ab4d27e6058',
    '02:1a:7d:da:71:13',
    '31.230416',
  ];
  const paths = ['/api/sessions', '/api/sessions/s-demo-1', '/api/sessions/s-demo-1/exchanges?limit=500'];
  for (const { id } of audit.found.values()) paths.push(`/api/sessions/s-demo-1/findings/${id}`);
  for (const { seq } of audit.rows) paths.push(`/api/sessions/s-demo-1/exchanges/${seq}`);
  for (const path of paths) {
    const { text, status } = await client.get(path);
    expect(status).toBe(200);
    for (const value of values)
      expect(text.includes(value) || text.includes(Buffer.from(value).toString('base64')), `${path} ${value}`).toBe(false);
  }
});

test('a reveal shows the values asked for and is logged', async () => {
  const phone = [...audit.found.values()].find(({ dataType, party }) => dataType === 'phone_number' && party.host.startsWith('api'))!.id;
  const answer = await client.post('/api/sessions/s-demo-1/exchanges/2/reveal', { finding: phone });
  expect(schema.exchangeView.safeParse(answer.json()).error).toBeUndefined();
  expect(answer.text).toContain('13900000000');
  const log = (await client.get('/api/sessions/s-demo-1/reveals')).json();
  expect(log).toEqual({
    total: 1,
    reveals: [{ at: 1_700_000_100_000, who: 'api 127.0.0.1', exchange: 2, finding: phone, dataTypes: ['phone_number'] }],
  });
});

test('where a reveal cannot be noted, nothing is revealed', async () => {
  const strict = await startFake(audit, {
    store: {
      ...audit.store,
      keepReveal: () => {
        throw new StoreError('OVR_STORE_FULL', 'The disk is full.', { next: 'Free some.' });
      },
    },
  });
  const answer = await bearer(strict).post('/api/sessions/s-demo-1/exchanges/2/reveal', { finding: null });
  expect([answer.status, answer.json().code]).toEqual([400, 'OVR_STORE_FULL']);
  expect(answer.text).not.toContain('13900000000');
  await strict.close();
});

test('text in a body leads to the findings of that request', async () => {
  const imei = [...audit.found.values()].filter(({ dataType }) => dataType === 'imei').map(({ id }) => id);
  const { findings, depth } = schema.searchAnswer.parse((await client.get('/api/sessions/s-demo-1/search?text=cold_start')).json());
  expect(findings).toEqual(expect.arrayContaining([imei[0]]));
  expect(depth).toBe(2);
  expect(schema.searchAnswer.parse((await client.get('/api/sessions/s-demo-1/search?text=nowhere')).json()).findings).toEqual([]);
  expect((await client.get('/api/sessions/s-demo-1/search')).status).toBe(400);
});

describe('what a person may change', () => {
  test('a scene', async () => {
    const answer = await client.post('/api/sessions/s-demo-1/scene', { name: '后台静默', consent: 'background' });
    expect(schema.sessionAnswer.safeParse(answer.json()).error).toBeUndefined();
    expect(audit.calls.at(-1)).toEqual(['scene', '后台静默', 'background']);
    expect((await client.remove('/api/sessions/s-demo-1/scene')).status).toBe(200);
    expect(audit.session().scenes.at(-1)?.endedAt).not.toBeNull();
  });
  test('category and context, only those that exist', async () => {
    expect((await client.post('/api/sessions/s-demo-1/subject', { categories: { main: ['news'] }, context: { x: true } })).status).toBe(
      200,
    );
    expect(audit.session().subject).toMatchObject({ categories: { main: ['news'] }, context: { x: true }, app: '行路出行 7.2.1' });
    const strange = await client.post('/api/sessions/s-demo-1/subject', { categories: { main: ['made_up'] } });
    expect([strange.status, strange.json().code]).toEqual([400, 'OVR_UI_CATEGORY']);
  });
  test('a finding is accepted with its reason; on a session that is over only what nobody judges by', async () => {
    const accepted = [{ finding: 'f1', reason: '已取得单独同意', at: 5 }];
    const answer = await client.post('/api/sessions/s-demo-1/subject', { accepted });
    expect(schema.sessionAnswer.safeParse(answer.json()).error).toBeUndefined();
    expect(audit.session().subject.accepted).toEqual(accepted);
    expect((await client.post('/api/sessions/old/subject', { accepted })).status).toBe(200);
    expect(noted).toEqual([['old', { accepted }]]);
    expect((await client.post('/api/sessions/old/subject', { accepted, app: 'x' })).json().code).toBe('OVR_UI_NOT_RUNNING');
    expect((await client.post('/api/sessions/nobody/subject', { accepted })).status).toBe(404);
    const old = audit.others[0]!;
    audit.others.push({ ...old, session: { ...old.session, id: 'elsewhere', status: 'running' } });
    expect((await client.post('/api/sessions/elsewhere/subject', { accepted })).json().code).toBe('OVR_UI_ELSEWHERE');
    expect(noted).toHaveLength(1);
    expect((await client.post('/api/sessions/s-demo-1/subject', { accepted: [{ finding: 'f1', reason: '', at: 5 }] })).status).toBe(400);
  });
  test('a host to pass through', async () => {
    expect((await client.post('/api/pass-through', { host: 'a.example', on: true })).json()).toEqual({ done: true });
    expect((await client.get('/api/state')).json().passedThrough).toEqual(['a.example']);
  });
  test('a stored session can be deleted, the running one cannot, and a stored one cannot be changed', async () => {
    expect((await client.remove('/api/sessions/old')).json()).toEqual({ done: true, complete: true });
    expect(deleted).toEqual(['old']);
    expect((await client.remove('/api/sessions/s-demo-1')).json().code).toBe('OVR_UI_RUNNING');
    expect((await client.post('/api/sessions/old/scene', { name: 'x', consent: 'refused' })).json().code).toBe('OVR_UI_NOT_RUNNING');
  });
});

describe('wrong input is a coded error that says what to do and repeats nothing', () => {
  test.each([
    ['/api/sessions/s-demo-1/exchanges?limit=100000', 400, 'OVR_UI_INPUT'],
    ['/api/sessions/s-demo-1/exchanges?offset=-1', 400, 'OVR_UI_INPUT'],
    ['/api/sessions/s-demo-1/exchanges?limit=1&evil=<script>', 400, 'OVR_UI_INPUT'],
    ['/api/sessions/s-demo-1/exchanges/abc', 400, 'OVR_UI_INPUT'],
    ['/api/sessions/s-demo-1/exchanges/99999', 404, 'OVR_UI_NOT_FOUND'],
    ['/api/sessions/nobody', 404, 'OVR_UI_NOT_FOUND'],
    ['/api/sessions/s-demo-1/findings/nothing', 404, 'OVR_UI_NOT_FOUND'],
    ['/api/else', 404, 'OVR_UI_NOT_FOUND'],
  ])('%s', async (path, status, code) => {
    const answer = await client.get(path);
    expect([answer.status, answer.json().code]).toEqual([status, code]);
    expect(schema.failure.safeParse(answer.json()).error).toBeUndefined();
    expect(answer.text).not.toContain('<script>');
  });
  test('bodies', async () => {
    for (const body of [
      { name: '', consent: 'consented' },
      { name: 'x', consent: 'maybe' },
      { name: 'x'.repeat(300), consent: 'refused' },
      [],
      'x',
      null,
    ])
      expect((await client.post('/api/sessions/s-demo-1/scene', body)).status).toBe(400);
    expect((await client.post('/api/pass-through', { host: 'a.example/../b', on: true })).status).toBe(400);
    expect((await client.post('/api/sessions/s-demo-1/subject', { app: 'x', __proto__: { a: 1 }, extra: 1 })).status).toBe(400);
  });
});

test('an unforeseen error shows its code and nothing else', () => {
  const answer = errorAnswer(new Error('secret path /home/x'));
  expect(answer).toMatchObject({ status: 500, unforeseen: true, body: { code: 'OVR_BUG' } });
  expect(JSON.stringify(answer)).not.toContain('secret');
  expect(errorAnswer(new InputError('OVR_X', 'm', { next: 'n' }))).toEqual({
    status: 400,
    body: { code: 'OVR_X', message: 'm', next: 'n' },
    unforeseen: false,
  });
});

test('another session: what is not said is as before, and what is no wish is refused', async () => {
  const { status, json } = await client.post('/api/sessions', { ends: 's-demo-1', app: 'Other', categories: { main: ['ride_hailing'] } });
  expect([status, schema.sessionAnswer.safeParse(json()).error]).toEqual([200, undefined]);
  expect(json().session).toMatchObject({ id: 's-demo-2' });
  const keep = ['persona', 'own_domains', 'declared'];
  expect(wishes).toEqual([{ ends: 's-demo-1', app: 'Other', categories: { main: ['ride_hailing'] }, keep }]);
  for (const body of [{ categories: { main: ['nope'] } }, { keep: ['traffic'] }, { package: '../x' }, { more: 1 }])
    expect((await client.post('/api/sessions', body)).status, JSON.stringify(body)).toBe(400);
  expect(wishes).toHaveLength(1);
});

test('a trouble that lasts is not displaced by one that does not; what was stored ends that of the disk alone', async () => {
  const server = await startFake(audit);
  const problem = (code: string) => ({ code, message: 'm', next: 'n' });
  const told = async () => {
    const { trouble } = schema.state.parse((await bearer(server).get('/api/state')).json());
    return trouble === null ? null : [trouble.code, trouble.lasts];
  };
  const store = () => audit.publish([], []);
  server.tell(problem('OVR_RULES_WATCH'), null);
  expect(await told()).toEqual(['OVR_RULES_WATCH', null]);
  store();
  expect(await told()).toEqual(['OVR_RULES_WATCH', null]);
  server.tell(problem('OVR_STORE_FULL'), 'until_stored');
  server.tell(problem('OVR_RULES_WATCH'), null);
  expect(await told()).toEqual(['OVR_STORE_FULL', 'until_stored']);
  store();
  expect(await told()).toBeNull();
  server.tell(problem('OVR_ANALYSIS_BEHIND'), 'until_caught_up');
  store();
  server.tell(problem('OVR_RULES_WATCH'), null);
  expect(await told()).toEqual(['OVR_ANALYSIS_BEHIND', 'until_caught_up']);
  server.caughtUp();
  expect(await told()).toBeNull();
  server.tell(problem('OVR_STORE_FULL'), 'until_stored');
  server.tell(problem('OVR_ANALYSIS_BEHIND'), 'until_caught_up');
  server.caughtUp();
  expect(await told()).toEqual(['OVR_STORE_FULL', 'until_stored']);
  server.tell(problem('OVR_ANALYSIS_DIED'), 'for_good');
  server.tell(problem('OVR_STORE_FULL'), 'until_stored');
  store();
  expect(await told()).toEqual(['OVR_ANALYSIS_DIED', 'for_good']);
  await server.close();
});

test('ending comes last', async () => {
  expect((await client.post('/api/sessions/s-demo-1/end', {})).json().session).toMatchObject({ status: 'ended' });
  expect((await client.get('/api/state')).json().running).toBeNull();
});

test('incident: two tabs that noted something on one session took each other back', async () => {
  const audit = await rideAudit(0);
  const live = await startFake(audit);
  const client = bearer(live);
  const accepted = (finding: string) => [{ finding, reason: 'r', at: 1 }];
  const change = (body: unknown) => client.post('/api/sessions/s-demo-1/subject', body);
  expect((await change({ accepted: accepted('f1'), seen: { accepted: null } })).status).toBe(200);
  const late = await change({ accepted: accepted('f2'), seen: { accepted: null } });
  expect([late.status, late.json().code]).toEqual([400, 'OVR_UI_STALE']);
  expect(audit.session().subject.accepted).toEqual(accepted('f1'));
  expect((await change({ accepted: [], seen: { accepted: accepted('f1') } })).status).toBe(200);
  // Also while the first of two is still being made.
  const made = audit.change.bind(audit);
  audit.change = async (patch) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return made(patch);
  };
  const both = await Promise.all(['f3', 'f4'].map((id) => change({ accepted: accepted(id), seen: { accepted: [] } })));
  expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
  await live.close();
});
