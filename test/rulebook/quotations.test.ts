import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { loadRulebook } from '../../src/rulebook/load.js';
import { quotationProblem } from '../../src/rulebook/schema/text.js';
import { REAL_RULES } from './rules-folder.js';

const { checks, pack } = loadRulebook({ dir: REAL_RULES });
const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/**
 * Digests of the Chinese as the law has it, taken from transcripts of the official texts (PIPL) and from public copies (the
 * behaviours of 2019), not from the rule files.
 */
const QUOTED: Readonly<Record<string, string>> = {
  abroad: '7618e2c66504dc4d',
  after_refusal: '6da50b614846a4fd',
  before_consent: '7454f2513d720d5c',
  biometric_upload: '60e5806bcd0d6667',
  cleartext: '9edad75e9453bf2f',
  in_url: '9edad75e9453bf2f',
  location_in_photo: 'ac102ddadd16237d',
  minors: 'e66a51c8d8547ea2',
  sensitive: '60e5806bcd0d6667',
  undeclared: '49b655bdc1458c91',
  weak_digest: 'fc4bd1d569f3cc16',
};
/** 191号 4.4 and 5.1 were not found word for word. */
const PARAPHRASED = ['background', 'frequent', 'immutable_id_to_third_party', 'third_party'];
const BEHAVIOURS: Readonly<Record<string, string>> = {
  '1.1': '71f857027029c49e',
  '1.2': '058368311f14192a',
  '1.3': '4ea002fbd6777de0',
  '1.4': '2e77c1bf05dcbc1e',
  '2.1': '49b655bdc1458c91',
  '2.2': '46be89eb776aaad5',
  '2.3': 'e94e166d7c401da5',
  '2.4': '7f856d47c46f731c',
  '3.3': '4e666765f2714f57',
  '3.4': '98594d7980355b55',
  '3.6': '84bb84112d513b1c',
  '3.8': '8d20032d060d5d03',
  '3.9': '34057aa011c0ce7b',
  '6.1': 'fdf0cac91b9354f0',
  '6.2': '1ca239a701441e93',
  '6.5': '9c3aa9040b292269',
};

test('what a check quotes is what the law says; what could not be compared word for word is marked and reads as paraphrase', () => {
  for (const { id, clauseText, verified } of checks) {
    if (id in QUOTED) expect([verified, digest(clauseText.zh)], id).toEqual([true, QUOTED[id]]);
    else if (PARAPHRASED.includes(id)) expect(verified, id).toBe(false);
    expect(clauseText.zh.startsWith('（大意）'), id).toBe(verified === false);
  }
  process.stdout.write(`checks: ${Object.keys(QUOTED).length} quote the law, ${PARAPHRASED.length} paraphrase it\n`);
});

test('so with the behaviours that a person has to look at', () => {
  const items = pack.manual ?? [];
  expect(items).toHaveLength(26);
  for (const { clause, text, verified } of items) {
    const number = clause.split(' ').at(-1) ?? '';
    expect(verified, clause).toBe(number in BEHAVIOURS);
    if (verified) expect(digest(text.zh), clause).toBe(BEHAVIOURS[number]);
    else expect(text.zh, clause).toMatch(/^（大意）/);
  }
});

test('a text cannot be marked one way and read the other', () => {
  expect(quotationProblem('征得用户同意前就开始收集个人信息', true)).toBeNull();
  expect(quotationProblem('（大意）频度超出需要', false)).toBeNull();
  expect(quotationProblem('征得用户同意前就开始收集个人信息', false)?.en).toContain('begins with');
  expect(quotationProblem('（大意）频度超出需要', true)?.zh).toContain('verified: false');
});
