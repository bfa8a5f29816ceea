import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { captureOptions, refusePasswordInFlag } from '../../src/cli/capture-options.js';
import { readSettings } from '../../src/cli/settings.js';
import { lacking } from '../lacking.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'overreach-capture-options-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const settingsOf = (env: NodeJS.ProcessEnv = {}) => readSettings({}, { env: { HOME: folder, ...env }, cwd: folder });
const file = (text: string, mode = 0o600): string => {
  const path = join(folder, 'credentials');
  writeFileSync(path, text, { mode });
  chmodSync(path, mode);
  return path;
};

test('what nobody set leaves the proxy as it is', () => {
  const options = captureOptions(settingsOf());
  expect(options).toMatchObject({ passThrough: [], autoPassThroughAfter: 0, insecureHosts: [], noProxy: [], allowLoopback: false });
  for (const key of ['upstreamCa', 'parentProxy', 'magicHost', 'allowedPeers', 'credentials']) expect(options).not.toHaveProperty(key);
});

test('every setting of the environment reaches the proxy', () => {
  const options = captureOptions(
    settingsOf({
      OVERREACH_PARENT_PROXY: 'http://user:word@proxy.example:3128',
      OVERREACH_DIRECT_HOST: 'intra.example,other.example',
      OVERREACH_INSECURE_HOST: 'test.example',
      OVERREACH_AUTO_PASS_THROUGH: '3',
      OVERREACH_MAGIC_HOST: 'audit.example',
      OVERREACH_ALLOW_PEER: '192.168.1.20,fd00::/8',
      OVERREACH_PASS_THROUGH: 'pinned.example',
      OVERREACH_CREDENTIALS_FILE: file('tester:a:b\n'),
    }),
  );
  expect(options).toMatchObject({
    parentProxy: 'http://user:word@proxy.example:3128',
    noProxy: ['intra.example', 'other.example'],
    insecureHosts: ['test.example'],
    autoPassThroughAfter: 3,
    magicHost: 'audit.example',
    allowedPeers: ['192.168.1.20', 'fd00::/8'],
    passThrough: ['pinned.example'],
    credentials: { user: 'tester', password: 'a:b' },
  });
});

describe('a file of credentials', () => {
  test.each(['tester', ':word', 'tester:', 'tester:word\nother:word\n', '', `tester:${'x'.repeat(5_000)}`])('%j is none', (text) => {
    const env = { OVERREACH_CREDENTIALS_FILE: file(text) };
    expect(() => captureOptions(settingsOf(env))).toThrow(expect.objectContaining({ code: 'OVR_CREDENTIALS_FILE' }));
  });

  test.skipIf(lacking(process.platform !== 'win32', 'rights of files by POSIX'))(
    'that others can read is refused, with the way out',
    () => {
      const path = file('tester:word', 0o644);
      expect(() => captureOptions(settingsOf({ OVERREACH_CREDENTIALS_FILE: path }))).toThrow(
        expect.objectContaining({ code: 'OVR_CREDENTIALS_FILE', next: `chmod 600 ${path}` }),
      );
    },
  );

  test('that is not there', () => {
    expect(() => captureOptions(settingsOf({ OVERREACH_CREDENTIALS_FILE: join(folder, 'none') }))).toThrow(
      expect.objectContaining({ code: 'OVR_FILE' }),
    );
  });
});

test('a password does not stand on the command line', () => {
  for (const url of ['http://user:word@proxy.example:3128', 'socks5://u@p:1', 'http://a:b@c@d:1'])
    expect(() => refusePasswordInFlag(url)).toThrow(expect.objectContaining({ code: 'OVR_PARENT_PROXY_PASSWORD' }));
  for (const url of [undefined, 'http://proxy.example:3128', 'socks5://[::1]:1080', 'http://proxy.example/@']) refusePasswordInFlag(url);
});
