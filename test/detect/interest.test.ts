import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRequest, Triage } from '../../src/decode/index.js';
import { boundsReached } from '../../src/detect/bounds.js';
import { createDetector } from '../../src/detect/detector.js';
import { withIdle } from '../../src/detect/idle.js';
import { createKnownValues } from '../../src/detect/known-values.js';
import { limits } from '../../src/limits.js';
import type { RequestMessage } from '../../src/model/exchange.js';
import type { Endpoint, EndpointField } from '../../src/model/rulebook.js';
import { makePersona } from '../../src/persona/synthetic.js';
import { searchableText } from '../../src/session/searchable.js';
import { dataTypes, request } from './fixture.js';

/**
 * What nobody wants is left out before it is read; that must not change what is found. Random documents of words, numbers and
 * identifiers under names that mean something, or nothing, are read both ways.
 */
const RUNS = Number(process.env.OVERREACH_FUZZ ?? 150);

const persona = makePersona('interest');
const known = createKnownValues(persona, dataTypes);
const told = (field: Partial<EndpointField>): EndpointField => ({
  key: null,
  path: null,
  type: 'os_version',
  shape: '^.{1,9}$',
  beside: {},
  part: null,
  reason: { zh: '', en: '' },
  match: [],
  noMatch: [],
  ...field,
});
const endpoint = (id: string, more: Partial<Endpoint>): Endpoint => ({
  id,
  vendor: { zh: id, en: id },
  hosts: [],
  paths: [],
  having: [],
  basis: '',
  fields: [],
  ...more,
});
const endpoints = [
  endpoint('host', {
    hosts: ['vendor.example.com'],
    fields: [told({ key: 'q2', type: 'imei', shape: '^[0-9]{3,15}$' }), told({ key: 'q3', beside: { seq: '7' } })],
  }),
  endpoint('form', { having: ['alpha.beta', 'gamma'], fields: [told({ path: '*extra*[2]' })] }),
];

const readers = [null, known].map((values) => {
  const detector = createDetector({ dataTypes, endpoints, known: values });
  const options = values === null ? {} : { earns: values.contains };
  return { detector, options, triage: new Triage(detector.interest, values !== null) };
});

const NAMES = fc.constantFrom(
  ...'seq ts rtt score price title event page refer expo pos clicked err net sku trace_id session_id x y w h width height scr_w'.split(' '),
  ...'name id type value key val data code port ip host addr os platform model brand device deviceinfo dev hardware nw carrier'.split(' '),
  ...'imei oaid idfa phone mobile email user_id uid token sign nonce lat lng latitude longitude loc gps location coordinates'.split(' '),
  ...'contacts phones apps packages wifi bssid ssid rssi gender birthday age weight city state region country zip'.split(' '),
  ...'q2 q3 alpha beta gamma extra density abi cpu mem sc sd osv mosv z acc gyroscope sensors screen resolution metrics'.split(' '),
  'a b',
  'x.y',
  '[0]',
  '商品',
  'é',
  ...persona.values.location_precise!,
);
const owned = Object.values(persona.values).flat();
const DIGIT = fc.constantFrom(...'0123456789');
const digits = (least: number, most: number) => fc.string({ unit: DIGIT, minLength: least, maxLength: most });
const hex = (length: number) => fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
const TEXTS = fc.oneof(
  fc.constantFrom(
    ...'page_view home search cart WIFI wifi 4G LTE xhdpi 46000 iPhone13,2 SM-G9910 HUAWEI Android iOS true 12 arm64-v8a'.split(' '),
  ),
  fc.constantFrom(
    '今日热点',
    '春季新款连衣裙',
    '北京',
    '北京市海淀区中关村大街27号',
    '张小明',
    '京A12345',
    '138****5678',
    '＊＊',
    '*',
    ' 1 ',
    '',
    'a b',
  ),
  fc.constantFrom(
    '1080x2400',
    '31.2304,121.4737',
    'com.tencent.mm',
    '02:11:22:33:44:55',
    'zh_CN',
    'GMT+8',
    'Asia/Shanghai',
    '192.168.1.7',
    '0.5',
    '-3',
  ),
  fc.constantFrom(
    'https://img.example.com/a.webp?w=375&q=80',
    'a=1&b=2',
    '{"imei":"866123456789018"}',
    'eyJhIjoxfQ==',
    'line\nbreak',
    '"',
    '\\',
  ),
  fc.constantFrom(...owned),
  fc.constantFrom('imei', 'oaid', 'phone', 'md5_imei', 'Android', 'memory', 'nickname', '姓名'),
  digits(1, 20),
  fc.tuple(digits(1, 4), digits(1, 7)).map(([whole, part]) => `${whole}.${part}`),
  hex(16),
  hex(32),
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const NUMBERS = fc.oneof(
  fc.integer(),
  fc.integer({ min: 0, max: 3_000 }),
  fc.integer({ min: 1_700_000_000_000, max: 1_800_000_000_000 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -180_000_000, max: 180_000_000 }).map((micro) => micro / 1e6),
  fc.constantFrom(
    ...owned
      .flatMap((text) => text.split(','))
      .filter((text) => /^-?\d+(?:\.\d+)?$/.test(text) && text.length < 16)
      .map(Number),
  ),
);
const LEAVES = fc.oneof({ weight: 3, arbitrary: TEXTS }, { weight: 3, arbitrary: NUMBERS }, fc.boolean(), fc.constant(null));
const { document } = fc.letrec<{ document: unknown; object: unknown; list: unknown }>((tie) => ({
  document: fc.oneof({ maxDepth: 6, withCrossShrink: true }, LEAVES, tie('object'), tie('object'), tie('list')),
  object: fc.dictionary(NAMES, tie('document'), { maxKeys: 7 }),
  list: fc.oneof(
    fc.array(tie('document'), { maxLength: 4 }),
    fc.array(tie('object'), { maxLength: 5 }),
    fc.array(LEAVES, { maxLength: 5 }),
  ),
}));
/** Written as senders write: in one line, with blanks, broken off. */
const BODIES = fc
  .record({ whole: document, blanks: fc.constantFrom(undefined, 1), cut: fc.option(fc.nat(400), { freq: 8 }), twice: fc.boolean() })
  .map(({ whole, blanks, cut, twice }) => {
    const text = JSON.stringify(twice ? { list: [whole, whole], one: whole } : whole, null, blanks);
    return cut === null ? text : text.slice(0, Math.max(1, text.length - cut));
  });

function bothWays(message: RequestMessage, place?: { host: string; path: string }) {
  return readers.map(({ detector, options, triage }) => {
    const [all, some] = [options, { ...options, triage }].map((each) => decodeRequest(message, each));
    if (all === undefined || some === undefined) throw new Error('read nothing');
    return [all, some].map((decoded) => {
      const evidence = detector.detect(decoded, place);
      return { evidence, bounds: boundsReached(decoded, evidence), text: searchableText(decoded), message: withIdle(decoded), some };
    });
  });
}

function expectSame(message: RequestMessage, place?: { host: string; path: string }): void {
  for (const [all, some] of bothWays(message, place)) {
    const { some: _decoded, ...found } = some!;
    const { some: _other, ...wanted } = all!;
    expect(found).toEqual(wanted);
  }
}

describe('leaves that nobody wants', () => {
  it('change nothing by being left out, whatever the document', () => {
    fc.assert(
      fc.property(BODIES, (body) => {
        expectSame(request({ body }));
      }),
      { numRuns: RUNS },
    );
  });

  it('change nothing in messages to a vendor, in compressed ones, and in those that are a beginning', () => {
    fc.assert(
      fc.property(BODIES, (text) => {
        const message = request({ body: text });
        expectSame(message, { host: 'vendor.example.com', path: '/' });
        const bytes = gzipSync(text);
        const body = { ...message.body, bytes, size: bytes.length };
        expectSame({ ...message, body, headers: [...message.headers, ['content-encoding', 'gzip']] });
        expectSame({ ...message, body: { ...message.body, truncated: true } });
        expectSame(request({ body: `\ufeff${text}` }));
      }),
      { numRuns: Math.ceil(RUNS / 3) },
    );
  });

  it('change nothing in a document that stands in a form, in another document, or in an encoding', () => {
    fc.assert(
      fc.property(document, document, (inner, beside) => {
        // Long enough to be sorted (`limits.sortedText`).
        const text = JSON.stringify({ whole: inner, seq: Array.from({ length: 400 }, (_, index) => index % 100) });
        const packed = gzipSync(text).toString('base64');
        const form = 'application/x-www-form-urlencoded';
        expectSame(request({ body: `seq=1&data=${encodeURIComponent(text)}&uid=7`, contentType: form }));
        expectSame(request({ body: `data_list=${encodeURIComponent(packed)}&gzip=1`, contentType: form }));
        expectSame(request({ body: JSON.stringify({ uid: 7, data: text, beside }) }));
        expectSame(request({ body: JSON.stringify({ data: packed, beside, list: [text, text] }) }));
      }),
      { numRuns: Math.ceil(RUNS / 10) },
    );
  });

  it('are left out of the document that is most of the message', () => {
    const events = JSON.stringify({ events: Array.from({ length: 200 }, (_, index) => ({ seq: index, rtt: 120, clicked: false })) });
    const form = 'application/x-www-form-urlencoded';
    for (const message of [
      request({ body: `app=1&data=${encodeURIComponent(events)}`, contentType: form }),
      request({ body: `data=${gzipSync(events).toString('base64url')}`, contentType: form }),
      request({ body: JSON.stringify({ app: 'x', data: events, sign: 'y' }) }),
    ])
      for (const [all, some] of bothWays(message)) expect(some!.some.fields.length).toBeLessThan(all!.message.fields.length / 10);
  });

  it('are searched for a known value where their document is no layer', () => {
    const [phone = ''] = persona.values.phone_number ?? [];
    const events = JSON.stringify({ seq: phone, n: Array.from({ length: 600 }, () => 7) });
    for (const body of [JSON.stringify({ uid: 7, data: events }), `data=${encodeURIComponent(events)}`]) {
      const message = request({ body, contentType: body.startsWith('{') ? 'application/json' : 'application/x-www-form-urlencoded' });
      expectSame(message);
      const [, [, some] = []] = bothWays(message);
      expect(some?.evidence.map(({ dataType, grade }) => `${dataType} ${grade}`)).toContain('phone_number confirmed');
    }
  });

  it('are most of what an app counts', () => {
    const event = {
      event: 'page_view',
      ts: 1_760_000_000_000,
      seq: 17,
      price: 12.5,
      score: 0.25,
      clicked: false,
      rtt: 120,
      title: '今日热点',
    };
    for (const [, some] of bothWays(request({ body: JSON.stringify({ events: Array.from({ length: 50 }, () => event) }) })))
      expect(some?.some.fields.filter(({ part }) => part === 'body')).toEqual([]);
  });

  it('are found where a neighbour, a list or a place of the persona asks for them', () => {
    for (const body of [
      { device: { os_version: '13', brand: 'HUAWEI', model: 'LYA-AL10' }, nw: 'x', list: [1] },
      { os_version: '13', brand: 'HUAWEI', model: 'LYA-AL10', nw: 'LTE', sc: 2.75, e: [{ nw: 'LTE' }] },
      { os_version: '13', brand: 'HUAWEI', width: 1080, height: 2340, n: 5 },
      { imei: '866123456789018', other: { again: '866123456789018', n: 1 } },
      { loc: [1.5, 2.5, 7], location: [{ a: 31.2304 }, { a: 121.4737 }] },
      // Found by the documents above: a name that is written like a position.
      [{ seq: [{ seq: { seq: [{ seq: [{ seq: '', '[0]': '1080x2400' }] }] } }] }],
    ])
      expectSame(request({ body: JSON.stringify(body) }));
  });

  it('incident: nothing or a switch between the parts of a known value hid it where leaves were left out', () => {
    const [imei = ''] = persona.values.imei ?? [];
    const [head, rest] = [imei.slice(0, 6), imei.slice(6)];
    for (const between of ['null', 'false']) {
      const body = `{"seq":{"a":${head},"b":${between},"c":"${rest}","d":1}}`;
      expectSame(request({ body }));
      const [, [all] = []] = bothWays(request({ body }));
      expect(all?.evidence.map(({ dataType, grade }) => `${dataType} ${grade}`)).toContain('imei confirmed');
    }
  });

  it('have a bound of their own, so that a body of events is read to its end', () => {
    const events = (length: number) => JSON.stringify(Array.from({ length }, (_, index) => ({ seq: index, model: 'x', n: 1 })));
    const limitsOf = (body: string) =>
      bothWays(request({ body })).map(([, some]) => [...new Set(some!.some.limits.map(({ limit }) => limit))]);
    expectSame(request({ body: events(5_000) }));
    expect(limitsOf(events(limits.decodeFields - 200))).toEqual([[], []]);
    for (const [, some] of bothWays(request({ body: events(limits.decodeFields - 200) })))
      expect(some!.message.fields.length).toBeGreaterThan(2.9 * limits.decodeFields);
    expect(limitsOf(events(limits.decodeFields + 1))).toEqual([['decodeFields'], ['decodeFields']]);
    expect(limitsOf(JSON.stringify({ seq: Array.from({ length: limits.decodeIdle + 1 }, (_, index) => index % 10) }))).toEqual([
      ['decodeIdle'],
      ['decodeIdle'],
    ]);
  });

  it('count as fields where each stands under a name of its own', () => {
    const names = (length: number) => `{${Array.from({ length }, (_, index) => `"k${index}":1`).join()}}`;
    const [fit, more] = [
      names(limits.decodeFields / limits.decodeNewName - 500),
      names(limits.decodeFields / limits.decodeNewName + 500),
    ].map((body) => bothWays(request({ body })).map(([, some]) => some!.some.limits.map(({ limit }) => limit)));
    expect([fit, more]).toEqual([
      [[], []],
      [['decodeFields'], ['decodeFields']],
    ]);
  });
});
