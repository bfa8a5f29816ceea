// Browser tests need a Chromium. Finds one, or installs Debian's where that is possible, or says what to do.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const places = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const found = () => places.find((path) => path && existsSync(path));
const runs = (command, ...args) => spawnSync(command, args, { encoding: 'utf8' });

/** What the browser tests need, the Debian package that brings it, and what goes wrong without it. */
const NEEDS = [
  { package: 'chromium', there: () => found() !== undefined, without: 'no browser test can run' },
  {
    package: 'libnss3-tools',
    there: () => runs('certutil', '-H').error === undefined,
    without: 'the test browser ignores certificates instead of trusting the made CA',
  },
  {
    package: 'fonts-noto-cjk',
    there: () => runs('fc-list', ':lang=zh-cn', 'family').stdout?.trim() !== '',
    without: 'Chinese text is drawn as boxes, and its measures are not those that people see',
  },
];

// incident: with Chromium installed on its own, its two companions were never asked for, and four tests failed for want of them.
const missing = process.platform === 'linux' ? NEEDS.filter(({ there }) => !there()) : [];
const packages = missing.map((need) => need.package);
if (missing.length > 0 && process.getuid?.() === 0 && runs('apt-get', '--version').status === 0) {
  console.error(`Installing the distribution's packages that are missing: ${packages.join(' ')} ...`);
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  try {
    execFileSync('apt-get', ['update', '-qq'], options);
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
  } catch {
    console.error('The installation did not work; see the lines above.');
  }
}
for (const need of missing) {
  if (!need.there()) console.error(`Missing: ${need.package} (sudo apt-get install ${need.package}). Without it ${need.without}.`);
}
if (!found()) {
  console.error(
    [
      'The browser tests need Chromium or Chrome, and none was found.',
      '  Debian, Ubuntu: sudo apt-get install chromium',
      '  elsewhere: install Chrome or Chromium and set CHROMIUM_PATH=/path/to/the/browser',
      '  everything but the browser tests: npm run test:core',
    ].join('\n'),
  );
  process.exit(1);
}
console.error(`Browser tests use ${found()}`);
