import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { leaveNote } from '../../src/cli/running.js';
import { commandLine } from './recorded-cli.js';

const cli = commandLine();
afterAll(() => cli.remove());

test('no running session is said so', async () => {
  await expect(cli.run('scene', '启动')).rejects.toMatchObject({ code: 'OVR_RUNNING', exit: 2 });
});

test('the scene goes to the running session with its token; a refusal comes back in words', async () => {
  const seen: unknown[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      seen.push({
        method: request.method,
        url: request.url,
        token: request.headers.authorization,
        body: body === '' ? null : JSON.parse(body),
      });
      response.statusCode = request.method === 'DELETE' ? 409 : 200;
      response.end('{"message":"no scene runs"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const away = leaveNote(join(cli.home, 'data'), {
    session: 's-1',
    pid: process.pid,
    ui: `http://127.0.0.1:${(server.address() as AddressInfo).port}/?token=secret`,
  });
  try {
    await cli.run('scene', '启动', '--consent', 'before_consent');
    expect(seen[0]).toEqual({
      method: 'POST',
      url: '/api/sessions/s-1/scene',
      token: 'Bearer secret',
      body: { name: '启动', consent: 'before_consent' },
    });
    await expect(cli.run('scene')).rejects.toMatchObject({ code: 'OVR_SCENE', exit: 2 });
    expect(seen).toHaveLength(1);
    await expect(cli.run('scene', '--end')).rejects.toThrow(/no scene runs/);
  } finally {
    away();
    server.close();
  }
  await expect(cli.run('scene', 'x', '--consent', 'maybe')).rejects.toMatchObject({ code: 'commander.invalidArgument' });
});
