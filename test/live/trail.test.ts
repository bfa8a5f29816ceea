import { expect, test } from 'vitest';
import { limits } from '../../src/limits.js';
import { Trails } from '../../src/live/trail.js';
import { FakeAudit, party } from './fake-audit.js';

const sent = {
  party: party('a.example', null, null, null, null),
  path: '/x?phone=13900000000',
  evidence: [{ dataType: 'phone_number', path: 'query.phone', value: '13900000000', masked: '139****0000', verdict: 'necessary' as const }],
};

test('a row says where it was last seen and in which scenes, without values', async () => {
  const audit = new FakeAudit(0);
  await audit.markScene('one', 'before_consent');
  audit.send(sent);
  await audit.markScene('two', 'consented');
  audit.send(sent);
  const [finding] = audit.found.values();
  const row = new Trails(audit.store, 's-demo-1').row(finding!);
  expect(row.trail).toMatchObject({
    exchange: 1,
    scene: 'scene-2',
    scenes: ['scene-1', 'scene-2'],
    path: 'query.phone',
    masked: '139****0000',
    devices: ['192.168.31.44'],
    statuses: [200],
  });
  expect(JSON.stringify(row)).not.toContain('13900000000');
});

test('each update reads only what is new', () => {
  const audit = new FakeAudit(0);
  const pages: unknown[] = [];
  const trails = new Trails(
    {
      ...audit.store,
      occurrences: (id, finding, page) => {
        pages.push(page);
        return audit.store.occurrences(id, finding, page);
      },
    },
    's-demo-1',
  );
  for (let n = 0; n < 3; n += 1) {
    audit.send(sent);
    trails.row([...audit.found.values()][0]!);
  }
  trails.row([...audit.found.values()][0]!);
  expect(pages).toEqual([0, 1, 2].map((offset) => ({ offset, limit: limits.viewOccurrences })));
});

test('a finding that lost evidence is read anew; one without any has no trail', () => {
  const audit = new FakeAudit(0);
  audit.send(sent);
  audit.send(sent);
  const trails = new Trails(audit.store, 's-demo-1');
  const [finding] = audit.found.values();
  trails.row(finding!);
  audit.evidence.set(finding!.id, (audit.evidence.get(finding!.id) ?? []).slice(0, 1));
  expect(trails.row({ ...finding!, count: 1 }).trail?.exchange).toBe(0);
  audit.evidence.clear();
  expect(new Trails(audit.store, 's-demo-1').row(finding!).trail).toBeNull();
});

test('where fewer occurrences are stored than were counted, the stored ones speak', () => {
  const audit = new FakeAudit(0);
  audit.send(sent);
  const [finding] = audit.found.values();
  expect(new Trails(audit.store, 's-demo-1').row({ ...finding!, count: 9_000 }).trail?.exchange).toBe(0);
});

test('an answer that came late is found at the next look; one that never came is said', () => {
  const audit = new FakeAudit(0);
  audit.send(sent);
  const answered = audit.rows[0]!;
  audit.rows[0] = { ...answered, status: null };
  const trails = new Trails(audit.store, 's-demo-1');
  const look = () => trails.row([...audit.found.values()][0]!).trail?.statuses;
  expect(look()).toEqual([null]);
  audit.rows[0] = { ...answered, status: 404 };
  audit.send(sent);
  expect(look()).toEqual([404, 200]);
  audit.send(sent);
  audit.rows[2] = { ...answered, seq: 2, status: null };
  expect(look()).toEqual([404, 200, null]);
});
