import { expect, test } from 'vitest';
import { decodeRequest, explainPath } from '../../../src/decode/index.js';
import { inside, opened, request } from '../sample.js';

test('rows under names, with each separator, and quotes', () => {
  for (const separator of [',', '\t', ';', '|']) {
    const text = [
      ['imei', 'os', 'name'],
      ['860000000000001', 'android', '张三'],
      ['860000000000002', '', '李四'],
    ]
      .map((row) => row.join(separator))
      .join('\r\n');
    expect(opened(text, 'text/csv'), separator).toMatchObject({
      'body|table[0].imei': '860000000000001',
      'body|table[0].name': '张三',
      'body|table[1].imei': '860000000000002',
      'body|table[1].os': '',
    });
  }
  expect(inside('"imei","note","os"\n"8600","a, ""b""","1"\n')).toMatchObject({ '|table[0].imei': '8600', '|table[0].note': 'a, "b"' });
});

test("incident: an address book declared as CSV with two columns was text, and its names nobody's", () => {
  const text = 'name,phone\n张三,13900000000\n李四,13900000001\n';
  expect(opened(text, 'text/csv; charset=utf-8')).toMatchObject({ 'body|table[0].name': '张三', 'body|table[1].phone': '13900000001' });
  expect(Object.keys(opened(text, 'text/plain')).join()).not.toContain('table');
  for (const none of ['name\n张三\n', '1,2\n3,4\n', 'name,phone\n张三\n'])
    expect(Object.keys(opened(none, 'text/csv')).join(), none).not.toContain('table');
});

test('lines of prose, of numbers, and rows of another length are none', () => {
  for (const text of [
    'one, two, three\nfour, five\n',
    '1,2,3\n4,5,6\n7,8,9\n',
    'a,b\n1,2\n3,4\n',
    'a,a,a\n1,2,3\n',
    'Dear all, as I said, we are late.\nBut, as ever, we will come, of course.\n',
  ])
    expect(
      Object.keys(inside(text)).filter((path) => path.includes('table')),
      text,
    ).toEqual([]);
});

test('the place of a value is known', () => {
  const text = 'imei,os,mac\n1,2,67890\n';
  const steps = explainPath(request({ type: 'text/csv', body: text }), 'body|table[0].mac');
  expect(text.slice(...(steps[0]?.span ?? []))).toBe('67890');
});

test('incident: of a table of more than a quarter of a megabyte no row was read, and nothing was said', () => {
  const rows = Array.from({ length: 9_000 }, (_, i) => `${i}\tname of number ${i}\t139${String(i).padStart(8, '0')}`);
  const { fields, limits } = decodeRequest(request({ type: 'text/plain', body: ['id\tname\tphone', ...rows].join('\n') }));
  expect(fields.find(({ path }) => path === 'body|table[5000].phone')?.value).toBe('13900005000');
  // Beyond as many fields as a message may have it is told.
  expect(limits.map(({ limit }) => limit)).toContain('decodeFields');
});

test('incident: a table of more than 256 columns was not read, and nothing was said', () => {
  const names = Array.from({ length: 300 }, (_, i) => `column_${i}`);
  const row = (of: string) => names.map((_, i) => (i === 299 ? of : `value ${i}`)).join(',');
  const { fields } = decodeRequest(
    request({ type: 'text/csv', body: [names.join(','), row('13900000001'), row('13900000002')].join('\n') }),
  );
  expect(fields.find(({ path }) => path === 'body|table[1].column_299')?.value).toBe('13900000002');
});

test('of a row with more columns than a message may have fields the rest is told', () => {
  const names = Array.from({ length: 25_000 }, (_, i) => `c${i}`);
  const { fields, limits } = decodeRequest(
    request({ type: 'text/csv', body: `${names.join(',')}\n${names.map((_, i) => `v${i}`).join(',')}\n` }),
  );
  expect(fields.find(({ path }) => path === 'body|table[0].c1000')?.value).toBe('v1000');
  expect(limits.map(({ limit }) => limit)).toContain('decodeFields');
});
