/**
 * How smooth the live page stays while traffic arrives: the built program proxies plain HTTP to an origin on loopback at a steady rate,
 * Chromium shows the page, and frame times, the tab's heap, the program's memory and the time from a request's last byte to its row
 * are read. `npm run page-load -- [--minutes 1] [--rate 200]`; at most 60 minutes and 1,000 a second.
 *
 * Bounded: nothing but loopback is asked, requests that cannot be sent in time are counted and not piled up, the data folder is a
 * temporary one and removed. Exit 1: totals differ, a request was lost, or the page complained.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { type RunningProgram, startProgram, temporaryFolder } from '../test/integration/program.js';
import { launch, openTab } from '../test/live/browser.js';

const TICK = 50;
/** Receivers and types that take turns: a long session repeats itself, so that the list grows to 240 rows and then counts. */
const HOSTS = 60;
const KEYS = ['imei', 'oaid', 'android_id', 'mac'] as const;
/** One request a second goes to a receiver that was not seen before: its row is new, and timed. */
const PROBE_MS = 1_000;
const SAMPLES = 20;
/** Requests on the way; a machine that cannot keep up skips the rest, and says how many. */
const MOST_OPEN = 256;
/** Nothing more was stored for this long: what is missing will not come. */
const STILL_MS = 15_000;
const FRAME = 1000 / 60;
const MiB = 2 ** 20;

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '1' }, rate: { type: 'string', default: '200' } } });
const minutes = Number(values.minutes);
const rate = Number(values.rate);
if (!(minutes > 0 && minutes <= 60) || !(rate >= 1 && rate <= 1_000)) {
  console.error('usage: npm run page-load -- [--minutes 1..60] [--rate 1..1000]');
  process.exit(2);
}

/** Every address of 127.0.0.0/8 is this machine, so that receivers differ without a name server. */
const receiver = (n: number) => `127.0.1.${(n % HOSTS) + 1}`;
const probeHost = (n: number) => `127.${1 + Math.floor(n / 62_500)}.${1 + (Math.floor(n / 250) % 250)}.${(n % 250) + 1}`;

interface Traffic {
  sent: number;
  answered: number;
  failed: number;
  skipped: number;
  /** Receiver of a probe -> when the last byte of its request had left. */
  readonly probes: Map<string, number>;
}
const traffic: Traffic = { sent: 0, answered: 0, failed: 0, skipped: 0, probes: new Map() };

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
let open = 0;
function send(program: RunningProgram, host: string, port: number, probe: boolean): void {
  if (open >= MOST_OPEN) {
    traffic.skipped += 1;
    return;
  }
  const n = traffic.sent;
  traffic.sent += 1;
  open += 1;
  const key = KEYS[Math.floor(n / HOSTS) % KEYS.length] ?? 'imei';
  const body = JSON.stringify({
    event: 'view',
    n,
    session: `s${n % 97}`,
    device: { [key]: VALUES[key], model: 'EX-100' },
    page: { ref: '/home', at: n },
  });
  const done = (counter: 'answered' | 'failed') => {
    open -= 1;
    traffic[counter] += 1;
  };
  const sending = request(
    {
      host: '127.0.0.1',
      port: program.proxyPort,
      agent,
      method: 'POST',
      path: `http://${host}:${port}/collect/${n % 7}?v=3`,
      headers: { host: `${host}:${port}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    },
    (response) => {
      response.resume();
      response.on('end', () => done('answered'));
    },
  );
  sending.on('error', () => done('failed'));
  if (probe) sending.on('finish', () => traffic.probes.set(host, Date.now()));
  sending.end(body);
}

/** Nobody's: the IMEI is from the test range of the GSMA, the address locally administered, the rest made up. */
const VALUES: Readonly<Record<(typeof KEYS)[number], string>> = {
  imei: '001012345678902',
  oaid: '9f3c1a7e-5b2d-4c88-9e61-0d7a4f2b6c35',
  android_id: '3f1c9ab4d27e6058',
  mac: '02:1a:7d:da:71:13',
};

/** In the page: frame times by its own clock, and when each probe's row was painted. */
const WATCH = `(() => {
  const frames = [];
  const painted = {};
  let last = 0;
  const step = (now) => {
    if (last > 0) frames.push(now - last);
    last = now;
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
  const look = () => {
    for (const cell of document.querySelectorAll('.row[aria-rowindex] .host')) {
      const host = /127\\.\\d+\\.\\d+\\.\\d+/.exec(cell.textContent)?.[0];
      if (host !== undefined && painted[host] === undefined) painted[host] = null;
    }
    const fresh = Object.keys(painted).filter((host) => painted[host] === null);
    // The frame in which it is drawn begins now or next; its time is when a person could see it.
    if (fresh.length > 0) requestAnimationFrame(() => { for (const host of fresh) painted[host] = Date.now(); });
  };
  look();
  new MutationObserver(look).observe(document.getElementById('page'), { childList: true, subtree: true, characterData: true });
  globalThis.measured = () => ({ frames: frames.splice(0), painted });
})()`;

interface Measured {
  readonly frames: readonly number[];
  readonly painted: Readonly<Record<string, number | null>>;
}

const quantile = (sorted: readonly number[], share: number) =>
  Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
const ascending = (list: readonly number[]) => [...list].sort((a, b) => a - b);

function frameFigures(frames: readonly number[]) {
  const sorted = ascending(frames);
  const missed = frames.reduce((sum, ms) => sum + Math.max(0, Math.round(ms / FRAME) - 1), 0);
  const total = frames.length + missed;
  return {
    frames: frames.length,
    p50: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    p99: quantile(sorted, 0.99),
    worst: quantile(sorted, 1),
    dropped: `${total === 0 ? 0 : Math.round((missed / total) * 1000) / 10}%`,
  };
}

function residentMiB(pid: number): number {
  const line = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(line ?? 0) / 1024);
}

/** CPU seconds of each thread of the program that used any to speak of; tells a slow machine from a slow program. */
function cpuSeconds(pid: number): Record<string, number> {
  const threads = readdirSync(`/proc/${pid}/task`).map((id) => {
    const stat = readFileSync(`/proc/${pid}/task/${id}/stat`, 'utf8');
    const [name = ''] = /\((.*)\)/.exec(stat)?.slice(1) ?? [];
    // Fields 14 and 15 of proc(5), in ticks of a hundredth of a second; counted from behind the name, which may hold blanks.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { name: id === String(pid) ? 'main' : `${name} ${id}`, seconds: (Number(fields[11]) + Number(fields[12])) / 100 };
  });
  return Object.fromEntries(threads.filter(({ seconds }) => seconds >= 0.5).map(({ name, seconds }) => [name, seconds]));
}

async function heapMiB(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  return Math.round((metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0) / MiB);
}

const folder = temporaryFolder();
writeFileSync(
  join(folder.path, 'persona.yaml'),
  `imei: "${VALUES.imei}"\noaid: "${VALUES.oaid}"\nandroid_id: "${VALUES.android_id}"\nmac_address: "${VALUES.mac}"\n`,
);
const origin = createServer((incoming, response) => {
  incoming.resume().on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{"code":0}'));
});
origin.keepAliveTimeout = 60_000;
await new Promise<void>((resolve) => origin.listen(0, '0.0.0.0', resolve));
const { port } = origin.address() as AddressInfo;
const program = await startProgram(folder.path, ['--persona', 'persona.yaml', '--category', 'news', '--app', 'page-load']);
const browser = await launch();
const timers: NodeJS.Timeout[] = [];
let failed = false;
const exchanges = async () =>
  ((await program.api(`/api/sessions/${program.session}`)) as { counters: { exchanges: number } }).counters.exchanges;

try {
  for (let n = 0; n < HOSTS * KEYS.length; n += 1) send(program, receiver(n), port, false);
  const { page, complaints } = await openTab(browser, program.ui, { language: 'en' });
  await page.locator('.row[aria-rowindex]').first().waitFor();
  await page.evaluate(WATCH);

  const started = Date.now();
  let owed = 0;
  let probes = 0;
  let before = started;
  timers.push(
    setInterval(() => {
      const now = Date.now();
      owed += (rate * (now - before)) / 1_000;
      before = now;
      for (; owed >= 1; owed -= 1) send(program, receiver(traffic.sent), port, false);
    }, TICK),
    setInterval(() => {
      send(program, probeHost(HOSTS * 250 + probes), port, true);
      probes += 1;
    }, PROBE_MS),
  );

  const all: number[] = [];
  const series: Array<{ readonly at: number; readonly rss: number; readonly heap: number }> = [];
  const end = started + minutes * 60_000;
  while (Date.now() < end) {
    await page.waitForTimeout(Math.min(end - Date.now(), Math.max(1_000, (minutes * 60_000) / SAMPLES)));
    const { frames } = (await page.evaluate('measured()')) as Measured;
    all.push(...frames);
    const sample = { at: Math.round((Date.now() - started) / 1_000), rss: residentMiB(program.pid), heap: await heapMiB(page) };
    series.push(sample);
    console.log(
      JSON.stringify({ ...sample, sent: traffic.sent, failed: traffic.failed, skipped: traffic.skipped, ...frameFigures(frames) }),
    );
  }
  for (const timer of timers.splice(0)) clearInterval(timer);

  // What is on its way arrives; then the page must count what was sent, exactly.
  // A machine that is busy otherwise may be behind: waited for is as long as more is stored.
  const catching = Date.now();
  for (let seen = -1, since = Date.now(); Date.now() - since < STILL_MS; await page.waitForTimeout(250)) {
    const now = await exchanges();
    if (open === 0 && now >= traffic.answered) break;
    if (now !== seen) since = Date.now();
    seen = now;
  }
  const caughtUp = Math.round((Date.now() - catching) / 100) / 10;
  await page.waitForTimeout(1_500);
  const shown = Number(
    (await page.locator('.tabs button', { hasText: 'Requests' }).locator('.count').textContent())?.replaceAll(/\D/g, ''),
  );
  const stored = await exchanges();
  const { painted } = (await page.evaluate('measured()')) as Measured;
  const latencies = ascending([...traffic.probes].flatMap(([host, at]) => (typeof painted[host] === 'number' ? [painted[host] - at] : [])));
  const half = series.slice(Math.floor(series.length / 2));
  const slope = (name: 'rss' | 'heap') => {
    const [first, last] = [half[0], half.at(-1)];
    if (first === undefined || last === undefined || last.at === first.at) return 0;
    return Math.round(((last[name] - first[name]) / (last.at - first.at)) * 3_600);
  };
  const data = join(folder.path, 'data');
  const disk = readdirSync(data).reduce((sum, name) => sum + statSync(join(data, name)).size, 0);
  const equal = shown === stored && stored === traffic.answered;
  failed = !equal || traffic.failed > 0 || complaints.length > 0 || latencies.length < traffic.probes.size;
  console.log(
    JSON.stringify(
      {
        minutes,
        rate,
        reached: Math.round(traffic.sent / (minutes * 60)),
        totals: { sent: traffic.sent, answered: traffic.answered, stored, shown, equal, failed: traffic.failed, skipped: traffic.skipped },
        'seconds to catch up at the end': caughtUp,
        frames: frameFigures(all),
        'last byte to row, ms': {
          probes: traffic.probes.size,
          seen: latencies.length,
          p50: quantile(latencies, 0.5),
          p95: quantile(latencies, 0.95),
          p99: quantile(latencies, 0.99),
          worst: quantile(latencies, 1),
        },
        memory: {
          'program RSS MiB': { first: series[0]?.rss, last: series.at(-1)?.rss, 'second half, MiB/h': slope('rss') },
          'tab heap MiB': { first: series[0]?.heap, last: series.at(-1)?.heap, 'second half, MiB/h': slope('heap') },
          'database MiB': Math.round(disk / MiB),
        },
        'CPU seconds by thread': cpuSeconds(program.pid),
        complaints,
      },
      null,
      2,
    ),
  );
} finally {
  for (const timer of timers) clearInterval(timer);
  agent.destroy();
  await browser.close();
  await program.stop();
  origin.close();
  origin.closeAllConnections();
  folder.remove();
}
process.exit(failed ? 1 : 0);
