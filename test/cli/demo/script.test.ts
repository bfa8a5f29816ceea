import { expect, test } from 'vitest';
import { HOSTS } from '../../../src/cli/demo/origins.js';
import type { Call } from '../../../src/cli/demo/phone.js';
import { rideHailingScript } from '../../../src/cli/demo/script.js';
import { makePersona } from '../../../src/persona/synthetic.js';

test('four scenes with a consent state each; every invented host gets something', async () => {
  const calls: Call[] = [];
  const talks: string[] = [];
  const steps = rideHailingScript(makePersona('test'));
  expect(steps.map((step) => step.consent)).toEqual(['before_consent', 'consented', 'consented', 'refused']);
  for (const step of steps)
    await step.run({
      send: async (call) => calls.push(call),
      talk: async (_host, _path, texts) => void talks.push(...texts),
    });
  expect(new Set(calls.map((call) => call.host))).toEqual(new Set(Object.values(HOSTS)));
  expect(talks.length).toBeGreaterThan(0);
});
