import { expect, test } from 'vitest';
import { type Archive, readArchive } from '../../src/decode/archive.js';
import { Work } from '../../src/decode/work.js';

/** JSON in the place of a property list; `{ uid: 1 }` is a reference. */
function read(root: unknown): { readonly isArchive: boolean; readonly leaves: Record<string, unknown>; readonly limits: string[] } {
  const leaves: Record<string, unknown> = {};
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const work = new Work();
  const archive: Archive<unknown> = {
    members: (value) => (isObject(value) ? new Map(Object.entries(value)) : null),
    elements: (value) => (Array.isArray(value) ? value : null),
    text: (value) => (typeof value === 'string' ? value : null),
    reference: (value) => (isObject(value) && typeof value.uid === 'number' ? value.uid : null),
    leaf: (value, { path, keys }) => {
      leaves[path] = [value, keys.join(' ')];
    },
    ended: () => false,
  };
  return { isArchive: readArchive(archive, root, 'p', [], work), leaves, limits: work.hits.map(({ limit }) => limit) };
}

const uid = (position: number) => ({ uid: position });
const archived = (...objects: readonly unknown[]) => ({ $archiver: 'A', $top: { root: uid(1) }, $objects: ['$null', ...objects] });

test('names beside values, wrapped texts, own members, nothing of classes', () => {
  const { isArchive, leaves } = read(
    archived(
      { $class: uid(5), 'NS.keys': [uid(2), 'plain'], 'NS.objects': [uid(3), uid(4), 7] },
      'name',
      { 'NS.string': 'wrapped' },
      { $class: uid(5), own: 'value', none: uid(0), beyond: uid(99) },
      { $classname: 'NSDictionary' },
    ),
  );
  expect(isArchive).toBe(true);
  expect(leaves).toEqual({
    'p.$top.root.name': ['wrapped', 'root name'],
    'p.$top.root.plain.own': ['value', 'root plain own'],
    'p.$top.root.2': [7, 'root 2'],
  });
});

test('what is no archive is left alone, and what holds itself ends', () => {
  expect(read({ $objects: [], $top: {} })).toEqual({ isArchive: false, leaves: {}, limits: [] });
  expect(read({ $archiver: 'A', $objects: 'x', $top: {} }).isArchive).toBe(false);
  expect(read(archived({ 'NS.objects': [uid(1)] })).limits).toEqual(['jsonDepth']);
});
