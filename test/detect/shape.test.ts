import { describe, expect, it } from 'vitest';
import { isDigitRun, SHAPE_LENGTH, shapeOf } from '../../src/detect/shape.js';

describe('shapeOf', () => {
  it('counts the classes of a value', () => {
    expect(shapeOf('a1G张@.-:, /')).toEqual({
      length: 11,
      first: 0x61,
      digits: 1,
      run: 1,
      hexLetters: 1,
      letters: 1,
      han: 1,
      at: true,
      dot: true,
      colon: true,
      dash: true,
      comma: true,
      other: 2,
    });
  });

  it('counts digits in a row, with blanks and hyphens between them', () => {
    expect(['138-0013 8000', 'a12b345', '12.345', 'none', ''].map((value) => shapeOf(value).run)).toEqual([11, 3, 3, 0, 0]);
    expect(shapeOf('').first).toBeNaN();
  });

  it('reads no further than its bound, whatever the length', () => {
    const shape = shapeOf('1'.repeat(SHAPE_LENGTH * 4));
    expect(shape.length).toBe(SHAPE_LENGTH * 4);
    expect(shape.digits).toBe(SHAPE_LENGTH);
  });
});

describe('isDigitRun', () => {
  it('allows the separators of written numbers and nothing else', () => {
    expect(isDigitRun(shapeOf('139-1234 5678'), 11, 15)).toBe(true);
    expect(isDigitRun(shapeOf('139.12345678'), 11, 15)).toBe(false);
    expect(isDigitRun(shapeOf('13912345678x'), 11, 15)).toBe(false);
    expect(isDigitRun(shapeOf('1391234567'), 11, 15)).toBe(false);
  });
});
