import { writeFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { digestOf, openFolders, RuleFolder } from '../../src/rulebook/folder.js';
import { makeFolder, removeFolders, ruleErrorOf } from './rules-folder.js';

afterEach(removeFolders);

test('only rule files are listed, in the same order everywhere', () => {
  const root = makeFolder({ 'd/b.yaml': '', 'd/a.yml': '', 'd/B.yaml': '', 'd/README.md': '', 'd/.c.yaml': '', 'd/e/f.yaml': '' });
  const [folder] = openFolders([root]);
  expect(folder?.list('d')).toEqual(['d/B.yaml', 'd/a.yml', 'd/b.yaml']);
  expect(folder?.list('absent')).toEqual([]);
  expect(folder?.folders('d')).toEqual(['e']);
});

test('the digest takes path and content, in order of path', () => {
  const one = new Map([
    ['b', '2'],
    ['a', '1'],
  ]);
  expect(digestOf(one)).toBe(digestOf(new Map([...one].reverse())));
  expect(digestOf(one)).not.toBe(digestOf(new Map([['a', '1']])));
  expect(digestOf(one)).not.toBe(
    digestOf(
      new Map([
        ['b', '1'],
        ['a', '2'],
      ]),
    ),
  );
});

test('bytes that are not UTF-8 are refused', () => {
  const root = makeFolder({ 'a.yaml': 'a: 1' });
  const folder = new RuleFolder(root, '', new Map());
  expect(folder.read('a.yaml', z.looseObject({})).value).toEqual({ a: 1 });
  writeFileSync(`${root}/a.yaml`, Buffer.from([0x61, 0x3a, 0x20, 0xc3, 0x28]));
  expect(ruleErrorOf(() => folder.read('a.yaml', z.looseObject({}))).message).toContain('not UTF-8');
});

test('what was read is in the digests under the root of its folder', () => {
  const digests = new Map<string, string>();
  const folders = openFolders([makeFolder({ 'a.yaml': 'x: 1' }), makeFolder({ 'a.yaml': 'x: 2' })], digests);
  for (const folder of folders) folder.read('a.yaml', z.looseObject({}));
  expect([...digests.keys()]).toEqual(['a.yaml', '+1/a.yaml']);
  expect(ruleErrorOf(() => folders[0]?.read('a.yaml', z.strictObject({}))).key).toBe('x');
});
