import { expect, test } from 'vitest';
import { checks, issueOf, judged, occurrence, rulebook } from '../case.js';

const every = (ms: number, count: number, type = 'location_precise') =>
  Array.from({ length: count }, (_, index) => occurrence(type, { exchange: index, at: index * ms }));
const of = (category: string, occurrences: ReturnType<typeof every>, rules = rulebook) => {
  const [finding] = judged([category], occurrences, {}, {}, rules);
  return finding === undefined ? null : issueOf('frequent', finding);
};

test('from the threshold on, with threshold and count in the text', () => {
  expect(of('news', every(1000, 9))).toBeNull();
  const issue = of('news', every(1000, 20));
  expect(issue?.text.zh).toContain('60 秒内至少 20 次');
  expect(issue?.text.en).toContain('threshold: 10 in 60 s');
});

test('slow sending is fine however long it lasts', () => {
  expect(of('news', every(30_000, 200))).toBeNull();
});

test('many places of one request are one sending', () => {
  expect(
    of(
      'news',
      Array.from({ length: 50 }, (_, index) => occurrence('location_precise', { path: `body.$[${index}]` })),
    ),
  ).toBeNull();
});

test('what the list allows may be needed that often, and account data is not collected anew each time', () => {
  expect(of('map_navigation', every(1000, 20))).toBeNull();
  expect(of('news', every(1000, 20, 'account_id'))).toBeNull();
});

test('the threshold is a setting of the rules', () => {
  const rules = {
    ...rulebook,
    checks: checks.map((check) => (check.id === 'frequent' ? { ...check, settings: { window_seconds: 10, count: 3 } } : check)),
  };
  expect(of('news', every(1000, 4), rules)?.text.zh).toContain('阈值：10 秒 3 次');
  const off = { ...rulebook, checks: checks.map((check) => (check.id === 'frequent' ? { ...check, settings: {} } : check)) };
  expect(of('news', every(1, 50), off)).toBeNull();
});
