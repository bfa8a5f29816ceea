/**
 * What does it cost to stand between? Every contestant that is installed, one after another, against the same origin with the same
 * client; only ratios inside one run mean anything. `npm run bench [-- --seconds 5] [--json] [--out FILE] [name ...]`: a table, or the same as
 * JSON, or both (`--out` writes the JSON beside the table). Linux, two free cores.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { contestants, firstLine, onCore, stopper } from './bench/contestants.js';
import { type Measured, measure, type Plan } from './bench/measure.js';
import { table, targetLines, targets } from './bench/table.js';
import { makeIdentity } from './conformance/identity.js';

const { values, positionals } = parseArgs({
  options: { seconds: { type: 'string', default: '5' }, json: { type: 'boolean', default: false }, out: { type: 'string' } },
  allowPositionals: true,
});
const home = mkdtempSync(join(tmpdir(), 'overreach-bench-'));
const hosts = 30;
const identity = makeIdentity(
  ['localhost'],
  Array.from({ length: hosts }, (_, index) => `127.0.0.${index + 1}`),
);
const root = join(home, 'root.pem');
const key = join(home, 'root.key');
writeFileSync(root, identity.certificate);
writeFileSync(key, identity.key, { mode: 0o600 });
spawnSync('taskset', ['-acp', '0', String(process.pid)]);
const [program, args] = onCore(0, process.execPath, [
  fileURLToPath(new URL('./bench/origin.mjs', import.meta.url)),
  root,
  key,
  String(hosts),
]);
const origin = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
try {
  const plan: Plan = { originPort: Number(await firstLine(origin)), connections: 64, seconds: Number(values.seconds), hosts };
  const results: Measured[] = [];
  const written = (): string => {
    const machine = { cpu: cpus()[0]?.model ?? '', cores: cpus().length, node: process.version, loadBefore: busy };
    return JSON.stringify({ machine, plan, results, targets: targets(results) }, null, 1);
  };
  const busy = loadavg()[0] ?? 0;
  if (busy > 0.5) process.stderr.write(`This machine is not idle (load ${busy.toFixed(1)}): compare CPU per request, not the rates.\n`);
  for (const { name, start, missing } of contestants()) {
    if (name !== 'direct' && positionals.length > 0 && !positionals.some((word) => name.includes(word))) continue;
    if (missing !== null) {
      process.stderr.write(`${name}: not installed (${missing})\n`);
      continue;
    }
    process.stderr.write(`${name} ...\n`);
    try {
      const contestant = await start({ home, root });
      try {
        results.push(await measure(contestant, plan));
        // Written as it grows: a run over all of them takes minutes.
        if (values.out !== undefined) writeFileSync(values.out, `${written()}\n`);
      } finally {
        await contestant.stop();
      }
    } catch (error) {
      process.stderr.write(`  left out: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  console.log(values.json ? written() : `${table(results)}\n\n${targetLines(results)}`);
  // The analysis of one thread by itself: after the table, so that neither disturbs the other.
  if (!values.json && positionals.length === 0)
    spawnSync(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('./bench/analysis.ts', import.meta.url))], { stdio: 'inherit' });
} finally {
  await stopper(origin)();
  rmSync(home, { recursive: true, force: true });
}
