import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { ExchangeRow } from '../../src/model/audit.js';
import type { Exchange } from '../../src/model/exchange.js';
import type { SessionReport } from '../../src/model/report.js';
import { openStore } from '../../src/store/index.js';
import { bodyOf, exchangeOf, sessionOf } from '../session/traffic.js';
import { commandLine, harOf } from './recorded-cli.js';

const cli = commandLine();
afterAll(() => cli.remove());

const SECRET = 'Zx9-only-the-persona-knows';
const har = join(cli.home, 'a.har');
writeFileSync(
  har,
  harOf('https://api.example.test/v1', '{"phone":"13900000000","imei":"490154203237518"}', `{"x":"${SECRET}","phone":"13900000000"}`),
);
const persona = join(cli.home, 'persona.yaml');
writeFileSync(persona, `nickname: "${SECRET}"\nphone_number: "13900000000"\n`);

interface Rejudged extends SessionReport {
  readonly rejudged: {
    readonly dryRun: boolean;
    readonly earlierJudgement: number | null;
    readonly kept: number;
    readonly before: { readonly categories: ReadonlyArray<{ readonly app: string; readonly id: string }> };
    readonly diff: { readonly new: unknown[]; readonly gone: unknown[]; readonly changed: unknown[]; readonly same: number };
  };
}

async function imported(...flags: string[]): Promise<string> {
  return JSON.parse((await cli.run('import', har, '--json', ...flags)).stdout).session as string;
}
async function rejudged(...words: string[]): Promise<Rejudged> {
  return JSON.parse((await cli.run('rejudge', ...words, '--json')).stdout) as Rejudged;
}
const verdicts = (report: SessionReport) =>
  Object.fromEntries(report.findings.filter(({ grade }) => grade !== 'opaque').map(({ dataType, verdict }) => [dataType, verdict]));
const stored = <T>(use: (store: ReturnType<typeof openStore>) => T): T => {
  const store = openStore({ dir: join(cli.home, 'data'), readOnly: true });
  try {
    return use(store);
  } finally {
    store.close();
  }
};

function rowFor({ seq, startedAt, request, secure }: Exchange): ExchangeRow {
  return {
    seq,
    at: startedAt,
    method: request.method,
    url: request.url,
    host: 'api.example.test',
    status: 200,
    secure,
    app: 'main',
    scene: null,
    client: null,
    bytesUp: 1,
    bytesDown: 1,
    evidence: 0,
    failure: null,
    warnings: [],
  };
}

test('under the same rules and category nothing changes, and no earlier judgement is kept', async () => {
  const id = await imported('--category', 'ride_hailing', '--persona', persona);
  const before = stored((store) => store.findings(id));
  const rowsBefore = stored((store) => store.exchangeRows(id, {}));
  for (const flags of [[], ['--persona', persona]]) {
    const again = await rejudged(id, ...flags);
    expect(again.rejudged).toMatchObject({ earlierJudgement: null, diff: { new: [], gone: [], changed: [] } });
    expect(stored((store) => store.findings(id))).toEqual(before);
    expect(stored((store) => store.exchangeRows(id, {}))).toEqual(rowsBefore);
  }
});

test('another category: verdicts change, the stored session with them, and the judgement before is kept, masked', async () => {
  const id = await imported('--category', 'ride_hailing');
  expect(verdicts(await rejudged(id))).toMatchObject({ phone_number: 'necessary', imei: 'beyond_necessary' });
  const again = await rejudged(id, '--category', 'short_video');
  expect(verdicts(again)).toMatchObject({ phone_number: 'beyond_necessary', imei: 'beyond_necessary' });
  expect(again.session.category).toBe('short_video');
  expect(again.rejudged).toMatchObject({ earlierJudgement: 1, before: { categories: [{ app: 'main', id: 'ride_hailing' }] } });

  const report = JSON.parse((await cli.run('report', id, '--format', 'json')).stdout) as SessionReport;
  const { rejudged: _change, ...printed } = again;
  expect(report).toEqual(printed);
  const [judgement] = stored((store) => store.judgements(id));
  const earlier = JSON.parse(judgement?.document ?? '') as SessionReport;
  expect(verdicts(earlier)).toMatchObject({ phone_number: 'necessary' });
  expect(judgement?.document).not.toContain('13900000000');

  await cli.run('sessions', 'delete', id);
  const store = openStore({ dir: join(cli.home, 'data') });
  expect(() => store.judgements(id)).toThrow(/no session/);
  store.close();
});

test('a dry run says the same and changes nothing', async () => {
  const id = await imported('--category', 'ride_hailing');
  const before = stored((store) => [store.findings(id), store.session(id)]);
  const { stdout } = await cli.run('rejudge', id, '--category', 'short_video', '--dry-run', '--lang', 'en');
  expect(stdout).toContain('category: ride_hailing → short_video');
  expect(stdout).toMatch(/~ Mobile phone number.* → api\.example\.test.*Necessary → Beyond necessary/);
  expect(stdout).toContain('Dry run');
  expect(stored((store) => [store.findings(id), store.session(id)])).toEqual(before);
  expect(stored((store) => store.judgements(id))).toEqual([]);
  expect((await cli.run('rejudge', id, '--category', 'short_video')).stdout).toContain('此前的判定保留为第 1 份');
});

test('evidence of known values is kept without the persona, said so, and judged anew', async () => {
  const id = await imported('--category', 'ride_hailing', '--persona', persona);
  const { stderr } = await cli.run('rejudge', id, '--category', 'news', '--lang', 'en');
  expect(stderr).toMatch(/3 piece\(s\) of evidence rest on known values/);
  const confirmed = stored((store) => store.findings(id)).filter(({ grade }) => grade === 'confirmed');
  expect(confirmed.map(({ dataType, verdict, count }) => [dataType, verdict, count]).sort()).toEqual([
    ['nickname', 'beyond_necessary', 1],
    ['phone_number', 'beyond_necessary', 2],
  ]);
  // `check` of a stored session reads it the same way.
  const check = JSON.parse((await cli.run('check', id, '--json')).stdout) as SessionReport;
  expect(check.findings.find(({ dataType }) => dataType === 'nickname')?.grade).toBe('confirmed');
});

test('identical input, identical bytes: another time zone, another locale, another copy of the data', async () => {
  const id = await imported('--category', 'ride_hailing', '--persona', persona);
  const words = ['rejudge', id, '--category', 'map_navigation', '--context', 'supply_side=no'];
  const outputs: string[] = [];
  const zone = process.env.TZ;
  for (const [TZ, LANG] of [
    ['Pacific/Kiritimati', 'tr_TR.UTF-8'],
    ['America/St_Johns', 'C'],
  ] as const) {
    const copy = join(cli.home, `copy-${LANG}`);
    cpSync(join(cli.home, 'data'), copy, { recursive: true });
    process.env.TZ = TZ;
    const other = commandLine({ OVERREACH_DATA_DIR: copy, LANG, LC_ALL: LANG });
    for (const lang of ['zh-CN', 'en'])
      outputs.push(
        (await other.run(...words, '--dry-run', '--lang', lang)).stdout,
        (await other.run(...words, '--dry-run', '--json')).stdout,
      );
    outputs.push((await other.run(...words, '--json')).stdout);
    other.remove();
  }
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
  const half = outputs.length / 2;
  expect(outputs.slice(half)).toEqual(outputs.slice(0, half));
}, 120_000);

test("a user's pack is used where its folder is given, and the report names it", async () => {
  const id = await imported('--category', 'instant_messaging');
  const house = join(cli.home, 'house');
  mkdirSync(join(house, 'categories'), { recursive: true });
  writeFileSync(join(house, 'pack.yaml'), 'id: house\nversion: "2.0.0"\ntitle: { zh: 自家, en: House }\nextends: cn-2021\n');
  writeFileSync(
    join(house, 'categories', '03-instant-messaging.yaml'),
    'no: 3\nid: instant_messaging\nname: { zh: 即时通信类, en: Instant messaging }\nbasicFunction: null\nnoPersonalInfoNeeded: true\nitems: []\n',
  );
  expect(verdicts(await rejudged(id, '--dry-run'))).toMatchObject({ phone_number: 'necessary' });
  const again = await rejudged(id, '--rules', house);
  expect(again.rules).toMatchObject({ pack: 'house', version: '2.0.0' });
  expect(again.findings.find(({ dataType }) => dataType === 'phone_number')).toMatchObject({
    verdict: 'beyond_necessary',
    reason: { article: 'house(3)' },
  });
  // Read later without the pack at hand, it still says what it was judged by.
  const report = JSON.parse((await cli.run('report', id, '--format', 'json')).stdout) as SessionReport;
  expect(report.rules).toEqual(again.rules);
});

test('scenes and apps are those of the time of capture', async () => {
  const id = '20260102-scenes';
  const other = 'wechat:wx0123456789abcdef';
  const store = openStore({ dir: join(cli.home, 'data') });
  const session = sessionOf({
    id,
    status: 'ended',
    scenes: [{ id: 's1', name: '启动', consent: 'before_consent', startedAt: 0, endedAt: 10 }],
  });
  store.createSession(session, { pack: 'cn-2021', version: '1', sha256: '0' });
  const writer = store.writer(id);
  const exchange = { ...exchangeOf(0, 'https://api.example.test/v1', '{"imei":"490154203237518"}'), startedAt: 10 };
  // The mark that ended the scene came in the same millisecond, after the request.
  writer.exchange(exchange, { ...rowFor(exchange), scene: 's1', app: other });
  writer.flush();
  store.close();
  const again = await rejudged(id, '--category', `${other}=news`);
  const imei = again.findings.find(({ dataType }) => dataType === 'imei');
  expect(imei).toMatchObject({ app: other, verdict: 'beyond_necessary', byScene: { s1: 1 } });
  expect(imei?.issues.map(({ check }) => check)).toContain('before_consent');
  expect(stored((open) => open.exchangeRows(id, {}).rows[0]?.evidence)).toBe(1);
});

test('incident: messages of a stream were judged in the scene in which it was opened, not in which they were sent', async () => {
  const id = '20260103-stream';
  const store = openStore({ dir: join(cli.home, 'data') });
  const scenes = [
    { id: 's1', name: '启动', consent: 'before_consent' as const, startedAt: 0, endedAt: 100 },
    { id: 's2', name: '登录', consent: 'consented' as const, startedAt: 100, endedAt: 200 },
  ];
  store.createSession(sessionOf({ id, status: 'ended', scenes }), { pack: 'cn-2021', version: '1', sha256: '0' });
  const writer = store.writer(id);
  const body = bodyOf('{"imei":"490154203237518"}');
  const socket = { ...exchangeOf(0, 'https://api.example.test/ws', ''), startedAt: 10 };
  writer.exchange(socket, { ...rowFor(socket), scene: 's1' });
  writer.message(0, { index: 0, direction: 'request', kind: 'ws', text: true, at: 150, body });
  writer.flush();
  store.close();
  const again = await rejudged(id, '--category', 'news');
  const imei = again.findings.find(({ dataType }) => dataType === 'imei');
  expect(imei).toMatchObject({ byScene: { s2: 1 } });
  expect(imei?.issues.map(({ check }) => check)).not.toContain('before_consent');
  expect(stored((open) => open.facets(id).get(imei?.id ?? '')?.scenes)).toEqual(['s2']);
});

test('a running session is refused', async () => {
  const store = openStore({ dir: join(cli.home, 'data') });
  const running = {
    id: '20260101-running',
    startedAt: 1,
    endedAt: null,
    status: 'running' as const,
    source: 'proxy' as const,
    subject: { app: null, categories: {}, context: {}, firstPartyDomains: [], declared: null },
    device: null,
    scenes: [],
  };
  store.createSession(running, { pack: 'cn-2021', version: '1', sha256: '0' });
  await expect(cli.run('rejudge', running.id)).rejects.toMatchObject({ code: 'OVR_RUNNING' });
  store.close();
});
