import { expect, test } from 'vitest';
import { explainPath } from '../../../src/decode/index.js';
import { inside, opened, request } from '../sample.js';

const PAIRS = [
  ['os', 'android 14'],
  ['imei', '860000000000001'],
  ['mac', '02:00:00:11:22:33'],
] as const;
const EXPECTED = { '|listing.os': 'android 14', '|listing.imei': '860000000000001', '|listing.mac': '02:00:00:11:22:33' };

test('names and values with each sign between them, pairs with each separator', () => {
  for (const sign of [':', ': ', '->', '~', '\u0002'])
    for (const separator of ['|', '||', '^', ';', ',', '#', '\n', '\u0001']) {
      const text = PAIRS.map((pair) => pair.join(sign)).join(separator);
      expect(inside(text, 'utf8'), text).toMatchObject(EXPECTED);
    }
  expect(inside(`[${PAIRS.map((pair) => pair.join(':')).join('][')}]`)).toMatchObject(EXPECTED);
  expect(opened(PAIRS.map((pair) => pair.join('\t')).join('\r\n'), 'text/plain')).toMatchObject({ 'body|listing.imei': '860000000000001' });
});

test('what people copy into an order', () => {
  expect(inside('收件人：张三，电话：13900000000，地址：北京市朝阳区建国路100号')).toMatchObject({
    '|listing.收件人': '张三',
    '|listing.电话': '13900000000',
    '|listing.地址': '北京市朝阳区建国路100号',
  });
});

test('a contact card', () => {
  const card = 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:张三\r\nTEL;TYPE=CELL:13900000000\r\nTEL;TYPE=HOME,VOICE:01012345678\r\nEND:VCARD\r\n';
  expect(opened(card, 'text/vcard')).toMatchObject({
    'body|listing.FN': '张三',
    'body|listing.TEL': '13900000000',
    'body|listing.TEL[1]': '01012345678',
  });
});

test('a value that is encoded is taken apart further', () => {
  const value = Buffer.from('{"imei":"860000000000001"}').toString('base64');
  expect(inside(`v:1|d:${value}|t:2`)).toMatchObject({ '|listing.d|base64|json$.imei': '860000000000001' });
});

test('prose, times, styles, addresses and two pairs are none', () => {
  for (const text of [
    'note: it is late, so: go home, everybody',
    '注意：今天有雨，出门带伞，路上：小心，到家：报平安',
    '10:00|11:00|12:00',
    'width:100px;height:170;color:red',
    'https://a.test/|http://b.test/|https://c.test/',
    'imei:1|mac:2',
    'Error: failed, at: x, because',
    'a4:5e:60:11:22:33,a4:5e:60:11:22:34',
  ])
    expect(
      Object.keys(inside(text)).filter((path) => path.includes('listing')),
      text,
    ).toEqual([]);
});

test('the place of a value is known', () => {
  const text = 'imei: 12345 | mac: 67890 | os: 1';
  const steps = explainPath(request({ body: text }), 'body|listing.mac');
  expect(text.slice(...(steps[0]?.span ?? []))).toBe('67890');
});

test('incident: of pairs in more than a quarter of a megabyte none was read, and nothing was said', () => {
  const text = Array.from({ length: 9_000 }, (_, i) => `name${i % 50}:value ${i} of what the phone tells`).join('\n');
  expect(text.length).toBeGreaterThan(256 * 1024);
  expect(opened(text, 'text/plain')).toMatchObject({ 'body|listing.name0': 'value 0 of what the phone tells' });
});
