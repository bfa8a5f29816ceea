import { describe, expect, test } from 'vitest';
import { createTagger } from '../../src/detect/tag.js';

const tag = createTagger(new Uint8Array(32).fill(7));

describe('tags', () => {
  test('eight hex digits, stable for a key, different for another', () => {
    expect(tag('imei', '860000001234567')).toMatch(/^[0-9a-f]{8}$/);
    expect(tag('imei', '860000001234567')).toBe(createTagger(new Uint8Array(32).fill(7))('imei', '860000001234567'));
    expect(tag('imei', '860000001234567')).not.toBe(createTagger(new Uint8Array(32).fill(8))('imei', '860000001234567'));
  });

  test.each([
    ['phone_number', '19900001234', ['+86 199-0000-1234', '8619900001234', '0086 19900001234', '199 0000 1234']],
    ['mac_address', '00:00:5e:00:53:1f', ['00-00-5E-00-53-1F', '00005E00531F', '0000.5e00.531f']],
    ['oaid', 'feedface-0000-4000-8000-0123456789ab', ['FEEDFACE000040008000 0123456789AB']],
    ['email', 'Test@Overreach.example', ['test@overreach.example ']],
    ['location_precise', '40.1, 90.2', ['40.1,90.2']],
    ['license_plate', '京A·0T0T7', ['京a0t0t7']],
  ])('%s: other writings of %s', (type, value, others) => {
    for (const other of others) expect(tag(type, other)).toBe(tag(type, value));
  });

  test('one number in two roles has one tag', () => {
    expect(tag('contact_phone', '19900001234')).toBe(tag('phone_number', '+8619900001234'));
  });

  test('different values differ, signs and points count where they mean something', () => {
    expect(tag('location_precise', '-40.1,90.2')).not.toBe(tag('location_precise', '40.1,90.2'));
    expect(tag('email', 'a-b@x.example')).not.toBe(tag('email', 'ab@x.example'));
    expect(tag('imei', '860000001234567')).not.toBe(tag('imei', '860000001234568'));
  });

  test('the key may be wiped afterwards', () => {
    const key = new Uint8Array(32).fill(7);
    const own = createTagger(key);
    key.fill(0);
    expect(own('imei', '1')).toBe(tag('imei', '1'));
  });
});
