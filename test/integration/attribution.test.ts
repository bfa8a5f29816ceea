import { execFile } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SessionReport } from '../../src/model/report.js';
import { lacking } from '../lacking.js';
import { type Origin, type RunningProgram, runProgram, startOrigin, startProgram, temporaryFolder, until } from './program.js';

const run = promisify(execFile);

/** Clients of this machine stand for the apps of a phone: each takes its ports from a range of its own. */
const SHOP = '41001-41099';
const KEYBOARD = '42001-42099';
const SYSTEM = '43001-43099';
const UNLISTED = '44001-44099';

/** An `adb` whose phone is this machine: its table of sockets, with the user ids of the port ranges above (A029 is 41001). */
const ADB = `#!/bin/sh
case "$*" in
'devices -l') printf 'List of devices attached\\nT1 device model:Test\\n';;
*'pm list packages -U') printf 'package:com.example.shop uid:10123\\npackage:com.example.keyboard uid:10200\\n';;
*'cat /proc/net/tcp /proc/net/tcp6') cat /proc/net/tcp /proc/net/tcp6 | awk '{
  split($2, local, ":"); port = local[2]; uid = ""
  if (port >= "A029" && port <= "A08B") uid = 10123
  if (port >= "A411" && port <= "A473") uid = 10200
  if (port >= "A7F9" && port <= "A85B") uid = 1000
  if (uid != "") { $8 = uid; print }
}';;
*) exit 1;;
esac
`;

describe.skipIf(lacking(process.platform === 'linux', 'a table of sockets in /proc'))(
  'several apps of one phone, told apart by its table of sockets',
  () => {
    const folder = temporaryFolder();
    let origin: Origin;
    let program: RunningProgram;
    const flags = () => ['--upstream-ca', origin.ca, '--category', 'news', '--adb', '--app', 'com.example.shop'];

    beforeAll(async () => {
      writeFileSync(join(folder.path, 'adb'), ADB);
      chmodSync(join(folder.path, 'adb'), 0o755);
      writeFileSync(join(folder.path, 'persona.yaml'), 'phone_number: "13900000000"\n');
      origin = await startOrigin(folder.path);
    });
    afterAll(async () => {
      await origin.close();
      folder.remove();
    });

    const send = (ports: string, ...args: string[]) =>
      run('curl', [
        '-sS',
        '--max-time',
        '10',
        '--rate',
        '1/s',
        '--local-port',
        ports,
        '--cacert',
        program.ca,
        '-d',
        '{"phone":"13900000000"}',
        ...args,
      ]);
    /** Two requests a second apart over one connection: apps keep theirs, and `adb` takes its time to look. */
    const twice = (text: string) => [text, text];
    const url = (path: string) => twice(`https://localhost:${origin.httpsPort}${path}`);

    /**
     * An app that does not trust the certificate. Its tunnel stands silent for a second first, as the spare one of a browser does: a connection
     * that is gone before `adb` has looked is nobody's, and a machine under load took longer to look than a refusal lives.
     */
    const refuse = async (localPort: number): Promise<void> => {
      const socket = connect({ host: '127.0.0.1', port: program.proxyPort, localPort });
      await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
      const opened = new Promise<Buffer>((resolve) => socket.once('data', resolve));
      socket.write(`CONNECT localhost:${origin.httpsPort} HTTP/1.1\r\nHost: localhost:${origin.httpsPort}\r\n\r\n`);
      expect(String(await opened)).toContain(' 200 ');
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      const secured = connectTls({ socket, servername: 'localhost', ca: readFileSync(origin.ca) });
      await new Promise<void>((resolve, reject) => {
        secured.once('error', () => resolve());
        secured.once('secureConnect', () => reject(new Error('the certificate was trusted')));
      });
      socket.destroy();
    };

    test('each request counts for its app; what nobody names stays with the app under test; nothing is lost', {
      timeout: 120_000,
    }, async () => {
      program = await startProgram(folder.path, [...flags(), '--persona', 'persona.yaml'], { ADB: join(folder.path, 'adb') });
      await send(SHOP, '--proxy', program.proxy, ...url('/shop'));
      await send(KEYBOARD, '--proxy', program.proxy, ...url('/keyboard'));
      await send(KEYBOARD, '--proxy', program.proxy, ...twice(`http://127.0.0.1:${origin.httpPort}/keyboard-clear`));
      await send(SYSTEM, '--proxy', program.proxy, ...url('/system'));
      await send(UNLISTED, '--proxy', program.proxy, ...url('/unlisted'));
      await send(UNLISTED, '--proxy', program.proxy, '-H', 'X-Requested-With: com.example.shop', ...url('/webview'));
      await send(UNLISTED, '--proxy', program.socks.replace('socks5://', 'socks5h://com.example.game:x@'), ...url('/game'));
      // What could not be looked into is not the app under test's, either.
      let port = Number(KEYBOARD.split('-')[1]);
      await refuse(port);

      interface Answer {
        readonly counters: { readonly exchanges: number };
        readonly traffic: { readonly apps: ReadonlyArray<{ readonly app: string }> };
        readonly reaches: ReadonlyArray<{ readonly app?: string; readonly reach: string }>;
      }
      const isRefused = ({ reaches }: Answer) =>
        reaches.some(({ app, reach }) => app === 'com.example.keyboard' && reach !== 'decrypted' && reach !== 'cleartext');
      const answer = await until(
        async () => {
          const now = (await program.api(`/api/sessions/${program.session}`)) as Answer;
          // An app tries again, as it would where the phone took longer than a second to answer.
          if (now.counters.exchanges === 14 && !isRefused(now)) {
            port -= 1;
            await refuse(port);
          }
          return now;
        },
        (now) => now.counters.exchanges === 14 && isRefused(now),
        20_000,
      );
      expect(new Set(answer.traffic.apps.map(({ app }) => app))).toEqual(
        new Set(['android:1000', 'com.example.game', 'com.example.keyboard', 'main']),
      );
      const refused = answer.reaches.filter(({ reach }) => reach !== 'decrypted' && reach !== 'cleartext');
      expect(refused.map(({ app }) => app)).toContain('com.example.keyboard');

      const ended = await program.stop();
      expect(ended.stderr).not.toContain('OVR_BUG');
      const { stdout } = await runProgram(folder.path, ['report', program.session, '--format', 'json']);
      const { coverage, findings, exchanges } = JSON.parse(stdout) as SessionReport;
      expect(exchanges.count).toBe(14);
      expect(coverage.attribution).toMatchObject({
        package: 'com.example.shop',
        main: { adb: 2, header: 2, none: 2 },
        others: [
          { app: 'android:1000', kind: 'system', judged: false, exchanges: 2, by: ['adb'] },
          { app: 'com.example.game', kind: 'app', judged: false, exchanges: 2, by: ['user'] },
          { app: 'com.example.keyboard', kind: 'app', judged: false, exchanges: 4, by: ['adb'], unread: ['localhost'] },
        ],
      });
      expect(coverage.hosts).toBe(1);
      const verdicts = findings.filter(({ dataType }) => dataType === 'phone_number').map(({ app, verdict }) => `${app} ${verdict}`);
      expect(verdicts.filter((line) => line.startsWith('main'))).toEqual(['main beyond_necessary']);
      expect(new Set(verdicts.filter((line) => !line.startsWith('main')).map((line) => line.split(' ')[1]))).toEqual(
        new Set(['not_judged']),
      );
      // Judged again, every request is still that of its app.
      const again = await runProgram(folder.path, ['rejudge', program.session, '--json', '--dry-run']);
      expect((JSON.parse(again.stdout) as SessionReport).coverage.attribution).toEqual(coverage.attribution);
    });

    test('incident: what was sent right before the end of a session, of an app that the phone had not named yet, was in no session', async () => {
      writeFileSync(join(folder.path, 'slow'), ADB.replace('| awk', '| (sleep 1; cat) | awk'));
      chmodSync(join(folder.path, 'slow'), 0o755);
      program = await startProgram(folder.path, flags(), { ADB: join(folder.path, 'slow') });
      await send(SHOP, '--proxy', program.proxy, ...url('/late').slice(0, 1));
      await program.post(`/api/sessions/${program.session}/end`, {});
      const { counters } = (await program.api(`/api/sessions/${program.session}`)) as { readonly counters: { readonly exchanges: number } };
      expect(counters.exchanges).toBe(1);
      await program.stop();
    });

    test('a package that is not on the phone is refused before anything is captured', async () => {
      const refusing = ['start', '--adb', '--package', 'com.example.none', '--listen', '127.0.0.1:0', '--ui', '127.0.0.1:0'];
      const refused = await runProgram(folder.path, refusing, { ADB: join(folder.path, 'adb') });
      expect(refused.code).toBe(2);
      expect(refused.stderr).toContain('OVR_ADB_PACKAGE');
    });
  },
);
