import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { limits } from '../../../src/limits.js';
import { dial, startLab, until } from '../lab.js';

async function ask(port: number, line: string, headers = ''): Promise<{ readonly head: string; readonly body: Buffer }> {
  const wire = await dial(port);
  wire.socket.write(`${line} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${headers}\r\n`);
  await until(() => wire.ended);
  const end = wire.received.indexOf('\r\n\r\n');
  return { head: wire.received.toString('latin1', 0, end), body: wire.received.subarray(end + 4) };
}

test('every download is the certificate, and nothing else', async () => {
  const { port, capture } = await startLab();
  const fingerprint = capture.authority.fingerprint;
  for (const path of ['/ca.crt', '/ca.pem', '/ca.cer', '/ca.0'])
    expect(new X509Certificate((await ask(port, `GET ${path}`)).body).fingerprint256).toBe(fingerprint);
  expect((await ask(port, 'GET /ca.0')).head).toContain(`filename="${capture.authority.subjectHashOld}.0"`);
  const profile = await ask(port, 'GET /ca.mobileconfig');
  expect(profile.head).toContain('application/x-apple-aspen-config');
  expect(profile.head).not.toContain('Content-Disposition');
  expect(capture.devices()[0]?.lights.downloaded).toBe(true);
});

test('a page has a CSP without inline script, and lets only the probe load from elsewhere', async () => {
  const { port } = await startLab();
  const direct = await ask(port, 'GET /', 'Accept-Language: en\r\n');
  expect(direct.head).toMatch(/Content-Security-Policy: default-src 'none'; style-src 'self'; script-src 'self'/);
  expect(direct.head).toContain(`img-src 'self' https://127.0.0.1:${port};`);
  expect(direct.head).not.toContain('unsafe');
  expect(direct.body.toString()).toContain('<html lang="en">');
  const proxied = await ask(port, 'GET http://overreach.test/ios?lang=zh-CN');
  expect(proxied.head).toContain("img-src 'self' https://overreach.test;");
});

describe('what it does not answer', () => {
  test.each([
    'GET /../../etc/passwd',
    'GET /%2e%2e/x',
    'GET //',
    'GET /ca.key',
    'GET /constructor',
    'GET /__proto__',
    'GET /ca.crt/',
    'GET /%00',
  ])('%s', async (line) => {
    const { port } = await startLab();
    expect((await ask(port, line)).head).toMatch(/^HTTP\/1.1 404/);
  });

  test.each(['POST /', 'PUT /ca.crt', 'DELETE /', 'TRACE /'])('%s', async (line) => {
    const { port } = await startLab();
    expect((await ask(port, line)).head).toMatch(/^HTTP\/1.1 405/);
  });

  test('one address asking without end', async () => {
    let now = 0;
    const { port } = await startLab({ recordNow: () => now });
    for (let count = 0; count < limits.onboardingPerMinute; count += 50)
      await Promise.all(Array.from({ length: 50 }, () => ask(port, 'GET /site.css')));
    expect((await ask(port, 'GET /site.css')).head).toMatch(/^HTTP\/1.1 429/);
    now = 61_000;
    expect((await ask(port, 'GET /site.css')).head).toMatch(/^HTTP\/1.1 200/);
  });
});

test('a hostile Host, language and agent do not come into the page', async () => {
  const { port } = await startLab();
  const wire = await dial(port);
  wire.socket.write(
    'GET /?lang=%22%3E%3Cb%3E HTTP/1.1\r\nHost: <script>x</script>:1\r\nUser-Agent: "><b>\r\nAccept-Language: "><b>\r\n\r\n',
  );
  await until(() => wire.ended);
  expect(wire.text).not.toMatch(/<script>|<b>/);
});

test('the PAC file names the address the phone has reached', async () => {
  const { port } = await startLab();
  const { head, body } = await ask(port, 'GET /proxy.pac');
  expect(head).toContain('application/x-ns-proxy-autoconfig');
  expect(body.toString()).toContain(`PROXY 127.0.0.1:${port}`);
});
