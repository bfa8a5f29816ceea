import { expect, test } from 'vitest';
import { RULES_DIR } from '../../src/cli/place.js';
import { limits } from '../../src/limits.js';
import type { StreamMessage } from '../../src/model/exchange.js';
import { loadRulebook } from '../../src/rulebook/load.js';
import { createAnalyst, hostOf, placeOf } from '../../src/session/analyst.js';
import { schemaOf } from '../decode/sample.js';
import { answerOf, bodyOf, exchangeOf } from './traffic.js';

const { dataTypes } = loadRulebook({ dir: RULES_DIR });
const persona = { values: { imei: ['490154203237518'] }, salts: [], keys: [] };
const analyst = createAnalyst({ dataTypes, persona, tagKey: new Uint8Array(32).fill(1) });

test('host of an absolute URL', () => {
  expect(hostOf('https://API.Example.test:8443/a?b#c')).toBe('api.example.test');
  expect(hostOf('http://user:pw@host.test/')).toBe('host.test');
  expect(hostOf('http://[2001:DB8::1]:80/')).toBe('2001:db8::1');
  expect(hostOf('not a url')).toBe('not a url');
});

test('requests, responses, messages and unreadable bytes go the same way', () => {
  const exchange = exchangeOf(0, 'https://api.example.test/', '{"imei":"490154203237518"}');
  const response = answerOf('{"imei":"490154203237518"}');
  for (const reading of [
    analyst.request(exchange.request),
    analyst.response({ ...exchange, response }),
    analyst.message(
      { index: 0, direction: 'request', kind: 'ws', text: true, at: 0, body: bodyOf('{"imei":"490154203237518"}') },
      exchange.request,
    ),
    analyst.raw(new TextEncoder().encode('\u0010MQTT 490154203237518 ')),
  ])
    expect(reading.evidence).toContainEqual(expect.objectContaining({ dataType: 'imei', grade: 'confirmed' }));
  expect(analyst.response(exchange).evidence).toEqual([]);
});

test('located evidence is masked and tagged; equal values, equal tags, other installations other tags', () => {
  const exchange = exchangeOf(3, 'https://api.example.test/x', '{"imei":"490154203237518"}');
  const { evidence } = analyst.request(exchange.request);
  const place = { exchange, at: 7, app: 'main', scene: 's1' };
  const [located] = analyst.locate(evidence, place);
  if (located === undefined) throw new Error('nothing found');
  expect(located).toMatchObject({ ...evidence[0], exchange: 3, at: 7, host: 'api.example.test', scene: 's1', secure: true });
  expect(located.masked).not.toContain('490154203237518');
  const other = createAnalyst({ dataTypes, persona, tagKey: new Uint8Array(32).fill(2) });
  expect(analyst.locate(evidence, place)[0]?.tag).toBe(located.tag);
  expect(other.locate(evidence, place)[0]?.tag).not.toBe(located.tag);
});

test('a value that one server handed out is recognised in a later request to another', () => {
  const following = createAnalyst({ dataTypes, persona: null, follow: true, tagKey: new Uint8Array(32) });
  const body = bodyOf(JSON.stringify({ data: { deviceId: '6f1d2c3b4a594687a796a5b4c3d2e1f0' } }));
  const response = {
    status: 200,
    statusText: 'OK',
    httpVersion: '1.1',
    headers: [['Content-Type', 'application/json; charset=utf-8']],
    trailers: [],
    body,
  } as const;
  following.learn(exchangeOf(0, 'https://api.maker.test/init', undefined, { response, responseStartedAt: 1_002, endedAt: 1_003 }));
  const ask = exchangeOf(1, 'https://collect.other.test/?zz=6f1d2c3b4a594687a796a5b4c3d2e1f0').request;
  expect(following.request(ask, 1_010).evidence).toMatchObject([{ detector: 'followed', path: 'query.zz' }]);
  expect(following.request(ask).evidence).toEqual([]);
  const off = createAnalyst({ dataTypes, persona: null, tagKey: new Uint8Array(32) });
  off.learn(exchangeOf(0, 'https://api.maker.test/init', undefined, { response, endedAt: 1_003 }));
  expect(off.request(ask, 1_010).evidence).toEqual([]);
});

test('an endpoint is known by the address of the request and of a stream message', () => {
  const vendor = {
    id: 'vendor',
    vendor: { zh: '某厂', en: 'Vendor' },
    hosts: ['vendor.test'],
    paths: ['/m'],
    having: [],
    basis: 'made up',
    fields: [
      {
        key: 'zq',
        path: null,
        type: 'screen_info',
        shape: '^[0-9]{3,4}x[0-9]{3,4}$',
        beside: {},
        part: null,
        reason: { zh: '说明', en: 'because' },
        match: [],
        noMatch: [],
      },
    ],
  };
  const knowing = createAnalyst({ dataTypes, endpoints: [vendor], persona: null, tagKey: new Uint8Array(32) });
  const { request } = exchangeOf(0, 'https://a.vendor.test/m/1?zq=1080x2340');
  expect(knowing.request(request).evidence).toMatchObject([{ dataType: 'screen_info', path: 'query.zq' }]);
  const message = { index: 0, direction: 'request', kind: 'ws', text: true, at: 0, body: bodyOf('{"zq":"1080x2340"}') } as const;
  expect(knowing.message(message, { ...request, url: 'https://a.vendor.test/m/1' }).evidence).toMatchObject([{ path: 'ws[0].$.zq' }]);
  expect(
    knowing.message(message, { ...request, url: 'https://a.vendor.test/other' }).evidence.filter(({ grade }) => grade !== 'candidate'),
  ).toEqual([]);
  expect(placeOf('https://a.vendor.test?x=/y')).toEqual({ host: 'a.vendor.test', path: '/' });
});

test('of a response too large to be read for values only the cookies are followed, and that is said', () => {
  const id = '6f1d2c3b4a594687a796a5b4c3d2e1f0';
  const large = JSON.stringify({ deviceId: id, filling: 'x'.repeat(limits.followedBody) });
  const response = {
    status: 200,
    statusText: 'OK',
    httpVersion: '1.1',
    headers: [
      ['Content-Type', 'application/json'],
      ['Set-Cookie', `zq=${id.replace('6f', '7f')}; Path=/`],
    ],
    trailers: [],
    body: bodyOf(large),
  } as const;
  const following = createAnalyst({ dataTypes, persona: null, follow: true, tagKey: new Uint8Array(32) });
  const { limits: reached } = following.learn(exchangeOf(0, 'https://api.maker.test/init', undefined, { response, endedAt: 1_003 }));
  expect(reached).toEqual([{ path: 'body', limit: 'followedBody' }]);
  const { evidence } = following.request(exchangeOf(1, `https://other.test/?a=${id}&b=${id.replace('6f', '7f')}`).request, 1_010);
  expect(evidence.filter(({ detector }) => detector === 'followed').map(({ path }) => path)).toEqual(['query.b']);
});

test('a persona with modules and nobody to run them is a fault of the program, not a silent miss', () => {
  const modules = [{ file: './open.mjs', step: 'hook-open', sha256: '0', code: '', where: null }];
  const knowing = { values: { imei: ['490154203237518'] }, salts: [], keys: [], modules };
  expect(() => createAnalyst({ dataTypes, persona: knowing, tagKey: new Uint8Array(32) })).toThrow(/modules/);
});

test('gRPC messages hand values out and carry them on where a definition names their fields', () => {
  const handed = 'Zk3v9QmT7xLw2PbRd8Fh4Jn6';
  const bytes = Buffer.concat([Buffer.from([10, handed.length]), Buffer.from(handed)]);
  const device = schemaOf('syntax = "proto3"; message Hello { string device_id = 1; }');
  const said = (direction: 'request' | 'response', at: number): StreamMessage => ({
    index: 0,
    direction,
    kind: 'grpc',
    text: false,
    at,
    body: bodyOf(bytes),
  });
  const maker = exchangeOf(0, 'https://api.maker.test/pkg.Service/Say').request;
  const other = exchangeOf(1, 'https://api.other.test/pkg.Service/Say').request;
  for (const schemas of [[device], []]) {
    const analyst = createAnalyst({ dataTypes, persona: null, schemas, follow: true, tagKey: new Uint8Array(32) });
    analyst.learnMessage(said('response', 10), maker);
    const { evidence } = analyst.message(said('request', 20), other);
    const found = evidence.filter(({ trace }) => trace.some(({ rule }) => rule === 'followed'));
    expect(found.map(({ path }) => path)).toEqual(schemas.length === 0 ? [] : ['grpc[0]|protobuf.device_id']);
  }
});

test('a message too large to be read for values to follow says so', () => {
  const analyst = createAnalyst({ dataTypes, persona: null, follow: true, tagKey: new Uint8Array(32) });
  const body = bodyOf(JSON.stringify({ deviceId: 'Zk3v9QmT7xLw2PbRd8Fh4Jn6', filler: 'x'.repeat(limits.followedBody) }));
  const message: StreamMessage = { index: 2, direction: 'response', kind: 'ws', text: true, at: 10, body };
  expect(analyst.learnMessage(message, exchangeOf(0, 'https://api.maker.test/').request).limits).toEqual([
    { path: 'ws[2]', limit: 'followedBody' },
  ]);
});
