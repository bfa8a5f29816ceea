import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openRulebook } from '../../src/cli/cli.js';
import { maskExchange } from '../../src/cli/masked-exchange.js';
import { readSettings } from '../../src/cli/settings.js';
import { EMPTY_BODY, type Exchange } from '../../src/model/exchange.js';
import type { Evidence, Occurrence } from '../../src/model/finding.js';
import { createAnalyst } from '../../src/session/analyst.js';
import { bodyOf, exchangeOf } from '../session/traffic.js';

/** Synthetic; none is a part of another. */
const PERSONA = {
  phone_number: ['13900000007'],
  imei: ['490154203237518'],
  email: ['tester@person.example'],
  oaid: ['7f3a1c5e-0d2b-4e6f-8a9b-0c1d2e3f4a5b'],
  mac_address: ['3c:5a:b4:01:02:03'],
  real_name: ['测试员甲乙'],
  bank_card_number: ['6200000000000000005'],
  location_precise: ['31.230416,121.473701'],
};
const values = Object.values(PERSONA).flat();
const { dataTypes } = openRulebook(readSettings({}, { env: {}, cwd: '/' }));
const analyst = createAnalyst({ dataTypes, persona: { values: PERSONA, salts: [], keys: [] }, tagKey: new Uint8Array(32) });

type Wrap = (inner: string) => string;
const b64 = (bytes: string | Uint8Array) => Buffer.from(bytes).toString('base64');
const wraps: Readonly<Record<string, Wrap>> = {
  plain: (inner) => inner,
  percent: encodeURIComponent,
  percentTwice: (inner) => encodeURIComponent(encodeURIComponent(inner)),
  base64: b64,
  base64url: (inner) => Buffer.from(inner).toString('base64url'),
  hex: (inner) => Buffer.from(inner).toString('hex'),
  json: (inner) => JSON.stringify({ a: { value: inner }, page: 2 }),
  jsonText: (inner) => JSON.stringify({ text: `user ${inner} went away` }),
  escaped: (inner) => `{"v":"${[...inner].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"}`,
  gzip: (inner) => b64(gzipSync(inner)),
  deflate: (inner) => b64(deflateSync(inner)),
  form: (inner) => `page=1&v=${encodeURIComponent(inner)}`,
  list: (inner) => JSON.stringify([1, inner, { deeper: [inner] }]),
  coordinates: (inner) =>
    `{"lat":${/^[\d.]+/.exec(inner)?.[0] ?? '1'},"lng":${/[\d.]+$/.exec(inner)?.[0] ?? '1'},"n":${JSON.stringify(inner)}}`,
  multipart: (inner) => `--b\r\nContent-Disposition: form-data; name="v"\r\n\r\n${inner}\r\n--b--\r\n`,
  jsonp: (inner) => `callback({"v":${JSON.stringify(inner)}})`,
  xml: (inner) => `<r a="1"><v>${inner.replace(/[&<>]/g, '')}</v></r>`,
};

interface Case {
  readonly value: string;
  readonly path: readonly string[];
  readonly place: 'body' | 'gzipped' | 'query' | 'segment' | 'header' | 'cookie' | 'name';
  readonly mime: string;
}

const cases: fc.Arbitrary<Case> = fc.record({
  value: fc.constantFrom(...values),
  path: fc.array(fc.constantFrom(...Object.keys(wraps)), { minLength: 1, maxLength: 3 }),
  place: fc.constantFrom('body', 'gzipped', 'query', 'segment', 'header', 'cookie', 'name'),
  mime: fc.constantFrom(
    'application/json',
    'application/x-www-form-urlencoded',
    'text/plain',
    'text/xml',
    'multipart/form-data; boundary=b',
    'application/octet-stream',
  ),
});

function sent({ value, path, place, mime }: Case): Exchange {
  const text = path.reduceRight((inner, name) => wraps[name]?.(inner) ?? inner, value);
  const segment = encodeURIComponent(text);
  const url = `https://a.example.test/v1${place === 'segment' ? `/${segment}` : ''}${place === 'query' ? `?page=1&d=${segment}` : ''}`;
  const content = place === 'body' ? Buffer.from(text) : place === 'gzipped' ? gzipSync(text) : new Uint8Array(0);
  const headers: Array<[string, string]> = [['Content-Type', mime]];
  if (place === 'gzipped') headers.push(['Content-Encoding', 'gzip']);
  if (place === 'header') headers.push(['X-Device', text]);
  if (place === 'cookie') headers.push(['Cookie', `a=1; d=${segment}`]);
  if (place === 'name') headers.push([`X-${value.replace(/[^\w-]/g, '-')}`, '1']);
  const request: Exchange['request'] = {
    method: 'POST',
    target: url.slice(22),
    url,
    httpVersion: '1.1',
    headers,
    trailers: [],
    body: content.length === 0 ? EMPTY_BODY : bodyOf(content),
  };
  return exchangeOf(0, url, undefined, { request });
}

/** Whether the analysis itself, or a plain search of every spelling, still finds the value in what is left. */
function stillThere(masked: Exchange, value: string): string | null {
  const { evidence } = analyst.request(masked.request);
  const known = evidence.find((piece: Evidence) => piece.detector === 'known-value');
  if (known !== undefined) return `${known.path}: ${known.value}`;
  const { url, headers, body: left } = masked.request;
  const text = [url, ...headers.flat(), Buffer.from(left.bytes).toString('latin1')].join('\n').toLowerCase();
  for (const [name, spelt] of Object.entries({ plain: value, percent: encodeURIComponent(value), hex: Buffer.from(value).toString('hex') }))
    if (text.includes(spelt.toLowerCase())) return `${name} in the text`;
  return null;
}

test('whatever way a value was sent that the analysis can find, the masked exchange does not hold it', () => {
  fc.assert(
    fc.property(cases, (given) => {
      const exchange = sent(given);
      const { evidence } = analyst.request(exchange.request);
      const placed: Occurrence[] = analyst.locate(evidence, { exchange, at: 0, app: 'main', scene: null });
      // What the analysis cannot find, the mask cannot either; that it finds these is tested where it is made.
      fc.pre(placed.length > 0);
      const { exchange: masked } = maskExchange(exchange, placed, new Map());
      expect(stillThere(masked, given.value)).toBeNull();
    }),
    { numRuns: Number(process.env.OVERREACH_FUZZ_RUNS ?? 300) },
  );
});
