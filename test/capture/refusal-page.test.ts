import { expect, test } from 'vitest';
import { causeOf } from '../../src/capture/causes.js';
import { refusalPage } from '../../src/capture/refusal-page.js';

test('a whole answer that ends the connection, in both languages, with its code', () => {
  const page = refusalPage(403, causeOf('OVR_DESTINATION_LOOPBACK', { host: '127.0.0.1', port: 80 })).toString();
  const [head = '', body = ''] = page.split('\r\n\r\n');
  expect(head).toMatch(/^HTTP\/1.1 403 Forbidden\r\n/);
  expect(head).toContain('Connection: close');
  expect(head).toContain('Overreach-Error: OVR_DESTINATION_LOOPBACK');
  expect(Number(/Content-Length: (\d+)/.exec(head)?.[1])).toBe(Buffer.byteLength(body));
  expect(body).toMatch(/回环地址.*loopback/s);
});

test('a hostile host name is text', () => {
  const page = refusalPage(502, causeOf('OVR_UPSTREAM_DNS', { host: '<script>alert(1)</script>"\'&', port: 1 })).toString();
  expect(page).not.toContain('<script>');
  expect(page).toContain("default-src 'none'");
});

test('HEAD gets the head, 407 asks for a name', () => {
  expect(refusalPage(502, causeOf('OVR_UPSTREAM_TLS', { host: 'h', port: 1 }), true).toString()).toMatch(/\r\n\r\n$/);
  expect(refusalPage(407, causeOf('OVR_PROXY_CREDENTIALS', { host: '', port: 0 })).toString()).toContain('Proxy-Authenticate: Basic');
});
