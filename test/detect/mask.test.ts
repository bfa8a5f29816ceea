import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mask } from '../../src/detect/mask.js';
import { dataType } from './known-fixture.js';

describe('mask', () => {
  test('three and two of a long value, fewer of a short one, none of a very short one', () => {
    expect(mask(undefined, '110101190102039014')).toBe('110************14');
    expect(mask(undefined, '19900001234')).toBe('19********4');
    expect(mask(undefined, '123456')).toBe('1****6');
    expect(mask(undefined, '12345')).toBe('*****');
    expect(mask(undefined, '范例丁')).toBe('***');
    expect(mask(undefined, '')).toBe('');
  });

  test('the type says how much may show, but never more than a third', () => {
    expect(mask(dataType('x', [], [], { start: 0, end: 0 }), '110101190102039014')).toBe('************');
    expect(mask(dataType('x', [], [], { start: 0, end: 4 }), '110101190102039014')).toBe('************9014');
    expect(mask(dataType('x', [], [], { start: 50, end: 50 }), '123456789')).toBe('12******9');
    expect(mask(dataType('x', [], [], { start: -1, end: Number.NaN }), '123456789')).toBe('*********');
  });

  test('control, bidirectional and zero-width characters never come through', () => {
    expect(mask(undefined, '\u001b[31mred\u202etxt\u0007')).not.toMatch(/[\u0000-\u001f\u202e]/);
    expect(mask(undefined, '\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b')).toBe('··******·');
  });

  test('bytes are hex digits, and show no more than a third of their number; text in Latin letters stays text', () => {
    expect(mask(undefined, Buffer.from('9f3c1a7e5b2d4c889e610d7a4f2b6c35', 'hex').toString('latin1'))).toBe('9f3************35');
    expect(mask(undefined, 'Zoë Müller-Lüdenscheidt')).toBe('Zoë************dt');
  });

  test('characters outside the basic plane are not cut in half', () => {
    expect(mask(undefined, '😀😁😂😃😄😅')).toBe('😀****😅');
  });

  test('never more than a third shows, whatever the value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.nat(20), fc.nat(20), (value, start, end) => {
        const shown = Array.from(mask(dataType('x', [], [], { start, end }), value)).filter((character) => character !== '*').length;
        expect(shown).toBeLessThanOrEqual(Math.floor(Array.from(value).length / 3));
      }),
    );
  });
});
