import { readFileSync, statSync } from 'node:fs';
import { InputError } from '../errors.js';
import { limits } from '../limits.js';
import type { SessionReport } from '../model/report.js';
import type { Screenshot } from '../model/session.js';
import { pictureKind } from '../report/screenshots.js';
import type { Store } from '../store/index.js';

/** Said wherever pictures leave the program. */
export const UNMASKED_PICTURES =
  '截图由测试者提供，画面内容未脱敏。 Screenshots are as the tester took them: what stands on the screen is not masked.';

/**
 * A picture of the phone's screen. What it is is told by its first bytes, not by its name.
 * @throws InputError `OVR_SCREENSHOT` for a file that is missing, too large or no PNG, JPEG or WebP.
 */
export function readPicture(path: string): { readonly mime: Screenshot['mime']; readonly bytes: Uint8Array } {
  const fault = (problem: string, next: string, cause?: unknown) =>
    new InputError('OVR_SCREENSHOT', `${path}: ${problem}`, { next, cause });
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isFile() !== true) throw fault('there is no such file.', 'Check the path.');
  if (stat.size > limits.screenshot)
    throw fault(`${stat.size} bytes; at most ${limits.screenshot} are kept.`, 'Save it as JPEG, or make it smaller.');
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw fault(cause instanceof Error ? cause.message : String(cause), 'Check its rights.', cause);
  }
  const mime = pictureKind(bytes);
  if (mime === null) throw fault('it is no PNG, JPEG or WebP.', 'Take the picture with the phone or with "adb exec-out screencap -p".');
  return { mime, bytes };
}

/** The pictures that a report shows, by SHA-256: from the first on, as many as `limits.screenshotsShown` bytes allow. */
export function picturesOf(store: Store, session: string, report: SessionReport): ReadonlyMap<string, Uint8Array> {
  const pictures = new Map<string, Uint8Array>();
  const wanted = new Set(report.screenshots?.map(({ sha256 }) => sha256) ?? []);
  let room: number = limits.screenshotsShown;
  for (const { n, sha256, size } of wanted.size === 0 ? [] : store.screenshots(session)) {
    room -= size;
    if (room < 0) break;
    const bytes = wanted.has(sha256) ? store.screenshot(session, n) : null;
    if (bytes !== null) pictures.set(sha256, bytes);
  }
  return pictures;
}
