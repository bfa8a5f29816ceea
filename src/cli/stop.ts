import type { Cli } from './cli.js';

/** How long an orderly end may take before the process ends anyway; a supervisor's patience is usually 10 s. */
const GRACE_MS = 8_000;

/** How often is looked whether the shell between npm and this process is still there. */
const ORPHANED_MS = 500;

/** Who began this process, as of its beginning: a signal may come while it still reads its rules. */
const PARENT = process.ppid;

/**
 * Waits for Ctrl-C or SIGTERM, then ends in order. A second signal ends at once. `npm start` runs a shell that a signal to npm ends without
 * passing it on: the proxy would go on listening with nobody to stop it, so that being left alone by npm is a signal, too.
 * @param end stores and closes; its errors go to the edge.
 */
export async function untilStopped(cli: Cli, end: () => Promise<void>): Promise<void> {
  let orphaned: NodeJS.Timeout | undefined;
  await new Promise<void>((resolve) => {
    const stop = () => {
      clearInterval(orphaned);
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
        process.off(signal, stop);
        process.once(signal, () => process.exit(130));
      }
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
    if (process.env.npm_lifecycle_event !== undefined)
      orphaned = setInterval(() => {
        if (process.ppid !== PARENT) stop();
      }, ORPHANED_MS).unref();
  });
  const timer = setTimeout(() => {
    cli.terminal.say(
      '结束用时过长，不再等待；已保存的内容不受影响，尚未分析的部分不在记录中，报告会注明中断。 Ending took too long; what was stored is safe, what was not analysed yet is missing, and reports say that the session was interrupted.',
    );
    process.exit(130);
  }, GRACE_MS);
  timer.unref();
  await end();
  clearTimeout(timer);
}
