import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeBytes, decodeStreamMessage } from '../../../src/decode/index.js';
import { nearMisses } from '../near-misses.js';
import { opened, streamMessage, values } from '../sample.js';

/** A text behind its length, and a packet behind its own, by hand after MQTT 3.1.1. */
const sized = (content: string | Buffer): Buffer => {
  const bytes = Buffer.from(content as Buffer);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
};
const packet = (first: number, ...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  const size = content.length < 128 ? [content.length] : [(content.length & 127) | 128, content.length >> 7];
  return Buffer.concat([Buffer.from([first, ...size]), content]);
};
const DOCUMENT =
  '{"imei":"860000000000001","note":"a text that is long enough for a second byte of the length of the packet, so that both are read"}';
const message = (content: Buffer) => values(decodeStreamMessage(streamMessage('ws', content)));

test('what is published, as it is and compressed, with a number and with properties', () => {
  expect(message(packet(0x30, sized('u/x'), Buffer.from(DOCUMENT)))).toMatchObject({
    'ws[0]|mqtt[0].topic': 'u/x',
    'ws[0]|mqtt[0].payload|json$.imei': '860000000000001',
  });
  expect(Object.values(message(packet(0x32, sized('u/x'), Buffer.from([0, 7]), gzipSync(DOCUMENT))))).toContain('860000000000001');
  expect(Object.values(message(packet(0x30, sized('u/x'), Buffer.from([0]), Buffer.from(DOCUMENT))))).toContain('860000000000001');
});

test('who connects, and several packets in one message', () => {
  const connect = (version: number) =>
    packet(
      0x10,
      sized('MQTT'),
      Buffer.from([version, 0xc6, 0, 60, ...(version === 5 ? [0] : [])]),
      sized('860000000000001'),
      Buffer.from(version === 5 ? [0] : []),
      sized('gone'),
      sized('bye'),
      sized('lin'),
      sized('a word'),
    );
  for (const version of [4, 5])
    expect(message(connect(version)), String(version)).toEqual({
      'ws[0]|mqtt[0].clientId': '860000000000001',
      'ws[0]|mqtt[0].willTopic': 'gone',
      'ws[0]|mqtt[0].willMessage': 'bye',
      'ws[0]|mqtt[0].username': 'lin',
      'ws[0]|mqtt[0].password': 'a word',
    });
  const both = Buffer.concat([connect(4), packet(0x82, Buffer.from([0, 1]), sized('u/860000000000001'), Buffer.from([1]))]);
  expect(message(both)).toMatchObject({ 'ws[0]|mqtt[1].topic': 'u/860000000000001' });
});

test('noise, texts and packets that break off are none', () => {
  for (let i = 0; i < 300; i++) {
    const noise = createHash('sha512').update(`mqtt ${i}`).digest();
    for (const first of [0x10, 0x30, 0x32, 0x82]) {
      noise[0] = first;
      noise[1] = noise.length - 2;
      expect(Object.keys(values(decodeBytes(noise, 'body'))).some((path) => path.includes('mqtt'))).toBe(false);
    }
  }
  const whole = packet(0x30, sized('u/x'), Buffer.from(DOCUMENT));
  expect(Object.keys(message(whole.subarray(0, -1))).some((path) => path.includes('mqtt'))).toBe(false);
  expect(opened('0 is a number', 'text/plain')).toMatchObject({ 'body.text': '0 is a number' });
});

test('topics beyond those that are kept of a message are told, and not made', () => {
  const topics = Buffer.alloc(150_000, Buffer.concat([sized('ab'), Buffer.from([0])]));
  const size = topics.length + 2;
  const head = Buffer.from([0x82, (size & 127) | 128, ((size >> 7) & 127) | 128, size >> 14, 0, 1]);
  const { limits } = decodeStreamMessage(streamMessage('ws', Buffer.concat([head, topics])));
  expect(limits).toContainEqual({ path: 'ws[0]|mqtt[0]', limit: 'decodeFields' });
});

nearMisses('mqtt', { content: packet(0x30, sized('u/x'), Buffer.from(DOCUMENT)) });
