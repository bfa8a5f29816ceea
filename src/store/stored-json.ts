import { StoreError } from '../errors.js';

/**
 * A document that was written to the database as JSON, and has the shape that it was written with.
 * @throws StoreError `OVR_STORE_CORRUPT` where it is no JSON: SQLite keeps no checksum of its pages, so damage within a text is found here first.
 */
export function storedJson<T>(text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new StoreError('OVR_STORE_CORRUPT', 'A record in the database is damaged: what should be JSON is not.', {
      next: 'Nothing was changed. Move the file away, or name another folder with --data-dir.',
      cause,
    });
  }
}
