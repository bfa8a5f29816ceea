/**
 * Makes a new decoder with its test: `npx tsx scripts/new-decoder.ts <name>`. The decoder is found by being there; nothing else
 * has to be touched. The test fails until the decoder does something, on purpose.
 */
import { existsSync, writeFileSync } from 'node:fs';

const name = process.argv[2] ?? '';
if (!/^[a-z][a-z0-9]{1,30}$/.test(name)) {
  process.stderr.write('usage: npx tsx scripts/new-decoder.ts <name>   (lower case letters and digits: the step as it stands in paths)\n');
  process.exit(2);
}

const source = new URL(`../src/decode/formats/${name}.ts`, import.meta.url);
const test = new URL(`../test/decode/formats/${name}.test.ts`, import.meta.url);
if (existsSync(source) || existsSync(test)) {
  process.stderr.write(`${name} exists already\n`);
  process.exit(2);
}

writeFileSync(
  source,
  `import type { Decoder } from '../decoder.js';
import { SHAPE } from '../shape.js';

/** What this format is, and where it is specified. */
export const decoder: Decoder = {
  id: '${name}',
  // What whoever has the request does to read it again; what [n] or a member is called in a path, where that is not plain.
  says: { zh: '', en: '' },
  // Where it is asked: see Decoder.order. A guess must earn its place (Child.sure, Child.structured).
  order: 70,
  shapes: SHAPE.pairs,
  open(source) {
    // null: not this format. Leaves for a structure, a child for another layer.
    return source.text === '' ? { leaves: [] } : null;
  },
};
`,
);
writeFileSync(
  test,
  `import { expect, test } from 'vitest';
import { nearMisses } from '../near-misses.js';
import { inside } from '../sample.js';

test('what it opens', () => {
  expect(inside('a value in this format')).toHaveProperty(['|${name}']);
});

test('what only looks like it stays as it is', () => {
  expect(inside('something else')).toEqual({ '': 'something else' });
});

nearMisses('${name}', { content: 'a value in this format', inner: true });
`,
);
process.stdout.write(`src/decode/formats/${name}.ts\ntest/decode/formats/${name}.test.ts\n`);
