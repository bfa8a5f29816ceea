import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../errors.js';

/** How another command of the same user reaches a running session. Kept in the data directory, 0600, for as long as it runs. */
const schema = z.object({ session: z.string(), pid: z.number(), ui: z.string() });
export type RunningNote = z.infer<typeof schema>;

export function leaveNote(dataDir: string, note: RunningNote): () => void {
  const folder = join(dataDir, 'running');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${note.session}.json`);
  writeFileSync(path, JSON.stringify(note), { mode: 0o600 });
  return () => rmSync(path, { force: true });
}

/**
 * The session that runs now; with several, the one named.
 * @throws UsageError when none runs, or several do and none was named.
 */
export function findNote(dataDir: string, session: string | undefined): RunningNote {
  const notes = readNotes(dataDir).filter((note) => session === undefined || note.session.startsWith(session));
  if (notes.length === 1 && notes[0] !== undefined) return notes[0];
  throw new UsageError('OVR_RUNNING', notes.length === 0 ? 'No session is running.' : `${notes.length} sessions are running.`, {
    next: notes.length === 0 ? 'Start one: overreach start.' : `Name one with --session: ${notes.map((note) => note.session).join(', ')}.`,
  });
}

function readNotes(dataDir: string): RunningNote[] {
  const folder = join(dataDir, 'running');
  let files: string[];
  try {
    files = readdirSync(folder);
  } catch {
    return [];
  }
  return files.flatMap((file) => {
    const parsed = schema.safeParse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
    return parsed.success && isAlive(parsed.data.pid) ? [parsed.data] : [];
  });
}

/** Signal 0 asks whether the process is there; EPERM means it is, under another user. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
