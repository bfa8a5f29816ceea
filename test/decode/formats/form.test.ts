import { expect, test } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { inside, opened, request, values } from '../sample.js';

test('declared', () => {
  expect(opened('phone=139+0000&device%5Bimei%5D=8&a=1&a=2', 'application/x-www-form-urlencoded')).toMatchObject({
    'body.form.phone': '139 0000',
    'body.form["device[imei]"]': '8',
    'body.form.a': '1',
    'body.form.a[1]': '2',
  });
  expect(opened('data=%7B%22imei%22%3A%221%22%7D', 'application/x-www-form-urlencoded')).toMatchObject({
    'body.form.data|json$.imei': '1',
  });
});

test('recognised in a text body and in a value', () => {
  expect(opened('v=1&cid=78AA&uid=124', 'text/plain')).toMatchObject({ 'body.form.uid': '124' });
  expect(inside('imei=1&mac=2')).toMatchObject({ '|form.imei': '1', '|form.mac': '2' });
});

test('prose, markup and base64 are no forms', () => {
  for (const text of ['a = b & c', 'x=<b>&y=1', 'https://h/?a=1&b=2', 'E=mc2 & more', 'one=two']) {
    expect(
      Object.keys(inside(text)).filter((path) => path.includes('form')),
      text,
    ).toEqual([]);
  }
});

test('a form is read as pairs before its percent signs are', () => {
  expect(inside('a=%7B%22x%22%3A1%7D&b=%E5%BC%A0')).toMatchObject({ '|form.a|json$.x': '1', '|form.b': '张' });
});

test('incident: one pair alone, whose value is a document, was read as text without a field in it', () => {
  const document = '{"device":{"imei":"1","note":"a b"}}';
  for (const pair of [`p=${document}`, `p=${encodeURIComponent(document)}`]) {
    expect(opened(pair, 'application/octet-stream')).toMatchObject({ 'body.form.p|json$.device.imei': '1' });
    expect(inside(pair)).toMatchObject({ '|form.p|json$.device.imei': '1' });
  }
  for (const text of ['p={device}', 'p=%7Bdevice%7D', 'one p={"a":"1"}', 'p={"a":"1"} and more'])
    expect(Object.keys(inside(text)).join(), text).not.toContain('form');
});

test('a segment of an address has lost its percent signs before it is read', () => {
  const decoded = decodeRequest(request({ url: 'https://h.test/x/k=2068391&md=MI%208&mo=0' }));
  expect(values(decoded)).toMatchObject({ 'url.path[1]|form.md': 'MI 8' });
  expect(Object.keys(values(decodeRequest(request({ url: 'https://h.test/x/one%20=%20two&three%20or%20four' })))).join()).not.toContain(
    'form',
  );
});

test('pairs in braces, as UnionPay writes what it knows of the customer', () => {
  const text = '{certifTp=01&customerNm=李小红&phoneNo=13912345678}';
  expect(inside(Buffer.from(text).toString('base64'))).toMatchObject({
    '|base64|form.certifTp': '01',
    '|base64|form.customerNm': '李小红',
    '|base64|form.phoneNo': '13912345678',
  });
  for (const prose of ['{a=1}', '{one two=3&four}', 'x{a=1&b=2}']) expect(Object.keys(inside(prose)).join(), prose).not.toContain('form');
});

test('regression: sixteen pairs of a device, none of them read for one blank in a model', () => {
  const text = 'imei=1&ver=1.5&cid=7&pid=7&net=1&mobtype= Acme|| ACME A7-TL00&sys=4.4&root=false&sort=0&aaa';
  expect(opened(text, 'text/plain')).toMatchObject({ 'body.form.imei': '1', 'body.form.mobtype': ' Acme|| ACME A7-TL00' });
  expect(inside('a=1&b=2&c=three and four')).not.toHaveProperty(['|form.a']);
  expect(Object.keys(inside('x = 1 & y = 2 & z = 3 & a = 4 & b = 5 & c = 6 & d = 7 & e = 8')).join()).not.toContain('form');
});

test('a query that is kept for later, with its question mark', () => {
  expect(inside('?idsite=1&rec=1&_id=6f1d2c3b4a594687')).toMatchObject({ '|form.idsite': '1', '|form._id': '6f1d2c3b4a594687' });
  expect(Object.keys(inside('?what=now')).filter((path) => path.includes('form'))).toEqual([]);
});

test('regression: a number plate in GBK, whose one Chinese character was taken for bytes', () => {
  expect(opened('plateNo=%BE%A9A12345&x=1', 'application/x-www-form-urlencoded')).toMatchObject({
    'body.form.plateNo|gb18030': '京A12345',
  });
  expect(opened('city=%BE%A9&x=1', 'application/x-www-form-urlencoded; charset=GBK')).toMatchObject({ 'body.form.city|gb18030': '京' });
});

test('incident: a form written without escapes and without a type, whose values hold blanks', () => {
  const text = 'ver=1.5&mobtype= Example|| EX10&imei=866123456789018&width=1080&height=1812';
  expect(opened(text, '')).toMatchObject({ 'body.form.mobtype': ' Example|| EX10', 'body.form.imei': '866123456789018' });
  // Fewer pairs may be a sentence, and lines are a list.
  for (const other of ['we set a=1&b=2 to c=3', 'a=1&b=2 or c=3&d=4', 'a=1&b=2&c=3\nd=4&e=5&f=6'])
    expect(Object.keys(opened(other, '')).join(), other).not.toContain('body.form.b');
});

test('a parameter without a value among many pairs, at the end of what a log cut off', () => {
  const params = 'fid=1&tz=Asia%2FShanghai&channel=shop&mode=1&build=7&level=2&launch_id=1700000000&version';
  expect(inside(params)).toMatchObject({ '|form.tz': 'Asia/Shanghai' });
  for (const text of ['tz=Asia%2FShanghai&R&D', 'a=1&b=2&c=3&d=4&e=5&f&g&h'])
    expect(Object.keys(inside(text)).join(), text).not.toContain('form');
});

test('incident: of a form inside a form none was read, for the quotes of the documents in its values', () => {
  const inner = 'method=get&card={"shown":8}&adparam={"mod":"EX-AL00","ids":["a b"]}&list=[{"id":"1"}]';
  expect(opened(`feed=${encodeURIComponent(inner)}`, 'application/x-www-form-urlencoded')).toMatchObject({
    'body.form.feed|form.method': 'get',
    'body.form.feed|form.adparam|json$.mod': 'EX-AL00',
    'body.form.feed|form.list|json$[0].id': '1',
  });
  // A place to be filled is no document, nor is one that breaks off, and prose around documents stays prose.
  for (const other of ['a={uid}&b={imei}', 'a={"x":1&b=2', 'we set a={"x":1}&b=2 to c'])
    expect(Object.keys(inside(other)).join(), other).not.toContain('|form.b');
});
