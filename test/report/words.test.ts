import { expect, test } from 'vitest';
import { buildReport } from '../../src/report/session-report.js';
import { articlesBeside, articleWords, partyWords, sceneName } from '../../src/report/words.js';
import { sampleRecord } from './sample-record.js';

test('unknown is not third party', () => {
  expect([true, false, null].map((party) => partyWords(party).en)).toEqual(['first party', 'third party', 'owner unknown']);
});

test('provisions are cited as lawyers cite them; what the text says already is not said twice', () => {
  expect([articleWords('4, 5(2)', 'zh-CN'), articleWords('4, 5(39)', 'en')]).toEqual(['第四条、第五条第（二）项', 'art. 4, 5(39)']);
  expect([articleWords('acme-policy(40)', 'zh-CN'), articleWords(null, 'en')]).toEqual(['规则包 acme-policy 第 40 项', '']);
  expect(articlesBeside('不在清单内（第五条第（二）项）。', '4, 5(2)', 'zh-CN')).toBe('（第四条）');
  expect(articlesBeside('on the list (art. 5(2))', '5(2)', 'en')).toBe('');
  expect(articlesBeside('', '4, 5(2)', 'en')).toBe(' (art. 4, 5(2))');
});

test('a scene goes by its name; what was sent outside of all says so', () => {
  const session = { ...buildReport(sampleRecord()).session };
  expect(sceneName({ session }, session.scenes[0]?.id ?? '', 'en')).toBe(session.scenes[0]?.name);
  expect([sceneName({ session }, null, 'zh-CN'), sceneName({ session }, '', 'en'), sceneName({ session }, 'gone', 'en')]).toEqual([
    '未标记',
    'not marked',
    'gone',
  ]);
});
