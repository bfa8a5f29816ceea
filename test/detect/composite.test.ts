import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { composites, listsOf } from '../../src/detect/composite.js';
import { request } from './fixture.js';

const lists = (body: unknown) => listsOf(decodeRequest(request({ body: JSON.stringify(body) })).fields);

describe('listsOf', () => {
  it('takes the arrays of a message apart', () => {
    const [list] = lists({
      contacts: [
        { name: 'a', phone: '1' },
        { name: 'b', phone: '2' },
      ],
    });
    expect(list?.path).toBe('body.$.contacts');
    expect(list?.keys).toEqual(['contacts']);
    expect(list?.elements.map((element) => element.map(({ value }) => value))).toEqual([
      ['a', '1'],
      ['b', '2'],
    ]);
  });

  it('names plain arrays, nested arrays and arrays at the root', () => {
    expect(lists({ apps: ['a', 'b'] }).map(({ path, keys }) => [path, keys])).toEqual([['body.$.apps', ['apps']]]);
    const nested = lists([{ inner: [{ x: '1' }] }]);
    expect(nested.map(({ path }) => path)).toEqual(['body.$[0].inner', 'body.$']);
    expect(nested[0]?.keys).toEqual(['inner']);
  });

  it('is not led astray by names with brackets', () => {
    expect(lists({ 'a[b]': '1', c: '2' })).toEqual([]);
  });
});

describe('composites', () => {
  it('are few enough to be counted by the bits of one number', () => {
    expect(composites.length).toBeLessThan(31);
  });
});
