import { expect, test } from 'vitest';
import { type Batch, Mirror, type Snapshot } from '../../../src/live/page/mirror.js';
import { Reaches } from '../../../src/live/reaches.js';
import { FakeAudit, party } from '../fake-audit.js';

const a = party('a.example', null, null, null, null);
const sent = {
  party: a,
  path: '/',
  body: 'xxxx',
  evidence: [{ dataType: 'imei', path: 'body.text', value: 'xxxx', masked: '*', verdict: 'necessary' as const }],
};

function snapshotOf(audit: FakeAudit, batch: number): Snapshot {
  const id = audit.session().id;
  return {
    batch,
    session: audit.session(),
    counters: audit.counters(),
    findings: [...audit.found.values()].map((finding) => ({ ...finding, trail: null })),
    reaches: new Reaches(audit.links.values()).groups,
    traffic: audit.traffic(id),
  };
}

/** A fake audit whose batches are kept. */
function recorded(): { audit: FakeAudit; batches: Batch[] } {
  const audit = new FakeAudit(0);
  const batches: Batch[] = [];
  const reaches = new Reaches([]);
  audit.subscribe(({ id, findings, connections, ...rest }) =>
    batches.push({
      type: 'batch',
      from: id,
      to: id,
      findings: findings.map((finding) => ({ ...finding, trail: null })),
      reaches: connections.flatMap((connection) => reaches.add(connection)),
      ...rest,
    }),
  );
  return { audit, batches };
}

test('following every batch from any point ends at the totals of a fresh snapshot', () => {
  const { audit, batches } = recorded();
  const starts: Snapshot[] = [snapshotOf(audit, 0)];
  for (let n = 1; n <= 20; n += 1) {
    audit.send({ ...sent, party: n % 3 === 0 ? party('b.example', null, null, null, null) : a });
    starts.push(snapshotOf(audit, n));
  }
  const final = snapshotOf(audit, 20);
  for (const start of starts) {
    const mirror = new Mirror(start);
    // All batches are offered, those that the snapshot holds as well.
    for (const batch of batches) expect(mirror.apply(batch)).toBe(batch.to <= start.batch ? 'old' : 'applied');
    expect(mirror.counters).toEqual(final.counters);
    expect([...mirror.hosts.values()].sort((x, y) => (x.host < y.host ? -1 : 1))).toEqual(
      [...final.traffic.hosts].sort((x, y) => (x.host < y.host ? -1 : 1)),
    );
    expect([...mirror.findings.values()]).toEqual(final.findings);
  }
});

test('sums that were counted later than the batch that the snapshot names are not counted twice', () => {
  const { audit, batches } = recorded();
  audit.send(sent);
  const early = snapshotOf(audit, 1);
  audit.send(sent);
  const later = audit.traffic(audit.session().id);
  audit.send(sent);
  const mirror = new Mirror({ ...early, traffic: later });
  for (const batch of batches) mirror.apply(batch);
  expect([...mirror.hosts.values()]).toEqual(snapshotOf(audit, 3).traffic.hosts);
  expect(mirror.counters.exchanges).toBe(3);
});

test('a missing batch is a gap, and nothing of the one behind it is taken', () => {
  const { audit, batches } = recorded();
  const mirror = new Mirror(snapshotOf(audit, 0));
  for (let n = 0; n < 3; n += 1) audit.send(sent);
  expect(mirror.apply(batches[0]!)).toBe('applied');
  expect(mirror.apply(batches[2]!)).toBe('gap');
  expect([mirror.batch, mirror.counters.exchanges]).toEqual([1, 1]);
});

test('a row that is sent again with its response is counted once', () => {
  const { audit, batches } = recorded();
  const mirror = new Mirror(snapshotOf(audit, 0));
  audit.send(sent);
  audit.publish([{ ...audit.rows[0]!, bytesDown: 5_000 }], []);
  for (const batch of batches) mirror.apply(batch);
  expect(mirror.hosts.get('a.example')).toMatchObject({ exchanges: 1, bytesUp: audit.rows[0]!.bytesUp, bytesDown: 5_000 });
});

test('requests of other apps are counted under their names, once', () => {
  const { audit, batches } = recorded();
  const mirror = new Mirror(snapshotOf(audit, 0));
  audit.send(sent);
  const of = { app: 'com.example.keyboard', attributedBy: 'adb' } as const;
  for (const bytesDown of [0, 5_000]) audit.publish([{ ...audit.rows[0]!, ...of, seq: 1, bytesDown }], []);
  for (const batch of batches) mirror.apply(batch);
  expect([...mirror.apps.values()]).toMatchObject([{ app: of.app, by: 'adb', host: 'a.example', exchanges: 1, bytesDown: 5_000 }]);
});

test('batches of another session are none of its business', () => {
  const { audit, batches } = recorded();
  const mirror = new Mirror({ ...snapshotOf(audit, 0), session: { ...audit.session(), id: 'stored' } });
  audit.send(sent);
  expect(mirror.apply(batches[0]!)).toBe('old');
});

test('incident: limits that were reached, and bodies that were cut, after the page was opened were never told to it', () => {
  const { audit, batches } = recorded();
  const mirror = new Mirror(snapshotOf(audit, 0));
  for (let n = 0; n < 3; n += 1) audit.send(sent);
  for (const batch of batches) mirror.apply(batch);
  expect(mirror.traffic.limitsReached).toEqual({});
  mirror.recount({ ...audit.traffic(audit.session().id), truncated: 2, limitsReached: { jsonDepth: 1 } });
  expect(mirror.traffic).toMatchObject({ truncated: 2, limitsReached: { jsonDepth: 1 } });
  expect(mirror.hosts.get('a.example')?.exchanges).toBe(3);
});
