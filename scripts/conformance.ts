/**
 * Is a connection through Overreach the same as a direct one? Every row is one behaviour, run by the same client code against the
 * same origin on both routes; what client and origin saw is compared. Exit 1 when a row differs that has no documented reason.
 * `npm run conformance [-- --json] [-- word]` runs all rows, or those whose group or name contains the word.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram } from '../test/integration/program.js';
import { makeIdentity } from './conformance/identity.js';
import { directRoute, proxiedRoute } from './conformance/route.js';
import { allRows, compare, render } from './conformance/table.js';

const home = mkdtempSync(join(tmpdir(), 'overreach-conformance-'));
try {
  const words = process.argv.slice(2).filter((word) => word !== '--json');
  const rows = allRows().filter(({ group, name }) => words.every((word) => `${group} ${name}`.includes(word)));
  const identity = makeIdentity();
  const root = join(home, 'origin.pem');
  writeFileSync(root, identity.certificate);
  const program = await startProgram(home, ['--upstream-ca', root]);
  const through = proxiedRoute('Overreach', program.proxyPort, readFileSync(program.ca, 'utf8'));
  const ended = async () => (await program.stop()).code;
  const results = await compare(rows, directRoute(identity.certificate), through, identity, ({ group, name }) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${group}: ${name}`);
    else if (process.env.CONFORMANCE_LOG) process.stderr.write(`${group}: ${name}\n`);
  }).catch(async (error: unknown) => {
    // The proxy must not outlive the script.
    await ended();
    throw error;
  });
  const code = await ended();
  console.log(process.argv.includes('--json') ? JSON.stringify(results) : render(results, through.name));
  if (code !== 0) console.log(`The proxy ended with ${code}.`);
  process.exitCode = code !== 0 || results.some(({ verdict }) => verdict === 'DIFFERS') ? 1 : 0;
} finally {
  rmSync(home, { recursive: true, force: true });
}
