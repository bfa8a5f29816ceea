import { expect, test } from 'vitest';
import { Cancelled, untilCancelled } from '../../src/cli/cancellation.js';

test('work that nobody cancels gives its result and leaves no listener', async () => {
  const before = process.listenerCount('SIGINT');
  expect(await untilCancelled(async () => 7)).toBe(7);
  expect(process.listenerCount('SIGINT')).toBe(before);
});

test('Ctrl-C reaches work that asks and work that waits; the status is 130', async () => {
  const asked = untilCancelled(async (assertWanted) => {
    process.emit('SIGINT', 'SIGINT');
    assertWanted();
  });
  await expect(asked).rejects.toMatchObject({ code: 'OVR_CANCELLED', status: 130 });
  const waiting = untilCancelled((_, cancelled) => {
    process.emit('SIGINT', 'SIGINT');
    return Promise.race([new Promise<never>(() => undefined), cancelled]);
  });
  await expect(waiting).rejects.toBeInstanceOf(Cancelled);
});
