import { expect, test } from 'vitest';
import { http3Offered } from '../../src/session/http3.js';

test.each([
  ['h3=":443"; ma=86400', true],
  ['h3-29=":443"', true],
  ['h2="alt.example:443", h3=":443"', true],
  ['clear', false],
  ['h2="h3.example:443"', false],
  ['', false],
])('Alt-Svc %j: %s', (value, offers) => {
  expect(http3Offered([['Alt-Svc', value]])?.code ?? null).toBe(offers ? 'OVR_HTTP3_OFFERED' : null);
});

test('other headers offer nothing, and the words are in both languages', () => {
  expect(http3Offered([['X-Alt-Svc', 'h3=":443"']])).toBeNull();
  const text = http3Offered([['alt-svc', 'h3=":443"']])?.text;
  expect(text?.zh).toMatch(/QUIC/);
  expect(text?.en).toMatch(/QUIC/);
});
