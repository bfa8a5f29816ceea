/** Requests through a running program to an origin on loopback, at a steady rate; those that cannot be sent in time are counted and not piled up. */
import { writeFileSync } from 'node:fs';
import { Agent, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { RunningProgram } from '../../test/integration/program.js';

const TICK = 50;
/** Receivers and types that take turns: a long session repeats itself, so that the list grows to 240 rows and then counts. */
const HOSTS = 60;
const KEYS = ['imei', 'oaid', 'android_id', 'mac'] as const;
/** One request a second goes to a receiver that was not seen before: its row is new, and timed. */
const PROBE_MS = 1_000;
/** Requests on the way; a machine that cannot keep up skips the rest, and says how many. */
const MOST_OPEN = 256;

/** Nobody's: the IMEI is from the test range of the GSMA, the address locally administered, the rest made up. */
const VALUES: Readonly<Record<(typeof KEYS)[number], string>> = {
  imei: '001012345678902',
  oaid: '9f3c1a7e-5b2d-4c88-9e61-0d7a4f2b6c35',
  android_id: '3f1c9ab4d27e6058',
  mac: '02:1a:7d:da:71:13',
};

/** @returns arguments of `overreach start`. */
export function writePersona(folder: string): string[] {
  writeFileSync(
    join(folder, 'persona.yaml'),
    `imei: "${VALUES.imei}"\noaid: "${VALUES.oaid}"\nandroid_id: "${VALUES.android_id}"\nmac_address: "${VALUES.mac}"\n`,
  );
  return ['--persona', 'persona.yaml', '--category', 'news', '--app', 'page-load'];
}

/** Every address of 127.0.0.0/8 is this machine, so that receivers differ without a name server. */
const receiver = (n: number) => `127.0.1.${(n % HOSTS) + 1}`;
const probeHost = (n: number) => `127.${1 + Math.floor(n / 62_500)}.${1 + (Math.floor(n / 250) % 250)}.${(n % 250) + 1}`;

export interface Traffic {
  readonly counts: { sent: number; answered: number; failed: number; skipped: number };
  /** Receiver of a probe -> when the last byte of its request had left. */
  readonly probes: ReadonlyMap<string, number>;
  /** Requests on the way. */
  open(): number;
  /** Each receiver with each type once, so that the list has its rows. */
  prime(): void;
  begin(rate: number): void;
  pause(): void;
  end(): void;
}

export async function openTraffic(program: RunningProgram): Promise<Traffic> {
  const origin = await openOrigin();
  const { port } = origin.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const counts = { sent: 0, answered: 0, failed: 0, skipped: 0 };
  const probes = new Map<string, number>();
  const timers: NodeJS.Timeout[] = [];
  let open = 0;

  function send(host: string, probe: boolean): void {
    if (open >= MOST_OPEN) {
      counts.skipped += 1;
      return;
    }
    const n = counts.sent;
    counts.sent += 1;
    open += 1;
    const key = KEYS[Math.floor(n / HOSTS) % KEYS.length] ?? 'imei';
    const device = { [key]: VALUES[key], model: 'EX-100' };
    const body = JSON.stringify({ event: 'view', n, session: `s${n % 97}`, device, page: { ref: '/home', at: n } });
    const done = (counter: 'answered' | 'failed') => {
      open -= 1;
      counts[counter] += 1;
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
    if (probe) sending.on('finish', () => probes.set(host, Date.now()));
    sending.end(body);
  }

  function pause(): void {
    for (const timer of timers.splice(0)) clearInterval(timer);
  }

  return {
    counts,
    probes,
    open: () => open,
    prime() {
      for (let n = 0; n < HOSTS * KEYS.length; n += 1) send(receiver(n), false);
    },
    begin(rate) {
      let owed = 0;
      let asked = 0;
      let before = Date.now();
      timers.push(
        setInterval(() => {
          const now = Date.now();
          owed += (rate * (now - before)) / 1_000;
          before = now;
          for (; owed >= 1; owed -= 1) send(receiver(counts.sent), false);
        }, TICK),
        setInterval(() => {
          send(probeHost(HOSTS * 250 + asked), true);
          asked += 1;
        }, PROBE_MS),
      );
    },
    pause,
    end() {
      pause();
      agent.destroy();
      origin.close();
      origin.closeAllConnections();
    },
  };
}

async function openOrigin(): Promise<Server> {
  const origin = createServer((incoming, response) => {
    incoming.resume().on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{"code":0}'));
  });
  origin.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => origin.listen(0, '0.0.0.0', resolve));
  return origin;
}
