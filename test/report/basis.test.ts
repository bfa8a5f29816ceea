import { expect, test } from 'vitest';
import { buildBasis, chosenCategories } from '../../src/report/basis.js';
import { sampleRecord } from './sample-record.js';

const record = sampleRecord();

test('the app under test comes first, categories nobody knows are left out', () => {
  expect(chosenCategories(record).map(({ app, id }) => `${app} ${id}`)).toEqual(['main ride_hailing', 'wechat:wx0000000000000000 utility']);
  const categories = { main: ['gone', 'utility'] };
  expect(
    chosenCategories({ ...record, session: { ...record.session, subject: { ...record.session.subject, categories } } }).map(({ id }) => id),
  ).toEqual(['utility']);
});

test('only the checks and data types that occur, with their words', () => {
  const basis = buildBasis(
    record,
    record.findings.filter(({ id }) => id === 'f-imei-stat'),
  );
  expect(basis.checks.map(({ id }) => id)).toEqual(['third_party']);
  expect(basis.dataTypes).toMatchObject([{ id: 'imei', familyName: { zh: '设备标识' } }]);
  expect(basis.categories[0]?.items?.[2]?.condition?.zh).toBe('仅限网络预约出租汽车服务');
});
