import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { isResolver, validator } from '../../../src/detect/validators/ip.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('ip', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7', 'public IPv4'],
    ['2001:DB8:1::6', '2001:db8:1::6', 'IPv6'],
    ['10.0.0.1, 203.0.113.7', '10.0.0.1', 'a forwarding chain'],
    ['203.0.113.7:8080', '203.0.113.7', 'with a port'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['1.2.3', 'three parts'],
    ['256.1.1.1', 'a part beyond 255'],
    ['10.0.0.1, proxy', 'a chain with a name'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });

  it('takes the port off an address of either kind', () => {
    expect(read('203.0.113.7:46532')?.normalised).toBe('203.0.113.7');
    expect(read('2001:db8:1:2::ef:33486')?.normalised).toBe('2001:db8:1:2::ef');
    expect(read('2001:db8::1::33486')).toBeNull();
    expect(read('12:30:45:33486')).toBeNull();
  });

  it('knows the values that identify nobody', () => {
    for (const value of ['127.0.0.1', '0.0.0.0']) expect(read(value), value).toMatchObject({ placeholder: true });
    expect(read('203.0.113.7')?.placeholder).toBe(false);
  });
});

it('knows the open name servers', () => {
  expect(isResolver('8.8.8.8')).toBe(true);
  expect(isResolver('203.0.113.7')).toBe(false);
});
