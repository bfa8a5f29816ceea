import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '../../src/store/store.js';
import { exchange, recordingStore, removeFolders, row } from './specimen.js';

let store: Store;
beforeEach(() => {
  store = recordingStore();
});
afterEach(removeFolders);

function put(seq: number, client: string | null, at: number): void {
  const writer = store.writer('s1');
  writer.exchange(exchange(seq), row(exchange(seq), { client, at }));
  writer.flush();
}

test('who sent how much and when; whoever counts along asks for the new ones only', () => {
  expect(store.clients('s1', 0)).toEqual({ clients: [], next: 0 });
  put(0, '192.0.2.7', 100);
  put(1, '192.0.2.9', 110);
  put(2, '192.0.2.7', 120);
  put(3, null, 130);
  expect(store.clients('s1', 0)).toEqual({
    clients: [
      { client: '192.0.2.7', exchanges: 2, first: 100, last: 120 },
      { client: '192.0.2.9', exchanges: 1, first: 110, last: 110 },
    ],
    next: 4,
  });
  put(4, '192.0.2.7', 140);
  expect(store.clients('s1', 4)).toEqual({ clients: [{ client: '192.0.2.7', exchanges: 1, first: 140, last: 140 }], next: 5 });
  expect(store.clients('s1', 5)).toEqual({ clients: [], next: 5 });
});
