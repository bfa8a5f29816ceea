import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { harOf } from '../cli/recorded-cli.js';
import { temporaryFolder } from './program.js';

/** The tarball, laid out in a project of its own as an installation lays it out: what a team's test script imports. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = temporaryFolder();
const modules = join(folder.path, 'node_modules');

beforeAll(() => {
  const options = { cwd: root, encoding: 'utf8' } as const;
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder.path], options);
  const [tarball = ''] = readdirSync(folder.path).filter((name) => name.endsWith('.tgz'));
  execFileSync('tar', ['-xzf', tarball], { cwd: folder.path });
  mkdirSync(modules);
  for (const name of readdirSync(join(root, 'node_modules')))
    if (name !== 'overreach' && !name.startsWith('.')) symlinkSync(join(root, 'node_modules', name), join(modules, name));
  renameSync(join(folder.path, 'package'), join(modules, 'overreach'));
  writeFileSync(join(folder.path, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder.path, 'app.har'), harOf('https://api.example.test/v1', '{"imei":"490154203237518"}'));
});
afterAll(() => folder.remove());

function node(...args: string[]): string {
  const env = { PATH: process.env.PATH, HOME: folder.path, OVERREACH_DATA_DIR: join(folder.path, 'data') };
  return execFileSync(process.execPath, args, { cwd: folder.path, env, encoding: 'utf8' });
}

test('import { audit } works from the tarball, rules and all', () => {
  writeFileSync(
    join(folder.path, 'gate.mjs'),
    `import { audit, failing } from 'overreach';
const report = audit.har('app.har', { category: 'news' });
console.log(JSON.stringify(failing(report).map(({ dataType }) => dataType)));
`,
  );
  expect(JSON.parse(node('gate.mjs'))).toEqual(['imei']);
});

test('its types hold a script to the contract', () => {
  writeFileSync(
    join(folder.path, 'typed.ts'),
    `import { type AuditHandle, audit, failing, type SessionReport } from 'overreach';
export async function run(): Promise<string[]> {
  const handle: AuditHandle = await audit.start({ category: 'news' });
  await handle.scene('launch', 'before_consent');
  // @ts-expect-error: no such consent state
  await handle.scene('launch', 'maybe');
  const report: SessionReport = await handle.stop();
  return failing(report).map(({ party }) => party.host);
}
`,
  );
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const flags = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'NodeNext', '--target', 'ES2023', '--types', 'node'];
  expect(node(compiler, ...flags, 'typed.ts')).toBe('');
});

test('nothing travels that is not meant to', () => {
  const inside = readdirSync(join(modules, 'overreach')).sort();
  expect(inside).toEqual(
    ['CHANGELOG.md', 'LICENSE', 'README.md', 'README.zh-CN.md', 'SECURITY.md', 'certs', 'dist', 'package.json', 'rules'].sort(),
  );
});
