import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { recordsIn } from '../../src/decode/records.js';
import { holdsSource, SourceText } from '../../src/decode/source-text.js';
import { createKnownValues } from '../../src/detect/known-values.js';
import { dataTypes } from '../detect/fixture.js';
import { request } from './sample.js';

const PAGE = '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<a href="/p?id=10086" class="item">text</a>\r\n</html>';
const parts = (text: string) => recordsIn(text, 100).tokens.map((token) => token.text);
const decoded = (body: string) => decodeRequest(request({ type: 'text/plain', body }));

test('markup and the source of programs', () => {
  for (const text of ['<b>x</b>', 'function go() {', 'function(a)', 'var uid = 1', 'const a="b"'])
    expect(holdsSource(text), text).toBe(true);
  for (const text of ['a function of x', 'User(name=var)', 'a < b', 'variable = 1']) expect(holdsSource(text), text).toBe(false);
});

describe('a log that holds a page or a script', () => {
  test.each([
    '2026-11-22 10:00:01.500 I/Net(1734): login phone=13900000001 imei=860000000000001',
    '11-22 10:00:01.500  1734  1750 I Net: login phone=13900000001 imei=860000000000001',
    '[2026-11-22T10:00:01Z] login phone=13900000001 imei=860000000000001',
    'D/11-22 10:00:01 login phone=13900000001 imei=860000000000001',
    '10:00:01.500 login phone=13900000001 imei=860000000000001',
  ])('is read in the lines that a logger wrote: %s', (line) => {
    const text = `${line}\n${PAGE}\n${line}`;
    const run = 'phone=13900000001 imei=860000000000001';
    expect(parts(text)).toEqual([run, run]);
    expect(recordsIn(text, 100).passed, 'attributes of a tag').toBe(false);
  });

  test('what such a line ends with does not go on in the source behind it', () => {
    expect(parts('2026-11-22 10:00:01 phone=13900000001\nuid = "10086"; function go() {}')).toEqual(['phone=13900000001']);
  });

  test('a line that holds markup itself is none of them', () => {
    expect(parts(`2026-11-22 10:00:01 got <p class="item" id="10086">text</p> phone=13900000001`)).toEqual([]);
  });
});

test('incident: pairs between markup or source were not read, and nothing told it', () => {
  const script = 'var uid = "10086"; call(function(a){ return a })';
  expect(decoded(script).opaque).toMatchObject([{ path: 'body', shape: ['markup-or-source', 'readable-text'], tried: ['record'] }]);
  expect(decoded(`failed with\n${PAGE}\nphone=13900000001`).opaque).toHaveLength(1);
  expect(decodeRequest(request({ body: JSON.stringify({ log: `x ${script}` }) })).opaque).toMatchObject([{ path: 'body.$.log' }]);
  for (const text of [`failed with ${PAGE}`, 'function of x(a == 1234) {} function (', 'var a = 1; let b = 2'])
    expect(decoded(text).opaque, text).toEqual([]);
});

test('known values are found between source in every spelling that is searched in a text', () => {
  const phone = '13900000001';
  const known = createKnownValues({ values: { phone_number: [phone] }, salts: [], keys: [] }, dataTypes);
  const bytes = Buffer.from(phone);
  const each = (write: (code: number) => string) => Array.from(bytes, write).join('');
  const spellings = [
    phone,
    '+86 139 0000 0001',
    '139-0000-0001',
    [...phone].reverse().join(''),
    bytes.toString('base64'),
    Buffer.from(`x${phone}yy`).toString('base64url'),
    bytes.toString('hex'),
    each((code) => `%${code.toString(16)}`),
    each((code) => `\\u00${code.toString(16)}`),
    each((code) => `\\x${code.toString(16)}`),
    each((code) => `&#${code};`),
    ...['md5', 'sha1', 'sha256'].map((name) => createHash(name).update(phone).digest('hex')),
    createHash('sha1').update(phone).digest('base64'),
  ];
  for (const spelling of spellings) {
    const found = known.find(decoded(`<!-- page -->\nvar uid = '${spelling}';\nfunction go() {}\n</script>`));
    expect(
      found.map(({ dataType, grade }) => `${dataType} ${grade}`),
      spelling,
    ).toContain('phone_number confirmed');
  }
});

test('asked in rising order, it says of each place what a search from the beginning says', () => {
  const unit = fc.constantFrom('<', '>', 'a', '=', '\n', '</b>', '2026-11-22 10:00:01 ', 'b c');
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 60 }), (text) => {
      const source = new SourceText(text);
      for (let at = 0; at < text.length; at++) {
        if (text[at] === '\n') continue;
        expect(source.isInTag(at)).toBe(text.lastIndexOf('<', at - 1) > text.lastIndexOf('>', at - 1) && at > 0);
        const until = source.loggedUntil(at);
        const end = text.indexOf('\n', at);
        if (until >= 0) expect(until).toBe(end < 0 ? text.length : end);
      }
    }),
  );
});
