import { spawn } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Addresses, MAIN, type Origin, runProgram, startOrigin, temporaryFolder, until } from './program.js';

const FILES = 256;
const folder = temporaryFolder();
let origin: Origin;

beforeAll(async () => {
  origin = await startOrigin(folder.path);
});
afterAll(async () => {
  await origin.close();
  folder.remove();
});

/** `overreach start` where the system lets it open few files. */
function startBounded() {
  const args = [MAIN, 'start', '--json', '--listen', '127.0.0.1:0', '--ui', '127.0.0.1:0', '--allow-loopback', '--category', 'news'];
  const env = { PATH: process.env.PATH, HOME: folder.path, NO_COLOR: '1', OVERREACH_DATA_DIR: join(folder.path, 'data') };
  const child = spawn('sh', ['-c', `ulimit -n ${FILES}; exec "$@"`, 'sh', process.execPath, ...args], { env });
  let [said, told] = ['', ''];
  child.stdout.on('data', (text) => {
    said += text;
  });
  child.stderr.on('data', (text) => {
    told += text;
  });
  return { child, said: async () => said, told: () => told };
}

test.runIf(process.platform === 'linux')(
  'incident: with 256 files the program did not start, and what the system closed of its own accord was told to nobody',
  { timeout: 60_000 },
  async () => {
    const program = startBounded();
    const line = await until(program.said, (text) => text.includes('\n'));
    const { proxy, ui, session } = JSON.parse(line.slice(0, line.indexOf('\n'))) as Addresses;
    const bound = Number(/at most (\d+) connections at once/.exec(program.told())?.[1]);
    expect(bound).toBeGreaterThan(30);

    const ask = (name: string) =>
      new Promise<{ socket: Socket; answer: string }>((resolve) => {
        const socket = connect(Number(new URL(proxy).port), '127.0.0.1');
        let answer = '';
        socket.on('error', () => undefined);
        socket.on('close', () => resolve({ socket, answer }));
        socket.on('data', (bytes) => {
          answer += bytes;
          if (answer.includes('\r\n\r\n')) resolve({ socket, answer });
        });
        socket.write(`GET http://localhost:${origin.httpPort}/${name} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      });
    const kept: Socket[] = [];
    let [served, refused] = [0, 0];
    for (let n = 0; n < bound + 20; n += 1) {
      const { socket, answer } = await ask(`r${n}`);
      kept.push(socket);
      if (answer.startsWith('HTTP/1.1 200')) served += 1;
      if (answer.startsWith('HTTP/1.1 429')) refused += 1;
    }
    expect([served, refused]).toEqual([bound, 20]);
    expect(program.told()).toContain('OVR_PEER_CROWDED');

    // Its threads for reports open files of their own, and must find room for them.
    const { origin: at, searchParams } = new URL(ui);
    const report = await fetch(`${at}/api/sessions/${session}/report?format=json`, {
      headers: { authorization: `Bearer ${searchParams.get('token')}` },
    });
    expect(report.status).toBe(200);

    for (const socket of kept) socket.destroy();
    await until(
      () => ask('after'),
      ({ socket, answer }) => {
        socket.destroy();
        return answer.startsWith('HTTP/1.1 200');
      },
    );
    program.child.kill('SIGTERM');
    await new Promise((resolve) => program.child.once('close', resolve));
    const { stdout } = await runProgram(folder.path, ['sessions', 'show', session, '--json']);
    const { coverage } = JSON.parse(stdout) as { coverage: { notInspected: Array<{ host: string; connections: number; code: string }> } };
    const turnedAway = coverage.notInspected.filter(({ code }) => code === 'OVR_TOO_MANY_CONNECTIONS');
    expect(turnedAway).toMatchObject([{ host: 'localhost' }]);
    expect(turnedAway[0]?.connections).toBeGreaterThanOrEqual(20);
  },
);
