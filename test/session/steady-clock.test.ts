import { expect, test } from 'vitest';
import { RULES_DIR } from '../../src/cli/place.js';
import { loadRulebook } from '../../src/rulebook/load.js';
import { createAudit } from '../../src/session/audit.js';
import { steadyClock } from '../../src/session/steady-clock.js';
import { exchangeOf, sessionOf, sinkOf } from './traffic.js';

test('time goes on where the clock of the system is set back, and follows it where it is set forward', () => {
  let system = 1_000;
  const now = steadyClock(() => system);
  const read = (at: number) => {
    system = at;
    return now();
  };
  expect([1_010, 500, 530, 400, 9_000, 9_001].map(read)).toEqual([1_010, 1_010, 1_040, 1_040, 9_640, 9_641]);
});

test('a clock that is set back is told of once, and again where it is set back further; corrections are not', () => {
  let system = 10_000_000;
  const told: number[] = [];
  const now = steadyClock(
    () => system,
    (ahead) => told.push(ahead),
  );
  for (const at of [10_000_000, 9_999_000, 10_000_500, 9_000_000, 9_000_500, 8_000_000]) {
    system = at;
    now();
  }
  expect(told).toEqual([1_001_500, 2_002_000]);
});

test('incident: a clock that was set back put a request before the consent in which it was sent', () => {
  const issuesWith = (clock: (system: () => number) => () => number) => {
    let system = 10_000;
    const now = clock(() => system);
    const sink = sinkOf();
    const rulebook = loadRulebook({ dir: RULES_DIR });
    const audit = createAudit({ session: sessionOf(), rulebook, persona: null, tagKey: new Uint8Array(32), sink });
    audit.markScene('launch', 'before_consent', now());
    system = 20_000;
    audit.markScene('use', 'consented', now());
    system = 15_000;
    audit.exchange(exchangeOf(0, 'https://api.example.test/v1', '{"imei":"490154203237518"}', { startedAt: now() }));
    return audit.findings().flatMap(({ issues }) => issues.map(({ check }) => check));
  };
  expect(issuesWith((system) => system)).toContain('before_consent');
  expect(issuesWith(steadyClock)).not.toContain('before_consent');
});
