import { describe, expect, it } from 'vitest';
import { groupsOf } from '../../src/detect/groups.js';
import { decodedOf } from './fixture.js';

describe('groupsOf', () => {
  it('puts the fields of one object together and keeps their order', () => {
    const { fields } = decodedOf([
      { path: 'body.$.a', value: '1', group: 1 },
      { path: 'body.$.b.c', value: '2', group: 2 },
      { path: 'body.$.d', value: '3', group: 1 },
    ]);
    const groups = groupsOf(fields);
    expect([...groups.keys()]).toEqual([1, 2]);
    expect(groups.get(1)?.map(({ path }) => path)).toEqual(['body.$.a', 'body.$.d']);
  });
});
