import { describe, expect, test } from 'vitest';
import { type DecodeOptions, decodeRequest, decodeResponse, decodeStreamMessage, explainPath } from '../../src/decode/index.js';
import { limits } from '../../src/limits.js';
import type { HookAnswer, HookContext } from '../../src/model/hook.js';
import type { PersonaModule } from '../../src/model/session.js';
import { request, response, streamMessage, values } from './sample.js';

const PLAIN = '{"imei":"860000000000001"}';
const SEALED = Buffer.from(PLAIN).map((byte, index) => byte ^ (0x80 + (index % 7)));

interface Asked {
  readonly text: string;
  readonly context: HookContext;
}

/** A module that opens what `SEALED` is, and remembers what it was asked. */
function hooked(where: string | null = null, answer?: (bytes: Uint8Array) => HookAnswer) {
  const asked: Asked[] = [];
  const module: PersonaModule = { file: './open.mjs', step: 'hook-open', sha256: '0'.repeat(64), code: '', where };
  const unseal = (bytes: Uint8Array): HookAnswer => {
    const made = bytes.map((byte, index) => byte ^ (0x80 + (index % 7)));
    return Buffer.from(made).toString().startsWith('{"') ? { bytes: made } : null;
  };
  const options: DecodeOptions = {
    hooks: {
      modules: [module],
      runner: {
        begin: () => (_, bytes, context) => {
          asked.push({ text: Buffer.from(bytes).toString('latin1'), context });
          return (answer ?? unseal)(bytes);
        },
      },
    },
  };
  return { options, asked };
}

const body = JSON.stringify({ data: Buffer.from(SEALED).toString('base64') });
const OPENED = 'body.$.data|base64|hook-open|json$.imei';

describe('where a module is asked', () => {
  test('bytes inside a document, a whole body, and a message of a stream', () => {
    expect(values(decodeRequest(request({ body }), hooked().options))[OPENED]).toBe('860000000000001');
    expect(values(decodeRequest(request({ body: SEALED }), hooked().options))['body|hook-open|json$.imei']).toBe('860000000000001');
    expect(values(decodeStreamMessage(streamMessage('ws', SEALED, 3), hooked().options))['ws[3]|hook-open|json$.imei']).toBe(
      '860000000000001',
    );
  });

  test('it is told host, path, headers and place; of a stream those of the request that opened it', () => {
    const { options, asked } = hooked();
    decodeRequest(
      request({
        url: 'https://API.example.test:8443/v1/log?q=1',
        headers: [
          ['X-Seed', '7'],
          ['x-seed', '8'],
        ],
        body,
      }),
      options,
    );
    expect(asked.map(({ context }) => context)).toEqual([
      { host: 'api.example.test', path: '/v1/log', headers: { 'x-seed': '7, 8' }, field: 'body.$.data|base64' },
    ]);
  });

  test('a host or a path narrows it', () => {
    const url = 'https://api.example.test/v1';
    for (const where of ['api.example.test', 'body.$.data', null])
      expect(values(decodeRequest(request({ url, body }), hooked(where).options))).toHaveProperty([OPENED]);
    for (const where of ['other.example.test', 'body.$.other'])
      expect(values(decodeRequest(request({ url, body }), hooked(where).options))).not.toHaveProperty([OPENED]);
  });

  test('text only where its place is named: a custom alphabet', () => {
    const strange = JSON.stringify({ d: '!!(custom)!!~~', other: 'plain words' });
    const answer = (bytes: Uint8Array): HookAnswer => (bytes[0] === 0x21 ? { bytes: Buffer.from(PLAIN) } : null);
    const named = hooked('body.$.d', answer);
    expect(values(decodeRequest(request({ body: strange }), named.options))['body.$.d|hook-open|json$.imei']).toBe('860000000000001');
    expect(named.asked.map(({ text }) => text)).toEqual(['!!(custom)!!~~']);
    const everywhere = hooked(null, answer);
    decodeRequest(request({ body: strange }), everywhere.options);
    expect(everywhere.asked).toEqual([]);
  });

  test('what it made is not shown to it again', () => {
    const { options, asked } = hooked(null, () => ({ bytes: Buffer.from(SEALED).reverse() }));
    decodeRequest(request({ body: SEALED }), options);
    expect(asked.length).toBe(1);
  });

  test('headers of a response are its own', () => {
    const { options, asked } = hooked();
    const context = { host: 'api.example.test', path: '/v1', headers: [['X-Iv', 'abc'] as const] };
    decodeResponse(response(SEALED), { ...options, context });
    expect(asked[0]?.context).toEqual({ host: 'api.example.test', path: '/v1', headers: { 'x-iv': 'abc' }, field: 'body' });
  });
});

describe('a module that fails', () => {
  const failing = (limit: 'hookMs' | 'hookFault') =>
    hooked(null, () => ({ failure: { step: 'hook-open', limit, detail: 'bad padding' } })).options;

  test('its payload counts as unread however short it is, with the reason, and the limit is named', () => {
    const decoded = decodeRequest(request({ body }), failing('hookFault'));
    expect(SEALED.length).toBeLessThan(limits.opaqueBytes);
    expect(decoded.opaque).toMatchObject([
      {
        path: 'body.$.data|base64',
        tried: expect.arrayContaining(['hook-open']),
        failed: [{ step: 'hook-open', limit: 'hookFault', detail: 'bad padding' }],
      },
    ]);
    expect(decoded.limits).toEqual([{ path: 'body.$.data|base64', limit: 'hookFault' }]);
    expect(decodeRequest(request({ body: SEALED }), failing('hookMs')).limits).toEqual([{ path: 'body', limit: 'hookMs' }]);
  });

  test('what it answers must earn its place: noise is withdrawn, and the payload stays unread', () => {
    const noise = Buffer.from(Array.from({ length: 256 }, (_, index) => (index * 167 + 13) & 255));
    const decoded = decodeRequest(request({ body: noise }), hooked(null, () => ({ bytes: Buffer.from(noise).reverse() })).options);
    expect(Object.keys(values(decoded)).filter((path) => path.includes('hook-open'))).toEqual([]);
    expect(decoded.opaque).toMatchObject([{ path: 'body', tried: expect.arrayContaining(['hook-open']) }]);
  });
});

test('a message with more payloads than may be asked about says so', () => {
  const list = Array.from({ length: limits.hookCalls + 1 }, (_, index) =>
    Buffer.from(SEALED.map((byte, at) => (at === 0 ? byte ^ (index & 0x7f) : byte))).toString('base64'),
  );
  const { options, asked } = hooked(null, () => null);
  const decoded = decodeRequest(request({ body: JSON.stringify({ list }) }), options);
  expect(asked.length).toBe(limits.hookCalls);
  expect(decoded.limits.map(({ limit }) => limit)).toContain('hookCalls');
});

test('the way to a value can be shown step by step', () => {
  expect(explainPath(request({ body }), OPENED, hooked().options).map(({ step }) => step)).toEqual([
    'body',
    'json',
    'base64',
    'hook-open',
    'json',
  ]);
});
