import { describe, expect, test } from 'vitest';
import { binaryPatterns } from '../../../src/detect/forms/binary.js';
import { canonicalValue } from '../../../src/detect/forms/canonical.js';

function hexOf(type: string, value: string): Map<string, string[]> {
  const forms = new Map<string, string[]>();
  for (const { form, bytes } of binaryPatterns(canonicalValue(type, value)))
    forms.set(form, [...(forms.get(form) ?? []), Buffer.from(bytes).toString('hex')]);
  return forms;
}

describe('binary forms', () => {
  test('MAC as six bytes, both orders', () => {
    const forms = hexOf('mac_address', '00:00:5e:00:53:1f');
    expect(forms.get('raw-bytes')).toEqual(['00005e00531f']);
    expect(forms.get('raw-bytes-reversed')).toEqual(['1f53005e0000']);
  });

  test('UUID as sixteen bytes and as a Windows GUID', () => {
    const forms = hexOf('oaid', '00112233-4455-6677-8899-aabbccddeeff');
    expect(forms.get('raw-bytes')).toEqual(['00112233445566778899aabbccddeeff']);
    expect(forms.get('raw-bytes-guid')).toEqual(['33221100554477668899aabbccddeeff']);
  });

  test('IMEI packed, with swapped nibbles and filler, as TS 24.008 writes it', () => {
    const forms = hexOf('imei', '490154203237518');
    expect(forms.get('bcd')).toContain('0490154203237518');
    expect(forms.get('bcd-swapped')).toContain('94104502237315f8');
  });

  test('phone as varint, 64-bit integers and double', () => {
    const forms = hexOf('phone_number', '13900000001');
    // Python: struct.pack('>Q', n), struct.pack('>d', n), and seven bits at a time.
    expect(forms.get('varint')).toEqual(['81d684e433']);
    // sint64 of Google's own protobuf for Python.
    expect(forms.get('zigzag-varint')).toEqual(['82ac89c867']);
    expect(forms.get('uint64')).toEqual(['000000033c812b01']);
    expect(forms.get('uint64-le')).toEqual(['012b813c03000000']);
    expect(forms.get('double')).toEqual(['4209e40958080000']);
  });

  test('numbers beyond 64 bits have no integer form, texts none at all', () => {
    expect(hexOf('iccid', '89860000006150288031').has('varint')).toBe(false);
    expect(hexOf('email', 'test@overreach.example').size).toBe(0);
  });
});
