/**
 * How long a session of any length takes to report, in every format, and the memory it takes: `npx tsx scripts/report-scale.ts
 * [EXCHANGES] [FORMAT...]`, after `npm run build`. Exchanges and evidence are made up; the store, the command and its process are real.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Finding, Occurrence } from '../src/model/finding.js';
import { openStore } from '../src/store/index.js';
import { exchange, finding, occurrence, RULES, row, session } from '../test/store/specimen.js';

const MAIN = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const [count = '100000', ...wanted] = process.argv.slice(2);
const exchanges = Number(count);
const formats = wanted.length > 0 ? wanted : ['json', 'html', 'csv', 'xlsx', 'markdown', 'sarif', 'junit', 'pdf', 'har', 'evidence'];
const HOSTS = 300;
const START = 1_800_000_000_000;

/** What one exchange of an app with many SDKs carries: three things the phone says anyway, two known values, one place. */
const KINDS: ReadonlyArray<readonly [dataType: string, verdict: Finding['verdict'], value: (seq: number) => string]> = [
  ['user_agent', 'technical', () => 'Demo/1.0 (Android 14)'],
  ['os_version', 'technical', () => '14'],
  ['device_model', 'technical', () => 'Pixel 8'],
  ['imei', 'beyond_necessary', () => '490154203237518'],
  ['phone_number', 'necessary', () => '13900000000'],
  ['location_precise', 'necessary', (seq) => `31.${230_000 + (seq % 50_000)},121.${473_000 + (seq % 70_000)}`],
];

const folder = mkdtempSync(join(tmpdir(), 'overreach-scale-'));
try {
  fill(join(folder, 'data'));
  for (const format of formats) measure(format);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function fill(dir: string): void {
  const store = openStore({ dir });
  const begun = session('scale', { startedAt: START });
  store.createSession(begun, RULES);
  const writer = store.writer('scale');
  const counts = new Map<string, { dataType: string; verdict: Finding['verdict']; host: string; count: number }>();
  for (let seq = 0; seq < exchanges; seq += 1) {
    const host = `h${seq % HOSTS}.example${seq % 40}.test`;
    const url = `https://${host}/v1/report?n=${seq}`;
    const made = exchange(seq, { request: { ...exchange(seq).request, url } });
    writer.exchange(made, row(made, { host, evidence: KINDS.length, scene: seq % 3 === 0 ? 'a' : null }));
    for (const [dataType, verdict, value] of KINDS) {
      const id = `${dataType}-${host}`;
      const known = counts.get(id) ?? { dataType, verdict, host, count: 0 };
      counts.set(id, { ...known, count: known.count + 1 });
      writer.occurrence(id, piece(dataType, seq, value(seq), host, url));
    }
    if (seq % 1_000 === 999) writer.flush();
  }
  for (const [id, { dataType, verdict, host, count: times }] of counts) {
    const party = { ...finding(id).party, host, registrableDomain: host.split('.').slice(1).join('.') };
    writer.finding(finding(id, { dataType, verdict, party, count: times, firstSeen: START, lastSeen: START + exchanges }));
  }
  writer.flush();
  store.updateSession({ ...begun, status: 'ended', endedAt: START + exchanges });
  store.close();
  console.error(`${exchanges} exchanges, ${counts.size} findings, store ${megabytes(statSync(join(dir, 'overreach.sqlite')).size)}`);
}

function piece(dataType: string, seq: number, value: string, host: string, url: string): Occurrence {
  const trace = [
    {
      rule: 'known-value',
      text: { zh: `与测试人员资料中“${dataType}”的第 1 个值一致。`, en: `Equals value 1 of "${dataType}" in the persona.` },
    },
  ];
  return occurrence(seq, value, {
    dataType,
    host,
    url,
    trace,
    path: `body.$.device.${dataType}`,
    masked: `${value.slice(0, 2)}***`,
    scene: seq % 3 === 0 ? 'a' : null,
  });
}

function measure(format: string): void {
  const out = join(folder, `out.${format}`);
  const command = format === 'evidence' ? ['export', 'scale', '--evidence', out] : ['report', 'scale', '--format', format, '--out', out];
  const tell = 'data:text/javascript,process.on("exit",()=>console.error("USED "+JSON.stringify(process.resourceUsage())))';
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ['--import', tell, MAIN, ...command, '--data-dir', join(folder, 'data')], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  const wall = (performance.now() - began) / 1_000;
  const used = JSON.parse(/^USED (.*)$/m.exec(stderr)?.[1] ?? '{}') as { maxRSS?: number; userCPUTime?: number; systemCPUTime?: number };
  const cpu = ((used.userCPUTime ?? 0) + (used.systemCPUTime ?? 0)) / 1e6;
  const size = status === 0 ? megabytes(statSync(out).size) : stderr.slice(0, 400);
  console.log(
    `${format.padEnd(9)} exit ${status}  ${wall.toFixed(1)} s (CPU ${cpu.toFixed(1)} s)  RSS ${megabytes((used.maxRSS ?? 0) * 1_024)}  ${size}`,
  );
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(0)} MiB`;
}
