import { expect, test } from 'vitest';
import { issueOf, judged, judgedOne, occurrence } from '../case.js';

test('counts what was sent in such a scene, and where first', () => {
  const [finding] = judged(
    ['news'],
    [
      occurrence('imei', { exchange: 3, at: 3, scene: 'before_consent' }),
      occurrence('imei', { exchange: 2, at: 2, scene: 'before_consent' }),
      occurrence('imei', { exchange: 1, at: 1, scene: 'consented' }),
    ],
  );
  const issue = finding && issueOf('before_consent', finding);
  expect(issue?.text.zh).toContain('“同意前”');
  expect(issue?.text.zh).toContain('2 处，首见于请求 #2');
  expect(issue?.text.en).toContain('2 places, first in exchange #2');
});

test('silent in other scenes, without marks, and for technical data', () => {
  for (const scene of ['consented', 'unmarked', null]) expect(issueOf('before_consent', judgedOne(['news'], 'imei', { scene }))).toBeNull();
  expect(issueOf('before_consent', judgedOne(['news'], 'user_agent', { scene: 'before_consent' }))).toBeNull();
});

test("the phone's own system traffic is not the app's", () => {
  expect(issueOf('before_consent', judgedOne(['news'], 'imei', { scene: 'before_consent', host: 'x.os.example' }))).toBeNull();
});

test('what the list allows is still collected before consent', () => {
  expect(issueOf('before_consent', judgedOne(['map_navigation'], 'location_precise', { scene: 'before_consent' }))).not.toBeNull();
});
