// What the YAML of rules/ says, for `src/rulebook/parsed.ts`: a start that need not parse it takes half the time.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RuleDocument } from '../dist/rulebook/document.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const parsed = {};
for (const entry of readdirSync(join(root, 'rules'), { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.ya?ml$/.test(entry.name)) continue;
  const path = join(entry.parentPath, entry.name);
  const bytes = readFileSync(path);
  const value = new RuleDocument(path, bytes.toString('utf8')).toJS();
  parsed[createHash('sha256').update(bytes).digest('hex')] = JSON.stringify(value);
}
writeFileSync(join(root, 'dist/rulebook/parsed.json'), JSON.stringify(parsed));
