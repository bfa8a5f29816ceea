import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

/** The program does not parse its own rule files at each start. What it takes in their place has to be what they say. */
const rules = fileURLToPath(new URL('../../rules', import.meta.url));
const { parsedBefore } = (await import(new URL('../../dist/rulebook/parsed.js', import.meta.url).href)) as {
  parsedBefore(sha256: string): unknown;
};

const files = readdirSync(rules, { recursive: true, encoding: 'utf8' }).filter((name) => /\.ya?ml$/.test(name));
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test('every rule file of the program was parsed when it was built, and says the same', () => {
  expect(files.length).toBeGreaterThan(600);
  for (const name of files) {
    const bytes = readFileSync(join(rules, name));
    expect(parsedBefore(digest(bytes)), name).toEqual(parse(bytes.toString('utf8'), { version: '1.2', schema: 'core' }));
    expect(parsedBefore(digest(Buffer.concat([bytes, Buffer.from('\n')]))), name).toBeUndefined();
  }
});

test("what one reader is given is nobody else's", () => {
  const sha256 = digest(readFileSync(join(rules, 'families.yaml')));
  expect(parsedBefore(sha256)).not.toBe(parsedBefore(sha256));
});
