import { expect, test } from 'vitest';
import { isFiller } from '../../src/detect/filler.js';
import { dataTypes, decodedOf } from './fixture.js';

const is = (id: string, key: string, value: string, part: 'body' | 'query' = 'body') => {
  const [field] = decodedOf([{ path: `${part}.${key}`, part, keys: [key], value }]).fields;
  const type = dataTypes.find((each) => each.id === id);
  if (field === undefined || type === undefined) throw new Error(`no data type ${id}`);
  return isFiller(field, value, type);
};

test('a field that holds its own name holds nothing', () => {
  for (const value of ['userId', 'user_ID', 'traits.userId']) expect(is('account_id', 'userId', value), value).toBe(true);
  for (const value of ['user-1984', 'zhang.san', 'zhangsan']) expect(is('account_id', 'userId', value), value).toBe(false);
});

test('the label of a form is no answer, and the name of a feature may be one', () => {
  expect(is('password', 'password', '请输入密码')).toBe(true);
  expect(is('gender', 'sex', '性别')).toBe(true);
  expect(is('gender', 'sex', '男')).toBe(false);
  expect(is('password', 'password', '请输入密码', 'query'), 'nobody labels an address').toBe(false);
  expect(is('network_type', 'wifi', 'wifi')).toBe(false);
});
