import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { limits } from '../../../src/limits.js';
import * as schema from '../../../src/live/schema.js';
import { type ViewRequest, viewExchange } from '../../../src/live/view/exchange-view.js';
import { EMPTY_BODY, type StreamMessage } from '../../../src/model/exchange.js';
import { undoCoding } from '../../../src/session/content-coding.js';
import { FakeAudit, fakeExplain, party, type Sent } from '../fake-audit.js';
import { rideAudit } from '../ride.js';

const PHONE = '13900000000';
const everything: Omit<ViewRequest, 'evidence'> = { overflow: false, reveal: null, message: null, layers: [], path: null };

function view(sent: Omit<Sent, 'party'>, patch: Partial<ViewRequest> = {}) {
  const audit = new FakeAudit(0);
  audit.send({ party: party('a.example', null, null, null, null), ...sent });
  const made = viewExchange(audit.whole[0]!, { ...everything, evidence: audit.byExchange.get(0) ?? [], ...patch }, undoCoding);
  expect(schema.exchangeView.parse(JSON.parse(JSON.stringify(made)))).toBeTruthy();
  return made;
}

const evidence = (path: string, value = PHONE) => ({
  dataType: 'phone_number',
  path,
  value,
  masked: '139****0000',
  verdict: 'necessary' as const,
});
const joined = (segments: ReadonlyArray<{ readonly text: string }>) => segments.map(({ text }) => text).join('');

describe('everything is masked, wherever the value stands', () => {
  test.each<[string, Omit<Sent, 'party'>]>([
    ['query', { path: `/a?phone=${PHONE}`, evidence: [evidence('query.phone')] }],
    ['path', { path: `/u/${PHONE}/x`, evidence: [evidence('url.path[1]')] }],
    ['header', { path: '/', headers: [['X-Phone', PHONE]], evidence: [evidence('header.x-phone')] }],
    ['cookie', { path: '/', headers: [['Cookie', `a=1; p=${PHONE}`]], evidence: [evidence('cookie.p')] }],
    ['json', { path: '/', body: `{"p":"${PHONE}"}`, evidence: [evidence('body.$.p')] }],
    [
      'gzipped json',
      { path: '/', headers: [['Content-Encoding', 'gzip']], body: gzipSync(`{"p":"${PHONE}"}`), evidence: [evidence('body|gzip.$.p')] },
    ],
    [
      'form',
      {
        path: '/',
        headers: [['Content-Type', 'application/x-www-form-urlencoded']],
        body: `a=1&p=${PHONE}`,
        evidence: [evidence('body.form.p')],
      },
    ],
    ['text', { path: '/', body: `tel ${PHONE} end`, evidence: [evidence('body.text')] }],
    ['binary', { path: '/', body: Buffer.from(`\0\x01${PHONE}`), evidence: [evidence('body|protobuf.1')] }],
    ['a whole list', { path: '/', body: `{"p":["${PHONE}",{"x":"${PHONE}"}],"n":1}`, evidence: [evidence('body.$.p', 'one, two')] }],
    ['broken json', { path: '/', body: `{"p":"${PHONE}"]`, evidence: [evidence('body.$.p')] }],
    ['base64 in json', { path: '/', body: `{"d":"${Buffer.from(PHONE).toString('base64')}"}`, evidence: [evidence('body.$.d|base64')] }],
    [
      'the answer echoes it',
      { path: '/', body: `{"p":"${PHONE}"}`, response: `{"user":{"tel":"${PHONE}"}}`, evidence: [evidence('body.$.p')] },
    ],
    [
      'referer repeats it',
      { path: `/a?p=${PHONE}`, headers: [['Referer', `https://a.example/a?p=${PHONE}`]], evidence: [evidence('query.p')] },
    ],
    [
      'a header nobody can place',
      {
        path: '/',
        headers: [
          ['X-A', 'b'],
          ['X-B', PHONE],
        ],
        evidence: [evidence('header.x-gone')],
      },
    ],
  ])('%s', (_, sent) => {
    const text = JSON.stringify(view(sent));
    expect(text).not.toContain(PHONE);
    expect(text).not.toContain(Buffer.from(PHONE).toString('base64'));
    expect(text).not.toContain(Buffer.from(PHONE).toString('hex').replace(/../g, '$& ').trim());
  });
});

describe('a body that is no text', () => {
  const person = { dataType: 'phone_number', masked: '139****0000', verdict: 'necessary' as const };
  const leaf = { part: 'body', keys: [], kind: 'string', steps: [], group: 0 } as const;
  const fields = () => [
    { ...leaf, path: 'body|protobuf.1', value: PHONE },
    { ...leaf, path: 'body|protobuf.2', value: 'F' },
    { ...leaf, path: 'body|protobuf.3', value: 'view' },
  ];
  const sent = {
    path: '/',
    body: Buffer.from(`\0\x01${PHONE}`),
    evidence: [
      { ...person, path: 'body|protobuf.1', value: PHONE },
      { ...person, dataType: 'gender', path: 'body|protobuf.2', value: 'F', masked: '*' },
    ],
  };

  test('is shown as the decoders read it, each value masked in its place, its bytes withheld', () => {
    const { body } = view(sent, { fields }).request;
    expect([body.kind, joined(body.segments)]).toEqual(['tree', '→ protobuf\n  1: "139****0000"\n  2: "*"\n  3: "view"']);
    expect(body.dump).toEqual([{ text: '‹13›', hidden: true, marks: [0, 1] }]);
  });

  test('opens one value alone, and its bytes when nothing is hidden any more', () => {
    const phone = view(sent).marks[0]!.finding;
    const one = view(sent, { fields, reveal: phone }).request.body;
    expect(joined(one.segments)).toContain(`1: "${PHONE}"\n  2: "*"`);
    expect(one.dump?.[0]?.hidden).toBe(true);
    const all = view(sent, { fields, reveal: 'all' }).request.body;
    expect(joined(all.segments)).toContain('2: "F"');
    expect(joined(all.dump ?? [])).toContain('31 33 39');
  });

  test('is withheld whole where evidence in it is in none of its fields, and where there is too much of it', () => {
    const lost = { ...sent, evidence: [{ ...person, path: 'body|protobuf.9', value: 'abc' }] };
    expect(joined(view(lost, { fields }).request.body.segments)).toMatch(/^‹\d+›$/);
    const { body } = view(sent, { fields, overflow: true }).request;
    expect([body.kind, joined(body.segments)]).toEqual(['hex', '‹13›']);
  });

  test('a picture comes only with what is revealed, and never as anything but a picture', () => {
    const bytes = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x03\0\0\0\x04\x08', 'latin1'), Buffer.alloc(40)]);
    const photo = { path: '/', headers: [['Content-Type', 'text/html'] as const], body: bytes, evidence: [] };
    const shown = { type: 'image/png', width: 3, height: 4, bytes: bytes.length };
    expect(view(photo).request.body).toMatchObject({ pictures: [{ ...shown, data: null }], morePictures: 0 });
    expect(view(photo, { reveal: 'all' }).request.body.pictures).toEqual([{ ...shown, data: bytes.toString('base64') }]);
    const located = { ...photo, evidence: [{ ...person, path: 'body|exif.gps', value: '31.2304,121.4737' }] };
    const { finding } = view(located).marks[0]!;
    expect(view(located).request.body.pictures[0]?.data).toBeNull();
    expect(view(located, { reveal: finding }).request.body.pictures[0]?.data).not.toBeNull();
    expect(view(located, { reveal: 'another' }).request.body.pictures[0]?.data).toBeNull();
  });
});

test('revealing one finding opens its values and no others', () => {
  const sent = {
    path: `/a?phone=${PHONE}&imei=001012345678902`,
    evidence: [evidence('query.phone'), { ...evidence('query.imei', '001012345678902'), dataType: 'imei', masked: '001***' }],
  };
  const closed = view(sent);
  const phone = closed.marks.find(({ dataType }) => dataType === 'phone_number')!.finding;
  expect(joined(view(sent, { reveal: phone }).url)).toBe(`https://a.example/a?phone=${PHONE}&imei=001***`);
  expect(joined(view(sent, { reveal: 'all' }).url)).toContain('imei=001012345678902');
  expect(joined(closed.url)).toBe('https://a.example/a?phone=139****0000&imei=001***');
});

test('the layers lead from the wire to the value, masked on every one of them', async () => {
  const audit = await rideAudit(0);
  const seq = audit.whole.findIndex(({ request }) => request.url.includes('/api/v3/bid'));
  const path = 'body.$.data|base64|json$.imei';
  const layers = fakeExplain(audit.whole[seq]!, 'request', null, path);
  const made = viewExchange(audit.whole[seq]!, { ...everything, evidence: audit.byExchange.get(seq)!, layers, path }, undoCoding);
  expect(made.layers.map(({ step }) => step)).toEqual(['raw', 'json', 'base64', 'json']);
  expect(JSON.stringify(made)).not.toContain('001012345678902');
  expect(joined(made.layers[0]!.segments!)).toContain('‹base64 · ');
  expect(joined(made.layers[3]!.segments!)).toContain('"imei": "001*********902"');
  const open = viewExchange(
    audit.whole[seq]!,
    { ...everything, evidence: audit.byExchange.get(seq)!, layers, path, reveal: 'all' },
    undoCoding,
  );
  expect(joined(open.layers[3]!.segments!)).toContain('001012345678902');
});

test('a layer says what its step did, as it was explained', () => {
  const says = { zh: 'JSON', en: 'JSON' };
  const body = `{"p":"${PHONE}"}`;
  const layers = [
    { step: 'body', says: null, path: 'body', input: null, text: null, bytes: 19 },
    { step: 'json', says, path: 'body.$', input: null, text: body, bytes: 19 },
  ];
  const made = view({ path: '/', body, evidence: [evidence('body.$.p')] }, { layers, path: 'body.$.p' });
  expect(made.layers.map((layer) => layer.says)).toEqual([null, says]);
});

test('a layer where the value cannot be pointed at stays hidden whole', () => {
  const layers = [{ step: 'raw', says: null, path: 'body', input: null, text: 'something else entirely', bytes: 23 }];
  const made = view({ path: '/', body: `{"p":"${PHONE}"}`, evidence: [evidence('body.$.p')] }, { layers, path: 'body.$.p' });
  expect(made.layers[0]!.segments).toEqual([{ text: '‹23›', marks: [0], hidden: true }]);
});

test('a container that holds two pieces of evidence belongs to both, and opens only when both are open', () => {
  const coded = Buffer.from(`{"a":"${PHONE}","b":"001012345678902"}`).toString('base64');
  const sent = {
    path: `/?d=${encodeURIComponent(coded)}`,
    evidence: [evidence('query.d|base64|json$.a'), { ...evidence('query.d|base64|json$.b', '001012345678902'), dataType: 'imei' }],
  };
  const closed = view(sent);
  expect(closed.url.find(({ hidden }) => hidden)?.marks).toEqual([0, 1]);
  expect(joined(view(sent, { reveal: closed.marks[0]!.finding }).url)).not.toContain(coded.slice(0, 20));
  expect(joined(view(sent, { reveal: 'all' }).url)).toContain(coded.slice(0, 20));
});

test('layers are shown on the way to evidence only', () => {
  const layers = [{ step: 'raw', says: null, path: 'body', input: null, text: `{"p":"${PHONE}","q":"1"}`, bytes: 23 }];
  expect(
    view({ path: '/', body: `{"p":"${PHONE}","q":"1"}`, evidence: [evidence('body.$.p')] }, { layers, path: 'body.$.q' }).layers,
  ).toEqual([]);
});

test('a value put together from several fields is masked in each of its parts', () => {
  const layers = [
    { step: 'raw', says: null, path: 'body', input: null, text: '{"lat":"31.230416","lon":"121.473701"}', bytes: 39 },
    { step: 'json', says: null, path: 'body.$.lat', input: null, text: '31.230416', bytes: 9 },
  ];
  const place = { ...evidence('body.$.lat', '31.230416,121.473701'), masked: '31.2****' };
  const made = view({ path: '/', body: '{"lat":"31.230416","lon":"121.473701"}', evidence: [place] }, { layers, path: 'body.$.lat' });
  expect(joined(made.layers[1]!.segments!)).toBe('31.2****');
  // The mask of the pair in the longitude's place read as a longitude of 31 degrees.
  expect(joined(made.layers[0]!.segments!)).toMatch(/"lat": "31\.2\*{4}",\s+"lon": "\*{8}"/);
  expect(JSON.stringify(made)).not.toMatch(/31\.230416|121\.473701/);
});

test('a layer whose text holds the value only in an encoding stays hidden', () => {
  const coded = Buffer.from(PHONE).toString('base64');
  const layers = [
    { step: 'raw', says: null, path: 'body', input: null, text: coded, bytes: 16 },
    { step: 'base64', says: null, path: 'body|base64', input: null, text: PHONE, bytes: 11 },
  ];
  const made = view({ path: '/', body: coded, evidence: [evidence('body|base64.text')] }, { layers, path: 'body|base64.text' });
  expect(JSON.stringify(made)).not.toContain(coded);
  expect(joined(made.layers[1]!.segments!)).toBe('139****0000');
});

test('with more evidence than can be placed, bodies stay closed and the limit is named', () => {
  const made = view({ path: '/', body: '{"a":"secret text"}', evidence: [] }, { overflow: true });
  expect(made.limits).toContain('viewMarks');
  expect(JSON.stringify(made)).not.toContain('secret');
});

test('of many stream messages those around the wanted one are shown', () => {
  const audit = new FakeAudit(0);
  audit.send({ party: party('a.example', null, null, null, null), path: '/ws', evidence: [] });
  const messages: StreamMessage[] = Array.from({ length: 500 }, (_, index) => ({
    index,
    direction: 'request',
    kind: 'ws',
    text: true,
    at: 0,
    body: { ...EMPTY_BODY, bytes: Buffer.from(`{"n":${index}}`), size: 9 },
  }));
  const made = viewExchange({ ...audit.whole[0]!, messages }, { ...everything, evidence: [], message: 300 }, undoCoding);
  expect(made.messages.total).toBe(500);
  expect(made.messages.list).toHaveLength(limits.viewMessages);
  expect(made.messages.list.map(({ index }) => index)).toContain(300);
  expect(made.limits).toContain('viewMessages');
  const last = viewExchange({ ...audit.whole[0]!, messages }, { ...everything, evidence: [], message: 499 }, undoCoding);
  expect(last.messages.list.at(-1)?.index).toBe(499);
});

test('incident: a body that grows beyond what is shown when it is laid out lost its end without a word', () => {
  const deep = `${'['.repeat(60)}${'1,'.repeat(20_000)}1${']'.repeat(60)}`;
  expect(deep.length).toBeLessThan(limits.viewText);
  expect(view({ path: '/', body: deep, evidence: [] }).request.body).toMatchObject({ kind: 'json', cut: 'viewText' });
  expect(view({ path: '/', body: '[1,2]', evidence: [] }).request.body).toMatchObject({ kind: 'json', cut: null });
});

test('incident: on the way to one value short ones beside it, a name or a code, stood in clear and in no log', () => {
  const inner = `{"phone":"${PHONE}","name":"张三","code":"0731"}`;
  const data = Buffer.from(inner).toString('base64');
  const at = (key: string) => `body.$.data|base64|json$.${key}`;
  const short = (dataType: string, key: string, value: string) => ({ ...evidence(at(key), value), dataType, masked: '*' });
  const layers = [
    { step: 'raw', says: null, path: 'body', input: null, text: `{"data":"${data}","sex":"女"}`, bytes: 90 },
    { step: 'base64', says: null, path: 'body.$.data|base64', input: data, text: inner, bytes: 60 },
    { step: 'json', says: null, path: 'body.$.data|base64|json$', input: null, text: inner, bytes: 60 },
  ];
  const sent = {
    path: '/',
    body: `{"data":"${data}","sex":"女"}`,
    evidence: [
      evidence(at('phone')),
      short('real_name', 'name', '张三'),
      short('city_code', 'code', '0731'),
      { ...short('gender', 'x', '女'), path: 'body.$.sex' },
    ],
  };
  const made = view(sent, { layers, path: at('phone') });
  const texts = made.layers.map(({ segments }) => joined(segments!));
  for (const value of [PHONE, '张三', '0731', '女', data]) expect(texts.join(), value).not.toContain(value);
  expect(texts[2]).toBe('{\n  "phone": "139****0000",\n  "name": "*",\n  "code": "*"\n}');
  const one = view(sent, { layers, path: at('phone'), reveal: made.marks[0]!.finding });
  expect(one.layers.slice(1).map(({ segments }) => joined(segments!))).toEqual(
    Array.from({ length: 2 }, () => `{\n  "phone": "${PHONE}",\n  "name": "*",\n  "code": "*"\n}`),
  );
  const form = [{ step: 'raw', says: null, path: 'body', input: null, text: `p=${PHONE}&n=Li`, bytes: 16 }];
  const pairs = {
    path: '/',
    body: `p=${PHONE}&n=Li`,
    evidence: [evidence('body.form.p'), { ...short('real_name', '', 'Li'), path: 'body.form.n' }],
  };
  expect(joined(view(pairs, { layers: form, path: 'body.form.p' }).layers[0]!.segments!)).toBe('p=139****0000&n=*');
});
