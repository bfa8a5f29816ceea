/**
 * How many connections the operating system lets this process have. Where the descriptors run out, the system closes new connections on
 * its own and tells nobody: so the bound is reckoned beforehand, and what is beyond it is turned away by ourselves, counted and told.
 */
import { readFileSync } from 'node:fs';
import { limits } from '../limits.js';

export interface ConnectionBounds {
  /** Of all phones together. */
  readonly total: number;
  /** Of one address. */
  readonly perClient: number;
  /** Files that this process may open, where that is what bounds the connections; null: it is not. */
  readonly openFiles: number | null;
}

/**
 * Files and sockets that this process may have open at once. Node has raised the soft limit to the hard one before any of our code ran.
 * @returns null where nothing bounds them, or nobody says (Windows).
 */
export function openFilesAllowed(readLimits: () => string = () => readFileSync('/proc/self/limits', 'utf8')): number | null {
  let text: string;
  try {
    text = readLimits();
  } catch {
    return reported();
  }
  const soft = /^Max open files\s+(\d+)/m.exec(text)?.[1];
  return soft === undefined ? null : Number(soft);
}

/** Where there is no /proc (macOS, BSD): `open_files` of Node's own report. */
function reported(): number | null {
  const report: unknown = process.report?.getReport();
  const soft = ['userLimits', 'open_files', 'soft'].reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    report,
  );
  return typeof soft === 'number' ? soft : null;
}

/** @param allowed files that may be open; null: without end. */
export function connectionBounds(allowed: number | null): ConnectionBounds {
  const { connectionsTotal, connectionsPerClient, filesReserved, filesPerConnection } = limits;
  const affordable = allowed === null ? connectionsTotal : Math.max(1, Math.floor((allowed - filesReserved) / filesPerConnection));
  return {
    total: Math.min(connectionsTotal, affordable),
    perClient: Math.min(connectionsPerClient, affordable),
    openFiles: affordable < connectionsTotal ? allowed : null,
  };
}
