import { expect, test } from 'vitest';
import { inside, opened } from '../sample.js';

test('a form on each line, the last of them a name alone', () => {
  expect(opened('en=page_view&dl=https%3A%2F%2Fa.test%2Fb\r\nen=scroll&uid=u-1\r\nen=end', 'text/plain')).toMatchObject({
    'body|formlines[0].en': 'page_view',
    'body|formlines[0].dl': 'https://a.test/b',
    'body|formlines[1].uid': 'u-1',
    'body|formlines[2].en': 'end',
  });
});

test('in a value as well', () => {
  expect(inside('cid=1.2&ul=zh-cn\ncid=1.2&ul=en')).toMatchObject({ '|formlines[0].ul': 'zh-cn', '|formlines[1].ul': 'en' });
});

test('lines of settings, a single form and prose are no lines of forms', () => {
  for (const text of ['a=1\nb=2', 'a=1&b=2', 'a=1&b=2\nplain text = here', 'x=1&y=<b>\nz=1&w=2'])
    expect(
      [...Object.keys(inside(text)), ...Object.keys(opened(text, 'text/plain'))].filter((path) => path.includes('formlines')),
      text,
    ).toEqual([]);
});
