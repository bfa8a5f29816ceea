import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createJudge } from '../../src/judge/judge.js';
import { type Occurrence, SEVERITIES } from '../../src/model/finding.js';
import { checks, judged, judgedOne, occurrence, rulebook, SCENES, SUBJECT } from './case.js';

describe('findings', () => {
  test('gather what one app sent of one type to one host', () => {
    const findings = judged(
      ['news'],
      [
        occurrence('imei', { at: 10, exchange: 1, grade: 'probable' }),
        occurrence('imei', { at: 5, exchange: 0, grade: 'strong' }),
        occurrence('imei', { host: 'b.test', at: 20, exchange: 2 }),
        occurrence('oaid', { at: 30, exchange: 3 }),
      ],
    );
    expect(findings.map((finding) => [finding.dataType, finding.party.host, finding.count])).toEqual([
      ['imei', 'api.own.example', 2],
      ['imei', 'b.test', 1],
      ['oaid', 'api.own.example', 1],
    ]);
    expect(findings[0]).toMatchObject({ grade: 'strong', firstSeen: 5, lastSeen: 10, family: 'device_id', placeholder: false });
  });

  test('keep bands apart: what only looks like it does not add to what is', () => {
    const findings = judged(
      ['news'],
      [
        occurrence('imei'),
        occurrence('imei', { grade: 'candidate' }),
        occurrence('imei', { placeholder: true }),
        occurrence('imei', { direction: 'response' }),
      ],
    );
    expect(findings.map((finding) => finding.count)).toEqual([1, 1, 1, 1]);
    expect(new Set(findings.map((finding) => finding.id)).size).toBe(4);
    expect(findings.map((finding) => finding.verdict).sort()).toEqual(['beyond_necessary', 'not_judged', 'not_judged', 'not_judged']);
  });

  test('have ids that depend on app, type, host and band only', () => {
    const one = judgedOne(['news'], 'imei', { at: 1, exchange: 9, path: 'query.i' });
    expect(one.id).toMatch(/^[0-9a-f]{16}$/);
    expect(judgedOne(['browser'], 'imei').id).toBe(one.id);
    expect(judgedOne(['news'], 'imei', { host: 'b.test' }).id).not.toBe(one.id);
    // Nothing in a host name can make it look like another app and type.
    expect(judgedOne(['news'], 'imei', { host: 'a","judged' }).id).not.toBe(judgedOne(['news'], 'imei', { host: 'a' }).id);
  });

  test('can be asked for while evidence still comes', () => {
    const judge = createJudge({ rulebook, subject: { ...SUBJECT, categories: { main: ['news'] } }, scenes: SCENES });
    const id = judge.add(occurrence('imei'));
    expect(judge.finding(id).count).toBe(1);
    expect(judge.add(occurrence('imei', { exchange: 1 }))).toBe(id);
    expect(judge.finding(id).count).toBe(2);
    expect(judge.findings()).toHaveLength(1);
    expect(() => judge.finding('gone')).toThrow(/OVR_FINDING|no finding/);
  });
});

describe('without a list to hold it against', () => {
  test('no category: not judged, no article; technical data is technical all the same', () => {
    expect(judgedOne([], 'imei')).toMatchObject({ verdict: 'not_judged', reason: { article: null } });
    expect(judgedOne([], 'user_agent').verdict).toBe('technical');
    expect(judgedOne([], 'imei', {}, { categories: { main: [] } }).verdict).toBe('not_judged');
  });

  test('checks that need no category still speak', () => {
    const finding = judgedOne([], 'imei', { scene: 'before_consent', secure: false, host: 'x.ads.example' });
    const speaking = ['before_consent', 'immutable_id_to_third_party', 'cleartext', 'third_party'];
    expect(finding.issues.map((issue) => issue.check).filter((check) => speaking.includes(check))).toEqual(speaking);
  });

  test('another app or mini program is not the app under test until a category is chosen for it', () => {
    const other = judgedOne(['news'], 'imei', { app: 'wechat:wx1', scene: 'before_consent' });
    expect(other).toMatchObject({ verdict: 'not_judged', issues: [], reason: { article: null } });
    const chosen = judgedOne([], 'imei', { app: 'wechat:wx1' }, { categories: { main: ['news'], 'wechat:wx1': ['food_delivery'] } });
    expect(chosen).toMatchObject({ verdict: 'beyond_necessary', reason: { article: '4, 5(7)' } });
    expect(judgedOne(['news'], 'imei', { app: 'constructor' }).verdict).toBe('not_judged');
  });

  test('placeholders: the app asked and got nothing', () => {
    const finding = judgedOne(['news'], 'imei', { placeholder: true, scene: 'before_consent' });
    expect(finding).toMatchObject({ verdict: 'not_judged', placeholder: true, issues: [], reason: { article: '5(30)' } });
    expect(finding.reason.zh).toContain('占位值');
  });

  test('a data type that the rules do not know', () => {
    expect(judgedOne(['news'], 'retired_type')).toMatchObject({ family: 'unknown' });
    const judge = createJudge({
      rulebook: { ...rulebook, dataTypes: [] },
      subject: { ...SUBJECT, categories: { main: ['news'] } },
      scenes: [],
    });
    expect(judge.finding(judge.add(occurrence('imei')))).toMatchObject({ verdict: 'not_judged', family: 'unknown' });
  });
});

describe('responses', () => {
  test('are background unless asked for', () => {
    const response = { direction: 'response', scene: 'before_consent' } as const;
    expect(judgedOne(['news'], 'phone_number', response)).toMatchObject({ verdict: 'not_judged', issues: [] });
    expect(judgedOne(['news'], 'phone_number', response, {}, { responses: true }).verdict).toBe('beyond_necessary');
  });

  test('incident: what the server answered was accused as collected before consent and sent to a third party', () => {
    const evidence = [
      occurrence('imei', { host: 'x.ads.example' }),
      occurrence('imei', { host: 'x.ads.example', direction: 'response', scene: 'before_consent', secure: false, exchange: 1 }),
    ];
    const [sent, answered, ...more] = judged(['news'], evidence, {}, { responses: true });
    expect(more).toEqual([]);
    expect(sent).toMatchObject({ count: 1, verdict: 'beyond_necessary' });
    expect(sent?.issues.map(({ check }) => check)).toEqual(['immutable_id_to_third_party', 'third_party']);
    expect(answered).toMatchObject({
      count: 1,
      verdict: 'beyond_necessary',
      reason: { zh: expect.stringMatching(/^出现在服务器的响应中，不是App送出的/), article: '4, 5(30)' },
      issues: [{ check: 'cleartext', text: { en: expect.stringMatching(/ sent .+ back over an unencrypted connection/) } }],
    });
    const born = judgedOne(['news'], 'birth_date', { direction: 'response', value: '2016-03-01' }, {}, { responses: true });
    expect(born.issues[0]).toMatchObject({ check: 'minors', text: { zh: expect.stringContaining('发回的') } });
  });
});

test("incident: what the phone's own system sends to its maker was accused as the app's", () => {
  const host = 'x.os.example';
  expect(judgedOne(['news'], 'email', { host })).toMatchObject({
    verdict: 'not_judged',
    reason: { zh: expect.stringContaining('不归咎于App'), article: '5(30)' },
  });
  const grave = { host, value: '2016-03-01', secure: false, part: 'query' as const, scene: 'before_consent' };
  expect(judgedOne(['news'], 'birth_date', grave).issues).toEqual([]);
  expect(judgedOne(['news'], 'face_feature', { ...grave, value: 'x' }).issues).toEqual([]);
  // What the app is known to have sent is looked at by the checks as by the verdict.
  expect(judgedOne(['news'], 'face_feature', { ...grave, value: 'x', attributed: true }).issues.map(({ check }) => check)).toEqual(
    expect.arrayContaining(['before_consent', 'cleartext', 'biometric_upload', 'third_party', 'sensitive']),
  );
  // What is on the list is so whoever sends it, and technical information stays that.
  expect(judgedOne(['ride_hailing'], 'phone_number', { host }).verdict).toBe('necessary');
  expect(judgedOne(['news'], 'user_agent', { host }).verdict).toBe('technical');
  // What is known to be the app's, or goes to its own servers, gets a verdict. That a package was named tells nothing of who sent it.
  expect(judgedOne(['news'], 'email', { host, attributed: true }).verdict).toBe('beyond_necessary');
  expect(judgedOne(['news'], 'email', { host }, { package: 'com.example.app' }).verdict).toBe('not_judged');
  expect(judgedOne(['news'], 'email', { host }, { firstPartyDomains: ['os.example'] }).verdict).toBe('beyond_necessary');
});

describe('refused', () => {
  test('a category that the pack does not have', () => {
    expect(() => judgedOne(['nwes'], 'imei')).toThrow(/"nwes" is no category/);
  });

  test('a check that this program cannot perform', () => {
    const [first] = checks;
    if (first === undefined) throw new Error('no checks');
    expect(() => judged(['news'], [], {}, {}, { ...rulebook, checks: [{ ...first, id: 'astrology' }] })).toThrow(/astrology/);
  });
});

test('issues come gravest first', () => {
  const { issues } = judgedOne(['news'], 'bank_card_number', {
    scene: 'before_consent',
    secure: false,
    part: 'query',
    host: 'x.ads.example',
  });
  const severities = issues.map((issue) => issue.severity);
  expect(severities).toEqual([...severities].sort((a, b) => SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b)));
  expect(new Set(severities)).toEqual(new Set(SEVERITIES));
});

test('the same evidence gives byte-identical findings in any order of arrival', () => {
  const any: fc.Arbitrary<Occurrence> = fc
    .record({
      type: fc.constantFrom('imei', 'phone_number', 'trip_origin', 'gender', 'user_agent', 'age'),
      at: fc.integer({ min: 0, max: 200_000 }),
      exchange: fc.nat(30),
      message: fc.option(fc.nat(3)),
      host: fc.constantFrom('api.own.example', 'x.ads.example', 'u.test'),
      grade: fc.constantFrom('confirmed' as const, 'probable' as const, 'candidate' as const),
      scene: fc.constantFrom('before_consent', 'refused', 'background', null),
      secure: fc.boolean(),
      part: fc.constantFrom('query' as const, 'body' as const),
      form: fc.constantFrom('plain', 'md5', 'sha1', null),
      value: fc.constantFrom('31.230416,121.473701', '上海', '9'),
      url: fc.constantFrom('https://api.own.example/resume', 'https://api.own.example/x'),
      path: fc.constantFrom('body.$.a', 'body.$.b', 'query.c'),
      placeholder: fc.boolean(),
    })
    .map(({ type, ...more }) => occurrence(type, more));
  fc.assert(
    fc.property(
      fc
        .array(any, { maxLength: 40 })
        .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }))),
      ([all, shuffled]) => {
        const subject = { declared: [{ dataType: 'imei', purpose: 'x', receiver: 'first_party' }] };
        expect(JSON.stringify(judged(['job_recruitment'], shuffled, subject))).toBe(
          JSON.stringify(judged(['job_recruitment'], all, subject)),
        );
      },
    ),
    { numRuns: 60 },
  );
});
