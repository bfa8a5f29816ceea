import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { Kysely, sql } from '../../src/store/kysely.js';

test('it is kysely', () => {
  expect([typeof Kysely, typeof sql]).toEqual(['function', 'function']);
});

test('incident: where 256 files may be open no thread started, because the modules of kysely are opened all at once', () => {
  const folder = fileURLToPath(new URL('../../src', import.meta.url));
  const importing = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && /^import (?!type ).*'kysely'/m.test(readFileSync(`${folder}/${file}`, 'utf8')),
  );
  expect(importing).toEqual([]);
});
