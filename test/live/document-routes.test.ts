import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FakeAudit } from './fake-audit.js';
import { rideAudit } from './ride.js';
import { bearer, type Client, type Started, startFake } from './server.js';
import { earlier, NOTHING } from './tester.js';

let audit: FakeAudit;
let live: Started;
let client: Client;

beforeAll(async () => {
  audit = await rideAudit(1_700_000_000_000);
  audit.others.push(earlier(audit));
  live = await startFake(audit, {
    diff: async (before, after) => ({ ...NOTHING, receivers: { new: [after], gone: [before] } }),
    selection: (id, only, format) => ({ body: `${id} ${[...only].join()} ${format}`, mime: 'text/html', name: `part.${format}` }),
    report: (id, format, language) => ({ body: `${id} ${format} ${language}`, mime: 'text/html', name: `re port"\r\n.${format}` }),
  });
  client = bearer(live);
});
afterAll(() => live.close());

test('a report is a file to keep, never a document of this origin', async () => {
  const { headers, text, status } = await client.get('/api/sessions/s-demo-1/report?format=html&lang=en');
  expect([status, text]).toEqual([200, 's-demo-1 html en']);
  expect(headers['content-disposition']).toBe('attachment; filename="re_port___.html"');
  expect(headers['content-security-policy']).toContain('sandbox');
  expect((await client.get('/api/sessions/s-demo-1/report?format=exe')).status).toBe(404);
});

test('a report of some findings is made to order', async () => {
  const { headers, text, status } = await client.post('/api/sessions/s-demo-1/report', {
    format: 'html',
    lang: 'en',
    findings: ['a', 'b'],
  });
  expect([status, text]).toEqual([200, 's-demo-1 a,b html']);
  expect(headers['content-disposition']).toBe('attachment; filename="part.html"');
  expect(headers['content-security-policy']).toContain('sandbox');
  expect((await client.post('/api/sessions/s-demo-1/report', { format: 'html', findings: [] })).status).toBe(400);
});

test('two sessions are compared only where both are there', async () => {
  expect((await client.get('/api/diff?before=old&after=s-demo-1')).json().receivers).toEqual({ new: ['s-demo-1'], gone: ['old'] });
  expect((await client.get('/api/diff?before=old&after=nobody')).status).toBe(404);
});
