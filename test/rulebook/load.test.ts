import { createHash } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Rulebook } from '../../src/model/rulebook.js';
import { loadRulebook } from '../../src/rulebook/load.js';
import { dataTypeYaml, makeFolder, makeTiny, REAL_RULES, removeFolders, ruleErrorOf, TINY } from './rules-folder.js';

afterEach(removeFolders);

const load = (dir: string, extra: readonly string[] = []) => loadRulebook({ dir, pack: 'tiny', extra });

describe('the rules of the project', () => {
  let rulebook: Rulebook;
  // Five hundred files, on a machine that may be busy.
  beforeAll(() => {
    rulebook = loadRulebook({ dir: REAL_RULES });
  }, 60_000);

  test('load, with the text in force as default', () => {
    expect(rulebook.pack.id).toBe('cn-2021');
    expect(rulebook.pack.categories).toHaveLength(39);
    expect(rulebook.dataTypes.length).toBeGreaterThanOrEqual(130);
  });

  test('have at least these fifteen checks, each with clause, advice and the case in which it is fine', () => {
    expect(rulebook.checks.map((check) => check.id)).toEqual(
      expect.arrayContaining([
        'abroad',
        'after_refusal',
        'background',
        'before_consent',
        'biometric_upload',
        'cleartext',
        'frequent',
        'immutable_id_to_third_party',
        'in_url',
        'location_in_photo',
        'minors',
        'sensitive',
        'third_party',
        'undeclared',
        'weak_digest',
      ]),
    );
    for (const check of rulebook.checks)
      for (const text of [check.clauseText, check.advice, check.fineWhen]) expect(text.zh).not.toBe(text.en);
  });

  test.each([
    ['before_consent', '征得用户同意前就开始收集个人信息或打开可收集个人信息的权限'],
    ['after_refusal', '用户明确表示不同意后，仍收集个人信息或打开可收集个人信息的权限，或频繁征求用户同意、干扰用户正常使用'],
    ['undeclared', '未逐一列出App（包括委托的第三方或嵌入的第三方代码、插件）收集使用个人信息的目的、方式、范围等'],
    ['frequent', '收集个人信息的频度等超出业务功能实际需要'],
    [
      'third_party',
      '（大意）既未经用户同意，也未做匿名化处理，App客户端直接向第三方提供个人信息，包括通过客户端嵌入的第三方代码、插件等方式向第三方提供个人信息',
    ],
    ['sensitive', '处理敏感个人信息应当取得个人的单独同意；法律、行政法规规定处理敏感个人信息应当取得书面同意的，从其规定。'],
    ['weak_digest', '（四）匿名化，是指个人信息经过处理无法识别特定自然人且不能复原的过程。'],
    ['cleartext', '（三）采取相应的加密、去标识化等安全技术措施'],
  ])('quote the clause that %s rests on', (id, clause) => {
    expect(rulebook.checks.find((check) => check.id === id)?.clauseText.zh).toContain(clause);
  });

  test('are plain data that can be sent to a worker', () => {
    expect(structuredClone(rulebook)).toEqual(rulebook);
  });

  test('ask questions for the refusal test and name what traffic cannot show', () => {
    expect(rulebook.pack.refusal?.some((question) => question.text.zh.includes('{basicFunction}'))).toBe(true);
    expect(rulebook.pack.manual?.map((item) => item.id)).toContain('behaviour_1_2');
    expect(rulebook.pack.manual?.map((item) => item.id)).not.toContain('behaviour_3_1');
  });
});

test('incident: a folder of rules given by a wrong path was passed over in silence', () => {
  for (const files of [{ 'notes.txt': 'x' }, { 'acme.yaml': 'id: acme\n' }, { 'categories/01-news.yaml': 'id: news\n' }]) {
    const error = ruleErrorOf(() => load(makeTiny(), [makeFolder(files)]));
    expect(error.message).toContain('holds no rules');
  }
  // One file of any kind is enough, and so is a pack that is not judged by.
  expect(
    load(makeTiny(), [makeFolder({ 'data-types/badge.yaml': dataTypeYaml('badge', 'device_id') })]).dataTypes.map(({ id }) => id),
  ).toContain('badge');
});

test('the smallest rules load, with defaults filled in', () => {
  const rulebook = load(makeTiny());
  expect(rulebook.dataTypes.map((type) => type.id)).toEqual(['contact_phone', 'imei', 'phone_number']);
  expect(rulebook.dataTypes[2]).toMatchObject({ mask: { start: 3, end: 2 }, technical: false, identifier: null, note: null });
  expect(rulebook.parties).toEqual([
    { suffix: 'ads.example', company: { zh: '甲公司', en: 'Company A' }, sdk: 'A SDK', purpose: 'ads', reason: 'its own page says so' },
  ]);
});

test('the digest covers path and content, and not where the folder lies', () => {
  const first = load(makeTiny()).sha256;
  expect(load(makeTiny()).sha256).toBe(first);
  expect(load(makeTiny({ 'data-types/imei.yaml': `${TINY['data-types/imei.yaml']}# looked at\n` })).sha256).not.toBe(first);
  expect(load(makeTiny({ 'parties/b.yaml': TINY['parties/ads.yaml']!.replace('ads.example', 'b.example') })).sha256).not.toBe(first);
});

test('a pack that is not judged by does not change the digest', () => {
  const other = Object.fromEntries(
    Object.entries(TINY)
      .filter(([name]) => name.startsWith('packs/tiny/'))
      .map(([name, text]) => [name.replace('tiny', 'other'), text.replace('id: tiny', 'id: other')]),
  );
  expect(load(makeTiny(other)).sha256).toBe(load(makeTiny()).sha256);
});

describe('refused, naming file, line and key', () => {
  test.each([
    ['an unknown key', 'data-types/imei.yaml', dataTypeYaml('imei', 'device_id', 'colour: red\n'), 12, 'colour', 'unknown key'],
    [
      'an unknown key deep inside',
      'data-types/imei.yaml',
      dataTypeYaml('imei', 'device_id', 'detect:\n  keys: [imei]\n  key: x\n'),
      14,
      'detect.key',
      'unknown key',
    ],
    [
      'a type without match',
      'data-types/imei.yaml',
      dataTypeYaml('imei', 'device_id').replace(/match:\n {2}- \{ key.*\n/, ''),
      1,
      'match',
      'missing',
    ],
    [
      'a type whose match is empty',
      'data-types/imei.yaml',
      dataTypeYaml('imei', 'device_id').replace(/match:\n {2}- \{ key.*\n/, 'match: []\n'),
      8,
      'match',
      'at least one example',
    ],
    [
      'a type without noMatch',
      'data-types/imei.yaml',
      dataTypeYaml('imei', 'device_id').replace(/noMatch:\n.*\n/, ''),
      1,
      'noMatch',
      'missing',
    ],
    ['an unknown family', 'data-types/imei.yaml', dataTypeYaml('imei', 'gadgets'), 3, 'family', 'no family "gadgets"'],
    ['an id that is not the file name', 'data-types/imei.yaml', dataTypeYaml('meid', 'device_id'), 1, 'id', 'imei.yaml'],
    [
      'a slow expression',
      'data-types/imei.yaml',
      dataTypeYaml('imei', 'device_id', 'detect:\n  shape: ^(\\d+)+$\n'),
      13,
      'detect.shape',
      'slow expression',
    ],
    [
      'a broken expression',
      'data-types/imei.yaml',
      dataTypeYaml('imei', 'device_id', 'detect:\n  shape: ^(\\d+$\n'),
      13,
      'detect.shape',
      'not a regular expression',
    ],
    [
      'a grade that patterns cannot earn',
      'data-types/imei.yaml',
      dataTypeYaml('imei', 'device_id', 'detect:\n  withKey: confirmed\n'),
      13,
      'detect.withKey',
      '',
    ],
    [
      'an unknown data type on a list',
      'packs/tiny/categories/01-chat.yaml',
      TINY['packs/tiny/categories/01-chat.yaml']!.replace('[phone_number]', '[phone_nummer]'),
      8,
      'items[0].fields[0]',
      'no data type "phone_nummer"',
    ],
    [
      'a condition on a field that the item does not have',
      'packs/tiny/categories/01-chat.yaml',
      `${TINY['packs/tiny/categories/01-chat.yaml']}    fieldConditions:\n      imei: { id: x, text: { zh: 甲, en: a } }\n`,
      15,
      'items[0].fieldConditions.imei',
      'not a field',
    ],
    [
      'a blank list',
      'packs/tiny/categories/02-torch.yaml',
      TINY['packs/tiny/categories/02-torch.yaml']!.replace('items: []', 'items:'),
      6,
      'items',
      '',
    ],
    [
      'an empty list that claims to need something',
      'packs/tiny/categories/02-torch.yaml',
      TINY['packs/tiny/categories/02-torch.yaml']!.replace('true', 'false'),
      6,
      'items',
      'unverified',
    ],
    [
      'a category in the wrong file',
      'packs/tiny/categories/02-torch.yaml',
      TINY['packs/tiny/categories/02-torch.yaml']!.replace('no: 2', 'no: 3'),
      1,
      'id',
      '03-torch.yaml',
    ],
    [
      'a suffix with a star',
      'parties/ads.yaml',
      TINY['parties/ads.yaml']!.replace('ads.example', '"*.ads.example"'),
      3,
      'hosts[0].suffix',
      'without dot or star',
    ],
    ['a suffix given twice', 'parties/b.yaml', TINY['parties/ads.yaml']!, 3, 'hosts[0].suffix', 'given twice'],
    [
      'a check that looks at an unknown type',
      'checks/third_party.yaml',
      `${TINY['checks/third_party.yaml']}scope:\n  dataTypes: [imie]\n`,
      9,
      'scope.dataTypes[0]',
      'no data type "imie"',
    ],
    [
      'roles across families',
      'families.yaml',
      TINY['families.yaml']!.replace('contact_phone', 'imei'),
      5,
      'families[0].roles[0][1]',
      'not of family "phone"',
    ],
    [
      'two families of one name',
      'families.yaml',
      TINY['families.yaml']!.replace('id: device_id', 'id: phone'),
      6,
      'families[1].id',
      'already defined',
    ],
    ['a key given twice', 'data-types/imei.yaml', dataTypeYaml('imei', 'device_id', 'family: phone\n'), 12, 'yaml', 'unique'],
    [
      'an alias',
      'data-types/imei.yaml',
      dataTypeYaml('imei', 'device_id').replace('- { value: w }', '- &a { value: w }\n  - *a'),
      null,
      'yaml',
      'alias',
    ],
    ['broken YAML', 'families.yaml', 'families:\n  - id: [phone\n', 3, 'yaml', ''],
  ])('%s', (_, file, text, line, key, problem) => {
    const dir = makeTiny({ [file]: text });
    const error = ruleErrorOf(() => load(dir));
    expect(error).toMatchObject({ file: `${dir}/${file}`, line, key });
    expect(error.message).toContain(problem);
  });

  test('a file beyond the limit', () => {
    const dir = makeTiny({ 'parties/big.yaml': `# ${'x'.repeat(1024 * 1024)}\n` });
    expect(ruleErrorOf(() => load(dir)).message).toContain('ruleFile');
  });

  test('a folder that is not there', () => {
    expect(ruleErrorOf(() => load('/nowhere/rules')).message).toContain('no such folder');
  });
});

describe("a user's own folder", () => {
  test('adds data types and receivers, and takes part in the digest', () => {
    const extra = makeFolder({
      'data-types/badge_number.yaml': dataTypeYaml('badge_number', 'device_id'),
      'parties/ours.yaml': TINY['parties/ads.yaml']!.replaceAll('ads.example', 'ours.example'),
    });
    const rulebook = load(makeTiny(), [extra]);
    expect(rulebook.dataTypes.map((type) => type.id)).toContain('badge_number');
    expect(rulebook.parties.map((party) => party.suffix)).toEqual(['ads.example', 'ours.example']);
    expect(rulebook.sha256).not.toBe(load(makeTiny()).sha256);
  });

  test('corrects a receiver and a check, but may not redefine a data type', () => {
    const extra = makeFolder({
      'parties/ads.yaml': TINY['parties/ads.yaml']!.replace('purpose: ads', 'purpose: cloud'),
      'checks/third_party.yaml': TINY['checks/third_party.yaml']!.replace('medium', 'high'),
    });
    const rulebook = load(makeTiny(), [extra]);
    expect(rulebook.parties[0]?.purpose).toBe('cloud');
    expect(rulebook.checks[0]?.severity).toBe('high');
    const again = makeFolder({ 'data-types/imei.yaml': TINY['data-types/imei.yaml']! });
    expect(ruleErrorOf(() => load(makeTiny(), [again]))).toMatchObject({ key: 'id', line: 1 });
  });

  test('is the pack in force where it holds one and no other was asked for', () => {
    const extra = makeFolder({ 'pack.yaml': 'id: house\nversion: "1.0.0"\ntitle: { zh: 自家, en: House }\nextends: tiny\n' });
    expect(loadRulebook({ dir: makeTiny(), extra: [extra] }).pack).toMatchObject({ id: 'house', extends: 'tiny', effective: '2021-05-01' });
  });
});

describe('the table of address registrations', () => {
  const sidecar = (sha256: string, more = '') => `title: { zh: 表, en: Table }
date: "2026-02-01"
file: addresses.bin
sha256: "${sha256}"
ranges: { ipv4: 0, ipv6: 0 }
sources: [{ name: made for the test, licence: none, use: { zh: 试, en: test } }]
format: none
remake: none
${more}`;
  const BYTES = 'not unpacked at load';
  const SHA256 = createHash('sha256').update(BYTES).digest('hex');
  const files = {
    'registry/registry.yaml': sidecar(SHA256),
    'registry/places.yaml': 'places: { HK: { zh: 中国香港, en: "Hong Kong, China" } }\n',
    'registry/addresses.bin': BYTES,
  };

  test('comes with date, digest and names, and enters the digest of the rules', () => {
    const rulebook = load(makeTiny(files));
    expect(rulebook.registry).toMatchObject({ date: '2026-02-01', sha256: SHA256, places: { HK: { zh: '中国香港' } } });
    expect(Buffer.from(rulebook.registry?.bytes ?? []).toString()).toBe(BYTES);
    const other = {
      ...files,
      'registry/addresses.bin': 'other',
      'registry/registry.yaml': sidecar(createHash('sha256').update('other').digest('hex')),
    };
    const digests = [load(makeTiny()), rulebook, load(makeTiny(other))].map(({ sha256 }) => sha256);
    expect(new Set(digests).size).toBe(3);
    expect(load(makeTiny()).registry).toBeNull();
  });

  test('a table that is not the one its sidecar names is refused, and so is none', () => {
    const changed = makeTiny({ ...files, 'registry/addresses.bin': 'changed' });
    expect(ruleErrorOf(() => load(changed))).toMatchObject({ line: 4, key: 'sha256', message: expect.stringContaining('another digest') });
    const { 'registry/addresses.bin': _gone, ...without } = files;
    expect(ruleErrorOf(() => load(makeTiny(without))).message).toContain('no such file');
    expect(ruleErrorOf(() => load(makeTiny({ ...files, 'registry/registry.yaml': sidecar(SHA256, 'colour: red\n') }))).key).toBe('colour');
  });

  test("a user's own folder brings its own", () => {
    const own = makeFolder({ ...files, 'registry/registry.yaml': sidecar(SHA256).replace('2026-02-01', '2027-01-01') });
    expect(load(makeTiny(files), [own]).registry?.date).toBe('2027-01-01');
  });
});
