import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Query } from '../../src/store/query.js';
import type { Store } from '../../src/store/store.js';
import { dataFolder, exchange, finding, occurrence, recordingStore, removeFolders, row } from './specimen.js';

let store: Store;
let folder: string;
beforeEach(() => {
  folder = dataFolder();
  store = recordingStore(folder);
});
afterEach(removeFolders);

type Line = Parameters<typeof row>[1];

/** One exchange with evidence of these findings. */
function put(seq: number, findings: readonly string[], line: Line = {}): void {
  const writer = store.writer('s1');
  for (const id of findings) writer.occurrence(id, occurrence(seq, 'x', line.scene === undefined ? {} : { scene: line.scene }));
  writer.exchange(exchange(seq), row(exchange(seq), { evidence: findings.length, ...line }));
  writer.flush();
}

test('every device, scene and answer of all occurrences is known, each once', () => {
  for (let seq = 0; seq < 400; seq += 1) put(seq, ['f'], { client: seq === 3 ? '192.0.2.99' : '192.0.2.7', status: seq === 5 ? 503 : 200 });
  put(400, ['f', 'g'], { scene: 'b', client: null });
  expect(store.facets('s1').get('f')).toEqual({
    clients: ['192.0.2.7', '192.0.2.99'],
    scenes: ['a', 'b'],
    statuses: [200, 503],
  });
  expect(store.facets('s1', ['g'])).toEqual(new Map([['g', { clients: [], scenes: ['b'], statuses: [200] }]]));
});

test('an answer that comes later is known then; until then, and where it never comes, that is said', () => {
  put(0, ['f'], { status: null });
  expect(store.facets('s1').get('f')?.statuses).toEqual([null]);
  const writer = store.writer('s1');
  writer.exchange(exchange(0), row(exchange(0), { evidence: 1, status: 404 }));
  writer.flush();
  expect(store.facets('s1', ['f']).get('f')?.statuses).toEqual([404]);
  put(1, ['f'], { status: null, failure: { code: 'cut-short', detail: '' } });
  expect(store.facets('s1').get('f')?.statuses).toEqual([null, 404]);
});

test('evidence that comes after its exchange was stored counts too', () => {
  const writer = store.writer('s1');
  writer.exchange(exchange(0), row(exchange(0)));
  writer.flush();
  writer.occurrence('late', occurrence(0, 'x'));
  writer.flush();
  expect(store.facets('s1').get('late')).toEqual({ clients: ['192.0.2.7'], scenes: ['a'], statuses: [200] });
});

test('after judging anew the findings have what their new evidence was met with', () => {
  put(0, ['old'], { client: '192.0.2.50' });
  store.writer('s1').replaceEvidence([finding('new')], [['new', occurrence(0, 'x')]]);
  expect([...store.facets('s1').keys()]).toEqual(['new']);
  store.writer('s1').replaceFindings([finding('newer')], () => 'newer');
  expect(store.facets('s1').get('newer')?.clients).toEqual(['192.0.2.50']);
});

test('incident: all evidence of a stream was gathered again with every batch of its messages', () => {
  const run = vi.spyOn(Query.prototype, 'run');
  const wholes = () =>
    run.mock.calls.flatMap(([source]) => ('sql' in source && source.sql.includes('occurrence_exchange') ? [source.sql] : [])).length;
  const writer = store.writer('s1');
  const batch = (n: number, change: Line, scene: string) => {
    writer.occurrence(`f${n}`, occurrence(0, 'x', { message: n, scene }));
    writer.exchange(exchange(0), row(exchange(0), { evidence: n + 1, ...change }));
    writer.flush();
    return wholes();
  };
  expect([batch(0, { status: null }, 'a'), batch(1, { status: null }, 'a')]).toEqual([1, 1]);
  expect([batch(2, { status: 101 }, 'a'), batch(3, { status: 101 }, 'b')]).toEqual([2, 2]);
  run.mockRestore();
  const scenes = ['a', 'a', 'a', 'b'];
  for (const [n, scene] of scenes.entries())
    expect(store.facets('s1').get(`f${n}`)).toEqual({ clients: ['192.0.2.7'], scenes: [scene], statuses: [101] });
});

/** Tables that grow with the traffic. */
const GROWING = /\b(?:SCAN|SEARCH) (?:exchange|occurrence|wire|body|message)\b/;

test('what is done for each batch looks at the batch and not at the session (20 ms of each at 360,000 exchanges)', () => {
  const prepared = vi.spyOn(Sqlite.prototype, 'prepare');
  put(0, ['f'], { status: null });
  put(0, ['f']);
  store.facets('s1', ['f']);
  store.facets('s1');
  store.lastOccurrence('s1', 'f');
  store.clients('s1', 1);
  const asked = [...new Set(prepared.mock.calls.map(([source]) => source))];
  prepared.mockRestore();
  const database = new Sqlite(join(folder, 'overreach.sqlite'));
  const steps = asked
    .filter((source) => /\b(?:select|update|insert)\b/i.test(source))
    .flatMap((source) => database.prepare(`explain query plan ${source.replaceAll('?', 'null')}`).all() as Array<{ detail: string }>);
  database.close();
  const looks = steps.map(({ detail }) => detail).filter((detail) => GROWING.test(detail));
  expect(looks.length).toBeGreaterThan(3);
  // Of those that wait for an answer there are as many as open connections.
  const whole = looks.filter((detail) => detail.startsWith('SCAN') || detail.endsWith('(session=?)'));
  expect(whole.filter((detail) => !detail.includes('exchange_awaited'))).toEqual([]);
});
