import { expect, test } from 'vitest';
import { issueOf, judgedOne } from '../case.js';

test('a value that says the person is under fourteen', () => {
  expect(issueOf('minors', judgedOne(['learning_education'], 'birth_date', { value: '2016-03-01' }))).toMatchObject({ severity: 'high' });
  expect(issueOf('minors', judgedOne(['learning_education'], 'id_number', { value: '110101201603010011' }))?.text.zh).toContain(
    '不满十四周岁',
  );
});

test('an adult, and a digest that says nothing', () => {
  expect(issueOf('minors', judgedOne(['learning_education'], 'birth_date', { value: '1980-03-01' }))).toBeNull();
  expect(
    issueOf('minors', judgedOne(['learning_education'], 'id_number', { value: 'd41d8cd98f00b204e9800998ecf8427e', form: 'md5' })),
  ).toBeNull();
});
