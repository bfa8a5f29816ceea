import { describe, expect, it } from 'vitest';
import { isBusinessNumber, isMobileNumber } from '../../src/detect/business-number.js';

describe('isBusinessNumber', () => {
  it('knows landlines and service numbers, and no mobile', () => {
    expect(['0571-88881234', '4008001234', '95588', '400-800-8888'].every(isBusinessNumber)).toBe(true);
    expect(['13900001234', '+8613900001234', '12345'].some(isBusinessNumber)).toBe(false);
  });
});

describe('isMobileNumber', () => {
  it('knows mobiles however they are written, and nothing that a business answers', () => {
    expect(['13900001234', '+86 139-0000-1234', '(0086)13900001234'].every(isMobileNumber)).toBe(true);
    expect(['0571-88881234', '4008001234', '139000012345'].some(isMobileNumber)).toBe(false);
  });
});
