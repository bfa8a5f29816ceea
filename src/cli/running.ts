import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../errors.js';
import { clearOwner, ownerLives } from '../store/index.js';

/**
 * How another command of the same user reaches a running session. Kept in the data directory, 0600, for as long as it runs. `owner` names
 * the lock that shows it: numbers of processes are given again, in a container to the very next one. A note of before has none.
 */
const schema = z.object({ session: z.string(), pid: z.number(), ui: z.string(), owner: z.string().optional() });
export type RunningNote = z.infer<typeof schema>;

/** Writes the note of a running session, readable by its user only. @returns takes it away again. */
export function leaveNote(dataDir: string, note: RunningNote): () => void {
  const folder = join(dataDir, 'running');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${note.session}.json`);
  // Whole from the first moment it has its name: another program that starts takes away what is no note.
  writeFileSync(`${path}.new`, JSON.stringify(note), { mode: 0o600 });
  renameSync(`${path}.new`, path);
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

/** @throws UsageError `OVR_RUNNING` where a session runs: its proxy would go on with what was taken away under it. */
export function refuseWhileRunning(dataDir: string, what: string): void {
  const [first] = readNotes(dataDir);
  if (first !== undefined)
    throw new UsageError(
      'OVR_RUNNING',
      `Session ${first.session} is running and uses the certificate; "${what}" would leave its phones without it.`,
      {
        next: 'End the session first (Ctrl-C in its terminal), then run this again.',
      },
    );
}

/** Takes away what processes left that were killed. */
export function clearNotes(dataDir: string): void {
  const folder = join(dataDir, 'running');
  if (!existsSync(folder)) return;
  for (const file of readdirSync(folder)) {
    if (!file.endsWith('.json')) continue;
    const note = readNote(join(folder, file));
    if (note !== null && isAlive(dataDir, note)) continue;
    rmSync(join(folder, file), { force: true });
    if (note?.owner !== undefined) clearOwner(dataDir, note.owner);
  }
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
    const note = readNote(join(folder, file));
    return note !== null && isAlive(dataDir, note) ? [note] : [];
  });
}

/** Null for what is no note (half written by a process that died, or gone meanwhile). */
function readNote(path: string): RunningNote | null {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}

/** Signal 0 asks whether the process is there; EPERM means it is, under another user. */
function isAlive(dataDir: string, { pid, owner }: RunningNote): boolean {
  if (owner !== undefined) return ownerLives(dataDir, owner);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
