// Browser tests need a Chromium. Finds one, or installs Debian's where that is possible, or says what to do.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const places = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const found = () => places.find((path) => path && existsSync(path));

if (!found() && process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
  console.error('Chromium is missing: installing the distribution package (apt-get install chromium) ...');
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  try {
    execFileSync('apt-get', ['update', '-qq'], options);
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk', 'libnss3-tools'], options);
  } catch {
    console.error('The installation did not work; see the lines above.');
  }
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
