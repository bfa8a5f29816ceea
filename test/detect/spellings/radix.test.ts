import { expect, test } from 'vitest';
import { canonicalValue } from '../../../src/detect/forms/canonical.js';
import { putRadix } from '../../../src/detect/spellings/radix.js';

function spellings(type: string, value: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  putRadix(canonicalValue(type, value), (written, form) => {
    if (!found.has(written)) found.set(written, form);
  });
  return found;
}

// By Python's base64 and by encoders written after the definitions.
test('text and digits to other bases', () => {
  expect(Object.fromEntries(spellings('phone_number', '13900000001'))).toMatchObject({
    '0f(gD0JG170JG3': 'ascii85',
    '<~0f(gD0JG170JG3~>': 'ascii85',
    'F*7+ZFfcGMFfcI': 'base85',
    'f/7*zfFCgmfFCiY': 'z85',
    '"1CF[hFBrI,(OC': 'base91',
    DCd7ADgc48wyZNp: 'base58',
    dcC7adFB48WYynP: 'base58',
    '+96FA764664664641': 'base45',
    '4nLwHkuckvDOO9p': 'base62',
    '7h1otuwbwfb0rt6b5': 'base36',
    '64PJIC1G60O30C1G64======': 'base32hex',
    '64SKJC1G60R30C1G64': 'base32-crockford',
    gr3u1cbogyadycbogr: 'z-base-32',
    '6dvp8n5': 'base36',
    FAgyyP: 'base62',
    '147440225401': 'octal',
    '0o147440225401': 'octal',
    '1100111100100000010010101100000001': 'bits',
    CY82AR1: 'base32-crockford',
    '13,900,000,001': 'separators',
  });
  expect(Object.fromEntries(spellings('email', 'lin@example.com'))).toMatchObject({
    'Ch[cPAU%X#E,9)<@rH2': 'ascii85',
    'Y-w&lWq4t2aBO8RV{dH': 'base85',
    '42v74x3YEeKVh4vWP6EMA': 'base58',
    'XVD9.DB$CBECP9ERZCUPCJ2': 'base45',
    'ua$JT,YIVTu!},?i.lD': 'base91',
  });
});

test('an identifier in hex is a number too, in both cases of its letters', () => {
  const found = spellings('android_id', '9f3a6c1e7b204d58');
  expect(found.get('11473601878850293080')).toBe('number');
  expect(found.get('2F65OF5J9PUU0')).toBe('base36');
});

test('what is looked for only under its name has none', () => {
  expect([...spellings('gender', '男'), ...spellings('age', '31')]).toEqual([]);
});
