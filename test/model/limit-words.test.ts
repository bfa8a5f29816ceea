import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { LIMIT_WORDS } from '../../src/model/limit-words.js';

const SRC = fileURLToPath(new URL('../../src', import.meta.url));

/** Names of bounds as the code reports them: `hit(path, 'name')`, `cut: 'name'`, `limit: 'name'`, `limit('name')`. */
function reported(): string[] {
  const rooms = ['decode', 'detect', 'session', 'live/view'];
  const files = rooms.flatMap((room) =>
    readdirSync(join(SRC, room), { recursive: true, encoding: 'utf8' }).flatMap((name) =>
      name.endsWith('.ts') ? [join(SRC, room, name)] : [],
    ),
  );
  const named = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/(?:\bhit\([^;\n]*?,|\bcut: |\blimit: |\blimit\()\s*'([a-z]\w+)'/g)].map(
      ([, name = '']) => name,
    ),
  );
  return [...new Set(named)].sort();
}

test('every bound that is reported by name has words in both languages', () => {
  const names = reported();
  expect(names).toContain('bodyKept');
  expect(names).toContain('protobufDepth');
  expect(names.length).toBeGreaterThan(15);
  expect(names.filter((name) => !LIMIT_WORDS.has(name) && name !== 'encoding')).toEqual([]);
  for (const [name, { zh, en }] of LIMIT_WORDS)
    expect([name, /\p{Script=Han}/u.test(zh), /\p{Script=Han}/u.test(en)]).toEqual([name, true, false]);
});

test('a name that nobody has words for has none, be it `constructor`', () => {
  expect(LIMIT_WORDS.get('decodeDepth')?.en).toContain('too deep');
  expect(['constructor', '__proto__', 'newer'].map((name) => LIMIT_WORDS.get(name))).toEqual([undefined, undefined, undefined]);
});
