import { expect, test } from 'vitest';
import { Lines } from '../../../src/decode/pdf/lines.js';

const run = (
  pieces: ReadonlyArray<readonly [text: string, x: number, y: number, width: number]>,
  direction: readonly [number, number] = [1, 0],
) => {
  const lines = new Lines();
  for (const [text, x, y, width] of pieces)
    lines.show(text, { x, y, dx: direction[0], dy: direction[1], size: 10 }, { x: x + direction[0] * width, y: y + direction[1] * width });
  lines.flush();
  return lines.done;
};

test('pieces that adjoin are one text, with kerning between them too', () => {
  expect(
    run([
      ['138', 0, 0, 15],
      ['0013', 15.5, 0, 20],
      ['8000', 34, 0, 20],
    ]),
  ).toEqual(['13800138000']);
});

test('a gap is a space, another height another line, a step back as well', () => {
  expect(
    run([
      ['Phone', 0, 0, 25],
      ['138', 30, 0, 15],
      ['next', 0, -14, 20],
      ['x', 0, -14, 5],
    ]),
  ).toEqual(['Phone 138', 'next', 'x']);
});

test('a raised piece and a turned page', () => {
  expect(
    run([
      ['10', 0, 0, 10],
      ['2', 10, 3, 5],
    ]),
  ).toEqual(['102']);
  expect(
    run(
      [
        ['up', 0, 0, 10],
        ['wards', 0, 10, 20],
      ],
      [0, 1],
    ),
  ).toEqual(['upwards']);
});
