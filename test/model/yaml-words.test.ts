import { expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { yamlWords } from '../../src/model/yaml-words.js';

const codeOf = (text: string) => parseDocument(text, { uniqueKeys: true }).errors[0]?.code ?? '';

test('what people do wrong in YAML has words of its own, and anything else is told, too', () => {
  expect(yamlWords(codeOf('a: 1\na: 2\n'))).toContain('写了两次');
  expect(yamlWords(codeOf('a:\n\t- b\n'))).toContain('制表符');
  expect(yamlWords(codeOf('a: "b\n'))).toContain('缺少字符');
  expect(yamlWords('NEW_CODE')).toBe('不是有效的 YAML');
});
