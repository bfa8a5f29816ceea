import { expect, test } from 'vitest';
import { Timeline } from '../../src/session/timeline.js';

test('what waits runs in order of time, of equal times in order of coming, and not before', () => {
  const timeline = new Timeline(100);
  const ran: string[] = [];
  const add = (at: number, name: string, size = 10) => timeline.add({ at, size, run: () => ran.push(name) });
  add(5, 'a');
  add(9, 'late');
  add(3, 'first');
  add(5, 'b');
  timeline.until(2);
  expect(ran).toEqual([]);
  expect(timeline.room).toBe(60);
  timeline.until(5);
  expect(ran).toEqual(['first', 'a', 'b']);
  expect(timeline.room).toBe(90);
  timeline.until(Number.POSITIVE_INFINITY);
  expect(ran).toEqual(['first', 'a', 'b', 'late']);
  expect(timeline.room).toBe(100);
});
