import type { Decoded } from '../model/field.js';

/** A message with the leaves that nobody wanted by themselves among its fields. */
export function withIdle(decoded: Decoded): Decoded {
  const { idle, ...rest } = decoded;
  return idle === undefined ? decoded : { ...rest, ...idle.whole() };
}
