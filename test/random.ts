/**
 * A small generator with a seed, so that a failure can be met again (Numerical Recipes, "quick and dirty").
 * @returns whole numbers from 0 up to what is asked for, without it; at most 2 ** 32.
 */
export function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Characters at which grammars of the web turn. */
const TURNS = [13, 10, 0, 58, 32, 255, 37, 47];

/** One of the seeds with one to four changes: a byte replaced, put in, some cut out, or the beginning said again. @param next see `random`. */
export function mutated(next: (below: number) => number, seeds: readonly Buffer[]): Buffer {
  let bytes = Buffer.from(seeds[next(seeds.length)] ?? '');
  for (let changes = 1 + next(4); changes > 0; changes--) {
    const at = next(bytes.length);
    const kind = next(4);
    if (kind === 0) bytes[at] = next(256);
    else if (kind === 1) bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from([TURNS[next(TURNS.length)] ?? 0]), bytes.subarray(at)]);
    else if (kind === 2) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + 1 + next(5)))]);
    else bytes = Buffer.concat([bytes, bytes.subarray(0, next(bytes.length))]);
    if (bytes.length === 0) bytes = Buffer.from([next(256)]);
  }
  return bytes;
}
