import { afterEach, expect, test } from 'vitest';
import { limits } from '../../src/limits.js';
import { openStore } from '../../src/store/store.js';
import { dataFolder, RULES, removeFolders, session } from './specimen.js';

afterEach(removeFolders);

const reveal = (at: number) => ({ at, who: 'page 127.0.0.1', exchange: at, finding: null, dataTypes: ['imei', 'oaid'] });

test('who looked is known after a restart, newest first, and goes with its session', () => {
  const dir = dataFolder();
  const before = openStore({ dir });
  before.createSession(session('s1'), RULES);
  before.createSession(session('s2'), RULES);
  for (const at of [1, 2, 3]) before.keepReveal('s1', reveal(at));
  before.keepReveal('s2', { ...reveal(9), exchange: null });
  before.close();

  const after = openStore({ dir });
  expect(after.reveals('s1')).toEqual({ total: 3, reveals: [reveal(3), reveal(2), reveal(1)] });
  expect(after.reveals('s2').reveals[0]?.exchange).toBeNull();
  after.markInterrupted();
  after.deleteSession('s1');
  expect(() => after.reveals('s1')).toThrow(/no session/);
  expect(after.reveals('s2').total).toBe(1);
  after.close();
});

test('all are counted, the newest are listed', () => {
  const store = openStore({ dir: dataFolder() });
  store.createSession(session('s1'), RULES);
  store.together(() => {
    for (let at = 0; at < limits.revealLog + 5; at += 1) store.keepReveal('s1', reveal(at));
  });
  const { total, reveals } = store.reveals('s1');
  expect([total, reveals.length, reveals[0]?.at]).toEqual([limits.revealLog + 5, limits.revealLog, limits.revealLog + 4]);
  store.close();
});
