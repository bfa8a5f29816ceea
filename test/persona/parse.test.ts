import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/errors.js';
import { parsePersona } from '../../src/persona/parse.js';

function failure(text: string): { code: string; message: string; next: string } {
  try {
    parsePersona(text, 'me.yaml');
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    const { code, message, next, zh } = error as InputError;
    expect(zh, message).toMatch(/^me\.yaml.*，.*：.*\p{Script=Han}.*。请改正该行/su);
    return { code, message, next };
  }
  throw new Error('it was accepted');
}

describe('reading', () => {
  test('one value or a list, with salts and key hooks', () => {
    const persona = parsePersona(
      [
        'phone_number: "19900001234"',
        'imei: ["860000001234567", "860000001234575"]',
        'location_precise:',
        '  - "40.1,90.2"',
        'salts: [app.key]',
        'keys:',
        '  - { algorithm: aes-128-cbc, key: "00112233445566778899aabbccddeeff", iv: "00112233445566778899aabbccddeeff", encoding: hex, where: api.example.com }',
        '  - { algorithm: xor, key: k }',
      ].join('\n'),
      'me.yaml',
    );
    expect(persona.values).toEqual({
      phone_number: ['19900001234'],
      imei: ['860000001234567', '860000001234575'],
      location_precise: ['40.1,90.2'],
    });
    expect(persona.salts).toEqual(['app.key']);
    expect(persona.keys).toEqual([
      {
        algorithm: 'aes-128-cbc',
        key: '00112233445566778899aabbccddeeff',
        iv: '00112233445566778899aabbccddeeff',
        encoding: 'hex',
        where: 'api.example.com',
      },
      { algorithm: 'xor', key: 'k', iv: null, encoding: 'utf8', where: null },
    ]);
  });

  test('unquoted numbers keep every digit', () => {
    const { values } = parsePersona(
      'bank_card_number: 6200001433553320773\niccid: 89860000006150288031\nqq_id: 0012345678\nage: 36\n',
      'me.yaml',
    );
    expect(values).toEqual({
      bank_card_number: ['6200001433553320773'],
      iccid: ['89860000006150288031'],
      qq_id: ['0012345678'],
      age: ['36'],
    });
  });

  test('a byte order mark, comments and Chinese text', () => {
    expect(parsePersona('\ufeff# 说明\nreal_name: 范例丁 # 合成\n', 'me.yaml').values).toEqual({ real_name: ['范例丁'] });
  });
});

test('keys without a person: what they open is judged by its form', () => {
  expect(parsePersona('keys: [{ algorithm: xor, key: a }]', 'me.yaml')).toMatchObject({ values: {}, keys: [{ algorithm: 'xor' }] });
});

test('a key may be a module, which whoever reads the file fetches; ciphers stand beside it', () => {
  const text = 'imei: a\nkeys:\n  - module: ./open.mjs\n    where: api.example.test\n  - { algorithm: xor, key: k }\n';
  const persona = parsePersona(text, 'me.yaml', (wanted) => ({ ...wanted, step: 'hook-open', sha256: '00', code: 'x' }));
  expect(persona.modules).toEqual([{ file: './open.mjs', where: 'api.example.test', step: 'hook-open', sha256: '00', code: 'x' }]);
  expect(persona.keys).toEqual([{ algorithm: 'xor', key: 'k', iv: null, encoding: 'utf8', where: null }]);
  expect(parsePersona('imei: a\n', 'me.yaml')).not.toHaveProperty('modules');
});

describe('refusing', () => {
  test.each([
    ['', 'OVR_PERSONA_EMPTY', 'me.yaml: file'],
    ['salts: [a]', 'OVR_PERSONA_EMPTY', 'me.yaml: file'],
    ['- a\n- b\n', 'OVR_PERSONA_SHAPE', 'me.yaml:1: file'],
    ['imei: "1\n', 'OVR_PERSONA_YAML', 'me.yaml:'],
    ['imei: a\nimei: b\n', 'OVR_PERSONA_YAML', 'me.yaml:2'],
    ['imei: a\nIMEI Nr: b\n', 'OVR_PERSONA_KEY', 'me.yaml:2: IMEI Nr'],
    ['__proto__: x\n', 'OVR_PERSONA_KEY', '__proto__'],
    ['imei: a\nphone_number:\n', 'OVR_PERSONA_VALUE', 'me.yaml:2: phone_number'],
    ['imei: [a, ""]\n', 'OVR_PERSONA_VALUE', 'me.yaml:1: imei'],
    ['imei: []\n', 'OVR_PERSONA_VALUE', 'imei: is an empty list'],
    ['imei: { first: a }\n', 'OVR_PERSONA_VALUE', 'imei: must be a text'],
    ['imei: &a x\nmeid: *a\n', 'OVR_PERSONA_VALUE', 'me.yaml:2: meid'],
    ['imei: a\nkeys: secret\n', 'OVR_PERSONA_SHAPE', 'me.yaml:2: keys'],
    ['imei: a\nkeys: [{ algorithm: xor }]\n', 'OVR_PERSONA_VALUE', 'keys[0].key'],
    ['imei: a\nkeys: [{ algorithm: xor, key: zz, encoding: hex }]\n', 'OVR_PERSONA_VALUE', 'keys[0].key: is not hex'],
    ['imei: a\nkeys: [{ algorithm: xor, key: k, encoding: rot13 }]\n', 'OVR_PERSONA_VALUE', 'keys[0].encoding'],
    ['imei: a\nkeys: [{ algorithm: xor, key: k, secret: s }]\n', 'OVR_PERSONA_KEY', 'keys[0].secret'],
    ['imei: a\nkeys: [{ module: ./open.mjs, key: k }]\n', 'OVR_PERSONA_KEY', 'keys[0].key'],
    ['imei: a\nkeys: [{ module: "" }]\n', 'OVR_PERSONA_VALUE', 'keys[0].module'],
    ['imei: a\nkeys: [{ module: ./open.mjs }]\n', 'OVR_PERSONA_KEY', 'keys[0].module'],
    [`imei: "${'9'.repeat(3000)}"\n`, 'OVR_PERSONA_VALUE', 'longer than'],
    [`imei: [${'a, '.repeat(1001)}a]\n`, 'OVR_PERSONA_SIZE', 'me.yaml:1: imei'],
  ])('%j', (text, code, place) => {
    const found = failure(text);
    expect(found.code).toBe(code);
    expect(found.message).toContain(place);
    expect(found.next.length).toBeGreaterThan(20);
  });

  test('a file larger than any persona', () => {
    expect(failure(`# ${'x'.repeat(1_100_000)}\nimei: a\n`).code).toBe('OVR_PERSONA_SIZE');
  });

  test('nothing but InputError is ever thrown', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('a', ':', ' ', '\n', '-', '[', ']', '{', '}', '"', '&', '*', '!', '1', '\t', '|', '%'),
          maxLength: 60,
        }),
        (text) => {
          try {
            parsePersona(text, 'x');
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
