import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createPhone } from '../../../src/cli/demo/phone.js';

test('a proxy that refuses is named, with what to do', async () => {
  const server = createServer();
  server.on('connect', (_request, socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const phone = createPhone({ proxy: { host: '127.0.0.1', port: (server.address() as AddressInfo).port }, ca: '', userAgent: 'x' });
  await expect(phone.send({ host: 'api.example.test', path: '/' })).rejects.toMatchObject({
    code: 'OVR_DEMO_PHONE',
    message: expect.stringContaining('403'),
  });
  server.close();
});
