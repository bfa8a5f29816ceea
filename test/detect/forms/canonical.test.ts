import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalValue, caseVariants, withoutCountryCode } from '../../../src/detect/forms/canonical.js';

const texts = (type: string, value: string) => canonicalValue(type, value).texts.map(({ text }) => text);

describe('writings of a value', () => {
  test('phone: country codes and 3-4-4, however it was given', () => {
    const expected = ['19900001234', '8619900001234', '008619900001234', '199 0000 1234', '199-0000-1234'];
    for (const given of ['19900001234', '+86 199 0000 1234', '0086-199-0000-1234'])
      expect(texts('phone_number', given)).toEqual(expect.arrayContaining(expected));
  });

  test('IMEI: without its check digit, with hyphens, as the start of an IMEISV', () => {
    const forms = canonicalValue('imei', '860000001234567').texts;
    expect(forms.map(({ text }) => text)).toEqual(expect.arrayContaining(['860000001234567', '86000000123456', '86-000000-123456-7']));
    expect(forms.some(({ edge }) => edge === 'imeisv')).toBe(true);
  });

  test('MAC: separators, none, dots, reversed bytes, no leading zeros', () => {
    expect(texts('mac_address', '00-00-5E-00-53-1F')).toEqual(
      expect.arrayContaining(['00:00:5e:00:53:1f', '00-00-5e-00-53-1f', '00005e00531f', '0000.5e00.531f', '1f:53:00:5e:00:00']),
    );
    expect(canonicalValue('mac_address', '00:00:5e:00:53:1f').hex).toBe('00005e00531f');
  });

  test('UUID with and without dashes, both ways', () => {
    const dashed = 'feedface-0000-4000-8000-0123456789ab';
    const bare = dashed.replaceAll('-', '');
    for (const given of [dashed, bare, dashed.toUpperCase()])
      expect(texts('oaid', given).map((text) => text.toLowerCase())).toEqual(expect.arrayContaining([dashed, bare]));
  });

  test('resident ID and IMEI in groups, a hardware address as one integer', () => {
    expect(texts('id_number', '11010519491231002X')).toEqual(
      expect.arrayContaining(['11010519491231002X', '110105 19491231 002X', '110105-19491231-002X']),
    );
    expect(texts('imei', '860000001234567')).toContain('86 000000 123456 7');
    expect(texts('mac_address', '5e:44:c8:1b:a2:2f')).toContain(String(0x5e44c81ba22f));
  });

  test('e164_hashed: advertisers are asked to hash the number with its sign', () => {
    const { digested, texts: searched } = canonicalValue('phone_number', '19900001234');
    expect(digested.map(({ text }) => text)).toEqual(expect.arrayContaining(['19900001234', '8619900001234', '+8619900001234']));
    expect(searched.map(({ text }) => text)).not.toContain('+8619900001234');
  });

  test('card in groups of four, plate with and without the dot', () => {
    expect(texts('bank_card_number', '6200 0000 1234 5678 903')).toEqual(
      expect.arrayContaining(['6200000012345678903', '6200-0000-1234-5678-903']),
    );
    expect(texts('license_plate', '京A·0T0T7')).toEqual(expect.arrayContaining(['京A0T0T7', '京A 0T0T7', '京A·0T0T7']));
  });

  test('address: the part after city and district still names the door', () => {
    expect(texts('postal_address', '北京市东城区越界测试路0号范例大厦12室')).toContain('越界测试路0号范例大厦12室');
  });

  test('numbers as doubles are printed', () => {
    expect(texts('phone_number', '19900001234')).toEqual(expect.arrayContaining(['1.9900001234e10', '1.9900001234e+10']));
  });
});

describe('numbers of the fixed network', () => {
  test.each(['010-00001234', '(010) 0000-1234', '（010）00001234', '+86 10 0000 1234', '86-10-00001234'])('%s in all writings', (given) => {
    const found = texts('contact_phone', given);
    const dialled = given.startsWith('0') || /^[(（]/.test(given);
    if (dialled) expect(found).toEqual(expect.arrayContaining(['01000001234', '010-00001234', '(010)00001234', '86 10 00001234']));
    expect(found).toContain('861000001234');
  });

  test('four digits of area code', () => {
    expect(texts('phone_number', '0755 0000 1234')).toEqual(expect.arrayContaining(['0755-00001234', '86-755-00001234']));
  });
});

describe('whatever a tester types', () => {
  const everyType = readdirSync('rules/data-types').map((file) => file.replace(/\.yaml$/, ''));

  test.each([
    '(010)00001234-801',
    'none known',
    '0f0b9c2a3d4e5f60718293a4b5c6d7e8',
    '199 0000 1234 (work)',
    '+',
    '0x1f',
    '１９９００００１２３４',
  ])('phone_in_brackets: %s ended the program', (value) => {
    for (const type of everyType) expect(() => canonicalValue(type, value)).not.toThrow();
  });

  test('any text under any type is made into writings', () => {
    const typed = fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[0-9a-fA-F()+ .:-]{1,40}$/));
    fc.assert(
      fc.property(fc.constantFrom(...everyType), typed, (type, value) => {
        canonicalValue(type, value);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('numbers to the base of sixteen', () => {
  test('a phone number and an IMEI, alone and behind 0x', () => {
    expect(texts('phone_number', '19900001234')).toEqual(expect.arrayContaining(['4a221ebd2', '0x4a221ebd2']));
    expect(texts('imei', '860000001234567')).toContain('30e2a5a949687');
  });

  test('what would be digits only, or short, is another number', () => {
    // 0x401234567 = 17198957927.
    expect(texts('phone_number', '17198957927').filter((text) => text.includes('401234567'))).toEqual([]);
    expect(texts('qq_id', '1234567890').filter((text) => text.includes('499602d2'))).toEqual([]);
  });
});

describe('names with gaps', () => {
  test('between all characters, by blanks of either width', () => {
    expect(canonicalValue('real_name', '范例丁').leaves).toEqual(['范例丁', '范 例 丁', '范\u3000例\u3000丁']);
    expect(canonicalValue('real_name', '范丁').leaves).toContain('范\u3000丁');
    expect(canonicalValue('birth_date', '1901-02-03').leaves.some((leaf) => leaf.includes(' 0 '))).toBe(false);
  });
});

describe('values too common to be searched', () => {
  test.each([
    ['gender', '女', 'common'],
    ['age', '36', 'common'],
    ['real_name', '范例丁', 'rare'],
    ['account_id', '12345', 'rare'],
    ['qq_id', '123456', 'rare'],
    ['birth_date', '1901-02-03', 'rare'],
    ['ip_address', '192.168.1.23', 'common'],
    ['device_model', 'Synthetic Phone 12', 'common'],
  ] as const)('%s %s only as a whole leaf', (type, value, rule) => {
    const canonical = canonicalValue(type, value);
    expect(canonical.leafOnly).toBe(rule);
    expect(canonical.texts).toEqual([]);
    expect(canonical.leaves.length).toBeGreaterThan(0);
    expect([canonical.digits, canonical.hex]).toEqual([null, null]);
  });

  test('names are hashed all the same, words of few values are not', () => {
    expect(canonicalValue('real_name', '范例丁').digested.map(({ text }) => text)).toContain('范例丁');
    expect(canonicalValue('gender', '女').digested).toEqual([]);
    expect(canonicalValue('qq_id', '123456').digested).toEqual([]);
  });

  test('dates in the writings that forms use', () => {
    expect(canonicalValue('birth_date', '1901-02-03').leaves).toEqual(
      expect.arrayContaining(['1901-02-03', '1901/02/03', '19010203', '1901年2月3日', '1901-02-03 00:00:00']),
    );
  });
});

test.each([
  ['mac_address', '02:00:00:00:00:00'],
  ['imei', '000000000000000'],
  ['idfa', '00000000-0000-0000-0000-000000000000'],
  ['android_id', '9774D56D682E549C'],
  ['ssid', 'unknown'],
])('%s %s is everybody\u2019s and is not looked for', (type, value) => {
  expect(canonicalValue(type, value)).toMatchObject({ placeholder: true, texts: [], digested: [], leaves: [], hex: null, digits: null });
});

test('short numbers are marked, addresses keep to whole numbers', () => {
  expect([canonicalValue('account_id', '1234567').short, canonicalValue('phone_number', '19900001234').short]).toEqual([true, false]);
  expect(canonicalValue('ip_address', '203.0.113.123').texts[0]?.edge).toBe('digits');
});

test('digests keep letter case apart', () => {
  const hashed = canonicalValue('android_id', 'FEEDC0DE01234567').digested.map(({ text }) => text);
  expect(hashed).toEqual(expect.arrayContaining(['FEEDC0DE01234567', 'feedc0de01234567']));
  expect(caseVariants('123')).toEqual(['123']);
});

test.each(['', ' ', '\u0000', '...', '-'])('strange value %j makes no pattern', (value) => {
  for (const type of ['phone_number', 'imei', 'mac_address', 'postal_address', 'real_name', 'x'])
    expect(canonicalValue(type, value).texts).toEqual([]);
});

test('name_in_running_text: a name of four characters is looked for anywhere, shorter ones and other words are not', () => {
  const name = canonicalValue('real_name', '范例甲子');
  expect([name.leafOnly, name.short, name.leaves]).toEqual([null, true, []]);
  expect(name.texts.map(({ text }) => text)).toEqual(['范例甲子', '范 例 甲 子', '范\u3000例\u3000甲\u3000子']);
  expect(canonicalValue('real_name', '范例甲子丙丁').short).toBe(false);
  // Four characters are as often an idiom as a name.
  for (const [type, text] of [
    ['nickname', '心想事成'],
    ['real_name', '范例丁'],
    ['real_name', 'Fan'],
  ] as const)
    expect(canonicalValue(type, text)).toMatchObject({ texts: [], leafOnly: 'rare' });
});

test('the code of mainland China is taken off a mobile number and off nothing else', () => {
  for (const written of ['13900000000', '8613900000000', '+8613900000000', '008613900000000'])
    expect(withoutCountryCode(written), written).toBe('13900000000');
  for (const other of ['8601012345678', '+85261234567', '861390000000']) expect(withoutCountryCode(other), other).toBe(other);
});
