import { expect, test } from 'vitest';
import { issueOf, judgedOne } from '../case.js';

const declared = (...lines: Array<[string, string]>) => ({
  declared: lines.map(([dataType, receiver]) => ({ dataType, purpose: '统计', receiver })),
});
const sent = { host: 'x.ads.example' };

test('a type that is not declared', () => {
  expect(issueOf('undeclared', judgedOne(['news'], 'imei', sent, declared()))?.text.zh).toContain('声明清单中没有');
});

test('a receiver that is not declared', () => {
  const issue = issueOf('undeclared', judgedOne(['news'], 'imei', sent, declared(['imei', 'first_party'])));
  expect(issue?.text.zh).toContain('没有列出接收方AdKit公司（AdKit，广告）');
});

test('silent when both are declared, and when no inventory was given', () => {
  expect(issueOf('undeclared', judgedOne(['news'], 'imei', sent, declared(['imei', 'AdKit'])))).toBeNull();
  expect(issueOf('undeclared', judgedOne(['news'], 'imei', sent))).toBeNull();
  expect(issueOf('undeclared', judgedOne(['news'], 'user_agent', sent, declared()))).toBeNull();
});

test('a mini program is not held against the policy of the app it runs in', () => {
  const categories = { main: ['news'], 'wechat:wx1': ['news'] };
  const subject = { ...declared(['phone_number', '*']), categories };
  expect(issueOf('undeclared', judgedOne([], 'imei', sent, subject))).not.toBeNull();
  expect(issueOf('undeclared', judgedOne([], 'imei', { ...sent, app: 'wechat:wx1' }, subject))).toBeNull();
});
