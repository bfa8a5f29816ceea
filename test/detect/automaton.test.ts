import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildAutomaton } from '../../src/detect/automaton.js';

const bytes = (text: string) => Buffer.from(text, 'latin1');

function hits(anchors: readonly string[], text: string, foldCase = false): Array<[number, number]> {
  const found: Array<[number, number]> = [];
  buildAutomaton(anchors.map(bytes), { foldCase }).scan(bytes(text), (anchor, end) => {
    found.push([anchor, end]);
    return false;
  });
  return found;
}

describe('automaton', () => {
  test('finds overlapping anchors and those that are ends of others', () => {
    expect(hits(['he', 'she', 'his', 'hers'], 'ushers')).toEqual([
      [1, 4],
      [0, 4],
      [3, 6],
    ]);
  });

  test('reports equal anchors under each index', () => {
    expect(hits(['abc', 'abc'], 'xabc')).toEqual([
      [0, 4],
      [1, 4],
    ]);
  });

  test('folds ASCII case only when asked', () => {
    expect(hits(['imei'], 'IMEI Imei', true)).toHaveLength(2);
    expect(hits(['imei'], 'IMEI Imei', false)).toHaveLength(0);
  });

  test('stops when told to', () => {
    let calls = 0;
    const stopped = buildAutomaton([bytes('a')], { foldCase: false }).scan(bytes('aaaa'), () => {
      calls++;
      return calls === 2;
    });
    expect([stopped, calls]).toEqual([true, 2]);
  });

  test('copes with all 256 byte values in its anchors', () => {
    const all = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte, 255 - byte));
    const seen = new Set<number>();
    buildAutomaton(all, { foldCase: false }).scan(Uint8Array.of(0, 255, 7, 248), (anchor) => {
      seen.add(anchor);
      return false;
    });
    expect([...seen].sort((a, b) => a - b)).toEqual([0, 7]);
  });

  test('without anchors nothing is found; an empty anchor is refused', () => {
    expect(hits([], 'anything')).toEqual([]);
    expect(() => hits([''], 'x')).toThrow(RangeError);
  });

  test('agrees with a plain search on any input where most bytes are passed over', () => {
    const unit = fc.constantFrom(...'abAB1. ');
    const anchor = fc.string({ unit: fc.constantFrom(...'ab1'), minLength: 6, maxLength: 9 });
    const text = fc.array(fc.oneof(anchor, fc.string({ unit, maxLength: 9 })), { maxLength: 14 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(anchor, { minLength: 1, maxLength: 6 }), text, (anchors, searched) => {
        const expected: Array<[number, number]> = [];
        for (let end = 1; end <= searched.length; end++)
          anchors.forEach((each, index) => {
            if (searched.slice(Math.max(0, end - each.length), end).toLowerCase() === each) expected.push([index, end]);
          });
        const order = ([a, x]: [number, number], [b, y]: [number, number]) => x - y || a - b;
        expect(hits(anchors, searched, true).sort(order)).toEqual(expected.sort(order));
      }),
      { numRuns: 500 },
    );
  });

  test('agrees with a plain search on any input', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(
        fc.array(letters, { minLength: 1, maxLength: 8 }),
        fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 60 }),
        (anchors, text) => {
          const expected: string[] = [];
          anchors.forEach((anchor, index) => {
            for (let end = anchor.length; end <= text.length; end++)
              if (text.slice(end - anchor.length, end) === anchor) expected.push(`${index}:${end}`);
          });
          expect(
            hits(anchors, text)
              .map(([index, end]) => `${index}:${end}`)
              .sort(),
          ).toEqual(expected.sort());
        },
      ),
      { numRuns: 200 },
    );
  });
});
