import { expect, test } from 'vitest';
import { consentHalves } from '../../../src/live/page/consent-halves.js';
import { findingRows } from '../../../src/live/trail.js';
import { FakeAudit, party } from '../fake-audit.js';

const send = (audit: FakeAudit, host: string) =>
  audit.send({
    party: party(host, null, null, null, false),
    path: '/x',
    evidence: [{ dataType: 'oaid', path: 'body.$.oaid', value: 'v', masked: '*', verdict: 'beyond_necessary' }],
  });

test('what was sent before, after, and both; other scenes count for neither', async () => {
  const audit = new FakeAudit(0);
  await audit.markScene('1', 'before_consent');
  send(audit, 'early.example');
  send(audit, 'both.example');
  await audit.markScene('2', 'consented');
  send(audit, 'both.example');
  send(audit, 'late.example');
  await audit.markScene('3', 'background');
  send(audit, 'quiet.example');
  const rows = findingRows(audit.store, 's-demo-1', [...audit.found.values()]);
  const halves = consentHalves(rows, audit.session().scenes);
  const hosts = (list: typeof rows | readonly (typeof rows)[number][]) => list.map((row) => row.party.host);
  expect(hosts(halves?.gone ?? [])).toEqual(['early.example']);
  expect(hosts(halves?.both ?? [])).toEqual(['both.example']);
  expect(hosts(halves?.new ?? [])).toEqual(['late.example']);
  expect(halves?.elsewhere).toBe(rows.length - 3);
});

test('with one kind of scene missing there is nothing to hold against each other', async () => {
  const audit = new FakeAudit(0);
  await audit.markScene('1', 'before_consent');
  expect(consentHalves([], audit.session().scenes)).toBeNull();
});
