import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { proxiedRoute } from '../../../scripts/conformance/route.js';
import { Wire } from '../../../scripts/conformance/wire.js';
import { openStore } from '../../../src/store/index.js';
import { startProgram, temporaryFolder, until } from '../program.js';

/** A scripted adb whose phone is this machine: the table it prints is the kernel's own, so its layout is not our invention. */
const ADB = `#!/bin/sh
case "$*" in
'devices -l') printf 'List of devices attached\\nA1 device model:Lab\\n';;
'-s A1 shell cat /proc/net/tcp /proc/net/tcp6') cat /proc/net/tcp /proc/net/tcp6 2>/dev/null;;
'-s A1 shell pm list packages -U') echo "package:com.example.shop uid:$(id -u)";;
*) exit 1;;
esac
`;

test.runIf(process.platform === 'linux')('start --adb: a recorded exchange names the app that sent it', async () => {
  const folder = temporaryFolder();
  onTestFinished(() => folder.remove());
  const tools = join(folder.path, 'tools');
  mkdirSync(tools);
  writeFileSync(join(tools, 'adb'), ADB);
  chmodSync(join(tools, 'adb'), 0o755);
  const path = process.env.PATH;
  process.env.PATH = `${tools}:${path}`;
  onTestFinished(() => {
    process.env.PATH = path;
  });
  const origin = createServer((_request, response) => response.end('END'));
  await new Promise<void>((resolve) => origin.listen(0, '127.0.0.1', () => resolve()));
  onTestFinished(() => void origin.close());
  const port = (origin.address() as AddressInfo).port;

  const program = await startProgram(folder.path, ['--adb']);
  const { socket, prefix } = await proxiedRoute('', program.proxyPort, '').plain('localhost', port);
  const wire = new Wire(socket);
  wire.send(`GET ${prefix}/x HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
  await wire.sees('END');
  await until(
    () => program.api(`/api/sessions/${program.session}`) as Promise<{ counters: { exchanges: number } }>,
    ({ counters }) => counters.exchanges === 1,
  );
  socket.destroy();
  expect((await program.stop()).code).toBe(0);
  const store = openStore({ dir: join(folder.path, 'data'), readOnly: true });
  try {
    expect([...store.exchanges(program.session)].map(({ client }) => client?.user)).toEqual(['com.example.shop']);
  } finally {
    store.close();
  }
});
