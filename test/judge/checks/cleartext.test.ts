import { expect, test } from 'vitest';
import { issueOf, judged, judgedOne, occurrence } from '../case.js';

test('counts only what went unencrypted', () => {
  const [finding] = judged(['news'], [occurrence('imei', { exchange: 1 }), occurrence('imei', { exchange: 2, secure: false })]);
  expect(finding && issueOf('cleartext', finding)?.text.zh).toContain('1 处，首见于请求 #2');
});

test('technical data is passed over, credentials are not', () => {
  expect(issueOf('cleartext', judgedOne(['news'], 'user_agent', { secure: false }))).toBeNull();
  expect(issueOf('cleartext', judgedOne(['news'], 'auth_token', { secure: false }))).not.toBeNull();
  expect(issueOf('cleartext', judgedOne(['news'], 'imei'))).toBeNull();
});
