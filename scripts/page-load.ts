/**
 * How smooth the live page stays while traffic arrives: the built program proxies plain HTTP to an origin on loopback at a steady rate,
 * Chromium shows the page, and frame times, the tab's heap, the program's memory and the time from a request's last byte to its row
 * are read. `npm run page-load -- [--minutes 1] [--rate 200] [--stall MINUTES]`; at most 60 minutes and 1,000 a second. With `--stall`
 * a second tab is frozen for the last minutes, and a third peer stops reading.
 *
 * Bounded: nothing but loopback is asked, requests that cannot be sent in time are counted and not piled up, the data folder is a
 * temporary one and removed. Exit 1: totals differ, a request was lost, the page complained, or what stalled did not find back.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startProgram, temporaryFolder } from '../test/integration/program.js';
import { launch, openTab } from '../test/live/browser.js';
import { collected, freePort } from './page-load/collection.js';
import {
  cpuSeconds,
  frameFigures,
  growth,
  heapMiB,
  type Measured,
  quantiles,
  residentMiB,
  type Sample,
  SETTLED_S,
  timesToRow,
  WATCH,
} from './page-load/figures.js';
import { type Stall, stall } from './page-load/stall.js';
import { openTraffic, writePersona } from './page-load/traffic.js';

const SAMPLE_MS = 60_000;
/** Nothing more was stored for this long: what is missing will not come. */
const STILL_MS = 15_000;
/** From the last byte of a request to its row, and the rate at which that is promised. */
const PROMISED = { ms: 150, rate: 200 };
const MiB = 2 ** 20;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    rate: { type: 'string', default: '200' },
    stall: { type: 'string', default: '0' },
  },
});
const minutes = Number(values.minutes);
const rate = Number(values.rate);
const stalled = Number(values.stall);
if (!(minutes > 0 && minutes <= 60) || !(rate >= 1 && rate <= 1_000) || !(stalled >= 0 && stalled <= minutes)) {
  console.error('usage: npm run page-load -- [--minutes 1..60] [--rate 1..1000] [--stall 0..MINUTES]');
  process.exit(2);
}

const folder = temporaryFolder();
const inspector = await freePort();
const program = await startProgram(folder.path, writePersona(folder.path), { NODE_OPTIONS: `--inspect-port=${inspector}` });
const traffic = await openTraffic(program);
const browser = await launch();
let failed = false;
const stored = async () =>
  ((await program.api(`/api/sessions/${program.session}`)) as { counters: { exchanges: number } }).counters.exchanges;

try {
  traffic.prime();
  const { page, complaints } = await openTab(browser, program.ui, { language: 'en' });
  await page.locator('.row[aria-rowindex]').first().waitFor();
  await page.evaluate(WATCH);
  let asleep: Stall | null = null;

  const started = Date.now();
  traffic.begin(rate);
  const all: number[] = [];
  /** Of which the time is told already. */
  const timed = new Set<string>();
  /** Resident after a collection. */
  const held: Sample[] = [];
  const series: Sample[] = [];
  const end = started + minutes * 60_000;
  while (Date.now() < end) {
    if (asleep === null && stalled > 0 && Date.now() >= end - stalled * 60_000) asleep = await stall(browser, program);
    const next = Math.min(end, Date.now() + Math.min(SAMPLE_MS, (minutes * 60_000) / 4));
    await page.waitForTimeout(Math.max(0, next - Date.now()));
    const { frames, painted } = (await page.evaluate('measured()')) as Measured;
    all.push(...frames);
    const rows = timesToRow(traffic.probes, painted, timed);
    const sample = { at: Math.round((Date.now() - started) / 1_000), rss: residentMiB(program.pid), heap: await heapMiB(page) };
    series.push(sample);
    const { sent, failed, skipped } = traffic.counts;
    console.log(JSON.stringify({ ...sample, sent, failed, skipped, row: quantiles(rows), ...frameFigures(frames) }));
    if (held.length === 0 && sample.at >= SETTLED_S) held.push({ ...sample, rss: await collected(program.pid, inspector) });
  }
  traffic.pause();

  // What is on its way arrives; then the page must count what was sent, exactly.
  // A machine that is busy otherwise may be behind: waited for is as long as more is stored.
  const catching = Date.now();
  for (let seen = -1, since = Date.now(); Date.now() - since < STILL_MS; await page.waitForTimeout(250)) {
    const now = await stored();
    if (traffic.open() === 0 && now >= traffic.counts.answered) break;
    if (now !== seen) since = Date.now();
    seen = now;
  }
  const caughtUp = Math.round((Date.now() - catching) / 100) / 10;
  const outcome = asleep === null ? null : await asleep.wake(stored);
  await page.waitForTimeout(1_500);
  const shown = Number(
    (await page.locator('.tabs button', { hasText: 'Requests' }).locator('.count').textContent())?.replaceAll(/\D/g, ''),
  );
  const kept = await stored();
  const { painted } = (await page.evaluate('measured()')) as Measured;
  const latencies = timesToRow(traffic.probes, painted, new Set());
  held.push({ at: Math.round((Date.now() - started) / 1_000), rss: await collected(program.pid, inspector), heap: 0 });
  const toRow = quantiles(latencies);
  const data = join(folder.path, 'data');
  const disk = readdirSync(data).reduce((sum, name) => sum + statSync(join(data, name)).size, 0);
  const { counts } = traffic;
  const equal = shown === kept && kept === counts.answered;
  const found = latencies.length === traffic.probes.size;
  failed = !equal || counts.failed > 0 || complaints.length > 0 || !found || outcome?.held === false;
  const promise = `last byte to row: p99 under ${PROMISED.ms} ms at up to ${PROMISED.rate}/s`;
  console.log(
    JSON.stringify(
      {
        minutes,
        rate,
        reached: Math.round(counts.sent / (minutes * 60)),
        totals: { ...counts, stored: kept, shown, equal },
        'seconds to catch up at the end': caughtUp,
        frames: frameFigures(all),
        'last byte to row, ms': { probes: traffic.probes.size, seen: latencies.length, ...toRow },
        [promise]: rate > PROMISED.rate ? 'not promised at this rate' : toRow.p99 < PROMISED.ms ? 'held' : 'not held',
        memory: {
          'program RSS, MiB': growth(series, 'rss'),
          'program RSS after a collection, MiB': held.map(({ at, rss }) => ({ 'at, s': at, rss })),
          'tab heap, MiB': growth(series, 'heap'),
          'database, MiB': Math.round(disk / MiB),
        },
        ...(outcome === null ? {} : { stall: outcome }),
        'CPU seconds by thread': cpuSeconds(program.pid),
        complaints,
      },
      null,
      2,
    ),
  );
} finally {
  traffic.end();
  await browser.close();
  await program.stop();
  folder.remove();
}
process.exit(failed ? 1 : 0);
