import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rulesAnswer } from '../../../src/live/answers.js';
import { factsOf, isAlarm, placeOf, rankOf } from '../../../src/live/page/facts.js';
import { matches, parseFilter, showsCandidates, termsIn, termText, toggled } from '../../../src/live/page/filter.js';
import * as schema from '../../../src/live/schema.js';
import { findingRows } from '../../../src/live/trail.js';
import { checks, dataTypes, pack } from '../fake-rules.js';
import { rideAudit } from '../ride.js';

const audit = await rideAudit(0);
const rules = schema.rules.parse(rulesAnswer({ pack, dataTypes, checks }));
const rows = findingRows(audit.store, 's-demo-1', [...audit.found.values()]);
const found = (line: string) =>
  rows
    .filter((row) => matches(parseFilter(line), factsOf(row, rules, audit.session())))
    .map((row) => `${row.dataType} ${row.party.host.split('.')[1]}`);

describe('one line of conditions', () => {
  test.each([
    ['verdict:beyond party:third type:imei', ['imei statcube', 'imei adwave']],
    ['type:imei -host:adwave', ['imei statcube']],
    ['type:imei type:mac_address', ['imei statcube', 'imei adwave', 'mac_address adwave']],
    ['issue:cleartext', ['oaid adwave']],
    ['verdict:有条件', ['payment_amount xinglu']],
    ['verdict:not-judged', ['opaque fraudnet']],
    ['type:手机号码', ['phone_number xinglu', 'phone_number xinglu']],
    ['party:third scene:before_consent issue:high', ['android_id statcube', 'imei statcube', 'oaid beacon']],
    ['grade:opaque', ['opaque fraudnet']],
    ['/pixel.gif', ['oaid adwave']],
    ['party:"AdWave SDK" type:oaid', ['oaid adwave']],
    ['body.$.device.imei', ['imei statcube']],
    ['https://sdk.adwave type:mac', ['mac_address adwave']],
    ['issue:high -party:third', []],
    ['app:行路 type:imei', ['imei statcube', 'imei adwave']],
    ['app:wechat', []],
    ['device:192.168.31.44 type:mac', ['mac_address adwave']],
    ['device:10.0', []],
    ['status:2xx type:mac', ['mac_address adwave']],
    ['status:none', []],
    ['-status:200 type:mac', []],
  ])('%s', (line, expected) => {
    expect(found(line)).toEqual(expected);
  });
  test('nothing asked, everything shown', () => {
    expect(found('')).toHaveLength(rows.length);
    expect(found(' verdict: ')).toHaveLength(rows.length);
  });
});

test('a condition that does not exist is named, a URL is not mistaken for one', () => {
  expect(parseFilter('colour:red host:a').unknown).toEqual(['colour']);
  expect(parseFilter('https://a.example b.example:8080').unknown).toEqual([]);
});

test('names and the wide colon of a Chinese keyboard are understood, and other words before one are text', () => {
  expect(parseFilter('判定：超出 -主机:cdn 归属:"潮向 广告"').terms).toEqual([
    { operator: 'verdict', value: '超出', negated: false },
    { operator: 'host', value: 'cdn', negated: true },
    { operator: 'party', value: '潮向 广告', negated: false },
  ]);
  expect(parseFilter('host：a.example').terms).toEqual([{ operator: 'host', value: 'a.example', negated: false }]);
  expect(parseFilter('备注：加急')).toEqual({ terms: [{ operator: null, value: '备注：加急', negated: false }], unknown: [] });
  expect(found('证据:已确认')).toEqual(found('grade:confirmed'));
  expect(found('判定：超出')).toEqual(found('verdict:beyond'));
  expect(found('证据:已确认').length).toBeGreaterThan(0);
  expect(toggled('判定："a b" host:a', 'host:a')).toBe('判定："a b"');
});

test('any line is understood somehow', () => {
  fc.assert(fc.property(fc.string(), (line) => parseFilter(line).terms.every(({ value }) => value !== '')));
});

test('candidates show when grades are asked about', () => {
  expect(showsCandidates(parseFilter('grade:candidate'))).toBe(true);
  expect(showsCandidates(parseFilter('-grade:strong host:a'))).toBe(false);
});

test('a quoted name is one term, blanks and all, so that what is on is known to be on (device-of-two-words)', () => {
  const line = toggled('host:a', termText('device', 'Redmi Note 12'));
  expect(termsIn(line)).toEqual(['host:a', 'device:"Redmi Note 12"']);
  expect(toggled(line, termText('device', 'Redmi Note 12'))).toBe('host:a');
});

test('a term goes in and out of the line', () => {
  expect(toggled('', 'verdict:necessary')).toBe('verdict:necessary');
  expect(toggled('host:a verdict:necessary "b c"', 'verdict:necessary')).toBe('host:a "b c"');
  expect(termText('party', 'AdWave SDK')).toBe('party:"AdWave SDK"');
});

test('red is for third parties beyond necessary and for high issues only', () => {
  const alarms = rows.filter(isAlarm);
  expect(
    alarms.every(
      ({ verdict, issues, party }) =>
        (verdict === 'beyond_necessary' && party.firstParty === false) || issues.some(({ severity }) => severity === 'high'),
    ),
  ).toBe(true);
  expect(rows.filter(({ dataType }) => dataType === 'app_list').map(isAlarm)).toEqual([false]);
  const ranks = [...rows].sort((a, b) => rankOf(a) - rankOf(b)).map(({ verdict }) => verdict);
  expect([ranks[0], ranks.at(-1)]).toEqual(['beyond_necessary', 'technical']);
});

test('a registration is named in the words of the rules, in either language', () => {
  const named = { ...rules, places: { TW: { zh: '中国台湾', en: 'Taiwan, China' } } };
  const party = { ...rows[0]!.party, country: 'TW' };
  expect(placeOf(party, named, false)).toBe('中国台湾（TW）');
  expect(placeOf({ ...party, countryAsOf: '2026-02-01' }, named, true)).toBe('Taiwan, China (TW), table of 2026-02-01');
  expect(placeOf({ ...party, country: 'XK' }, named, false)).toBe('XK');
  expect(placeOf({ ...party, country: null }, named, true)).toBeNull();
});
