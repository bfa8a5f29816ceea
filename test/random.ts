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
