import { request } from 'node:https';
import { expect, test } from 'vitest';
import { FIRST_PARTY, HOSTS, startOrigins } from '../../../src/cli/demo/origins.js';

test('one loopback server answers for every invented host under its own certificate', async () => {
  const origins = await startOrigins();
  try {
    for (const host of Object.values(HOSTS)) {
      const status = await new Promise<number | undefined>((resolve, reject) => {
        request(
          { host: '127.0.0.1', port: origins.port, servername: host, ca: origins.certificate, path: '/', agent: false },
          (response) => {
            response.resume();
            resolve(response.statusCode);
          },
        )
          .on('error', reject)
          .end();
      });
      expect(status, host).toBe(200);
      expect(host).toMatch(/\.test$/);
    }
    expect(HOSTS.api.endsWith(FIRST_PARTY)).toBe(true);
  } finally {
    await origins.close();
  }
});
