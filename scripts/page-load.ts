/**
 * How smooth the live page stays: a program floods a page in Chromium with exchanges that carry findings, and the frame times, the
 * page's memory and the server's are read. `tsx scripts/page-load.ts [--minutes 1] [--rate 200]`; at most 60 minutes and 1,000 a second.
 * Traffic is made up here and never leaves the process; nothing but the page's own server on loopback is asked.
 */
import { parseArgs } from 'node:util';
import { builtPage, launch, openTab } from '../test/live/browser.js';
import { FakeAudit, party } from '../test/live/fake-audit.js';
import { startFake } from '../test/live/server.js';

const TICK = 50;
/** Receivers and types that take turns: a long session repeats itself, so that the list grows to 240 rows and then counts. */
const HOSTS = 60;
const TYPES = ['imei', 'oaid', 'android_id', 'mac_address'] as const;
const SAMPLES = 20;

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '1' }, rate: { type: 'string', default: '200' } } });
const minutes = Number(values.minutes);
const rate = Number(values.rate);
if (!(minutes > 0 && minutes <= 60) || !(rate >= 1 && rate <= 1_000)) {
  console.error('usage: tsx scripts/page-load.ts [--minutes 1..60] [--rate 1..1000]');
  process.exit(2);
}

interface Sample {
  readonly at: number;
  readonly rss: number;
  readonly heap: number;
  readonly frames: number;
  readonly p50: number;
  readonly p95: number;
  readonly worst: number;
}

const audit = new FakeAudit(Date.now());
let sent = 0;
function sendOne(): void {
  const host = `h${sent % HOSTS}.example`;
  const dataType = TYPES[Math.floor(sent / HOSTS) % TYPES.length] ?? 'imei';
  audit.clock = Date.now();
  audit.send({
    party: party(host, null, null, 'analytics', false),
    path: `/collect/${sent % 7}`,
    body: `{"id":"${sent}"}`,
    evidence: [{ dataType, path: 'body.$.id', value: String(sent), masked: '****', verdict: 'beyond_necessary' }],
  });
  sent += 1;
}

/** Frame times since the last call, measured by the page's own clock. */
const MEASURE = `(() => {
  const times = globalThis.frameTimes ?? [];
  globalThis.frameTimes = [];
  if (globalThis.lastFrame === undefined) {
    const step = (now) => {
      if (globalThis.lastFrame > 0) globalThis.frameTimes.push(now - globalThis.lastFrame);
      globalThis.lastFrame = now;
      requestAnimationFrame(step);
    };
    globalThis.lastFrame = 0;
    requestAnimationFrame(step);
  }
  return { times, heap: performance.memory?.usedJSHeapSize ?? 0 };
})()`;

const live = await startFake(audit, { pageDir: await builtPage() });
const browser = await launch();
const samples: Sample[] = [];
try {
  for (let first = 0; first < HOSTS * TYPES.length; first += 1) sendOne();
  const { page, complaints } = await openTab(browser, live.url);
  await page.locator('.row[aria-rowindex]').first().waitFor();
  await page.evaluate(MEASURE);
  const started = Date.now();
  const end = started + minutes * 60_000;
  let owed = 0;
  const timer = setInterval(() => {
    owed += (rate * TICK) / 1_000;
    for (; owed >= 1; owed -= 1) sendOne();
  }, TICK);
  while (Date.now() < end) {
    await page.waitForTimeout(Math.max(1_000, (minutes * 60_000) / SAMPLES));
    const { times, heap } = (await page.evaluate(MEASURE)) as { times: number[]; heap: number };
    const sorted = times.sort((a, b) => a - b);
    const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
    const sample: Sample = {
      at: Math.round((Date.now() - started) / 1_000),
      rss: Math.round(process.memoryUsage().rss / 2 ** 20),
      heap: Math.round(heap / 2 ** 20),
      frames: sorted.length,
      p50: at(0.5),
      p95: at(0.95),
      worst: at(1),
    };
    samples.push(sample);
    console.log(JSON.stringify(sample));
  }
  clearInterval(timer);
  // The last batch may still be on its way; after a second the page must count what was sent.
  await page.waitForTimeout(1_000);
  const shown = await page.locator('.tabs button').nth(5).textContent();
  console.log(JSON.stringify({ sent, shown, complaints, rowsInPage: await page.locator('.row[aria-rowindex]').count() }));
  console.log('rss of this process holds the made-up traffic as well: FakeAudit keeps every exchange in memory; "heap" is the page alone.');
} finally {
  await browser.close();
  await live.close();
}
