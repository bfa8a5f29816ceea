import { expect, test } from 'vitest';
import { refusalQuestions } from '../../src/judge/refusal.js';
import type { Category } from '../../src/model/rulebook.js';
import { pack } from './case.js';

const map = pack.categories[0] as Category;

test('the questions name the basic function of the category', () => {
  const questions = refusalQuestions(pack, map);
  expect(questions.map((question) => question.id)).toContain('basic_function');
  expect(questions.find((question) => question.id === 'basic_function')?.text.zh).toContain('“定位和导航”');
  expect(JSON.stringify(questions)).not.toContain('{basicFunction}');
});

test('a wording with replacement patterns stays as it is', () => {
  const odd = { ...map, basicFunction: { zh: '$& 功能', en: "$' function" } };
  expect(refusalQuestions(pack, odd).find((question) => question.id === 'basic_function')?.text.zh).toContain('“$& 功能”');
});

test('without a known basic function the name of the category stands in', () => {
  expect(refusalQuestions(pack, { ...map, basicFunction: null })[1]?.text.zh).toContain('地图导航类');
});
