import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/device-token.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('device-token', () => {
  it.each([
    ['B8DA13CC81B1E86BD59455266BF73D1F56224FA4', 'B8DA13CC81B1E86BD59455266BF73D1F56224FA4', 'hexadecimal'],
    ['-TR2940-abcd12e34fgh', '-TR2940-abcd12e34fgh', 'a peer id'],
    ['7012345678901234567', '7012345678901234567', '19 digits'],
    ['XyZ0 c1D2e3F4g5H6i7J8k9L', 'XyZ0+c1D2e3F4g5H6i7J8k9L', '18 bytes in base64, whose plus a form read as a blank'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['androidmobile', 'a word'],
    ['1700000000123', 'a time'],
    ['20251116', 'a day'],
    ['20251116083000', 'a day and its time'],
    ['3.2.1.358', 'a version'],
    ['https://a.example.com/x', 'an address'],
    ['wifi', 'too short'],
    ['com.example.reader', 'the name of an app'],
    ['cn.example.Reader-lite', 'the same with a hyphen'],
    ['Samsung Galaxy S10 Note5', '24 characters of a phone’s name'],
    ['MI 8 Explorer Edition 6G', 'the same with short words'],
    ['XyZ0 c1D2e3F4g5H6i7J8k9', '23 characters with a blank'],
    ['0F:0B:9C:2A:3D:4E:5F:60:71:82:93:A4:B5:C6:D7:E8:01:23:45:67', 'the digest of a certificate'],
    ['0F:0B:9C:2A:3D:4E:5F:60:71:82:93:A4:B5:C6:D7:E8', 'the same by MD5'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });

  it('knows the values that identify nobody', () => {
    for (const value of ['0000000000000000']) expect(read(value), value).toMatchObject({ placeholder: true });
    expect(read('B8DA13CC81B1E86BD59455266BF73D1F56224FA4')?.placeholder).toBe(false);
  });
});
