import { expect, test } from 'vitest';
import { appOfAnswer, refusalChecklist, refusalQuestions } from '../../src/judge/refusal.js';
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

test('each app of a session has its own checklist, the app under test first; several categories of one app are told apart', () => {
  const mini = 'wechat:wx0123456789abcdef';
  const lines = refusalChecklist(pack, { [mini]: ['online_shopping'], main: ['ride_hailing', 'map_navigation'] });
  const questions = pack.refusal?.length ?? 0;
  expect(lines).toHaveLength(3 * questions);
  expect([lines[0]?.id, lines[questions]?.id, lines[2 * questions]?.id]).toEqual([
    'map_navigation.declined',
    'ride_hailing.declined',
    `${mini}.declined`,
  ]);
  const basic = lines.find(({ id }) => id === `${mini}.basic_function`);
  expect(basic?.text.zh).toMatch(/^\[wechat:wx0123456789abcdef\] .*“购买商品”/);
  expect(new Set(lines.map(({ id }) => appOfAnswer(id, ['main', mini])))).toEqual(new Set(['main', mini]));
  expect(appOfAnswer(undefined, [mini])).toBe('main');
  expect(refusalChecklist(pack, {})).toEqual([]);
});
