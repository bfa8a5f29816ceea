import { expect, test } from 'vitest';
import { issueOf, judged, judgedOne, occurrence } from '../case.js';

test('counts what was sent in such a scene, and where first', () => {
  const [finding] = judged(
    ['news'],
    [
      occurrence('imei', { exchange: 3, at: 3, scene: 'background' }),
      occurrence('imei', { exchange: 2, at: 2, scene: 'background' }),
      occurrence('imei', { exchange: 1, at: 1, scene: 'consented' }),
    ],
  );
  const issue = finding && issueOf('background', finding);
  expect(issue?.text.zh).toContain('“后台”');
  expect(issue?.text.zh).toContain('2 处，首见于请求 #2');
  expect(issue?.text.en).toContain('2 places, first in exchange #2');
});

test('silent in other scenes, without marks, and for technical data', () => {
  for (const scene of ['consented', 'unmarked', null]) expect(issueOf('background', judgedOne(['news'], 'imei', { scene }))).toBeNull();
  expect(issueOf('background', judgedOne(['news'], 'user_agent', { scene: 'background' }))).toBeNull();
});

test("the phone's own system traffic is not the app's", () => {
  expect(issueOf('background', judgedOne(['news'], 'imei', { scene: 'background', host: 'x.os.example' }))).toBeNull();
});

test('what keeps the push connection alive is passed over', () => {
  expect(issueOf('background', judgedOne(['news'], 'push_token', { scene: 'background' }))).toBeNull();
});
