import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { limits } from '../../src/limits.js';
import { lacking } from '../lacking.js';
import { startProgram, temporaryFolder } from './program.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

/** Niceness of a thread: field 19 of its `stat` (proc(5)), the seventeenth behind the name in brackets. */
function nicenessOf(pid: number, thread: string): number {
  const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
}

test.skipIf(lacking(process.platform === 'linux', 'a niceness for each thread (Linux)'))(
  'incident: on one core the analysis took as much of it as the relay, and apps waited for it',
  { timeout: 60_000 },
  async () => {
    const program = await startProgram(folder.path, ['--category', 'news']);
    const own = nicenessOf(process.pid, String(process.pid));
    const all = readdirSync(`/proc/${program.pid}/task`).map((thread) => nicenessOf(program.pid, thread));
    expect(nicenessOf(program.pid, String(program.pid))).toBe(own);
    expect(all.filter((niceness) => niceness === own + limits.threadNiceness)).not.toEqual([]);
    await program.stop();
  },
);
