import { expect, test } from 'vitest';
import { findingRows } from '../../src/live/trail.js';
import { FakeAudit, party } from './fake-audit.js';

const sent = {
  party: party('a.example', null, null, null, null),
  path: '/x?phone=13900000000',
  evidence: [{ dataType: 'phone_number', path: 'query.phone', value: '13900000000', masked: '139****0000', verdict: 'necessary' as const }],
};
const rows = (audit: FakeAudit) => findingRows(audit.store, 's-demo-1', [...audit.found.values()]);

test('a row says where it was last seen and in which scenes, without values', async () => {
  const audit = new FakeAudit(0);
  await audit.markScene('one', 'before_consent');
  audit.send(sent);
  await audit.markScene('two', 'consented');
  audit.send(sent);
  const [row] = rows(audit);
  expect(row?.trail).toMatchObject({
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

test('a finding seen ten thousand times costs two look-ups, and none of its occurrences is walked over', () => {
  const audit = new FakeAudit(0);
  for (let n = 0; n < 300; n += 1) audit.send({ ...sent, status: n === 0 ? 503 : 200 });
  const asked: string[] = [];
  const store = {
    ...audit.store,
    occurrences: () => {
      throw new Error('walked over');
    },
    lastOccurrence: (id: string, finding: string) => {
      asked.push('last');
      return audit.store.lastOccurrence(id, finding);
    },
    facets: (id: string, findings?: readonly string[]) => {
      asked.push('facets');
      return audit.store.facets(id, findings);
    },
  };
  const [row] = findingRows(store, 's-demo-1', [...audit.found.values()]);
  expect(asked).toEqual(['facets', 'last']);
  expect(row?.trail?.statuses, 'the first answer of 300 is still known').toEqual([503, 200]);
});

test('a finding without evidence has no trail; nothing asks for no findings', () => {
  const audit = new FakeAudit(0);
  audit.send(sent);
  audit.evidence.clear();
  expect(rows(audit)[0]?.trail).toBeNull();
  expect(findingRows(audit.store, 's-demo-1', [])).toEqual([]);
});
