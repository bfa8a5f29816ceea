import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { importFolder } from '../src/modules.js';

const folders: string[] = [];
function folder(files: Record<string, string>): URL {
  const path = mkdtempSync(join(tmpdir(), 'overreach-modules-'));
  folders.push(path);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return pathToFileURL(`${path}/`);
}
afterEach(() => {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true });
});

test('every module of the folder is imported, in order of its name', async () => {
  const found = await importFolder<number>(
    folder({
      'b.js': 'export const n = 2;',
      'a.js': 'export const n = 1;',
      'a.d.ts': 'not javascript',
      'note.md': '#',
    }),
    'n',
  );
  expect(found).toEqual([
    { id: 'a', value: 1 },
    { id: 'b', value: 2 },
  ]);
});

test('a module without the export is named', async () => {
  await expect(importFolder(folder({ 'c.js': 'export const other = 1;' }), 'n')).rejects.toThrow(/c\.js does not export "n"/);
});
