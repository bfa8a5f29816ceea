import { expect, test } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { nearMisses } from '../near-misses.js';
import { fieldAt, inside, opened, request } from '../sample.js';

nearMisses('record', { content: 'User(phone=13900000001, imei=490154203237518)', inner: true });

test('an object that a program printed, as a value of its own and in a line', () => {
  expect(inside('User(phone=13900000001, at=Place(lat=31.2, lng=121.4))')).toMatchObject({
    '|record.phone': '13900000001',
    '|record["at.lat"]': '31.2',
  });
  expect(opened('sent User(phone=13900000001, imei=1) ok', 'text/plain')).toMatchObject({ 'body[0]|token|record.phone': '13900000001' });
  expect(opened('{\n    phone = 13900000001;\n    imei = 1;\n}', 'text/plain')).toMatchObject({ 'body|record.phone': '13900000001' });
});

test('names and groups are those of the object', () => {
  const decoded = decodeRequest(request({ type: 'text/plain', body: 'A(user=U(phone=13900000001, name=x), device=D(imei=1, mac=2))' }));
  const at = (path: string) => fieldAt(decoded, `body|record["${path}"]`);
  expect(at('user.phone').keys).toEqual(['A', 'user', 'phone']);
  expect(at('user.phone').group).toBe(at('user.name').group);
  expect(at('user.phone').group).not.toBe(at('device.imei').group);
});

test('a value inside is taken apart further', () => {
  const document = Buffer.from('{"imei":"860000000000001"}').toString('base64');
  expect(inside(`Upload(body=${document}, size=26)`)).toMatchObject({ '|record.body|base64|json$.imei': '860000000000001' });
  expect(inside('Upload{body={"imei":"860000000000001"}, size=26}')).toMatchObject({ '|record.body|json$.imei': '860000000000001' });
});

test('pairs without the name of a type are read by others, and a form in a sentence as one', () => {
  expect(inside('{imei=860000000000001, os=android}')).toMatchObject({ '|properties.imei': '860000000000001' });
  expect(opened('POST imei=1&name=%E5%BC%A0 done', 'text/plain')).toMatchObject({ 'body[0]|token|form.name': '张' });
  expect(Object.keys(inside('call(phone=1)'))).toEqual(['']);
  expect(inside('imei=860000000000001')).toMatchObject({ '|record.imei': '860000000000001' });
  expect(Object.keys(inside('color=bluegreen'))).toEqual(['']);
});

test('the pairs of an authentication scheme are no data of the user', () => {
  const decoded = decodeRequest(request({ headers: [['Authorization', 'Hawk id="dh37fgj492je", ts="1353832234", nonce="j4h3g2"']] }));
  expect(decoded.fields.map(({ path }) => path)).not.toContainEqual(expect.stringContaining('record'));
});
