import { expect, test } from 'vitest';
import { decodeRequest, explainPath, Triage } from '../../src/decode/index.js';
import { isValueName } from '../../src/decode/name-value.js';
import { createDetector } from '../../src/detect/detector.js';
import { loadRulebook } from '../../src/rulebook/load.js';
import { fieldAt, opened, request, values } from './sample.js';

test('addresses, numbers and identities are values wherever they stand; names of programs are none', () => {
  for (const name of ['li.na@example.com', '13900000000', '+8613900000000', '860000000000001', '11010119900307123X'])
    expect(isValueName(name), name).toBe(true);
  for (const name of ['name', 'icon@2x', '@type', '1700000000000', '12345678901', 'a.b.c', '4007006600', 'x13900000000', ''])
    expect(isValueName(name), name).toBe(false);
});

test('incident: what is said of a property in OData was told as an address of mail', () => {
  for (const name of ['members@odata.bind', 'photo@odata.mediaReadLink', 'name@Org.OData.Core.V1.Description'])
    expect(isValueName(name), name).toBe(false);
  const body = JSON.stringify({ displayName: 'a', 'members@odata.bind': ['https://graph.example.com/users/1'] });
  const { dataTypes } = loadRulebook({ dir: 'rules' });
  const found = createDetector({ dataTypes }).detect(decodeRequest(request({ body })));
  expect(found.map(({ dataType }) => dataType)).not.toContain('email');
});

test('incident: an address book that is kept by number was read for its names only', () => {
  const message = request({ body: JSON.stringify({ contacts: { 13900000000: '张三', 'li.na@example.com': { age: 3, at: 4 } } }) });
  const decoded = decodeRequest(message);
  expect(fieldAt(decoded, 'body.$.contacts.13900000000|name')).toMatchObject({
    value: '13900000000',
    keys: ['contacts'],
    steps: ['json', 'name'],
  });
  expect(decoded.fields.filter(({ value }) => value === 'li.na@example.com').map(({ path }) => path)).toEqual([
    'body.$.contacts["li.na@example.com"]|name',
  ]);
  const steps = explainPath(message, 'body.$.contacts["li.na@example.com"]|name');
  expect(steps.map(({ step }) => step)).toEqual(['body', 'name']);
  expect(steps.at(-1)?.text).toBe('li.na@example.com');
  expect(explainPath(message, 'body.$.contacts.age|name')).toEqual([]);
});

test('incident: the same of a form, a query and a cookie', () => {
  const type = 'application/x-www-form-urlencoded';
  expect(opened('li.na%40example.com=1&b=2', type)).toMatchObject({ 'body.form["li.na@example.com"]|name': 'li.na@example.com' });
  expect(
    values(decodeRequest(request({ url: 'https://h.example/x?13900000000&t=1', headers: [['Cookie', '860000000000001=1']] }))),
  ).toMatchObject({
    'query.13900000000|name': '13900000000',
    'cookie.860000000000001|name': '860000000000001',
  });
});

test('what stands under such a name is kept, whatever it is, where nobody wants it otherwise', () => {
  const { dataTypes } = loadRulebook({ dir: 'rules' });
  const detector = createDetector({ dataTypes });
  const body = JSON.stringify({ groups: { 'li.na@example.com': 1, '13900000000': true } });
  const decoded = decodeRequest(request({ body }), { triage: new Triage(detector.interest, false) });
  expect(decoded.fields.filter(({ path }) => path.endsWith('|name'))).toHaveLength(2);
  expect(detector.detect(decoded).map(({ dataType, value }) => [dataType, value])).toContainEqual(['email', 'li.na@example.com']);
});
