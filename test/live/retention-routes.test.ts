import { afterAll, beforeAll, expect, test } from 'vitest';
import * as schema from '../../src/live/schema.js';
import { rideAudit } from './ride.js';
import { bearer, type Client, type Started, startFake } from './server.js';
import { fakeRetention } from './tester.js';

let live: Started;
let fixed: Started;
let client: Client;

beforeAll(async () => {
  const audit = await rideAudit(1_700_000_000_000);
  live = await startFake(audit, { retention: fakeRetention(30) });
  fixed = await startFake(audit, { retention: fakeRetention(30, 'environment') });
  client = bearer(live);
});
afterAll(async () => {
  await live.close();
  await fixed.close();
});

test('the time is told, changed, and refused outside its bounds', async () => {
  expect(schema.retentionAnswer.parse((await client.get('/api/retention')).json())).toEqual({ days: 30, fixedBy: null, due: 2 });
  expect((await client.put('/api/retention', { days: 7 })).json().days).toBe(7);
  expect((await client.get('/api/state')).json().retentionDays).toBe(7);
  for (const days of [0, -1, 1.5, 3_651, '7', null]) expect((await client.put('/api/retention', { days })).status).toBe(400);
  expect((await client.get('/api/state')).json().retentionDays).toBe(7);
});

test('a time that is set elsewhere is not changed here', async () => {
  const answer = await bearer(fixed).put('/api/retention', { days: 7 });
  expect(answer.json()).toMatchObject({ code: 'OVR_UI_FIXED', next: expect.stringContaining('OVERREACH_RETENTION_DAYS') });
  expect((await bearer(fixed).get('/api/retention')).json().days).toBe(30);
});

test('only as many sessions are deleted as the asker was shown', async () => {
  expect((await client.post('/api/retention/purge', { due: 3 })).json().code).toBe('OVR_UI_CHANGED');
  expect(schema.purgeAnswer.parse((await client.post('/api/retention/purge', { due: 2 })).json())).toMatchObject({ sessions: 2, due: 0 });
});
