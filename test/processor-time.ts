/** Processor time of a piece of work in milliseconds: unlike the clock it does not depend on what else the machine is doing. */
export function processorTime(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
