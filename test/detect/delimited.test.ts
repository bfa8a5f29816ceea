import { describe, expect, it } from 'vitest';
import { aroundPart, describePart, partOf } from '../../src/detect/delimited.js';

describe('partOf', () => {
  const bars = (at: number | string) => ({ between: '|', at });

  it('takes the part at a place and says where it begins', () => {
    const text = '6|192.168.1.7|| MI 8 |';
    expect(partOf(text, bars(0))).toEqual({ text: '6', start: 0 });
    expect(partOf(text, bars(1))).toEqual({ text: '192.168.1.7', start: 2 });
    expect(partOf(text, bars(3))).toEqual({ text: 'MI 8', start: text.indexOf('MI') });
  });

  it('has nothing of an empty part, nor beyond the last one', () => {
    expect(partOf('6||a', bars(1))).toBeNull();
    expect(partOf('6|a|', bars(2))).toBeNull();
    expect(partOf('6|a', bars(7))).toBeNull();
    expect(partOf('', bars(0))).toBeNull();
  });

  it('takes the part behind a label, wherever it stands', () => {
    const text = 'imei:866123456789018 mac: id:x';
    expect(partOf(text, { between: ' ', at: 'id:' })).toEqual({ text: 'x', start: text.length - 1 });
    expect(partOf(text, { between: ' ', at: 'mac:' })).toBeNull();
    expect(partOf(text, { between: ' ', at: 'mei:' })).toBeNull();
  });

  it('divides at a text of several characters', () => expect(partOf('a##b', { between: '##', at: 1 })).toEqual({ text: 'b', start: 3 }));
});

it('aroundPart makes a text that has the value as that part', () => {
  for (const part of [
    { between: '|', at: 0 },
    { between: '##', at: 4 },
    { between: ' ', at: 'imei:' },
  ])
    expect(partOf(aroundPart('value', part), part)?.text).toBe('value');
});

it('describePart counts as people do', () => {
  expect(describePart({ between: '|', at: 1 })).toEqual({ zh: expect.stringContaining('第 2 段'), en: expect.stringContaining('part 2') });
  expect(describePart({ between: ' ', at: 'imei:' }).en).toContain('“imei:”');
});
