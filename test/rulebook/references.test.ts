import { expect, test } from 'vitest';
import { z } from 'zod';
import { RuleDocument } from '../../src/rulebook/document.js';
import { checkEndpoint, checkServiceData, checkUnique } from '../../src/rulebook/references.js';
import { serviceData } from '../../src/rulebook/schema/supplement.js';
import { ruleErrorOf } from './rules-folder.js';

// What the loader refuses for its references is in load.test.ts; here what no rule file of the tests has.

test('the second of two equal ids is refused, naming where the first stands', () => {
  const rule = (file: string) => {
    const document = new RuleDocument(file, 'id: a');
    return { value: document.read(z.looseObject({})), document, stem: 'a' };
  };
  const error = ruleErrorOf(() =>
    checkUnique([
      { rule: rule('1.yaml'), id: 'a', path: ['id'] },
      { rule: rule('2.yaml'), id: 'a', path: ['id'] },
    ]),
  );
  expect(error).toMatchObject({ file: '2.yaml', line: 1, key: 'id' });
  expect(error.message).toContain('1.yaml');
});

test('service data names known data types and categories', () => {
  const document = new RuleDocument('s.yaml', 'serviceData:\n  - field: chat\n    categories: [im, imm]\n    text: { zh: 甲, en: a }\n');
  const rule = { value: document.read(serviceData), document, stem: 's' };
  const known = { families: new Set<string>(), dataTypes: new Map(), categories: new Set(['im']) };
  expect(ruleErrorOf(() => checkServiceData(rule, known)).key).toBe('serviceData[0].field');
});

test('a field of an endpoint names a known data type', () => {
  const document = new RuleDocument('e.yaml', 'endpoints:\n  - fields:\n      - type: nothing\n');
  const value = { endpoints: [{ fields: [{ type: 'nothing' }] }] };
  const known = { families: new Set<string>(), dataTypes: new Map(), categories: new Set<string>() };
  expect(ruleErrorOf(() => checkEndpoint({ value, document, stem: 'e' }, known))).toMatchObject({
    file: 'e.yaml',
    line: 3,
    key: 'endpoints[0].fields[0].type',
  });
});
