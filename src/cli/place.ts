import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Folder of the installed program, with its trailing slash: `src/cli` and `dist/cli` both stand two below it. */
const root = new URL('../../', import.meta.url);

export const RULES_DIR = fileURLToPath(new URL('rules', root));
export const PAGE_DIR = fileURLToPath(new URL('dist/live/page', root));
export const WORKER = new URL('dist/cli/worker.js', root);
export const JUDGING_THREAD = new URL('dist/cli/judging-thread.js', root);
export const SEARCH_THREAD = new URL('dist/cli/search-thread.js', root);
export const ARCHIVE_THREAD = new URL('dist/cli/archive-thread.js', root);

/** Name and version from package.json, as they go into every report. */
export const TOOL: { readonly name: string; readonly version: string } = (() => {
  const manifest = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { name: string; version: string };
  return { name: manifest.name, version: manifest.version };
})();

/**
 * How the reader of a hint can call the program. Started by `npm start` in the clone it is on no path, and `overreach` would not be found.
 * @param env of this process: npm names the script that runs and the package it belongs to.
 */
export function callName(env: NodeJS.ProcessEnv): string {
  return env.npm_lifecycle_event !== undefined && env.npm_package_name === TOOL.name ? `npm run -s ${TOOL.name} --` : TOOL.name;
}
