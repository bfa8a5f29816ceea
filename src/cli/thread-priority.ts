/**
 * Which thread goes first where they share a core: the one that relays. The phone waits for it; analysis, search and reports wait for nobody,
 * and what they are behind by is bounded and told (`limits.tapQueued`, `limits.analysisBehindMs`).
 */
import { readlinkSync } from 'node:fs';
import { constants, getPriority, setPriority } from 'node:os';
import { limits } from '../limits.js';

interface System {
  readonly platform: NodeJS.Platform;
  /** `1234/task/1240`: process and thread of the caller (proc(5), `/proc/thread-self`). */
  readonly self: () => string;
  /** Niceness of the caller: that of the thread that relays, which started it. */
  readonly niceness: () => number;
  readonly setPriority: (thread: number, niceness: number) => void;
}

const SYSTEM: System = { platform: process.platform, self: () => readlinkSync('/proc/thread-self'), niceness: getPriority, setPriority };

/**
 * Lets the calling thread, and those that it starts, go second. On Linux only, where each thread has a niceness of its own (sched(7)): elsewhere
 * the number would be that of a process.
 * @returns whether it does; where not (another system, no /proc), all threads have the same share, as they would without.
 */
export function letRelayGoFirst({ platform, self, niceness, setPriority }: System = SYSTEM): boolean {
  if (platform !== 'linux') return false;
  try {
    const thread = /^\d+\/task\/(\d+)$/.exec(self())?.[1];
    if (thread === undefined) return false;
    setPriority(Number(thread), Math.min(niceness() + limits.threadNiceness, constants.priority.PRIORITY_LOW));
    return true;
  } catch {
    return false;
  }
}
