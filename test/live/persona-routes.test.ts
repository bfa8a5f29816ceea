import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as schema from '../../src/live/schema.js';
import type { FakeAudit } from './fake-audit.js';
import { rideAudit } from './ride.js';
import { bearer, type Client, type Started, startFake } from './server.js';
import { earlier, fakePersona, NOTHING } from './tester.js';

let audit: FakeAudit;
let live: Started;
let client: Client;

beforeAll(async () => {
  audit = await rideAudit(1_700_000_000_000);
  audit.others.push(earlier(audit));
  live = await startFake(audit, {
    persona: fakePersona(),
    rejudge: async (id) => ({ earlier: id === 'over' ? 1 : null, kept: 2, diff: NOTHING }),
  });
  client = bearer(live);
});
afterAll(() => live.close());

describe('the test person', () => {
  const path = '/api/sessions/s-demo-1/persona';
  test('values go in and never come out', async () => {
    const [{ tag } = { tag: '' }] = schema.personaAnswer.parse((await client.get(path)).json()).values[0]?.values ?? [];
    const changed = await client.put(path, {
      values: [{ dataType: 'phone_number', values: [{ keep: tag }, { value: '13911112222' }] }],
    });
    expect(changed.status).toBe(200);
    expect(schema.personaAnswer.parse(changed.json()).values[0]?.values).toHaveLength(2);
    expect(changed.text + (await client.get(path)).text).not.toMatch(/13900000000|13911112222/);
  });
  test('a refusal does not repeat the value', async () => {
    for (const body of [
      { values: [{ dataType: 'phone_number', values: [] }] },
      { values: [{ dataType: 'phone_number', values: [{ value: '13911112222', keep: 'x' }] }] },
      { values: [{ dataType: 'phone_number', values: [{ value: `13911112222${'0'.repeat(3_000)}` }] }] },
      { values: '13911112222' },
    ]) {
      const answer = await client.put(path, body);
      expect(answer.status).toBe(400);
      expect(answer.text).not.toContain('13911112222');
    }
  });
  test('a session that is over is judged again on demand; a running one is not', async () => {
    const old = { ...audit.others[0]!, session: { ...audit.others[0]!.session, id: 'over', status: 'ended' as const } };
    audit.others.push(old);
    const answer = await client.post('/api/sessions/over/rejudge', {});
    expect(schema.rejudgeAnswer.safeParse(answer.json()).error).toBeUndefined();
    expect((await client.post('/api/sessions/s-demo-1/rejudge', {})).json().code).toBe('OVR_UI_RUNNING');
    audit.others.push({ ...old, session: { ...old.session, id: 'foreign', status: 'running' } });
    expect((await client.post('/api/sessions/foreign/rejudge', {})).json().code).toBe('OVR_UI_ELSEWHERE');
    expect((await client.put('/api/sessions/foreign/persona', { values: [] })).json().code).toBe('OVR_UI_ELSEWHERE');
  });
});
