import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Packages that hold a schema or a validator somebody else wrote; kept for the next run, never part of the project. */
const CACHE = join(tmpdir(), 'overreach-official');

/**
 * A published package, unpacked; null, with the reason on stderr, where it cannot be had (no network): its test is then skipped.
 * Nothing in it is run by fetching it.
 */
export function published(name: string, version: string): string | null {
  const folder = join(CACHE, `${name.replace(/[@/]/g, '_')}-${version}`);
  if (existsSync(folder)) return join(folder, 'package');
  try {
    mkdirSync(CACHE, { recursive: true });
    const draft = mkdtempSync(join(CACHE, 'draft-'));
    execFileSync('npm', ['pack', '--silent', '--ignore-scripts', `${name}@${version}`, '--pack-destination', draft], {
      stdio: 'ignore',
      timeout: 60_000,
    });
    execFileSync('sh', ['-c', 'tar -xzf ./*.tgz && rm ./*.tgz'], { cwd: draft, stdio: 'ignore' });
    if (existsSync(folder)) rmSync(draft, { recursive: true });
    else renameSync(draft, folder);
    return join(folder, 'package');
  } catch (error) {
    console.warn(`${name} ${version} cannot be had, its test is skipped: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
    return null;
  }
}

/** Whether a program is installed; said where it is not. */
export function installed(program: string, ...args: string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch {
    console.warn(`${program} is not here: its test is skipped`);
    return false;
  }
}

/** The path of a program in a package, made executable: archives lose the bit. */
export function executable(folder: string, name: string): string {
  const path = join(folder, name);
  chmodSync(path, 0o755);
  return path;
}
