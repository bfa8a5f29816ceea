import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { limits } from '../../src/limits.js';
import { openStore } from '../../src/store/index.js';
import { keepScreenshot, listScreenshots, readScreenshot } from '../../src/store/screenshot-list.js';
import { twoSessions } from './lists.js';
import { dataFolder, RULES, removeFolders, session } from './specimen.js';

afterEach(removeFolders);
const picture = { scene: 's1', at: 10, mime: 'image/png', bytes: Uint8Array.of(1, 2, 3) } as const;

test('each session has its own, numbered, with size and digest', () => {
  const { database, query } = twoSessions();
  expect(keepScreenshot(query, 1, picture)).toMatchObject({ n: 1, scene: 's1', at: 10, mime: 'image/png', size: 3 });
  expect(keepScreenshot(query, 2, { ...picture, scene: null })).toMatchObject({ n: 1, scene: null });
  expect(keepScreenshot(query, 1, { ...picture, mime: 'image/jpeg' }).n).toBe(2);
  expect(listScreenshots(query, 1).map(({ n, mime }) => [n, mime])).toEqual([
    [1, 'image/png'],
    [2, 'image/jpeg'],
  ]);
  expect(readScreenshot(query, 1, 1)).toEqual(Buffer.from([1, 2, 3]));
  expect(readScreenshot(query, 1, 9)).toBeNull();
  database.close();
});

test('there is a most, and it is said', () => {
  const { database, query } = twoSessions();
  for (let n = 0; n < limits.screenshots; n += 1) keepScreenshot(query, 1, picture);
  expect(() => keepScreenshot(query, 1, picture)).toThrow(expect.objectContaining({ code: 'OVR_SCREENSHOTS' }));
  database.close();
});

test('they leave the disk with their session', () => {
  const dir = dataFolder();
  const store = openStore({ dir });
  store.createSession(session('s1', { status: 'ended' }), RULES);
  store.keepScreenshot('s1', picture);
  expect(store.screenshots('s1')).toHaveLength(1);
  expect(store.screenshot('s1', 1)).toEqual(Buffer.from([1, 2, 3]));
  store.deleteSession('s1');
  store.close();
  const database = new Sqlite(join(dir, 'overreach.sqlite'), { readonly: true });
  expect(database.prepare('select count(*) as n from screenshot').get()).toEqual({ n: 0 });
  database.close();
});
