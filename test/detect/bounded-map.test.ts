import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { BoundedMap } from '../../src/detect/bounded-map.js';

describe('BoundedMap', () => {
  test('the value written longest ago is forgotten first, and writing it anew counts', () => {
    const recent = new BoundedMap<number>(2);
    recent.put('a', 1);
    recent.put('b', 2);
    recent.put('a', 3);
    recent.put('c', 4);
    expect(['a', 'b', 'c'].map((key) => recent.get(key))).toEqual([3, undefined, 4]);
    recent.put('c', 5);
    recent.put('d', 6);
    expect(['a', 'c', 'd'].map((key) => recent.get(key))).toEqual([undefined, 5, 6]);
  });

  test('tells what goes', () => {
    const gone: string[] = [];
    const recent = new BoundedMap<number>(1, (key, value) => gone.push(`${key}=${value}`));
    recent.put('a', 1);
    recent.put('a', 2);
    recent.put('b', 3);
    expect(gone).toEqual(['a=2']);
  });

  test('does what a map emptied from its front does, whatever the order of writing', () => {
    const most = 5;
    const recent = new BoundedMap<number>(most);
    const map = new Map<string, number>();
    for (let step = 0; step < 2_000; step++) {
      const key = `k${(step * step + (step >> 3)) % 11}`;
      recent.put(key, step);
      map.delete(key);
      map.set(key, step);
      const [oldest] = map.keys();
      if (map.size > most && oldest !== undefined) map.delete(oldest);
      for (let each = 0; each < 11; each++) expect(recent.get(`k${each}`)).toBe(map.get(`k${each}`));
    }
  });

  test('a key cut out of a long text does not keep the text alive', () => {
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    const recent = new BoundedMap<number>(1_000);
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let index = 0; index < 100; index++)
      recent.put(
        Buffer.alloc(2 ** 20, `${index}-`)
          .toString('latin1')
          .slice(10, 60),
        index,
      );
    collect();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(16 * 2 ** 20);
    expect(recent.get('7-'.repeat(25))).toBe(7);
  });
});
