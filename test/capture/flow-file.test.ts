import { describe, expect, test } from 'vitest';
import { isFlowFile, readFlows } from '../../src/capture/flow-file.js';
import type { Missed } from '../../src/capture/har.js';
import { InputError } from '../../src/errors.js';
import type { Exchange } from '../../src/model/exchange.js';
import { tnetstring } from './tnetstring-writer.js';

const b = (text: string) => Buffer.from(text, 'utf8');

/** A flow as mitmproxy 9 to 12 write it; `old` has the names of 7 and 8. */
function flow(part: Record<string, unknown> = {}, { version = 20, old = false } = {}): Buffer {
  const client = { timestamp_start: 1_767_225_600.5, timestamp_tls_setup: 1_767_225_600.6, tls: true };
  return tnetstring({
    version,
    type: 'http',
    id: 'x',
    is_replay: null,
    error: null,
    websocket: null,
    client_conn: { ...client, [old ? 'address' : 'peername']: ['192.0.2.7', 51_000] },
    server_conn: { address: ['api.example.test', 443], [old ? 'ip_address' : 'peername']: ['198.51.100.9', 443] },
    request: {
      http_version: b('HTTP/2.0'),
      method: b('POST'),
      scheme: b('https'),
      authority: b('api.example.test'),
      host: 'api.example.test',
      port: 443,
      path: b('/v1?手=1#x'),
      headers: [
        [b(':authority'), b('api.example.test')],
        [b('content-type'), b('application/json')],
        [b('x-name'), b('机')],
      ],
      trailers: null,
      content: b('{"imei":"490154203237518"}'),
      timestamp_start: 1_767_225_601.25,
      timestamp_end: 1_767_225_601.5,
    },
    response: {
      http_version: b('HTTP/2.0'),
      status_code: 200,
      reason: b(''),
      headers: [[b('content-encoding'), b('gzip')]],
      trailers: [[b('x-t'), b('1')]],
      content: Buffer.from([0x1f, 0x8b, 8]),
      timestamp_start: 1_767_225_601.75,
      timestamp_end: 1_767_225_602.125,
    },
    ...part,
  });
}

function read(bytes: Uint8Array, size = bytes.length): { exchanges: Exchange[]; missed: Missed[] } {
  const missed: Missed[] = [];
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
  return { exchanges: [...readFlows(pieces, 'x.mitm', (what) => void missed.push(what))], missed };
}

function refusal(bytes: Uint8Array): string {
  try {
    return `accepted ${[...readFlows([bytes], 'x.mitm')].length}`;
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).next).toMatch(/hardump|Save/);
    return (error as InputError).code;
  }
}

describe('an HTTP flow', () => {
  test('keeps bytes, headers, times and addresses', () => {
    const { exchanges, missed } = read(flow());
    expect(missed).toEqual([]);
    expect(exchanges).toHaveLength(1);
    const [exchange] = exchanges;
    expect(exchange).toMatchObject({
      seq: 0,
      source: 'har',
      client: { address: '192.0.2.7', port: 51_000, user: null },
      serverAddress: '198.51.100.9',
      secure: true,
      startedAt: 1_767_225_601_250,
      requestEndedAt: 1_767_225_601_500,
      responseStartedAt: 1_767_225_601_750,
      endedAt: 1_767_225_602_125,
      failure: null,
      warnings: [],
      request: {
        method: 'POST',
        httpVersion: '2',
        headers: [
          ['content-type', 'application/json'],
          ['x-name', b('机').toString('latin1')],
        ],
      },
      response: { status: 200, trailers: [['x-t', '1']], body: { size: 3, truncated: false } },
    });
    expect(exchange?.request.url).toBe(`https://api.example.test/v1?${b('手').toString('latin1')}=1`);
    expect(Buffer.from(exchange?.request.body.bytes ?? []).toString()).toBe('{"imei":"490154203237518"}');
  });

  test.each([12, 13, 17, 18, 19, 21])('of version %i', (version) => {
    const [exchange] = read(flow({}, { version, old: version < 19 })).exchanges;
    expect(exchange).toMatchObject({ client: { address: '192.0.2.7' }, serverAddress: '198.51.100.9', request: { method: 'POST' } });
  });

  test('without an answer says why, and a name behind a transparent proxy is the one asked for', () => {
    const request = {
      http_version: b('HTTP/1.1'),
      method: b('GET'),
      scheme: b('http'),
      authority: b(''),
      host: '203.0.113.4',
      port: 8080,
      path: b('/'),
      headers: [[b('Host'), b('app.example.test:8080')]],
      trailers: null,
      content: null,
      timestamp_start: 1_767_225_601.25,
      timestamp_end: null,
    };
    const [exchange] = read(flow({ request, response: null, error: { msg: 'connection refused', timestamp: 1_767_225_603.5 } })).exchanges;
    expect(exchange).toMatchObject({
      secure: false,
      requestEndedAt: null,
      responseStartedAt: null,
      endedAt: 1_767_225_603_500,
      response: null,
      failure: { code: 'no-response', detail: 'connection refused' },
      request: { url: 'http://app.example.test:8080/', httpVersion: '1.1', body: { truncated: true, size: 0 } },
    });
    expect(exchange?.warnings.map(({ code }) => code)).toEqual(['har-body-missing']);
  });

  test('with WebSocket messages: what the tester injected was sent by nobody', () => {
    const messages = [
      [1, true, b('{"a":1}'), 1_767_225_604.5, false, false],
      [2, false, Buffer.from([1, 2]), 1_767_225_605.5, false, false],
      [1, true, b('injected'), 1_767_225_606.5, false, true],
      [9, true, b(''), 1_767_225_606.5, false, false],
    ];
    const [exchange] = read(flow({ websocket: { messages, closed_by_client: true, close_code: 1000 } })).exchanges;
    expect(exchange?.messages.map(({ index, direction, kind, text, at, body }) => [index, direction, kind, text, at, body.size])).toEqual([
      [0, 'request', 'ws', true, 1_767_225_604_500, 7],
      [1, 'response', 'ws', false, 1_767_225_605_500, 2],
    ]);
  });

  test('that the tester sent again says so', () => {
    expect(read(flow({ is_replay: 'request' })).exchanges[0]?.warnings.map(({ code }) => code)).toEqual(['flow-replayed']);
  });
});

describe('other flows', () => {
  test('TCP becomes one body of what the phone sent', () => {
    const messages = [
      [true, b('imei=4901'), 1_767_225_601.5],
      [false, b('ok'), 1_767_225_601.75],
      [true, b('54203237518'), 1_767_225_602.5],
    ];
    const [exchange] = read(flow({ type: 'tcp', messages })).exchanges;
    expect(exchange?.request).toMatchObject({ method: 'RAW', url: 'https://api.example.test:443/', body: { size: 20 } });
    expect(Buffer.from(exchange?.request.body.bytes ?? []).toString()).toBe('imei=490154203237518');
    expect(exchange).toMatchObject({ startedAt: 1_767_225_601_500, endedAt: 1_767_225_602_500 });
  });

  test('DNS is passed over, an unknown type is told; numbers stay those of the flows', () => {
    const { exchanges, missed } = read(Buffer.concat([flow({ type: 'dns' }), flow({ type: 'smoke' }), flow()]));
    expect(exchanges.map(({ seq }) => seq)).toEqual([2]);
    expect(missed).toMatchObject([{ code: 'OVR_FLOW_TYPE' }]);
  });
});

describe('files', () => {
  test('are recognised by the length of a dictionary and of its first key', () => {
    expect(isFlowFile(flow())).toBe(true);
    for (const text of ['{"log":', '12:', '5:hello,', '', '2026-01-01 12:30:00 GET']) expect(isFlowFile(b(text))).toBe(false);
  });

  test('are read the same in pieces of any size', () => {
    const bytes = Buffer.concat([flow(), flow({ type: 'dns' }), flow()]);
    const whole = read(bytes);
    expect(whole.exchanges).toHaveLength(2);
    for (const size of [1, 2, 7, 100, 1_500]) expect(read(bytes, size)).toEqual(whole);
  });

  test('that end in the middle give what is whole', () => {
    const bytes = Buffer.concat([flow(), flow()]);
    for (const end of [flow().length + 2, bytes.length - 1]) {
      const { exchanges, missed } = read(bytes.subarray(0, end), 64);
      expect(exchanges).toHaveLength(1);
      expect(missed).toMatchObject([{ code: 'OVR_FLOW_TRUNCATED' }]);
      expect(missed[0]?.message).toContain('after flow 1');
    }
    expect(refusal(flow().subarray(0, 100))).toBe('OVR_FLOW_TRUNCATED');
  });

  test('of another version, or damaged, lead to the HAR export', () => {
    expect(refusal(flow({}, { version: 11 }))).toBe('OVR_FLOW_VERSION');
    expect(refusal(flow({}, { version: 22 }))).toBe('OVR_FLOW_VERSION');
    expect(refusal(flow({ version: [0, 18, 2] }))).toBe('OVR_FLOW_VERSION');
    expect(refusal(tnetstring({ hello: 1 }))).toBe('OVR_FLOW_VERSION');
    expect(refusal(Buffer.concat([flow(), b('rest')]))).toBe('OVR_FLOW_DAMAGED');
    const broken = flow();
    broken[broken.length - 2] = 0x3f;
    expect(refusal(broken)).toBe('OVR_FLOW_DAMAGED');
  });

  test('a flow that is too large is told and passed over', () => {
    const large = flow({ comment: 'x'.repeat(65 * 1024 * 1024) });
    const { exchanges, missed } = read(Buffer.concat([large, flow()]), 1_048_576);
    expect(exchanges.map(({ seq }) => seq)).toEqual([1]);
    expect(missed).toMatchObject([{ code: 'OVR_FLOW_LARGE' }]);
  });
});
