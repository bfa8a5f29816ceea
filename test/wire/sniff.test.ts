import { expect, it } from 'vitest';
import { PREFACE, sniff } from '../../src/wire/sniff.js';
import { openTap } from './conversation.js';

const cases: Array<[string, string]> = [
  ['', 'more'],
  ['G', 'more'],
  ['GET /', 'http1'],
  ['\r\n\r\nPOST /a HTTP/1.1\r\n', 'http1'],
  // Servers take any white space there (Node does), and what they take is to be read.
  ['POST  /a HTTP/1.1\r\n', 'http1'],
  ['GET\t/', 'http1'],
  ['PRI * HT', 'more'],
  [PREFACE, 'http2'],
  ['PROPFIND /', 'http1'],
  ['\x16', 'more'],
  ['\x16\x03\x01\x02\x00', 'tls-not-decrypted'],
  ['\x10\x0c\x00\x04MQTT\x04\x02\x00', 'mqtt'],
  ['\x10\x0e\x00\x06MQIsdp\x03', 'mqtt'],
  ['\x10zzzzzzzzzz', 'unknown-protocol'],
  ['SSH-2.0-OpenSSH_9.2\r\n', 'unknown-protocol'],
  ['EHLO phone\r\n', 'unknown-protocol'],
  ['*1\r\n$4\r\nPING\r\n', 'unknown-protocol'],
  ['\x00\x01', 'unknown-protocol'],
  [`${'A'.repeat(65)}`, 'unknown-protocol'],
];

it.each(cases)('%j is %s', (text, expected) => {
  expect(sniff(openTap({ alpn: null }), Buffer.from(text, 'latin1'))).toBe(expected);
});

it('holds a connection that agreed on h2 to it', () => {
  expect(sniff(openTap({ alpn: 'h2' }), Buffer.from('GET / HTTP/1.1\r\n'))).toBe('http2-preface');
});
