import { afterEach, expect, test } from 'vitest';
import { lastOccurrence, listConnections, listEvidenceOf, listFindings, listOccurrences } from '../../src/store/evidence-list.js';
import { ExplanationReader } from '../../src/store/explanation.js';
import { twoSessions } from './lists.js';
import { connection, finding, occurrence, removeFolders } from './specimen.js';

afterEach(removeFolders);

test('findings by first evidence, occurrences and connections by time, each in its own session', () => {
  const { database, query, first, second } = twoSessions();
  first.finding(finding('late', { firstSeen: 9 }));
  first.finding(finding('b', { firstSeen: 1 }));
  first.finding(finding('a', { firstSeen: 1 }));
  second.finding(finding('a', { firstSeen: 5 }));
  expect(listFindings(query, 1).map(({ id }) => id)).toEqual(['a', 'b', 'late']);

  first.occurrence('a', occurrence(3, 'x', { at: 30 }));
  first.occurrence('a', occurrence(1, 'y', { at: 10 }));
  first.occurrence('b', occurrence(1, 'z', { at: 10 }));
  second.occurrence('a', occurrence(1, 'w', { at: 10 }));
  expect(listOccurrences(query, new ExplanationReader(query), 1, 'a').map(({ value }) => value)).toEqual(['y', 'x']);
  expect(listOccurrences(query, new ExplanationReader(query), 1, 'a', { offset: 1, limit: 5 }).map(({ value }) => value)).toEqual(['x']);
  expect(listEvidenceOf(query, new ExplanationReader(query), 1, 1).map((piece) => [piece.finding, piece.occurrence.value])).toEqual([
    ['a', 'y'],
    ['b', 'z'],
  ]);

  first.connection(connection('2', { at: 2 }));
  first.connection(connection('1', { at: 5 }));
  first.connection(connection('2', { at: 2, bytesUp: 7 }));
  expect(listConnections(query, 1)).toEqual([connection('2', { at: 2, bytesUp: 7 }), connection('1', { at: 5 })]);
  database.close();
});

test('values that SQLite text would not keep come back whole', () => {
  const { database, query, first } = twoSessions();
  const odd = occurrence(0, 'a\u0000b\ud800"\\');
  first.occurrence('f', odd);
  expect(listOccurrences(query, new ExplanationReader(query), 1, 'f')).toEqual([odd]);
  database.close();
});

test('the newest occurrence, without the others', () => {
  const { query, first, second } = twoSessions();
  first.occurrence('f', occurrence(1, 'a'));
  first.occurrence('f', occurrence(7, 'b'));
  first.occurrence('f', occurrence(3, 'c'));
  second.occurrence('f', occurrence(9, 'd'));
  expect(lastOccurrence(query, new ExplanationReader(query), 1, 'f')?.exchange).toBe(7);
  expect(lastOccurrence(query, new ExplanationReader(query), 1, 'g')).toBeNull();
});
