import { expect, test } from 'vitest';
import { ResponseWatch } from '../../src/capture/response-watch.js';

/** Feeds the text in pieces; returns what would go on to the phone. */
function feed(watch: ResponseWatch, text: string, size = text.length): string {
  const bytes = Buffer.from(text, 'latin1');
  let out = '';
  for (let at = 0; at < bytes.length && !watch.unsolicited; at += size) {
    const part = bytes.subarray(at, at + size);
    out += part.subarray(0, watch.read(part)).toString('latin1');
  }
  return out;
}

const ANSWERS =
  'HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcHTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n';

test('idle when all pipelined answers have come, at every piece size, and not before', () => {
  for (let size = 1; size <= ANSWERS.length; size++) {
    const watch = new ResponseWatch();
    for (const method of ['GET', 'DELETE', 'HEAD', 'GET']) watch.asked(method, false);
    expect(feed(watch, ANSWERS.slice(0, -1), size)).toBe(ANSWERS.slice(0, -1));
    expect(watch.idle).toBe(false);
    feed(watch, ANSWERS.slice(-1));
    expect([watch.idle, watch.last, watch.unsolicited, watch.finals]).toEqual([true, false, false, 4]);
  }
});

test('what follows the last answer is not let through', () => {
  const watch = new ResponseWatch();
  watch.asked('GET', false);
  const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
  expect(feed(watch, `${answer}HTTP/1.1 200 OK\r\n\r\npoison`)).toBe(answer);
  expect(watch.unsolicited).toBe(true);
});

test.each([
  ['no length', 'HTTP/1.1 200 OK\r\n\r\n'],
  ['close', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n'],
  ['HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n'],
  ['ambiguous', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n'],
  ['junk', 'NOT HTTP\r\n\r\n'],
])('%s: this answer ends with the connection, and all of it passes', (_, head) => {
  const watch = new ResponseWatch();
  watch.asked('GET', false);
  expect(feed(watch, `${head}okHTTP/1.1 200 OK`)).toBe(`${head}okHTTP/1.1 200 OK`);
  expect(watch.last).toBe(true);
});

test('HTTP/1.0 may keep the connection', () => {
  const watch = new ResponseWatch();
  watch.asked('GET', false);
  feed(watch, 'HTTP/1.0 200 OK\r\nContent-Length: 2\r\nConnection: Keep-Alive\r\n\r\nok');
  expect([watch.last, watch.idle]).toEqual([false, true]);
});

test('101 makes another protocol of it, but only where it was asked for', () => {
  const watch = new ResponseWatch();
  watch.asked('GET', true);
  feed(watch, 'HTTP/1.1 101 Switching Protocols\r\n\r\n\x81\x00');
  expect(watch.upgraded).toBe(true);
  const other = new ResponseWatch();
  other.asked('GET', false);
  feed(other, 'HTTP/1.1 101 Switching Protocols\r\n\r\n');
  expect([other.upgraded, other.idle]).toEqual([false, false]);
});

test('an endless head is passed on and not held', () => {
  const watch = new ResponseWatch();
  watch.asked('GET', false);
  feed(watch, `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(70_000)}`, 10_000);
  expect(watch.last).toBe(true);
});
