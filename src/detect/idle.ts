import type { Decoded, IdleLeaves } from '../model/field.js';

/** Start and end of a hit among the bytes of a layer. */
export type Stretch = readonly [start: number, end: number];

/** Hits of which the places are kept; a message with more is looked through leaf by leaf. */
export const MOST_STRETCHES = 1_000;

/** Whether one of the hits in the layer around them may stand in a leaf that nobody wanted. */
export function touchesIdle(idle: IdleLeaves, hits: readonly Stretch[]): boolean {
  return hits.length >= MOST_STRETCHES || idle.touches(hits);
}

/** A message with the leaves that nobody wanted by themselves among its fields. */
export function withIdle(decoded: Decoded): Decoded {
  const { idle, ...rest } = decoded;
  return idle === undefined ? decoded : { ...rest, ...idle.whole() };
}
