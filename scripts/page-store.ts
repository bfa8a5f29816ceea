/**
 * How fast a long stored session is listed and searched: writes one of 100,000 exchanges into a temporary data folder, opens it with
 * the built program, and times the API and the page. `npx tsx scripts/page-store.ts [--exchanges 100000]`, after `npm run build`.
 * The best and the median of several runs are printed, because other work on the machine only ever adds.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import type { ExchangeRow } from '../src/model/audit.js';
import type { Body, Exchange } from '../src/model/exchange.js';
import type { Finding, Occurrence } from '../src/model/finding.js';
import { openStore } from '../src/store/index.js';
import { startProgram, temporaryFolder } from '../test/integration/program.js';
import { launch, openTab } from '../test/live/browser.js';

const RUNS = 7;
const ID = '20260101000000-long00';
const HOSTS = 60;
const TYPES = ['imei', 'oaid', 'android_id', 'mac_address'];

const { values } = parseArgs({ options: { exchanges: { type: 'string', default: '100000' } } });
const count = Number(values.exchanges);
if (!(count >= 1_000 && count <= 1_000_000)) {
  console.error('usage: npx tsx scripts/page-store.ts [--exchanges 1000..1000000]');
  process.exit(2);
}

const at = (n: number) => 1_767_225_600_000 + n * 40;
const hostOf = (n: number) => `h${n % HOSTS}.example`;

function bodyOf(text: string): Body {
  const bytes = Buffer.from(text);
  return { bytes, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), truncated: false };
}

function exchangeOf(seq: number): Exchange {
  const rare = seq % 9_973 === 0 ? '"remark":"请填写我的手机号码",' : '';
  return {
    seq,
    source: 'proxy',
    connection: `c${seq % 40}`,
    client: { address: `192.168.1.${seq % 3}`, port: 40_000, user: null },
    serverAddress: '198.51.100.9',
    secure: true,
    startedAt: at(seq),
    requestEndedAt: at(seq),
    responseStartedAt: at(seq),
    endedAt: at(seq),
    request: {
      method: 'POST',
      target: `/collect/${seq % 7}?n=${seq}`,
      url: `https://${hostOf(seq)}/collect/${seq % 7}?n=${seq}`,
      httpVersion: '1.1',
      headers: [['Content-Type', 'application/json']],
      trailers: [],
      body: bodyOf(`{${rare}"event":"view","n":${seq},"id":"${(seq * 7_919).toString(16)}","page":{"ref":"/home/${seq % 50}"}}`),
    },
    response: {
      status: seq % 50 === 0 ? 404 : 200,
      statusText: '',
      httpVersion: '1.1',
      headers: [['Content-Type', 'application/json']],
      trailers: [],
      body: bodyOf('{"code":0}'),
    },
    messages: [],
    failure: null,
    warnings: [],
  };
}

function rowOf({ seq, request, response }: Exchange): ExchangeRow {
  return {
    seq,
    at: at(seq),
    method: 'POST',
    url: request.url,
    host: hostOf(seq),
    status: response?.status ?? null,
    secure: true,
    app: 'main',
    scene: null,
    client: `192.168.1.${seq % 3}`,
    bytesUp: 300,
    bytesDown: 120,
    evidence: 1,
    failure: null,
    warnings: [],
  };
}

const typeOf = (n: number) => TYPES[Math.floor(n / HOSTS) % TYPES.length] ?? 'imei';
const findingOf = (n: number) =>
  createHash('sha256')
    .update(`${typeOf(n)} ${hostOf(n)}`)
    .digest('hex')
    .slice(0, 16);

function occurrenceOf(seq: number): Occurrence {
  return {
    dataType: typeOf(seq),
    grade: 'confirmed',
    detector: 'known-value',
    form: 'plain',
    direction: 'request',
    message: null,
    part: 'body',
    path: 'body.$.id',
    steps: ['json'],
    value: String(seq),
    span: null,
    placeholder: false,
    trace: [{ rule: 'known-value', text: { zh: '与测试人设中的值逐字相同。', en: 'Equals a value of the test person.' } }],
    exchange: seq,
    at: at(seq),
    url: `https://${hostOf(seq)}/collect/${seq % 7}?n=${seq}`,
    method: 'POST',
    host: hostOf(seq),
    secure: true,
    app: 'main',
    scene: null,
    masked: '****',
    tag: 'ab12cd34',
  };
}

function finding(n: number): Finding {
  const host = hostOf(n);
  return {
    id: findingOf(n),
    app: 'main',
    dataType: typeOf(n),
    family: typeOf(n),
    grade: 'confirmed',
    placeholder: false,
    verdict: 'beyond_necessary',
    reason: { zh: '不在清单内。', en: 'Not on the list.', article: '4' },
    issues: [],
    party: {
      host,
      registrableDomain: host,
      company: null,
      sdk: null,
      purpose: null,
      firstParty: false,
      country: null,
      reason: { zh: '', en: '' },
    },
    count: Math.ceil(count / (HOSTS * TYPES.length)),
    firstSeen: at(n),
    lastSeen: at(count - 1),
  };
}

function write(dir: string): void {
  const store = openStore({ dir });
  const subject = { app: 'long', categories: { main: ['news'] }, context: {}, firstPartyDomains: [], declared: null };
  const session = {
    id: ID,
    startedAt: at(0),
    endedAt: at(count),
    status: 'ended' as const,
    source: 'proxy' as const,
    subject,
    device: null,
    scenes: [],
  };
  store.createSession(session, { pack: 'cn-2021', version: '1', sha256: '' });
  const writer = store.writer(ID);
  for (let n = 0; n < HOSTS * TYPES.length; n += 1) writer.finding(finding(n));
  for (let seq = 0; seq < count; seq += 1) {
    const exchange = exchangeOf(seq);
    writer.occurrence(findingOf(seq), occurrenceOf(seq));
    writer.exchange(exchange, rowOf(exchange));
    if (seq % 2_000 === 0) writer.flush();
  }
  writer.flush();
  store.updateSession(session);
  store.close();
}

async function timed(work: () => Promise<unknown>): Promise<{ best: number; median: number }> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return { best: Math.round(times[0] ?? 0), median: Math.round(times[Math.floor(RUNS / 2)] ?? 0) };
}

/** In the page: types the text, and tells the milliseconds to the frame in which the list counts as many rows. */
function typed(words: string, shown: string): string {
  return `new Promise((resolve) => {
    const input = document.querySelector('.filter input');
    const began = performance.now();
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(input, ${JSON.stringify(words)});
    input.dispatchEvent(new Event('input', { bubbles: true }));
    const look = () => {
      const counted = document.querySelector('.list-tools .number').textContent === ${JSON.stringify(shown)};
      if (counted && document.querySelector('.row.request:not(.list-head):not(.row-wait)') !== null) resolve(performance.now() - began);
      else requestAnimationFrame(look);
    };
    look();
  })`;
}

/** Milliseconds that a small answer of the thread that relays takes (median, 99th of a hundred), while `work` goes on. */
async function beside(ask: () => Promise<unknown>, work: () => Promise<unknown>): Promise<string> {
  const waits: number[] = [];
  let over = false;
  const asking = (async () => {
    while (!over) {
      const start = performance.now();
      await ask();
      waits.push(performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  })();
  await work();
  over = true;
  await asking;
  waits.sort((a, b) => a - b);
  const at = (share: number) => (waits[Math.floor(waits.length * share)] ?? 0).toFixed(1).padStart(5);
  return `median ${at(0.5)} ms   p99 ${at(0.99)} ms`;
}

const folder = temporaryFolder();
const written = performance.now();
write(join(folder.path, 'data'));
console.log(`${count} exchanges written in ${Math.round((performance.now() - written) / 100) / 10} s`);
const program = await startProgram(folder.path, ['--category', 'news']);
const browser = await launch();
try {
  const list = (query: string) => program.api(`/api/sessions/${ID}/exchanges?${query}`) as Promise<{ total: number }>;
  const text = (words: string) => `where=${encodeURIComponent(`text:${words}`)}`;
  const questions: Readonly<Record<string, () => Promise<unknown>>> = {
    'session, whole': () => program.api(`/api/sessions/${ID}`),
    'list, newest': () => list('limit=200'),
    'list, middle': () => list(`limit=200&offset=${Math.floor(count / 2)}`),
    'list, end': () => list(`limit=200&offset=${count - 200}`),
    'text, rare Chinese': () => list(text('手机号')),
    'text, one value': () => list(text(`id=${(12_345 * 7_919).toString(16)}`)),
    'text, everywhere': () => list(text('view')),
    'text, in URLs': () => list(text('collect/3')),
    'text, middle of one value': () => list(text((12_345 * 7_919).toString(16).slice(2))),
    'text, middle of many words': () => list(text('77')),
    'text, middle of a key': () => list(text('ven')),
    'text, nowhere': () => list(text('nowhere-at-all')),
    'host and status': () => list('where=host:h7&where=status:4'),
    'device, not host': () => list('where=device:192.168.1.2&where=-host:h7'),
    'of one finding': () => list(`finding=${findingOf(5)}`),
    'findings with rare text': () => program.api(`/api/sessions/${ID}/search?text=${encodeURIComponent('手机号')}`),
    'findings with text everywhere': () => program.api(`/api/sessions/${ID}/search?text=view`),
  };
  for (const [name, ask] of Object.entries(questions)) {
    const { best, median } = await timed(ask);
    console.log(`${name.padEnd(32)} best ${String(best).padStart(5)} ms   median ${String(median).padStart(5)} ms`);
  }
  const small = () => program.api('/api/state');
  console.log(`relay's thread, at rest           ${await beside(small, () => new Promise((resolve) => setTimeout(resolve, 2_000)))}`);
  const searches = async () => {
    for (let run = 0; run < 25; run += 1) await list(text('view'));
  };
  console.log(`relay's thread, under searches    ${await beside(small, searches)}`);
  const openings = async () => {
    for (let run = 0; run < 40; run += 1) await program.api(`/api/sessions/${ID}`);
  };
  console.log(`relay's thread, under openings    ${await beside(small, openings)}`);
  const { page, complaints } = await openTab(browser, `${program.ui}&session=${ID}&view=requests`, { language: 'en' });
  await page.locator('.row.request:not(.list-head):not(.row-wait)').first().waitFor();
  const paint = await page.evaluate('Math.round(performance.getEntriesByName("first-contentful-paint")[0].startTime)');
  console.log(`page, first paint                ${paint} ms`);
  const value = (12_345 * 7_919).toString(16);
  // From the last key to the rows as the page's own clock has it; the pause that waits for the end of typing is part of it.
  for (const [name, words, shown] of [
    ['rare Chinese', '手机号', Math.ceil(count / 9_973)],
    ['middle of one value', value.slice(2), ((await list(text(value.slice(2)))) as { total: number }).total],
    ['everywhere', 'view', count],
  ] as const) {
    const searches: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      await page.locator('.filter input').fill('nowhere-at-all');
      await page.locator('.list-tools .number', { hasText: /^0 in all/ }).waitFor();
      searches.push(Number(await page.evaluate(typed(words, `${shown.toLocaleString('en')} in all`))));
    }
    searches.sort((a, b) => a - b);
    const [best = 0, median = 0] = [searches[0], searches[Math.floor(RUNS / 2)]].map((ms) => Math.round(ms ?? 0));
    console.log(`page, typed: ${name.padEnd(19)} best ${String(best).padStart(5)} ms   median ${String(median).padStart(5)} ms`);
  }
  if (complaints.length > 0) console.log(complaints);
} finally {
  await browser.close();
  await program.stop();
  folder.remove();
}
