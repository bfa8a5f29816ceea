import { expect, test } from 'vitest';
import { readEntry } from '../../src/capture/har-entry.js';
import { RULES_DIR } from '../../src/cli/place.js';
import { limits } from '../../src/limits.js';
import { LIMIT_WORDS } from '../../src/model/limit-words.js';
import { loadRulebook } from '../../src/rulebook/load.js';
import { createAssembly } from '../../src/session/assembly.js';
import { createAudit } from '../../src/session/audit.js';
import { auditExchanges } from '../../src/session/recorded.js';
import { boundsIn } from '../../src/session/warnings.js';
import { openTap } from '../wire/conversation.js';
import { sessionOf, sinkOf } from './traffic.js';

const rulebook = loadRulebook({ dir: RULES_DIR });
const options = { session: sessionOf(), rulebook, persona: null, tagKey: new Uint8Array(32) };

/** Bounds that the audit of this connection tells its sink of. */
function told(up: string, down = ''): string[] {
  const names: string[] = [];
  const sink = sinkOf({ limit: (name) => void names.push(name) });
  const audit = createAudit({ ...options, sink });
  const assembly = createAssembly(audit, () => audit.nextSeq());
  assembly.tap(openTap());
  for (const [direction, text] of [['up', up] as const, ['down', down] as const])
    if (text !== '') assembly.tap({ type: 'bytes', connection: 'c1', at: 1, direction, bytes: Buffer.from(text, 'latin1') });
  assembly.tap({ type: 'close', connection: 'c1', at: 2, bytesUp: 0, bytesDown: 0, failure: null });
  return names;
}

const many = 'x-a: b\r\n'.repeat(limits.httpHeaderCount + 1);

test('incident: header fields beyond the bound were not read, and no report said so', () => {
  expect(told(`GET / HTTP/1.1\r\nHost: shop.example\r\n${many}\r\n`)).toEqual(['httpHeaderCount']);
});

test('of what only came in the bound is told once, with the end of the exchange', () => {
  expect(told('GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n', `HTTP/1.1 200 OK\r\ncontent-length: 0\r\n${many}\r\n`)).toEqual([
    'httpHeaderCount',
  ]);
});

test('incident: requests hidden in ambiguous framing beyond the bound were not read, and no report said so', () => {
  const ambiguous = (hidden: number) => {
    const body = 'GET /x HTTP/1.1\r\n\r\n'.repeat(hidden);
    const size = `${body.length.toString(16)}\r\n`;
    const lengths = `Content-Length: ${size.length}\r\nTransfer-Encoding: chunked`;
    return told(`POST / HTTP/1.1\r\nHost: shop.example\r\n${lengths}\r\n\r\n${size}${body}\r\n0\r\n\r\n`);
  };
  expect(ambiguous(1)).toEqual([]);
  expect(ambiguous(limits.wireReadings + 4)).toEqual(['wireReadings']);
});

test('incident: of a recorded stream the messages beyond the bound were not read, and check called the recording whole', () => {
  const message = { type: 'send', time: 1_700_000_000, opcode: 1, data: 'a' };
  const entry = {
    request: { method: 'GET', url: 'https://shop.example/socket' },
    _webSocketMessages: Array.from({ length: limits.streamMessages + 1 }, () => message),
  };
  expect(auditExchanges([readEntry(entry, 0)], options).traffic.limitsReached).toEqual({ streamMessages: 1 });
});

test('incident: a binary request that its tool wrote as text, bytes lost, counted as read; of a response nothing is judged', () => {
  const damaged = { mimeType: 'application/octet-stream', text: '\n\ufffd\u0002\ufffdabc' };
  const entry = { request: { method: 'POST', url: 'https://shop.example/', postData: damaged } };
  expect(auditExchanges([readEntry(entry, 0)], options).traffic.limitsReached).toEqual({ decodeFault: 1 });
  const answered = {
    request: { method: 'GET', url: 'https://shop.example/' },
    response: { status: 200, content: { size: 7, ...damaged } },
  };
  expect(auditExchanges([readEntry(answered, 0)], options).traffic.limitsReached).toEqual({});
});

test('each has words for the report; what is told in another way is not told twice', () => {
  const codes = [
    'limit-httpHead',
    'limit-httpHeaderCount',
    'limit-wireHeld',
    'limit-wireEarly',
    'limit-wireReadings',
    'har-messages-cut',
    'har-body-damaged',
  ];
  const names = boundsIn(codes.map((code) => ({ code, detail: '' })));
  expect(names).toHaveLength(codes.length);
  expect(names.filter((name) => !LIMIT_WORDS.has(name))).toEqual([]);
  expect(boundsIn(['limit-bodyKept', 'limit-wsMessage', 'gap'].map((code) => ({ code, detail: '' })))).toEqual([]);
});
