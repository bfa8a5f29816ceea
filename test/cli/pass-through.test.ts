import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { leaveNote } from '../../src/cli/running.js';
import { commandLine } from './recorded-cli.js';

const cli = commandLine();
afterAll(() => cli.remove());

test('no running session is said so', async () => {
  await expect(cli.run('pass-through', 'pin.test')).rejects.toMatchObject({ code: 'OVR_RUNNING', exit: 2 });
});

test('on, off and the list, in the running session', async () => {
  const listed = new Set<string>();
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      if (request.method === 'POST') {
        const { host, on } = JSON.parse(body) as { host: string; on: boolean };
        if (on) listed.add(host);
        else listed.delete(host);
      }
      response.end(JSON.stringify({ passedThrough: [...listed] }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const ui = `http://127.0.0.1:${(server.address() as AddressInfo).port}/?token=secret`;
  const away = leaveNote(join(cli.home, 'data'), { session: 's-1', pid: process.pid, ui });
  try {
    expect((await cli.run('pass-through', '--lang', 'en')).stderr).toContain('No host is passed through.');
    await cli.run('pass-through', '*.Bank.test');
    expect((await cli.run('pass-through', 'pin.test')).stdout).toBe('*.bank.test\npin.test\n');
    await expect(cli.run('pass-through', '--off')).rejects.toMatchObject({ code: 'OVR_PASS_THROUGH', exit: 2 });
    expect(JSON.parse((await cli.run('pass-through', 'pin.test', '--off', '--json')).stdout)).toEqual({
      session: 's-1',
      passedThrough: ['*.bank.test'],
    });
  } finally {
    away();
    server.close();
  }
});
