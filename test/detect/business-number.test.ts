import { describe, expect, it } from 'vitest';
import { isBusinessNumber } from '../../src/detect/business-number.js';

describe('isBusinessNumber', () => {
  it('knows landlines and service numbers, and no mobile', () => {
    expect(['0571-88881234', '4008001234', '95588', '400-800-8888'].every(isBusinessNumber)).toBe(true);
    expect(['13900001234', '+8613900001234', '12345'].some(isBusinessNumber)).toBe(false);
  });
});
