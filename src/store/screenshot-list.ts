import { createHash } from 'node:crypto';
import { StoreError } from '../errors.js';
import { limits } from '../limits.js';
import type { Screenshot } from '../model/session.js';
import { build, type Query } from './query.js';

/** A picture as it is handed in. */
export interface NewScreenshot extends Pick<Screenshot, 'scene' | 'at' | 'mime'> {
  readonly bytes: Uint8Array;
}

/**
 * Pictures are numbered from 1 in the order in which they came.
 * @throws StoreError `OVR_SCREENSHOTS` when the session has as many as it may.
 */
export function keepScreenshot(query: Query, session: number, { scene, at, mime, bytes }: NewScreenshot): Screenshot {
  return query.transaction(() => {
    const known = listScreenshots(query, session);
    if (known.length >= limits.screenshots)
      throw new StoreError('OVR_SCREENSHOTS', `A session holds at most ${limits.screenshots} screenshots.`, {
        next: 'Start another session, or leave this one out.',
      });
    const n = (known.at(-1)?.n ?? 0) + 1;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    query.run(build.insertInto('screenshot').values({ session, n, scene, at, mime, sha256, size: bytes.length, bytes }));
    return { n, scene, at, mime, sha256, size: bytes.length };
  });
}

/** Oldest first, without the pictures themselves. */
export function listScreenshots(query: Query, session: number): Screenshot[] {
  return query
    .all(build.selectFrom('screenshot').select(['n', 'scene', 'at', 'mime', 'sha256', 'size']).where('session', '=', session).orderBy('n'))
    .map((row) => ({ ...row, mime: row.mime as Screenshot['mime'] }));
}

/** The picture itself; null: there is none of that number. */
export function readScreenshot(query: Query, session: number, n: number): Uint8Array | null {
  return query.get(build.selectFrom('screenshot').select('bytes').where('session', '=', session).where('n', '=', n))?.bytes ?? null;
}
