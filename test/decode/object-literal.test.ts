import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RULES_DIR } from '../../src/cli/place.js';
import { decodeRequest } from '../../src/decode/index.js';
import { objectLiteralAt } from '../../src/decode/object-literal.js';
import { loadRulebook } from '../../src/rulebook/load.js';
import { createAnalyst } from '../../src/session/analyst.js';
import { opened, request } from './sample.js';

const endOf = (text: string, at = 0) => objectLiteralAt(text, at).end;

test('names with quotes and without, values that are written out, objects and lists in one another', () => {
  for (const text of [
    `{a: 'b', c: "d"}`,
    `{\n  imei: '490154203237518',\n  'mac': "02:ab",\n  n: -1.5e3, ok: true, no: null, list: [1, 'x', {y: 2}, []],\n}`,
    `{a: 'it\\'s', b: "}"}`,
    '{}, {a: 1, b: 2}'.slice(4),
  ])
    expect(endOf(`${text};`), text).toBe(text.length);
  expect(endOf('var x = {a: 1, b: 2};', 8)).toBe(20);
});

test('what a program computes, styles, blocks and what breaks off are none', () => {
  for (const text of [
    '{a: b, c: d}',
    '{a: "x" + y, b: 1}',
    '{a: f(1), b: 2}',
    '{color: red; width: 1px}',
    '{ return 1; }',
    '{a, b}',
    "{a: 'b'",
    "{a: 'b\n', c: 1}",
    '{a: 1, b: 2',
    '{a: `x`, b: 1}',
    '{a: 1 b: 2}',
    '{"a"; "b"}',
    '{case: 1 ? 2 : 3, b: 1}',
    '{}',
    "{only: 'one'}",
  ])
    expect(endOf(text), text).toBe(-1);
});

test('whatever is looked at costs, and nothing is looked at twice', () => {
  for (const text of [`{a:${'['.repeat(100_000)}`, `{a: "${'x'.repeat(100_000)}`, `{${'a:{'.repeat(50_000)}`]) {
    const { end, cost } = objectLiteralAt(text, 0);
    expect(end).toBe(-1);
    expect(cost).toBeLessThanOrEqual(text.length);
  }
});

test('any object of values is one', () => {
  const value = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string().map((text) => text.replace(/\u2028|\u2029/g, '')),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.stringMatching(/^[a-z]\w{0,9}$/), tie('value'), { maxKeys: 3 }),
    ),
  })).value;
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]\w{0,9}$/), value, { minKeys: 2, maxKeys: 4 }), (object) => {
      const text = JSON.stringify(object).replace(/"([a-z]\w{0,9})":/g, '$1: ');
      expect(endOf(`${text} tail`)).toBe(text.length);
    }),
    { endOnFailure: true },
  );
});

describe('in a log that holds lines of source, too', () => {
  const { dataTypes } = loadRulebook({ dir: RULES_DIR });
  const [phone, imei, name] = ['13900000027', '490154203237518', '林晓雨'];
  const persona = { values: { phone_number: [phone], imei: [imei], real_name: [name] }, salts: [], keys: [] };
  const known = createAnalyst({ dataTypes: dataTypes, persona, tagKey: new Uint8Array(32) });
  const unknown = createAnalyst({ dataTypes: dataTypes, persona: null, tagKey: new Uint8Array(32) });
  const logOf = (value: string) =>
    `Error at send (app.js:1:2)\nfunction send(a) { return a && a.b; }\nuser = ${value}\nif (a) { send(a); }\n`;

  test('known values are found in all their spellings, in an object that stands whole and in one that does not', () => {
    const escaped = [...name].map((character) => `\\u${character.charCodeAt(0).toString(16)}`).join('');
    const spelled: ReadonlyArray<readonly [type: string, value: string]> = [
      ['phone_number', phone],
      ['phone_number', '+86 139-0000-0027'],
      ['phone_number', Buffer.from(phone).toString('base64')],
      ['phone_number', Buffer.from(phone).toString('hex')],
      ['phone_number', '%31%33%39%30%30%30%30%30%30%32%37'],
      ['imei', '49-015420-323751-8'],
      ['imei', createHash('md5').update(imei).digest('hex')],
      ['imei', createHash('sha256').update(imei).digest('hex').toUpperCase()],
      ['real_name', name],
      ['real_name', escaped],
      ['real_name', encodeURIComponent(name)],
    ];
    for (const [type, value] of spelled) {
      const whole = `{name: '${value}', seq: 12}`;
      // Three characters in running text are a name only where something says so.
      for (const object of type === 'real_name' ? [whole] : [whole, `{name: '${value}', seq: next()}`, `{ name: "${value}", seq: 12`]) {
        const { evidence } = known.request(request({ body: JSON.stringify({ log: logOf(object) }) }));
        const confirmed = evidence.filter(({ grade }) => grade === 'confirmed').map(({ dataType }) => dataType);
        expect(confirmed, `${value} in ${object}`).toContain(type);
      }
    }
  });

  test('names and values are read where the object stands whole, and told as unread where it does not', () => {
    const object = `{imei: '${imei}', phone: '${phone}', list: [{mac: '02:ab:cd:00:00:01', n: 1}]}`;
    expect(opened(logOf(object))).toMatchObject({
      'body[0]|token|json$.imei': imei,
      'body[0]|token|json$.phone': phone,
      'body[0]|token|json$.list[0].mac': '02:ab:cd:00:00:01',
    });
    const read = unknown.request(request({ body: logOf(object) })).evidence.map(({ dataType, path }) => `${dataType} ${path}`);
    expect(read).toContain('imei body[0]|token|json$.imei');
    const computed = decodeRequest(request({ body: logOf(`{imei: '${imei}', phone: number()}`) }));
    expect(computed.fields.filter(({ path }) => path.includes('token'))).toEqual([]);
    expect(computed.opaque.map(({ shape }) => shape[0])).toEqual(['markup-or-source']);
  });

  test('styles and the source of programs say nothing', () => {
    for (const source of [
      '<style>a {color: red; width: 100px}</style><script>function f() { return {a: b, c: d}; }</script>',
      'const x = {a, b};\nfunction f({ c = 1, d = 2 }) { return { c, d, e: c + d }; }',
    ])
      expect(
        Object.keys(opened(source)).filter((path) => path.includes('token')),
        source,
      ).toEqual([]);
  });
});
