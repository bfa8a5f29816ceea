/**
 * The files of the built page. They are read once at start into a map; a request only ever picks a key of that map, so no
 * request can name a path (whistle #1304: `?filename=/etc/passwd`).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../errors.js';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

export interface Asset {
  readonly type: string;
  readonly bytes: Buffer;
}

/** Where the build puts the page: beside the built server, or in dist/ when the sources run. */
export function defaultPageDir(): string {
  const places = ['./page/', '../../dist/live/page/'].map((place) => fileURLToPath(new URL(place, import.meta.url)));
  return places.find((place) => existsSync(join(place, 'index.html')) && existsSync(join(place, 'assets'))) ?? places[0]!;
}

/**
 * @returns URL path (`/assets/x.js`) -> file. `/index.html` is the page itself.
 * @throws UsageError OVR_UI_NOT_BUILT when the folder holds no page.
 */
export function readAssets(dir: string): ReadonlyMap<string, Asset> {
  const assets = new Map<string, Asset>();
  if (existsSync(join(dir, 'index.html')))
    for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
      const type = TYPES[extname(entry.name)];
      if (!entry.isFile() || type === undefined) continue;
      const path = join(entry.parentPath, entry.name);
      assets.set(`/${path.slice(dir.length).split(sep).filter(Boolean).join('/')}`, { type, bytes: readFileSync(path) });
    }
  if (!assets.has('/index.html'))
    throw new UsageError('OVR_UI_NOT_BUILT', 'The page of the live view has not been built.', { next: 'Run "npm run build" once.' });
  return assets;
}
