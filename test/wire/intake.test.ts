import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Intake } from '../../src/wire/intake.js';

it('gives back what was pushed, whatever the sizes', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.uint8Array({ maxLength: 30 }), fc.nat(40)), { maxLength: 30 }), (steps) => {
      const intake = new Intake();
      const pushed: number[] = [];
      const taken: number[] = [];
      for (const [piece, take] of steps) {
        intake.push(piece);
        pushed.push(...piece);
        expect(intake.at(0)).toBe(pushed[taken.length] ?? -1);
        expect(intake.indexOf(7)).toBe(pushed.slice(taken.length).indexOf(7));
        taken.push(...intake.take(take));
        expect(intake.length).toBe(pushed.length - taken.length);
      }
      taken.push(...intake.view());
      expect(taken).toEqual(pushed);
    }),
    { numRuns: 200 },
  );
});

it('never writes into an array it was given', () => {
  const first = Uint8Array.from([1, 2, 3]);
  const intake = new Intake();
  intake.push(first);
  intake.take(1);
  intake.push(Uint8Array.from([4, 5, 6, 7]));
  expect([...first]).toEqual([1, 2, 3]);
});

it('takes a drip of 64 KiB in linear time', () => {
  const intake = new Intake();
  for (let count = 0; count < 65_536; count++) intake.push(Uint8Array.from([count & 255]));
  expect(intake.length).toBe(65_536);
});
