import { expect, test } from 'vitest';
import type { Rulebook } from '../../../src/model/rulebook.js';
import { issueOf, judged, occurrence, rulebook } from '../case.js';

const rules: Rulebook = {
  ...rulebook,
  registry: {
    title: { zh: '表', en: 'table' },
    date: '2026-02-01',
    sha256: '0'.repeat(64),
    bytes: new Uint8Array(),
    places: {
      US: { zh: '美国', en: 'United States' },
      HK: { zh: '中国香港', en: 'Hong Kong, China' },
      MO: { zh: '中国澳门', en: 'Macao, China' },
      TW: { zh: '中国台湾', en: 'Taiwan, China' },
    },
  },
};

function registeredIn(country: string | null, { host = 'api.unknown.test', asOf = '2026-02-01' as string | null } = {}) {
  const [finding] = judged(['news'], [occurrence('imei', { host })], {}, { countries: { asOf, countryOf: () => country } }, rules);
  if (finding === undefined) throw new Error('nothing was found');
  return issueOf('abroad', finding);
}

test('an address registered outside the mainland, called just that, with the table and its date', () => {
  const text = registeredIn('US')?.text;
  expect(text?.zh).toContain('所用地址登记在中国大陆以外：美国（US，登记表日期 2026-02-01）');
  expect(text?.zh).toContain('登记地不等于服务器所在地');
  expect(text?.en).toContain('registered outside mainland China: United States (US, table of 2026-02-01)');
  expect(registeredIn('US')?.severity).toBe('low');
  expect(registeredIn('US', { asOf: null })?.text.zh).toContain('美国（US）');
  expect(registeredIn('ZZ')?.text.zh).toContain('ZZ（ZZ');
});

test('it accuses nobody', () => {
  for (const country of ['US', 'HK']) {
    const { zh, en } = registeredIn(country)?.text ?? { zh: '', en: '' };
    for (const text of [zh, en]) expect(text).toMatch(/^(?!.*(?:违法|违规|非法|出境违|illegal|unlawful|violat|breach)).+/is);
  }
});

test.each([
  ['HK', '中国香港', 'Hong Kong, China'],
  ['MO', '中国澳门', 'Macao, China'],
  ['TW', '中国台湾', 'Taiwan, China'],
])('%s is outside the mainland, and is named as it is named in China', (code, zh, en) => {
  const text = registeredIn(code)?.text;
  expect(text?.zh).toContain(`中国大陆以外：${zh}（${code}，`);
  expect(text?.en).toContain(`outside mainland China: ${en} (${code}, `);
});

test('the mainland and the unknown raise nothing; nor does a content delivery network, which answers from a node nearby', () => {
  expect(registeredIn('CN')).toBeNull();
  expect(registeredIn(null)).toBeNull();
  expect(registeredIn('US', { host: 'x.cdn.example' })).toBeNull();
  expect(registeredIn('US', { host: 'x.os.example' })).toBeNull();
  expect(registeredIn('US', { host: 'x.ads.example' })).not.toBeNull();
});
