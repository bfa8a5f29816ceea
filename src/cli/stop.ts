import type { Cli } from './cli.js';

/** How long an orderly end may take before the process ends anyway; a supervisor's patience is usually 10 s. */
const GRACE_MS = 8_000;

/**
 * Waits for Ctrl-C or SIGTERM, then ends in order. A second signal ends at once.
 * @param end stores and closes; its errors go to the edge.
 */
export async function untilStopped(cli: Cli, end: () => Promise<void>): Promise<void> {
  await new Promise<void>((resolve) => {
    const stop = () => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
        process.off(signal, stop);
        process.once(signal, () => process.exit(130));
      }
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
  });
  const timer = setTimeout(() => {
    cli.terminal.say('Ending took too long; what was stored is safe.');
    process.exit(130);
  }, GRACE_MS);
  timer.unref();
  await end();
  clearTimeout(timer);
}
