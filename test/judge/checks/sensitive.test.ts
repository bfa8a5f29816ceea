import { expect, test } from 'vitest';
import { issueOf, judgedOne } from '../case.js';

test('the three standards stand side by side, each with its own answer', () => {
  const issue = issueOf('sensitive', judgedOne(['dating'], 'marital_status'));
  expect(issue?.severity).toBe('info');
  expect(issue?.text.zh).toContain('个人信息保护法第二十八条：否；GB/T 35273-2020 附录B：是；GB/T 45574-2025：否');
  expect(issue?.text.en).toContain('Annex B: yes');
});

test('one standard is enough; none, or only perhaps, is not', () => {
  expect(issueOf('sensitive', judgedOne(['news'], 'location_precise'))).not.toBeNull();
  expect(issueOf('sensitive', judgedOne(['news'], 'email'))).toBeNull();
});

test("incident: what the phone's own system may have sent was told as the app's sensitive information", () => {
  const host = 'x.os.example';
  expect(issueOf('sensitive', judgedOne(['news'], 'face_feature', { host }))).toBeNull();
  expect(issueOf('sensitive', judgedOne(['news'], 'face_feature', { host, attributed: true }))).not.toBeNull();
});
