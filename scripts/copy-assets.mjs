// Copies what tsc does not: JSON Schemas and HTML or CSS that modules read beside themselves.
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
for (const entry of readdirSync(join(root, 'src'), {
  recursive: true,
  withFileTypes: true,
})) {
  if (!entry.isFile() || !/\.(json|css|html|svg)$/.test(entry.name)) continue;
  const path = join(entry.parentPath, entry.name);
  if (path.includes(join('live', 'page'))) continue;
  cpSync(path, path.replace(join(root, 'src'), join(root, 'dist')));
}
