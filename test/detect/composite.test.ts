import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { awaitedBy, CompositeTriggers, composites, listsOf } from '../../src/detect/composite.js';
import { createDetector } from '../../src/detect/detector.js';
import { KeyDictionary } from '../../src/detect/keys.js';
import type { Field } from '../../src/model/field.js';
import { dataTypes, request } from './fixture.js';

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

describe('CompositeTriggers', () => {
  const dictionary = new KeyDictionary(dataTypes);
  const number = (key: string, value: string): Field => ({
    path: `body.$.${key}`,
    part: 'body',
    keys: [key],
    value,
    kind: 'number',
    steps: ['json'],
    group: 0,
  });

  it('shows a number only to those who look out for its name', () => {
    const awaited = awaitedBy(['screenWidth'], dictionary);
    expect(awaited?.isNamed).toHaveLength(composites.length);
    expect(awaitedBy(['amount'], dictionary)).toBeNull();
    expect(CompositeTriggers.wouldTrigger(number('screenWidth', '1080'), awaited)).toBe(true);
    expect(CompositeTriggers.wouldTrigger(number('screenWidth', '1080'), null)).toBe(false);
  });

  it('regression: the thirty-second composite ran out of the bits of a number, and others were asked in its place', () => {
    const looking = composites.filter(({ triggers }) => triggers !== undefined);
    expect(looking.length).toBeGreaterThan(20);
    for (const key of ['screenWidth', 'latitude', 'birthDay']) {
      const awaited = awaitedBy([key], dictionary);
      for (const [index, { named }] of composites.entries()) {
        const isAwaited = named?.([key], dictionary) === true;
        expect([awaited?.isNamed[index] === 1, awaited?.places.includes(index) === true], `${key}: ${index}`).toEqual([
          isAwaited,
          isAwaited,
        ]);
      }
    }
  });

  it('gives nothing of a type that there are no rules of', () => {
    const body = JSON.stringify({ lat: 31.2304, lng: 121.4737, height: 172, weight: 60, gender: '女' });
    const found = (known: typeof dataTypes) =>
      createDetector({ dataTypes: known })
        .detect(decodeRequest(request({ body })))
        .flatMap(({ detector, dataType }) => (detector === 'composite' ? [dataType] : []));
    expect(new Set(found(dataTypes))).toEqual(new Set(['location_precise', 'body_metrics']));
    expect(new Set(found(dataTypes.filter(({ id }) => id !== 'location_precise')))).toEqual(new Set(['body_metrics']));
  });
});
