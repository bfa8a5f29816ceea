import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { askClock } from '../../src/cli/clock.js';

async function server(date: string | null): Promise<string> {
  const http = createServer((_, response) => {
    response.sendDate = false;
    if (date !== null) response.setHeader('Date', date);
    response.end();
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void http.close());
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}/`;
}

test('how far apart two clocks are', async () => {
  const told = Date.UTC(2026, 10, 21, 10, 0, 0);
  const url = await server(new Date(told).toUTCString());
  expect(await askClock(url, () => told + 500)).toEqual({ ahead: 0, uncertain: 500 });
  expect((await askClock(url, () => told - 3_600_000)).ahead).toBe(-3_600_500);
});

test('a server that says no time, none at all, and no address', async () => {
  for (const url of [await server(null), await server('yesterday'), 'http://127.0.0.1:1/', 'ftp://x.test/', 'www.example.com'])
    await expect(askClock(url), url).rejects.toMatchObject({ code: 'OVR_CLOCK', exit: 2 });
});
