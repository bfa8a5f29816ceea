import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import type { ReportFinding, SessionReport } from '../../src/model/report.js';
import { runProgram, temporaryFolder } from './program.js';

/** What the judge promises, seen through `overreach check`, `declare` and `rules`: one test for each sentence of the rules of judgement. */
vi.setConfig({ testTimeout: 120_000 });
const folder = temporaryFolder();
afterAll(() => folder.remove());

type Sent = readonly [url: string, body: unknown, headers?: Record<string, string>];
let files = 0;

function har(...sent: Sent[]): string {
  const name = `j${files++}.har`;
  const entries = sent.map(([url, body, headers = {}], index) => ({
    startedDateTime: new Date(Date.UTC(2026, 0, 1, 0, 0, index)).toISOString(),
    time: 1,
    request: {
      method: 'POST',
      url,
      httpVersion: 'HTTP/1.1',
      headers: Object.entries({ 'Content-Type': 'application/json', ...headers }).map(([key, value]) => ({ name: key, value })),
      postData: { mimeType: 'application/json', text: JSON.stringify(body) },
    },
    response: { status: 200, statusText: 'OK', httpVersion: 'HTTP/1.1', headers: [], content: { size: 0, mimeType: '' } },
  }));
  writeFileSync(join(folder.path, name), JSON.stringify({ log: { version: '1.2', creator: { name: 't', version: '1' }, entries } }));
  return name;
}

function write(name: string, text: string): string {
  mkdirSync(dirname(join(folder.path, name)), { recursive: true });
  writeFileSync(join(folder.path, name), text);
  return name;
}

async function check(file: string, ...args: string[]): Promise<SessionReport> {
  const { stdout, stderr } = await runProgram(folder.path, ['check', file, '--json', ...args]);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as SessionReport;
}

function of({ findings }: SessionReport, dataType: string, host?: string): ReportFinding {
  const found = findings.find((one) => one.dataType === dataType && (host === undefined || one.party.host === host));
  if (found === undefined) throw new Error(`no ${dataType} among ${findings.map((one) => `${one.dataType} ${one.party.host}`).join(', ')}`);
  return found;
}

const OWN = 'https://api.shop.example.test';
const FIRST = ['--first-party', 'shop.example.test'];

test('families and roles: any member satisfies, and the reason says which one the list names', async () => {
  const { verdict, reason } = of(
    await check(har([`${OWN}/v1`, { mobile: '13900000000' }]), '--category', 'mail_express_delivery'),
    'phone_number',
  );
  expect(verdict).toBe('necessary');
  expect(reason.zh).toMatch(/清单列的是「联系电话.*」，报文上无法与「.*」区分/);
  expect(reason.article).toBe('5(8)');
});

test('what the user picks is not device positioning: a station is on the list of ticketing, a coordinate is not', async () => {
  const station = har([`${OWN}/v1`, { departureStation: '上海虹桥' }]);
  const fix = har([`${OWN}/v1`, { departureStation: '31.230416,121.473701' }]);
  const persona = write('p.yaml', 'trip_origin: ["上海虹桥", "31.230416,121.473701"]\n');
  const args = ['--category', 'transport_ticketing', '--persona', persona];
  expect(of(await check(station, ...args), 'trip_origin').verdict).toBe('necessary');
  const positioned = of(await check(fix, ...args), 'trip_origin');
  expect(positioned.verdict).toBe('beyond_necessary');
  expect(positioned.reason.zh).toContain('属于设备定位');
});

test('a precise position to a third party is a finding of its own where location is allowed; a track is not a point', async () => {
  const sdk = 'https://ulogs.umeng.com/unify_logs';
  const at = { lat: 31.230416, lng: 121.473701 };
  const persona = write('q.yaml', 'location_precise: "31.230416,121.473701"\nlocation_track: "31.2304,121.4737;31.2310,121.4740"\n');
  const sent = har(
    [`${OWN}/near`, { location: at }],
    [sdk, { location: at }],
    [`${OWN}/near`, { track: '31.2304,121.4737;31.2310,121.4740' }],
  );
  const report = await check(sent, '--category', 'map_navigation', '--persona', persona, ...FIRST);
  const own = of(report, 'location_precise', 'api.shop.example.test');
  const other = of(report, 'location_precise', 'ulogs.umeng.com');
  expect([own.verdict, other.verdict]).toEqual(['necessary', 'necessary']);
  expect(own.issues.map(({ check: id }) => id)).not.toContain('third_party');
  expect(other.issues.map(({ check: id }) => id)).toContain('third_party');
  expect(other.reason.zh).toContain('发给第三方是否合适另行判断');
  expect(of(report, 'location_track').verdict).toBe('beyond_necessary');
  expect(of(await check(sent, '--category', 'ride_hailing', '--persona', persona), 'location_track').verdict).toBe('necessary');
});

test('a résumé is a container by its endpoint: what it holds is listed there and nowhere else', async () => {
  const form = { email: 'zhang.san@example.test', gender: '男' };
  const inside = await check(har([`${OWN}/v1/resume/save`, form]), '--category', 'job_recruitment');
  const outside = await check(har([`${OWN}/v1/profile`, form]), '--category', 'job_recruitment');
  expect([of(inside, 'email').verdict, of(outside, 'email').verdict]).toEqual(['necessary', 'beyond_necessary']);
  expect(of(inside, 'email').reason.zh).toContain('求职者提供的简历');
});

test('several categories only where they are named, each reason says which list it rests on, and the report records the choice', async () => {
  const sent = har([`${OWN}/v1`, { mobile: '13900000000', gender: '男' }]);
  const one = await check(sent, '--category', 'news');
  const both = await check(sent, '--category', 'news', '--category', 'dating');
  expect([of(one, 'gender').verdict, of(both, 'gender').verdict]).toEqual(['beyond_necessary', 'necessary']);
  expect(of(both, 'gender').reason).toMatchObject({ article: '5(10)' });
  expect(of(both, 'gender').reason.zh).toContain('选定了多个App类型');
  expect(both.session.category).toBe('news+dating');
});

test('supply-side apps are out of scope and said so; another law may provide for a type', async () => {
  const sent = har([`${OWN}/v1`, { mobile: '13900000000', email: 'a.b@example.test' }]);
  const driver = of(await check(sent, '--category', 'ride_hailing', '--context', 'supply_side=yes'), 'email');
  expect(driver).toMatchObject({ verdict: 'not_judged', reason: { article: '3' } });
  expect(driver.reason.zh).toContain('消费侧');
  const based = await check(sent, '--category', 'news', '--context', 'legal_basis_email=yes');
  expect(of(based, 'email')).toMatchObject({ verdict: 'not_judged', reason: { article: '2' } });
  expect(of(based, 'phone_number').verdict).toBe('beyond_necessary');
});

test('the declared inventory: a draft from what was sent, edited, and held against what is sent', async () => {
  const sent = har([`${OWN}/v1`, { mobile: '13900000000' }], ['https://ulogs.umeng.com/unify_logs', { imei: '490154203237518' }]);
  const draft = await runProgram(folder.path, ['declare', '--from-har', sent, '--out', 'declared.yaml', ...FIRST]);
  expect(draft.code, draft.stderr).toBe(0);
  const text = readFileSync(join(folder.path, 'declared.yaml'), 'utf8');
  expect(text).toMatch(/dataType: imei/);
  const undeclared = async (file: string) =>
    (await check(sent, '--category', 'online_shopping', '--declared', file, ...FIRST)).findings
      .filter(({ issues }) => issues.some(({ check: id }) => id === 'undeclared'))
      .map(({ dataType }) => dataType);
  expect(await undeclared('declared.yaml')).toEqual([]);
  write(
    'edited.yaml',
    'declared:\n  - { dataType: phone_number, purpose: 登录, receiver: first_party }\n  - { dataType: imei, purpose: 统计, receiver: first_party }\n',
  );
  expect(await undeclared('edited.yaml')).toEqual(['imei']);
  write('wrong.yaml', 'declared:\n  - { dataType: no_such_type, purpose: x }\n');
  const wrong = await runProgram(folder.path, ['check', sent, '--category', 'news', '--declared', 'wrong.yaml']);
  expect(wrong.stderr).toMatch(/wrong\.yaml:2: declared\[0\]\.dataType/);
});

const HOUSE = 'id: house\nversion: "1.0.0"\ntitle: { zh: 自家规则, en: House rules }\nextends: cn-2021\n';
const category = (no: number, id: string, fields: string) =>
  `id: ${id}\nno: ${no}\nname: { zh: 自家类, en: House }\nbasicFunction: { zh: 功能, en: function }\nnoPersonalInfoNeeded: false\nitems:\n  - text: { zh: 条目, en: item }\n    fields: [${fields}]\n    subject: user\n    source: user\n`;

test("a user's own pack adds categories and tightens lists by its own name; widening an official list is refused", async () => {
  write('house/pack.yaml', HOUSE);
  write('house/categories/40-house-tool.yaml', category(40, 'house_tool', 'email'));
  write(
    'house/categories/18-online-game.yaml',
    category(18, 'online_game', 'phone_number').replace('自家类', '网络游戏类').replace('条目', '注册用户移动电话号码'),
  );
  const sent = har([`${OWN}/v1`, { mobile: '13900000000', email: 'a.b@example.test' }]);
  const added = await check(sent, '--rules', 'house', '--category', 'house_tool');
  expect(added.rules.pack).toBe('house');
  expect([of(added, 'email').verdict, of(added, 'phone_number').verdict]).toEqual(['necessary', 'beyond_necessary']);
  expect(of(added, 'phone_number').reason.article).toContain('house(40)');
  write('wide/pack.yaml', HOUSE.replace('house', 'wide'));
  write('wide/categories/18-online-game.yaml', category(18, 'online_game', 'phone_number, email'));
  const wide = await runProgram(folder.path, ['check', sent, '--rules', 'wide', '--category', 'online_game']);
  expect(wide.code).toBe(2);
  expect(wide.stderr).toMatch(/18-online-game\.yaml:\d+: .*may only tighten/);
});

const type = (detect: string, examples: string) =>
  `id: tax_number\nname: { zh: 纳税人识别号, en: Tax number }\nfamily: id_document\ngbt35273: { zh: 其他信息, en: Other }\nsensitive: { pipl28: "no", gbt35273B: false, gbt45574: "no" }\nobtainedBy: user\ndetectable: detectors\ndetect:\n  keys: [tax number]\n  shape: '${detect}'\n  withKey: probable\n${examples}`;
const EXAMPLES = 'match: [{ key: tax_number, value: AB123456 }]\nnoMatch: [{ key: tax_number, value: "true" }]\n';

test.each([
  ['a slow regular expression', type('^(a+)+$', EXAMPLES), /tax_number\.yaml:10: detect\.shape/],
  ['no example that matches', type('^[A-Z]{2}\\d{6}$', 'noMatch: [{ value: x }]\n'), /tax_number\.yaml:\d+: match/],
  ['no example that must not match', type('^[A-Z]{2}\\d{6}$', 'match: [{ value: x }]\n'), /tax_number\.yaml:\d+: noMatch/],
  ['a family that there is not', type('^[A-Z]{2}\\d{6}$', EXAMPLES).replace('id_document', 'nothing'), /tax_number\.yaml:3: family/],
])('rules with %s are refused, naming file, line and key', async (_, text, words) => {
  write('broken/data-types/tax_number.yaml', text);
  const { code, stderr } = await runProgram(folder.path, ['rules', 'list', '--rules', 'broken']);
  expect(code).toBe(2);
  expect(stderr).toMatch(words);
});
