/**
 * One bomb, read by the program's own analysis in a process of its own, so that its memory and its time are nobody else's.
 * The built program is what is measured.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Blast {
  /**
   * Milliseconds of processor time of the thread that reads: how long the analysis is taken up. The compiler's own threads beside it take as much
   * again for a first message, and how much depends on what else the machine does (incident: three bombs failed on a busy machine only).
   */
  readonly cpu: number;
  /** MiB that the process grew by at its largest. */
  readonly grown: number;
  readonly limits: readonly string[];
  readonly evidence: ReadonlyArray<{ readonly dataType: string; readonly path: string }>;
}

const SCRIPT = `
import { readFileSync } from 'node:fs';
const dist = ${JSON.stringify(new URL('../../dist/', import.meta.url).href)};
const { createAnalyst } = await import(dist + 'session/analyst.js');
const { makePersona } = await import(dist + 'persona/synthetic.js');
const { loadRulebook } = await import(dist + 'rulebook/load.js');
const { dataTypes, endpoints } = loadRulebook({ dir: ${JSON.stringify(fileURLToPath(new URL('../../rules', import.meta.url)))} });
const whole = makePersona('bomb');
const persona = { ...whole, values: { ...whole.values, imei: ['490154203237518'] } };
const analyst = createAnalyst({ dataTypes, endpoints, persona, follow: true, tagKey: new Uint8Array(32) });
const request = (bytes, headers, query) => ({ method: 'POST', target: '/' + query, url: 'https://a.test/' + query, httpVersion: '1.1', headers, trailers: [], body: { bytes, size: bytes.length, sha256: '', truncated: false } });
const parts = [];
for await (const part of process.stdin) parts.push(part);
const given = Buffer.concat(parts);
parts.length = 0;
const line = given.indexOf(10);
const { headers, query } = JSON.parse(given.toString('utf8', 0, line));
const body = given.subarray(line + 1);
for (let warm = 0; warm < 20; warm++) analyst.request(request(Buffer.from('{"imei":"490154203237518","a":[1,{"b":"c"}]}'), [], ''), 1);
globalThis.gc?.();
const before = process.memoryUsage.rss();
// As in ../processor-time.ts, which this process cannot load.
const threadTime = () => Number(readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ')[0]) / 1e6;
const started = threadTime();
const { evidence, limits } = analyst.request(request(body, headers, query), 2);
const cpu = threadTime() - started;
const peak = Number(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) * 1024;
console.log(JSON.stringify({
  cpu,
  grown: Math.max(0, peak - before) / 2 ** 20,
  limits: [...new Set(limits.map(({ limit }) => limit))],
  evidence: evidence.map(({ dataType, path }) => ({ dataType, path })).slice(0, 100),
}));
`;

/** @param query of the address, with its question mark. */
export function blast(body: Uint8Array, headers: ReadonlyArray<readonly [string, string]>, query = ''): Promise<Blast> {
  const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-e', SCRIPT], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stdin.write(`${JSON.stringify({ headers, query })}\n`);
  child.stdin.end(body);
  return new Promise((resolve, reject) =>
    child.on('close', (code) => (code === 0 ? resolve(JSON.parse(out) as Blast) : reject(new Error(`ended with ${code}`)))),
  );
}
