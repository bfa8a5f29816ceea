import { describe, expect, it } from 'vitest';
import { copied, hashOf, slotOf } from '../../src/detect/text-hash.js';
import { limits } from '../../src/limits.js';

describe('hashOf, copied', () => {
  it('tells texts and beginnings apart', () => {
    expect(hashOf('imei', 1)).not.toBe(hashOf('imei', 2));
    expect(hashOf('imei', 1)).not.toBe(hashOf('imie', 1));
  });

  it('copies every text as it is', () => {
    for (const text of ['', 'a', '蓝牙耳机', '\ud83d\ude00', '\ud800']) expect(copied(text)).toBe(text);
  });
});

it('every hash has a slot of the table, and neighbours are spread', () => {
  const slots = ['a', 'b', 'c', 'imei', '蓝牙'].map((text) => slotOf(hashOf(text, 1)));
  for (const slot of slots) expect(slot >= 0 && slot < limits.readingsKept).toBe(true);
  expect(new Set(slots).size).toBe(5);
});
