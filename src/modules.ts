import { readdirSync } from 'node:fs';

/**
 * Imports every module of a folder and returns the named export of each, sorted by file name. This is what makes "add one file
 * and nothing else" true for decoders, validators, checks and formats.
 * @param folder URL of the folder, ending in `/`: `new URL('./formats/', import.meta.url)`.
 * @throws Error when a module lacks the export, which is a bug in that module.
 */
export async function importFolder<T>(folder: URL, exportName: string): Promise<Array<{ readonly id: string; readonly value: T }>> {
  const files = readdirSync(folder)
    .filter((file) => /\.(js|ts)$/.test(file) && !file.endsWith('.d.ts'))
    .sort();
  return Promise.all(
    files.map(async (file) => {
      const module = (await import(new URL(file, folder).href)) as Record<string, unknown>;
      if (!(exportName in module)) throw new Error(`${folder.pathname}${file} does not export "${exportName}"`);
      return {
        id: file.replace(/\.(js|ts)$/, ''),
        value: module[exportName] as T,
      };
    }),
  );
}
