import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openStore } from '../../src/store/store.js';
import { dataFolder, RULES, removeFolders, session } from './specimen.js';

afterEach(removeFolders);

const VALUE = '13912345678-only-here';
const inFolder = (dir: string) => readdirSync(dir).some((name) => readFileSync(join(dir, name)).includes(VALUE));

test('changed values outlive a restart, and are gone from every file once the session is deleted', () => {
  const dir = dataFolder();
  const store = openStore({ dir });
  store.createSession(session('s1', { status: 'ended' }), RULES);
  expect(store.knownValues('s1')).toBeNull();
  store.keepKnownValues('s1', { values: { phone_number: ['1'] }, whole: false });
  store.keepKnownValues('s1', { values: { phone_number: [VALUE], imei: [] }, whole: true });
  store.close();

  const again = openStore({ dir });
  expect(again.knownValues('s1')).toEqual({ values: { phone_number: [VALUE], imei: [] }, whole: true });
  if (process.platform !== 'win32') for (const name of readdirSync(dir)) expect(statSync(join(dir, name)).mode & 0o077, name).toBe(0);
  expect(again.deleteSession('s1').complete).toBe(true);
  expect(inFolder(dir)).toBe(false);
  again.close();
  expect(inFolder(dir)).toBe(false);
});
