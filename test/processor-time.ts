/** Processor time of a piece of work in milliseconds: unlike the clock it does not depend on what else the machine is doing. */
export function processorTime(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/**
 * The same of work that must stay below a bound: the least of at most three times, because caches shared with other programs and the
 * compiler's own threads make one of them twice as long. Work that is too slow is so each time.
 */
export function leastProcessorTime(bound: number, work: () => unknown): number {
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 3 && least >= bound; attempt++) least = Math.min(least, processorTime(work));
  return least;
}
