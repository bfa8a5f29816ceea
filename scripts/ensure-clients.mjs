// Real client stacks for test/integration/stacks. Best effort: where this is root on Debian or Ubuntu, what is missing is installed;
// elsewhere the tests of a missing stack are skipped and say so. Never fails.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const python = (module) => spawnSync('/usr/bin/python3', ['-c', `import ${module}`]).status === 0;
const program = (name) => spawnSync(name, ['--version']).error === undefined;

/** Debian package -> is it there? */
const wanted = {
  curl: () => program('curl'),
  'python3-requests': () => python('requests'),
  'python3-aiohttp': () => python('aiohttp'),
  'python3-httpx': () => python('httpx'),
  'python3-h2': () => python('h2'),
  'default-jdk-headless': () => program('javac'),
  'libokhttp-java': () => existsSync('/usr/share/java/okhttp.jar'),
  'libxml2-utils': () => program('xmllint'),
  'golang-go': () => spawnSync('go', ['version']).error === undefined,
};
const missing = () =>
  Object.entries(wanted)
    .filter(([, isThere]) => !isThere())
    .map(([name]) => name);

const before = missing();
if (before.length > 0 && process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).error === undefined) {
  console.error(`Client stacks are missing, installing: ${before.join(' ')}`);
  const options = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 300_000 };
  spawnSync('apt-get', ['update', '-qq'], options);
  // One by one: a distribution without one of them still has the others.
  for (const name of before) spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], options);
}
const after = missing();
console.error(after.length === 0 ? 'All client stacks are there.' : `Not there, their tests are skipped: ${after.join(' ')}`);
