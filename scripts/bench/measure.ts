import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { type TLSSocket, connect as tlsConnect } from 'node:tls';
import { directRoute, proxiedRoute, type Route } from '../conformance/route.js';
import type { Contestant } from './contestants.js';

export interface Measured {
  readonly name: string;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
  /** Microseconds of the proxy's processes for one request, what they do behind it included; null for direct. */
  readonly cpu: number | null;
  /** Share of the answered requests that an auditing contestant did not record and analyse; null where none audits. */
  readonly unread: number | null;
  /** Milliseconds to the answer of a host never seen before, median. */
  readonly newHost: number;
  /** MiB that memory grew while a client read a fast download at 2 MB/s. */
  readonly slowGrowth: number | null;
}

export interface Plan {
  readonly originPort: number;
  readonly connections: number;
  readonly seconds: number;
  /** Addresses 127.0.0.2 and up that the origin listens on, each asked once by every contestant. */
  readonly hosts: number;
}

const ANSWER = 2_048;
/** Requests of each connection before anything is measured. */
const WARM_UP = 60;

/** Milliseconds; the share `part` of the sorted values lies below. */
function percentile(values: readonly number[], part: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** A process and what it has started. */
function family(pid: number): number[] {
  const all = [pid];
  for (const parent of all) {
    try {
      all.push(
        ...execFileSync('pgrep', ['-P', String(parent)], { encoding: 'utf8' })
          .split('\n')
          .filter(Boolean)
          .map(Number),
      );
    } catch {
      // pgrep says "none" by its exit status.
    }
  }
  return all;
}

/** Milliseconds of processor time so far, threads included. Linux counts in hundredths of a second. */
function cpuMs(pid: number): number {
  return family(pid).reduce((sum, one) => {
    const fields = readFileSync(`/proc/${one}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return sum + (Number(fields[11]) + Number(fields[12])) * 10;
  }, 0);
}

function rss(pid: number): number {
  return (
    family(pid).reduce((sum, one) => sum + Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${one}/status`, 'utf8'))?.[1] ?? 0), 0) / 1024
  );
}

async function secure(route: Route, host: string, port: number): Promise<TLSSocket> {
  const socket = await route.tunnel(host, port);
  const tls = tlsConnect({ socket, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] });
  await new Promise<void>((resolve, reject) => {
    tls.once('secureConnect', () => resolve());
    tls.once('error', reject);
    tls.once('close', () => reject(new Error('closed in the handshake')));
  });
  tls.removeAllListeners('close');
  tls.on('error', () => undefined);
  return tls;
}

/** One GET; resolves when the whole answer is there. Headers that a proxy adds do not matter: only the body is counted. */
function ask(tls: TLSSocket, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let head = '';
    let body = -1;
    const finish = (error?: Error): void => {
      tls.off('data', onData);
      tls.off('close', onClose);
      if (error === undefined) resolve();
      else reject(error);
    };
    const onClose = (): void => finish(new Error('closed'));
    const onData = (bytes: Buffer): void => {
      if (body >= 0) body += bytes.length;
      else {
        head += bytes.toString('latin1');
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) return;
        if (!/^HTTP\/1\.1 200 /.test(head)) {
          finish(new Error(head.slice(0, 60)));
          return;
        }
        body = head.length - end - 4;
      }
      if (body >= ANSWER) finish();
    };
    tls.on('data', onData);
    tls.once('close', onClose);
    tls.write(`GET /small HTTP/1.1\r\nHost: ${host}:${port}\r\nUser-Agent: bench\r\nAccept: */*\r\nConnection: keep-alive\r\n\r\n`);
  });
}

async function load(
  route: Route,
  plan: Plan,
  { pid, recorded }: Contestant,
): Promise<Pick<Measured, 'perSecond' | 'p50' | 'p99' | 'failed' | 'cpu' | 'unread'>> {
  const times: number[] = [];
  let failed = 0;
  let ready = 0;
  let over = false;
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const connected = async (): Promise<TLSSocket> => {
    for (;;) {
      if (over) throw new Error('over');
      try {
        return await secure(route, '127.0.0.1', plan.originPort);
      } catch {
        failed++;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
  };
  const worker = async (): Promise<void> => {
    let tls = await connected();
    /** One request; on a failure a new connection takes over. @returns milliseconds, or null. */
    const timed = async (): Promise<number | null> => {
      const start = performance.now();
      try {
        await ask(tls, '127.0.0.1', plan.originPort);
        return performance.now() - start;
      } catch {
        failed++;
        tls.destroy();
        if (!over) tls = await connected();
        return null;
      }
    };
    for (let count = 0; count < WARM_UP && !over; ) if ((await timed()) !== null) count++;
    ready++;
    await begun;
    while (!over) {
      const took = await timed();
      if (took !== null) times.push(took);
    }
    tls.destroy();
  };
  const workers = Array.from({ length: plan.connections }, worker);
  // A proxy that makes a key for each connection of a new host is not measured while it does.
  for (let waited = 0; ready < plan.connections && waited < 60_000; waited += 50) await new Promise((resolve) => setTimeout(resolve, 50));
  if (ready < plan.connections) {
    over = true;
    begin();
    await Promise.allSettled(workers);
    throw new Error(`only ${ready} of ${plan.connections} connections were served within a minute`);
  }
  if (pid !== null) await untilIdle(pid);
  const before = pid === null ? 0 : cpuMs(pid);
  const recordedBefore = await recorded?.();
  const start = performance.now();
  begin();
  await new Promise((resolve) => setTimeout(resolve, plan.seconds * 1_000));
  const seconds = (performance.now() - start) / 1_000;
  const inTime = times.length;
  over = true;
  await Promise.race([Promise.allSettled(workers), new Promise((resolve) => setTimeout(resolve, 3_000))]);
  // Analysis goes on behind the traffic, and is part of what a request costs.
  if (pid !== null) await untilIdle(pid);
  const used = pid === null ? null : cpuMs(pid) - before;
  const recordedAfter = await recorded?.();
  return {
    perSecond: inTime / seconds,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    failed,
    cpu: used === null ? null : (used * 1_000) / Math.max(1, times.length),
    unread:
      recordedBefore === undefined || recordedAfter === undefined
        ? null
        : Math.max(0, 1 - (recordedAfter.exchanges - recordedBefore.exchanges) / Math.max(1, times.length)),
  };
}

async function newHosts(route: Route, plan: Plan): Promise<number> {
  const times: number[] = [];
  for (let last = 2; last <= plan.hosts; last++) {
    const host = `127.0.0.${last}`;
    const start = performance.now();
    const tls = await secure(route, host, plan.originPort);
    await ask(tls, host, plan.originPort);
    times.push(performance.now() - start);
    tls.destroy();
  }
  return percentile(times, 0.5);
}

/** Analysis and storing go on behind the traffic; memory is compared once they have caught up. */
async function untilIdle(pid: number): Promise<void> {
  for (let attempt = 0; attempt < 80; attempt++) {
    const before = cpuMs(pid);
    await new Promise((resolve) => setTimeout(resolve, 500));
    if (cpuMs(pid) - before <= 20) return;
  }
}

async function slowReader(route: Route, plan: Plan, pid: number): Promise<number> {
  await untilIdle(pid);
  const before = rss(pid);
  let peak = before;
  const tls = await secure(route, '127.0.0.1', plan.originPort);
  tls.pause();
  tls.write(`GET /endless HTTP/1.1\r\nHost: 127.0.0.1:${plan.originPort}\r\n\r\n`);
  for (let count = 0; count < 40; count++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    tls.read(200_000);
    peak = Math.max(peak, rss(pid));
  }
  tls.destroy();
  return peak - before;
}

/** A route to the origin for every host of the bench: without a proxy the address is the origin's own. */
function routeOf({ port }: Contestant): Route {
  return port === null ? directRoute('') : proxiedRoute('', port, '');
}

export async function measure(contestant: Contestant, plan: Plan): Promise<Measured> {
  const route = routeOf(contestant);
  const newHost = await newHosts(route, plan);
  const loaded = await load(route, plan, contestant);
  const slowGrowth = contestant.pid === null ? null : await slowReader(route, plan, contestant.pid);
  return { name: contestant.name, ...loaded, newHost, slowGrowth };
}
