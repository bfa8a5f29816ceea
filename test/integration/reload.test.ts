import { mkdirSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { SessionReport } from '../../src/model/report.js';
import type { Session } from '../../src/model/session.js';
import { type Origin, type RunningProgram, runProgram, startOrigin, startProgram, temporaryFolder, until } from './program.js';

const folder = temporaryFolder();
const rules = join(folder.path, 'house');
let origin: Origin;
let program: RunningProgram;

function writePack(version: string, more = ''): void {
  mkdirSync(join(rules, 'categories'), { recursive: true });
  writeFileSync(
    join(rules, 'pack.yaml'),
    `id: house\nversion: "${version}"\ntitle: { zh: 自家规则, en: House rules }\nextends: cn-2021\n${more}`,
  );
}

/** The house takes the phone number off the list of online shopping, or leaves it there. */
function writeShopping(phone: boolean): void {
  const item = (zh: string, field: string) =>
    `  - text: { zh: "${zh}", en: "${field}" }\n    fields: [${field}]\n    subject: registered_user\n    source: user\n`;
  writeFileSync(
    join(rules, 'categories', '06-online-shopping.yaml'),
    `id: online_shopping\nno: 6\nname: { zh: 网上购物类, en: Online shopping }\nbasicFunction: { zh: 购买商品, en: Purchase of goods }\nnoPersonalInfoNeeded: false\nitems:\n${phone ? item('注册用户移动电话号码', 'phone_number') : ''}${item('支付金额', 'payment_amount')}`,
  );
}

beforeAll(async () => {
  writePack('1.0.0');
  writeShopping(true);
  origin = await startOrigin(folder.path);
  program = await startProgram(folder.path, ['--rules', rules, '--category', 'online_shopping']);
}, 60_000);
afterAll(async () => {
  await program.kill();
  await origin.close();
  folder.remove();
});

const agent = new Agent({ keepAlive: true, maxSockets: 4 });

function send(number: number): Promise<number> {
  const body = JSON.stringify({ mobile: `1390000${String(number % 10_000).padStart(4, '0')}`, n: number });
  return new Promise((resolve, reject) => {
    const sending = request(
      {
        agent,
        host: '127.0.0.1',
        port: program.proxyPort,
        method: 'POST',
        path: `http://127.0.0.1:${origin.httpPort}/v1/save?n=${number}`,
        headers: { host: `127.0.0.1:${origin.httpPort}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    sending.on('error', reject);
    sending.end(body);
  });
}

interface Answer {
  readonly session: Session;
  readonly counters: { readonly exchanges: number };
  readonly findings: ReadonlyArray<{ dataType: string; verdict: string; count: number }>;
}
const state = async () => (await program.api(`/api/sessions/${program.session}`)) as Answer;
const phone = async () => (await state()).findings.find(({ dataType }) => dataType === 'phone_number');
const version = async () => ((await program.api('/api/rules')) as { pack: { version: string } }).pack.version;

let sent = 0;
let reloads = 0;

test('rules are replaced twenty times while traffic flows: every exchange is there, and all are judged by the last ones', async () => {
  let flowing = true;
  onTestFinished(() => {
    flowing = false;
  });
  const answers: number[] = [];
  const stream = async () => {
    // Some 250 a second: a reload hardly stops the relay, what it can carry at most is more than can be analysed, and 700 a second were more
    // than a machine with five busy threads on two cores could, so that each reload waited longer than the one before.
    while (flowing) {
      answers.push(await send(sent++));
      await delay(15);
    }
  };
  const streams = [stream(), stream(), stream(), stream()];
  for (let turn = 1; turn <= 20; turn++) {
    // The watcher may be first; then the command finds nothing new.
    writeShopping(turn % 2 === 0);
    writePack(`1.0.${turn}`);
    const answer = await program.post(`/api/sessions/${program.session}/rules`, {});
    expect(answer.status).toBe(200);
    expect(await version()).toBe(`1.0.${turn}`);
  }
  flowing = false;
  await Promise.all(streams);
  expect(new Set(answers)).toEqual(new Set([200]));
  expect(origin.seen).toHaveLength(sent);
  const { counters } = await until(state, ({ counters: { exchanges } }) => exchanges >= sent, 20_000);
  expect(counters.exchanges).toBe(sent);
  const whole = await until(phone, (one) => one?.count === sent, 20_000);
  expect(whole).toMatchObject({ verdict: 'necessary', count: sent });
  reloads = (await state()).session.subject.reloads?.earlier.length ?? 0;
  expect(reloads).toBeGreaterThanOrEqual(20);
  process.stdout.write(`${sent} exchanges sent, ${counters.exchanges} recorded, ${reloads} reloads\n`);
}, 240_000);

test('a broken file leaves the rules in force: the page has file, line and key, and traffic goes on being judged', async () => {
  writePack('1.0.99', 'colour: red\n');
  const command = await runProgram(folder.path, ['rules', 'reload']);
  expect(command.code).not.toBe(0);
  expect(command.stderr).toMatch(/house\/pack\.yaml:5: colour/);
  const { session } = await state();
  expect(session.subject.reloads?.refused?.message).toMatch(/house\/pack\.yaml:5: colour/);
  expect(await version()).toBe('1.0.20');
  expect(await send(sent++)).toBe(200);
  expect(await until(phone, (one) => one?.count === sent)).toMatchObject({ verdict: 'necessary' });

  // A pack that no longer has the category under test is whole in itself, and of no use here.
  writePack('1.0.99');
  writeFileSync(join(rules, 'categories', '06-online-shopping.yaml'), 'id: online_shopping\nno: 6\n');
  expect((await runProgram(folder.path, ['rules', 'reload'])).stderr).toMatch(/06-online-shopping\.yaml:\d+: /);
  expect(await version()).toBe('1.0.20');
}, 60_000);

test('mended, the files are taken over without being asked for; what was found before is judged again and the judgement before is kept', async () => {
  writeShopping(false);
  writePack('2.0.0');
  await until(version, (now) => now === '2.0.0', 20_000);
  expect((await until(state, ({ session }) => session.subject.reloads?.refused === null)).session.subject.reloads?.refused).toBeNull();
  expect(await phone()).toMatchObject({ verdict: 'beyond_necessary', count: sent });
  expect((await runProgram(folder.path, ['rules', 'reload', '--lang', 'en'])).stderr).toContain('the same as before');
  const { stderr } = await program.stop();
  expect(stderr).toMatch(/house\/pack\.yaml:5: colour/);
  const text = async (...more: string[]) =>
    JSON.parse((await runProgram(folder.path, ['report', program.session, '--format', 'json', ...more])).stdout) as SessionReport;
  const report = await text();
  expect(report.summary.exchanges).toBe(sent);
  expect(report.rules).toMatchObject({ pack: 'house', version: '2.0.0' });
  const earlier = report.rules.earlier ?? [];
  expect(earlier.map((one) => one.version)).toEqual(expect.arrayContaining(['1.0.0', '1.0.20']));
  expect(new Set([...earlier.map(({ sha256 }) => sha256), report.rules.sha256]).size).toBeGreaterThan(2);
  const before = await text('--judgement', String(earlier.length));
  expect(before.rules.version).toBe('1.0.20');
  expect(before.findings.find(({ dataType }) => dataType === 'phone_number')?.verdict).toBe('necessary');
  const page = await runProgram(folder.path, ['report', program.session, '--format', 'markdown']);
  expect(page.stdout).toContain(`检测期间更换过 ${earlier.length} 次规则`);
}, 60_000);
