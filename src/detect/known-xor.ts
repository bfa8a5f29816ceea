import { ANCHOR, anchorOffset, buildAutomaton } from './automaton.js';
import { allowsNeighbours, type Edge } from './forms/boundary.js';
import type { CanonicalValue } from './forms/canonical.js';

/**
 * Known values under a single-byte XOR, the commonest home-made "encryption" of small SDKs. XOR with one byte leaves the
 * differences of neighbouring bytes as they are, so one automaton over differences finds a value under all 255 keys at once.
 */
export interface XorSearch {
  /** Calls `onHit` for each value found under a key other than 0; stops early when it returns true. */
  scan(bytes: Uint8Array, onHit: (hit: XorHit) => boolean): boolean;
}

export interface XorHit {
  readonly value: number;
  readonly start: number;
  readonly end: number;
  readonly key: number;
  readonly text: string;
}

interface Member {
  readonly value: number;
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly edge: Edge;
  /** From the first byte of the value to the end of its anchor of differences. */
  readonly offset: number;
}

/** 13900000000 is three steps and a run of zeros, and constant runs are everywhere in binary data. */
const FEWEST_STEPS = 6;

/** Builds the search over the plain writings of the values. */
export function buildXorSearch(values: readonly CanonicalValue[]): XorSearch {
  const anchors: Uint8Array[] = [];
  const members: Member[] = [];
  values.forEach(({ texts }, value) => {
    for (const { text, form, edge } of texts) {
      if ((form !== 'plain' && form !== 'separators') || edge === 'imeisv') continue;
      const bytes = Buffer.from(text, 'utf8');
      const steps = differences(bytes);
      if (steps.filter((step) => step !== 0).length < FEWEST_STEPS) continue;
      const from = anchorOffset(steps);
      const anchor = steps.subarray(from, from + ANCHOR);
      anchors.push(anchor);
      members.push({ value, text, bytes, edge, offset: from + anchor.length });
    }
  });
  const automaton = buildAutomaton(anchors, { foldCase: false });
  return {
    scan(bytes, onHit) {
      if (members.length === 0 || bytes.length < FEWEST_STEPS) return false;
      return automaton.scanDifferences(bytes, (anchor, end) => {
        const { value, text, bytes: wanted, edge, offset } = members[anchor]!;
        const start = end - offset;
        if (start < 0 || start + wanted.length > bytes.length) return false;
        const key = bytes[start]! ^ wanted[0]!;
        // Key 0 is the plain text, which the other search finds.
        if (key === 0) return false;
        for (let index = 0; index < wanted.length; index++) if ((bytes[start + index]! ^ key) !== wanted[index]) return false;
        const stop = start + wanted.length;
        const left = start === 0 ? -1 : bytes[start - 1]! ^ key;
        const right = stop === bytes.length ? -1 : bytes[stop]! ^ key;
        return allowsNeighbours(edge, left, right) && onHit({ value, start, end: stop, key, text });
      });
    },
  };
}

function differences(bytes: Uint8Array): Uint8Array {
  const steps = new Uint8Array(Math.max(0, bytes.length - 1));
  for (let index = 0; index < steps.length; index++) steps[index] = bytes[index]! ^ bytes[index + 1]!;
  return steps;
}
