import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Frequency, type Unit } from '../../src/judge/frequency.js';
import { limits } from '../../src/limits.js';

const peakOf = (times: ReadonlyArray<readonly [at: number, unit: Unit]>, windowMs = 60_000): number => {
  const frequency = new Frequency(windowMs, 10);
  for (const [at, unit] of times) frequency.add(at, unit);
  return frequency.peak();
};
const every = (ms: number, count: number): Array<[number, string]> =>
  Array.from({ length: count }, (_, index) => [index * ms, String(index)]);

test('the busiest window counts, wherever it lies', () => {
  expect(peakOf([])).toBe(0);
  expect(peakOf(every(60_000, 50))).toBe(1);
  expect(peakOf(every(10_000, 50))).toBe(6);
  expect(peakOf([...every(60_000, 5), [1_000_500, 'x'], [1_000_600, 'y'], [1_000_700, 'z']])).toBe(3);
});

test('several places of one message are one sending', () => {
  expect(
    peakOf([
      [0, '7/'],
      [0, '7/'],
      [0, '7/1'],
    ]),
  ).toBe(2);
});

test('never more than a sliding window really holds', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 600_000 }), { maxLength: 60 }), (times) => {
      const units = times.map((at, index): [number, string] => [at, String(index)]);
      const truth = Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at <= from + 60_000).length));
      expect(peakOf(units)).toBeLessThanOrEqual(truth);
    }),
  );
});

test('the order of arrival does not matter', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 300_000 }), { maxLength: 40 }), (times) => {
      const units = times.map((at, index): [number, string] => [at, String(index)]);
      expect(peakOf([...units].reverse())).toBe(peakOf(units));
    }),
  );
});

test('memory stays bounded and an early peak is kept', () => {
  const frequency = new Frequency(6_000, 10);
  for (let index = 0; index < 40; index++) frequency.add(index, String(index));
  for (let index = 1; index < limits.frequencySlots * 3; index++) frequency.add(index * 10_000, `later ${index}`);
  expect(frequency.peak()).toBe(40);
  const flood = new Frequency(6_000, 10);
  for (let index = 0; index < 1_000; index++) flood.add(0, String(index));
  expect(flood.peak()).toBe(limits.frequencyPerSlot);
});

test('a threshold above the limit of a slot can still be told', () => {
  const flood = new Frequency(6_000, 500);
  for (let index = 0; index < 1_000; index++) flood.add(0, String(index));
  expect(flood.peak()).toBe(500);
});
