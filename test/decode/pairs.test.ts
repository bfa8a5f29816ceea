import { expect, test } from 'vitest';
import { nestedNames, readPairs } from '../../src/decode/pairs.js';
import { Work } from '../../src/decode/work.js';

test('names of PHP and Java are split for keys', () => {
  expect(nestedNames('device[imei]')).toEqual(['device', 'imei']);
  expect(nestedNames('list[0][phone]')).toEqual(['list', 'phone']);
  expect(nestedNames('user.address.city')).toEqual(['user', 'address', 'city']);
  expect(nestedNames('plain')).toEqual(['plain']);
  expect(nestedNames('40.123456,90.654321')).toEqual(['40.123456,90.654321']);
  expect(nestedNames('list.0.phone')).toEqual(['list', 'phone']);
  expect(nestedNames('..')).toEqual(['..']);
});

test('members of one nested object share a group of their own', () => {
  const leaves = readPairs('a=1&l[0][p]=x&l[0][q]=y&l[1][p]=z&b=2', { root: 'query', keys: [] }, new Work());
  const group = Object.fromEntries(leaves.map((leaf) => [leaf.path, leaf.group]));
  expect(group['query["l[0][p]"]']).toBe(group['query["l[0][q]"]']);
  expect(group['query["l[0][p]"]']).not.toBe(group['query["l[1][p]"]']);
  expect(group['query.a']).toBe(group['query.b']);
});

test('offsets point at the value as it was sent', () => {
  const text = 'a=1&name=%E5%BC%A0';
  const leaf = readPairs(text, { root: 'query', keys: [] }, new Work())[1];
  expect(text.slice(leaf?.start, leaf?.end)).toBe('%E5%BC%A0');
  expect(leaf?.value).toBe('张');
});

test('a value alone has no name', () => {
  expect(readPairs('abc', { root: 'query', keys: [] }, new Work())[0]).toMatchObject({ path: 'query[""]', keys: [], value: 'abc' });
});

test('document_as_name: JSON that a library sent as a form, and base64 that ends in padding', () => {
  const read = (text: string) =>
    readPairs(text, { root: 'body.form', keys: [] }, new Work()).map(({ path, value, start, end }) => [
      path,
      value,
      text.slice(start, end),
    ]);
  expect(read('%7B%22a%22%3A%22x%22%7D=')).toEqual([['body.form[""]', '{"a":"x"}', '%7B%22a%22%3A%22x%22%7D']]);
  expect(read('b=1&[1]=').at(-1)).toEqual(['body.form[""]', '[1]', '[1]']);
  expect(read('eyJhIjoieCJ9eyI0MQ==')).toEqual([['body.form[""]', 'eyJhIjoieCJ9eyI0MQ==', 'eyJhIjoieCJ9eyI0MQ==']]);
  expect(read('flag=')).toEqual([['body.form.flag', '', '']]);
  expect(read('somelongparameter==')).toEqual([['body.form.somelongparameter', '=', '=']]);
});
