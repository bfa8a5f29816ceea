import { expect, test } from 'vitest';
import { Backlog } from '../../src/session/backlog.js';

test('it is as old as the oldest thing that waits', () => {
  let now = 0;
  const backlog = new Backlog(() => now);
  expect(backlog.age()).toBe(0);
  backlog.add(10);
  now = 1_000;
  backlog.add(10);
  now = 5_000;
  expect(backlog.age()).toBe(5_000);
  backlog.remove(10);
  expect(backlog.age()).toBe(4_000);
  backlog.remove(10);
  expect(backlog.age()).toBe(0);
});

test('of a burst the last is as old as the first', () => {
  let now = 0;
  const backlog = new Backlog(() => now);
  for (; now < 100; now++) backlog.add(1);
  now = 10_000;
  backlog.remove(99);
  expect(backlog.age()).toBe(10_000);
  backlog.remove(1);
  expect(backlog.age()).toBe(0);
});
