import { expect, test } from 'vitest';
import { Reaches } from '../../src/live/reaches.js';
import type { Connection } from '../../src/model/session.js';

const connection = (id: string, patch: Partial<Connection> = {}): Connection => ({
  id,
  at: 1,
  client: { address: '10.0.0.2', port: 1, user: null },
  host: 'a.example',
  port: 443,
  serverAddress: null,
  protocol: null,
  reach: 'decrypted',
  cause: null,
  bytesUp: 10,
  bytesDown: 20,
  notAnalysed: 0,
  ...patch,
});
const cause = { code: 'pinned', text: { zh: '锁定', en: 'pinned' } };

test('connections to one host with one fate are one group', () => {
  const reaches = new Reaches([connection('1'), connection('2', { at: 5 }), connection('3', { host: 'b.example' })]);
  expect(reaches.groups).toMatchObject([
    { host: 'a.example', connections: 2, bytesUp: 20, bytesDown: 40, at: 5 },
    { host: 'b.example', connections: 1 },
  ]);
});

test('a connection told about again counts once, with its newest numbers', () => {
  const reaches = new Reaches([connection('1')]);
  expect(reaches.add(connection('1', { bytesUp: 99 }))).toMatchObject([{ connections: 1, bytesUp: 99 }]);
  expect(reaches.groups).toHaveLength(1);
});

test('one that turns out differently leaves its group, and the empty group is told', () => {
  const reaches = new Reaches([connection('1')]);
  expect(reaches.add(connection('1', { reach: 'pinned', cause }))).toMatchObject([
    { reach: 'decrypted', connections: 0, bytesUp: 0 },
    { reach: 'pinned', connections: 1, cause },
  ]);
  expect(reaches.groups.map(({ reach }) => reach)).toEqual(['pinned']);
});
