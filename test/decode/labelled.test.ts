import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineLeaves } from '../../src/decode/labelled.js';
import { Work } from '../../src/decode/work.js';

const read = (...lines: string[]) =>
  lineLeaves(lines, 'body|pdf.page[0].text', 'page', { keys: [], work: new Work() }).map(({ path, value }) => [
    path.replace('body|pdf.page[0].text', ''),
    value,
  ]);

test('what stands behind a name and a colon stands under that name', () => {
  expect(read('姓名：林晓雨 手机：13800138765', 'Name: Lin Xiaoyu Phone: 138', '姓  名：林 晓 性别：女 时间：12:30')).toEqual([
    ['[0].姓名', '林晓雨'],
    ['[0].手机', '13800138765'],
    ['[1].Name', 'Lin Xiaoyu'],
    ['[1].Phone', '138'],
    ['[2].姓名', '林 晓'],
    ['[2].性别', '女'],
    ['[2].时间', '12:30'],
  ]);
  expect(read('Date of birth: 1990-03-07')).toEqual([['[0]["Date of birth"]', '1990-03-07']]);
});

test('running text, addresses of the web and times stay lines', () => {
  for (const line of ['he said: no', 'https://a.example.com/b', '12:30 开会', '在这里说明：内容', 'a: b'])
    expect(read(line).length, line).toBe(1);
  expect(read('https://a.example.com/b', '12:30 开会', '1. 姓名：某人')).toEqual([
    ['[0]', 'https://a.example.com/b'],
    ['[1]', '12:30 开会'],
    ['[2]', '1. 姓名：某人'],
  ]);
});

test('no character of a value is lost', () => {
  const word = fc.constantFrom('姓名', '：', ':', ' ', '138', 'Name', '张', '//', '\n');
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), (words) => {
      const line = words.join('');
      const text = read(line)
        .flat()
        .join('')
        .replace(/[[\]0-9.\s"\\n]/g, '');
      for (const char of line.replace(/[：:0-9\s]/g, '')) expect(text).toContain(char);
    }),
  );
});
