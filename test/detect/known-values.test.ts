import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createKnownValues } from '../../src/detect/known-values.js';
import type { Persona } from '../../src/model/session.js';
import { processorTime } from '../processor-time.js';
import { dataType, decoded, layer, leaf } from './known-fixture.js';

const VALUES = {
  phone_number: ['19900001234'],
  imei: ['860000001234567'],
  mac_address: ['00:00:5e:00:53:1f'],
  android_id: ['feedc0de01234567'],
  oaid: ['feedface-0000-4000-8000-0123456789ab'],
  email: ['19900001234@overreach.example'],
  real_name: ['范例丁'],
  gender: ['女'],
  id_number: ['110101190102039014'],
  postal_address: ['北京市东城区越界测试路0号范例大厦12室'],
  location_precise: ['40.123456,90.654321'],
};
const persona = (values: Persona['values'] = VALUES, salts: readonly string[] = []): Persona => ({ values, salts, keys: [] });
const TYPES = [dataType('gender', ['sex']), dataType('real_name', ['real name'], ['name']), dataType('contact_phone', ['consignee phone'])];
const known = createKnownValues(persona(), TYPES);
const brief = (...parts: Parameters<typeof decoded>) =>
  known.find(decoded(...parts)).map(({ dataType: type, grade, form, path, value }) => `${path} ${type} ${grade} ${form} ${value}`);

describe('fields', () => {
  test.each([
    ['19900001234', 'phone_number confirmed plain 19900001234'],
    ['tel:+86-199-0000-1234', 'phone_number confirmed separators 199-0000-1234'],
    ['8619900001234', 'phone_number confirmed country-code 8619900001234'],
    ['00005E00531F', 'mac_address confirmed separators 00005E00531F'],
    ['FEEDFACE000040008000' + '0123456789AB', 'oaid confirmed separators FEEDFACE0000400080000123456789AB'],
    ['43210000991', 'phone_number confirmed reversed 19900001234'],
    ['1.9900001234E10', 'phone_number confirmed number 1.9900001234E10'],
    ['%25E5%258C%2597', null],
    ['199****1234', 'phone_number probable masked 199****1234'],
    ['90.654321,40.123456', 'location_precise confirmed coordinates-wgs84 40.123456,90.654321'],
    ['90.65,40.12', 'location_coarse probable coordinates-wgs84 40.12,90.65'],
    ['越界测试路0号范例大厦12室', 'postal_address confirmed part 越界测试路0号范例大厦12室'],
  ])('%s', (value, expected) => {
    expect(brief([leaf('body.$.v', value)])).toEqual(expected === null ? [] : [`body.$.v ${expected}`]);
  });

  test('digests: detector, form, and the text of the digest as value', () => {
    const md5 = createHash('md5').update('860000001234567').digest('hex').toUpperCase();
    const [evidence] = known.find(decoded([leaf('query.did', md5, { part: 'query' })]));
    expect(evidence).toMatchObject({
      dataType: 'imei',
      detector: 'digest',
      form: 'md5',
      value: md5,
      grade: 'confirmed',
      part: 'query',
      span: null,
    });
    expect(evidence?.trace[0]?.rule).toBe('digest');
  });

  test('salts are used', () => {
    const digest = createHash('sha256').update('app.key860000001234567').digest('hex');
    expect(brief([leaf('body.$.d', digest)])).toEqual([]);
    const salted = createKnownValues(persona(VALUES, ['app.key']), []);
    expect(salted.find(decoded([leaf('body.$.d', digest)]))).toMatchObject([{ dataType: 'imei', form: 'sha256+salt' }]);
  });

  test('the span counts UTF-16 units', () => {
    const [evidence] = known.find(decoded([leaf('body.$.v', '电话😀：19900001234。')]));
    expect(evidence?.span).toEqual([5, 16]);
  });

  test('binary leaves', () => {
    const bytes = Buffer.concat([Buffer.from([0x0a, 0x06]), Buffer.from('00005e00531f', 'hex'), Buffer.from([0])]);
    expect(brief([leaf('body.1', bytes.toString('latin1'), { kind: 'binary', bytes })])).toEqual([
      'body.1 mac_address confirmed raw-bytes 00005e00531f',
    ]);
  });

  test('a hit does not reach from one field into the next', () => {
    expect(brief([leaf('body.$.a', 'x1990000'), leaf('body.$.b', '1234')])).toEqual([]);
    expect(brief([leaf('body.$.a', '1990000', { group: 1 }), leaf('body.$.b', '1234', { group: 2 })])).toEqual([]);
  });
});

describe('short and common values', () => {
  test('need their whole leaf and a key of the type', () => {
    expect(brief([leaf('body.$.real_name', '范例丁')])).toEqual(['body.$.real_name real_name confirmed plain 范例丁']);
    expect(brief([leaf('body.$.real_name', '范例丁您好')])).toEqual([]);
    expect(brief([leaf('body.$.sex', '女')])).toEqual(['body.$.sex gender probable plain 女']);
    expect(brief([leaf('body.$.title', '女')])).toEqual([]);
  });

  test('a name of three characters without a key is probable', () => {
    expect(brief([leaf('body.$.x', '范例丁')])).toEqual(['body.$.x real_name probable plain 范例丁']);
  });
});

describe('numbers of seven to nine digits', () => {
  const short = createKnownValues(persona({ account_id: ['48151623'] }), [dataType('account_id', ['uid'])]);
  const gradeOf = (key: string, value: string) => short.find(decoded([leaf(`body.$.${key}`, value)])).map(({ grade }) => grade);

  test('are confirmed under their key, probable elsewhere, nothing inside words', () => {
    expect(gradeOf('uid', '48151623')).toEqual(['confirmed']);
    expect(gradeOf('n', '48151623')).toEqual(['probable']);
    expect(gradeOf('n', 'a48151623')).toEqual([]);
    expect(gradeOf('n', createHash('sha256').update('48151623').digest('hex'))).toEqual(['confirmed']);
  });
});

test('placeholders in the persona are named, repeated values count once', () => {
  const odd = createKnownValues(persona({ mac_address: ['02:00:00:00:00:00'], imei: ['860000001234567', '860000001234567'] }), []);
  expect(odd.extent.ignored).toEqual(['mac_address[1]']);
  expect(odd.extent.values).toBe(2);
  expect(odd.find(decoded([leaf('body.$.m', '02:00:00:00:00:00')]))).toEqual([]);
});

describe('one value, one report', () => {
  const inner = '{"p":"19900001234"}';
  const base64 = Buffer.from(inner).toString('base64');

  test('the deepest field wins over the fields and layers around it', () => {
    const fields = [leaf('body.$.d', base64, { opened: true }), leaf('body.$.d|base64|json$.p', '19900001234')];
    const layers = [layer('body', `{"d":"${base64}"}`), layer('body.$.d|base64', inner)];
    expect(brief(fields, layers)).toEqual(['body.$.d|base64|json$.p phone_number confirmed plain 19900001234']);
  });

  test('a value in two fields is two pieces', () => {
    expect(brief([leaf('body.$.a', '19900001234'), leaf('body.$.b', '19900001234')])).toHaveLength(2);
  });

  test('a hit outside every field is reported at its layer', () => {
    const [evidence] = known.find(decoded([], [layer('body', 'key 19900001234 key')]));
    expect(evidence).toMatchObject({ path: 'body', dataType: 'phone_number', span: null });
    expect(evidence?.trace.map(({ rule }) => rule)).toContain('outside-fields');
  });

  test('raw target and header block do not repeat their fields', () => {
    const fields = [leaf('query.p', '19900001234', { part: 'query' }), leaf('cookie.m', '860000001234567', { part: 'cookie' })];
    const layers = [layer('url', '/a?p=19900001234', { part: 'url' }), layer('header', 'Cookie: m=860000001234567', { part: 'header' })];
    expect(brief(fields, layers).map((line) => line.split(' ')[0])).toEqual(['query.p', 'cookie.m']);
  });

  test('of a value within another the longer one is reported, with the shorter in its trace', () => {
    const [evidence, ...rest] = known.find(decoded([leaf('body.$.m', '19900001234@overreach.example')]));
    expect(rest).toEqual([]);
    expect(evidence?.dataType).toBe('email');
    expect(evidence?.trace.map(({ rule }) => rule)).toContain('contains');
  });

  test('one value under two types: the key decides, then the order of the persona', () => {
    const both = createKnownValues(persona({ phone_number: ['19900001234'], contact_phone: ['19900001234'] }), TYPES);
    const typeOf = (key: string) => both.find(decoded([leaf(`body.$.${key}`, '19900001234')])).map(({ dataType: type }) => type);
    expect(typeOf('consigneePhone')).toEqual(['contact_phone']);
    expect(typeOf('x')).toEqual(['phone_number']);
  });
});

describe('scan and contains', () => {
  test('bytes that no decoder understood', () => {
    const found = known.scan(Buffer.from('\u0001\u0002..19900001234\u0000'), {
      path: 'ws[3]',
      part: 'ws',
      steps: [],
      direction: 'response',
      message: 3,
    });
    expect(found).toMatchObject([{ path: 'ws[3]', part: 'ws', direction: 'response', message: 3, dataType: 'phone_number' }]);
  });

  test('contains says yes or no', () => {
    expect(known.contains(Buffer.from('a 19900001234 b'))).toBe(true);
    expect(known.contains(createHash('sha1').update('19900001234').digest())).toBe(true);
    expect(known.contains(Buffer.from('a 19900001235 b'))).toBe(false);
  });
});

describe('what it must not do', () => {
  test('accuse on another person of the same shape', () => {
    const other = [
      '19900001235',
      '860000001234575',
      '00:00:5e:00:53:20',
      'feedc0de01234568',
      '110101190102039022',
      'a19900001234@overreach.examples',
      '41.123456,90.654321',
    ];
    expect(brief(other.map((value, index) => leaf(`body.$.f${index}`, value))).filter((line) => !line.includes('phone_number'))).toEqual(
      [],
    );
  });

  test.each(['119900001234', '199000012345', '0.19900001234', '1990000123.4', '86000000123456789', 'feedc0de0123456'])(
    '%s is another number',
    (value) => {
      expect(brief([leaf('body.$.v', value)])).toEqual([]);
    },
  );

  test('throw, or find a value in noise', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { maxLength: 20 }),
        fc.uint8Array({ maxLength: 300 }),
        (texts, bytes) => {
          const fields = texts.map((text, index) => leaf(`body.$.f${index}`, text));
          expect(known.find(decoded(fields, [layer('body', bytes)]))).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('drown in a message that repeats a value: the limit is said', () => {
    const many = Array.from({ length: 3000 }, (_, index) => leaf(`body.$.f${index}`, '19900001234'));
    const found = known.find(decoded(many));
    expect(found).toHaveLength(2000);
    expect(found.at(-1)?.trace.map(({ rule }) => rule)).toContain('limit-known-evidence');
  });

  test('take long over a message that is all hits', () => {
    const texts = ['19900001234', '40.123456', '90.654321'];
    const message = decoded(Array.from({ length: 20_000 }, (_, index) => leaf(`body.$.f${index}`, texts[index % 3]!)));
    // Comparing every hit with every other took 30 seconds.
    expect(processorTime(() => known.find(message))).toBeLessThan(6000);
  });

  test('an empty persona finds nothing', () => {
    const empty = createKnownValues({ values: {}, salts: [], keys: [] }, []);
    expect(empty.find(decoded([leaf('body.$.v', '19900001234')], [layer('body', '19900001234')]))).toEqual([]);
  });
});

test('every encoding of every value is found again when it stands alone', () => {
  const encoders: Array<(text: string) => string> = [
    (text) => text,
    (text) => encodeURIComponent(text),
    (text) => encodeURIComponent(encodeURIComponent(text)),
    (text) => Buffer.from(text).toString('base64'),
    (text) => Buffer.from(`a${text}`).toString('base64'),
    (text) => Buffer.from(`ab"${text}"`).toString('base64url'),
    (text) => Buffer.from(text).toString('hex').toUpperCase(),
    (text) => [...text].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
    (text) => [...text].reverse().join(''),
  ];
  for (const [type, [value]] of Object.entries(VALUES))
    for (const [index, encode] of encoders.entries()) {
      if (type === 'gender' || type === 'real_name' || type.startsWith('location')) continue;
      // Letters before an address make it another address; the number inside it is then the phone's.
      if (index === 4 && /email|android|oaid|mac/.test(type)) continue;
      expect([type, index, known.find(decoded([leaf('body.$.v', encode(value!))])).map(({ dataType: found }) => found)]).toEqual([
        type,
        index,
        [type],
      ]);
    }
});

describe('name_in_running_text', () => {
  const named = createKnownValues(persona({ real_name: ['范例甲子'] }), TYPES);
  const found = (...parts: Parameters<typeof decoded>) => named.find(decoded(...parts));

  test.each(['您好，范例甲子，您的订单', 'Hello 范例甲子!', '范例甲子.jpg', '%E8%8C%83%E4%BE%8B%E7%94%B2%E5%AD%90', '范 例 甲 子'])(
    '%s',
    (text) => {
      const [evidence] = found([leaf('body.$.msg', text)]);
      expect(evidence).toMatchObject({ dataType: 'real_name', grade: 'probable' });
      expect(evidence?.trace.map(({ rule }) => rule)).toContain('short-name');
    },
  );

  test('confirmed where the key says that it is a name, and in the name of a field it is seen too', () => {
    expect(found([leaf('body.$.name', '范例甲子')])).toMatchObject([{ grade: 'confirmed' }]);
    expect(found([], [layer('body', '{"范例甲子":1}')])).toMatchObject([{ path: 'body', grade: 'probable' }]);
    expect(found([leaf('body.$.msg', '范例甲丑')])).toEqual([]);
  });
});
