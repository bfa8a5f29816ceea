/** What is read from the tab and from the program while traffic arrives. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const FRAME = 1_000 / 60;
/** A display of 60 Hz gives every frame a multiple of its period, a little more or less. */
const TOLERANCE = 1.05;
const MiB = 2 ** 20;

/** In the page: frame times by its own clock, and when each probe's row was painted. */
export const WATCH = `(() => {
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

export interface Measured {
  readonly frames: readonly number[];
  readonly painted: Readonly<Record<string, number | null>>;
}

const ascending = (list: readonly number[]) => [...list].sort((a, b) => a - b);
const tenth = (value: number) => Math.round(value * 10) / 10;
const percent = (share: number) => `${Math.round(share * 1_000) / 10}%`;

/** Milliseconds. */
export function quantiles(list: readonly number[]): { p50: number; p95: number; p99: number; worst: number } {
  const sorted = ascending(list);
  const at = (share: number) => tenth(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), worst: at(1) };
}

export function frameFigures(frames: readonly number[]) {
  const over = (ms: number) => percent(frames.length === 0 ? 0 : frames.filter((frame) => frame > ms * TOLERANCE).length / frames.length);
  const missed = frames.reduce((sum, ms) => sum + Math.max(0, Math.round(ms / FRAME) - 1), 0);
  return {
    frames: frames.length,
    ...quantiles(frames),
    'over 16.7 ms': over(FRAME),
    'over 33 ms': over(2 * FRAME),
    'over 50 ms': over(3 * FRAME),
    dropped: percent(frames.length + missed === 0 ? 0 : missed / (frames.length + missed)),
  };
}

/** @param told hosts of probes that are left out; those of the answer are added. @returns milliseconds from the last byte to the row. */
export function timesToRow(probes: ReadonlyMap<string, number>, painted: Measured['painted'], told: Set<string>): number[] {
  return [...probes].flatMap(([host, at]) => {
    const seen = painted[host];
    if (typeof seen !== 'number' || told.has(host)) return [];
    told.add(host);
    return [seen - at];
  });
}

export function residentMiB(pid: number): number {
  const line = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(line ?? 0) / 1_024);
}

/** CPU seconds of each thread of the program that used any to speak of; tells a slow machine from a slow program. */
export function cpuSeconds(pid: number): Record<string, number> {
  const threads = readdirSync(`/proc/${pid}/task`).map((id) => {
    const stat = readFileSync(`/proc/${pid}/task/${id}/stat`, 'utf8');
    const [name = ''] = /\((.*)\)/.exec(stat)?.slice(1) ?? [];
    // Fields 14 and 15 of proc(5), in ticks of a hundredth of a second; counted from behind the name, which may hold blanks.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { name: id === String(pid) ? 'main' : `${name} ${id}`, seconds: (Number(fields[11]) + Number(fields[12])) / 100 };
  });
  return Object.fromEntries(threads.filter(({ seconds }) => seconds >= 0.5).map(({ name, seconds }) => [name, seconds]));
}

export async function heapMiB(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  return Math.round((metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0) / MiB);
}

export interface Sample {
  /** Seconds since the beginning. */
  readonly at: number;
  readonly rss: number;
  readonly heap: number;
}

/** Caches fill and the young heap finds its size in the first minutes; what grows after them is growth. */
export const SETTLED_S = 300;

export function growth(series: readonly Sample[], name: 'rss' | 'heap') {
  const last = series.at(-1);
  const settled = series.find(({ at }) => at >= SETTLED_S);
  if (last === undefined) return {};
  const after = settled === undefined || settled === last ? {} : { 'grown after the first 5 minutes': last[name] - settled[name] };
  return { first: series[0]?.[name], last: last[name], ...after };
}
