import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { RULES_DIR } from '../../src/cli/place.js';
import type { ExchangeRow } from '../../src/model/audit.js';
import type { StreamMessage } from '../../src/model/exchange.js';
import type { Occurrence } from '../../src/model/finding.js';
import type { Connection, Session } from '../../src/model/session.js';
import { loadRulebook } from '../../src/rulebook/load.js';
import { type Audit, createAudit, isShown } from '../../src/session/audit.js';
import type { AuditOptions } from '../../src/session/options.js';
import { answerOf, bodyOf, exchangeOf, sessionOf, sinkOf } from './traffic.js';

const rulebook = loadRulebook({ dir: RULES_DIR });
const IMEI = '490154203237518';

function auditOf(part: Partial<AuditOptions> = {}): {
  audit: Audit;
  rows: Map<number, ExchangeRow>;
  occurrences: Occurrence[];
  sessions: Session[];
  /** What the sink was told of bounds, and of messages that nobody looked through. */
  limitNames: string[];
} {
  const limitNames: string[] = [];
  const rows = new Map<number, ExchangeRow>();
  const occurrences: Occurrence[] = [];
  const sessions: Session[] = [];
  const audit = createAudit({
    session: sessionOf(),
    rulebook,
    persona: null,
    tagKey: new Uint8Array(32),
    sink: {
      exchange: (_exchange, row) => rows.set(row.seq, row),
      row: (row) => rows.set(row.seq, row),
      message() {},
      occurrence: (_id, occurrence) => occurrences.push(occurrence),
      findings() {},
      connection() {},
      limit: (name) => limitNames.push(name),
      notAnalysed: () => limitNames.push('not-analysed'),
      session: (session) => sessions.push(session),
      replay: () => occurrences,
    },
    ...part,
  });
  return { audit, rows, occurrences, sessions, limitNames };
}

const verdictOf = (audit: Audit, dataType: string) =>
  audit.findings().find((finding) => finding.dataType === dataType && isShown(finding))?.verdict;

test('evidence is there before the response is, and the row grows with the response', () => {
  const { audit, rows, occurrences } = auditOf();
  const exchange = exchangeOf(audit.nextSeq(), 'https://api.example.test/v1', `{"imei":"${IMEI}"}`);
  audit.requested(exchange, []);
  expect(occurrences[0]).toMatchObject({
    dataType: 'imei',
    exchange: 0,
    host: 'api.example.test',
    path: 'body.$.imei',
    secure: true,
    scene: null,
    app: 'main',
  });
  expect(occurrences[0]?.masked).not.toContain(IMEI);
  expect(rows.get(0)).toMatchObject({ status: null });
  const evidence = rows.get(0)?.evidence;
  audit.answered({
    ...exchange,
    response: answerOf('{"ok":true}', []),
    endedAt: 1_050,
  });
  expect(rows.get(0)).toMatchObject({ status: 200, bytesDown: 11, evidence });
  expect(audit.drain().findings.map((finding) => finding.dataType)).toContain('imei');
  expect(audit.drain().findings).toEqual([]);
});

test('choosing another category judges everything again', () => {
  const { audit, sessions } = auditOf({ session: sessionOf({ subject: { ...sessionOf().subject, categories: {} } }) });
  audit.exchange(exchangeOf(0, 'https://api.example.test/v1', '{"phone":"13900000000"}'));
  expect(verdictOf(audit, 'phone_number')).toBe('not_judged');
  audit.change({ categories: { main: ['ride_hailing'] } });
  expect(verdictOf(audit, 'phone_number')).toBe('necessary');
  audit.change({ categories: { main: ['news'] } });
  expect(verdictOf(audit, 'phone_number')).toBe('beyond_necessary');
  expect(sessions).toHaveLength(2);
  expect(audit.drain().findings.map((finding) => finding.verdict)).toContain('beyond_necessary');
});

test('an own domain that is none is refused, and nothing changes', () => {
  const { audit } = auditOf();
  const before = audit.session();
  expect(() => audit.change({ app: 'B', firstPartyDomains: ['com.cn'] })).toThrow(expect.objectContaining({ code: 'OVR_OWN_DOMAIN' }));
  expect(audit.session()).toEqual(before);
});

test('traffic belongs to the scene that ran when it was sent; before consent is an issue', () => {
  const { audit, occurrences } = auditOf();
  audit.markScene('启动', 'before_consent', 500);
  audit.exchange(exchangeOf(0, 'https://api.example.test/v1', `{"imei":"${IMEI}"}`));
  audit.markScene('登录', 'consented', 1_500);
  audit.exchange({ ...exchangeOf(1, 'https://api.example.test/v1', `{"imei":"${IMEI}"}`), startedAt: 1_600 });
  audit.endScene(2_000);
  audit.exchange({ ...exchangeOf(2, 'https://api.example.test/v1', `{"imei":"${IMEI}"}`), startedAt: 2_100 });
  expect(occurrences.filter((occurrence) => occurrence.dataType === 'imei').map((occurrence) => occurrence.scene)).toEqual([
    's1',
    's2',
    null,
  ]);
  const imei = audit.findings().find((finding) => finding.dataType === 'imei');
  expect(imei?.issues.map((issue) => issue.check)).toContain('before_consent');
  expect(audit.end(3_000)).toMatchObject({ status: 'ended', endedAt: 3_000, scenes: [{ endedAt: 1_500 }, { endedAt: 2_000 }] });
});

test('incident: what was sent after consent on a socket that was opened before it was said to be sent before; and so after refusal', () => {
  const { audit, occurrences } = auditOf();
  const messageAt = (index: number, at: number): StreamMessage => {
    const body = bodyOf(`{"imei":"${IMEI}"}`);
    return { index, direction: 'request', kind: 'ws', text: true, at, body };
  };
  const issues = () =>
    audit
      .findings()
      .find(({ dataType }) => dataType === 'imei')
      ?.issues.map(({ check }) => check);
  audit.markScene('启动', 'before_consent', 500);
  const socket = { ...exchangeOf(audit.nextSeq(), 'https://api.example.test/ws', ''), startedAt: 600 };
  audit.requested(socket, []);
  audit.markScene('登录', 'consented', 1_500);
  audit.messaged(socket, messageAt(0, 1_600));
  expect(occurrences.map(({ scene }) => scene)).toEqual(['s2']);
  expect(issues()).not.toContain('before_consent');
  audit.markScene('拒绝', 'refused', 2_000);
  audit.messaged(socket, messageAt(1, 2_100));
  expect(occurrences.map(({ scene }) => scene)).toEqual(['s2', 's3']);
  expect(issues()).toContain('after_refusal');
});

test('a mini program is an app of its own', () => {
  const { audit, occurrences } = auditOf({
    attribute: ({ headers }) => (headers.some(([name]) => name === 'Referer') ? { id: 'wechat:wx1', by: 'referer' } : null),
  });
  const exchange = exchangeOf(0, 'https://api.other.test/v1', `{"imei":"${IMEI}"}`);
  audit.exchange({
    ...exchange,
    request: { ...exchange.request, headers: [['Referer', 'https://servicewechat.com/wx1/1/page-frame.html']] },
  });
  expect(occurrences[0]).toMatchObject({ app: 'wechat:wx1', attributed: true });
  expect(verdictOf(audit, 'imei')).toBe('not_judged');
});

test("incident: where a package was named and nothing told who sent what, the phone's own system was accused as the app", () => {
  const { audit, occurrences } = auditOf({ attribute: ({ url }) => (url.includes('/told') ? { id: 'main', by: 'adb' } : null) });
  audit.exchange(exchangeOf(0, 'https://api.example.test/v1', `{"imei":"${IMEI}"}`));
  audit.exchange(exchangeOf(1, 'https://api.example.test/told', `{"imei":"${IMEI}"}`));
  expect(occurrences.map(({ app, attributed }) => [app, attributed])).toEqual([
    ['main', undefined],
    ['main', true],
  ]);
});

test('a connection of another app carries its name, before anything of it is read', () => {
  const phone = { uid: 10_200, packages: ['com.example.keyboard'], system: false };
  const { audit } = auditOf({
    attribute: ({ client }) => (client?.app === undefined ? null : { id: client.app.packages[0] ?? '', by: 'adb' }),
  });
  const connection = {
    id: 'c1',
    at: 0,
    client: { address: '192.0.2.7', port: 1, user: null, app: phone },
    host: 'a.test',
    port: 443,
    serverAddress: null,
    protocol: null,
    reach: 'pinned',
    cause: null,
    bytesUp: 0,
    bytesDown: 0,
    notAnalysed: 0,
  } as const;
  audit.connection(connection);
  const exchange = { ...exchangeOf(0, 'https://api.other.test/v1', `{"imei":"${IMEI}"}`), client: connection.client };
  audit.exchange(exchange);
  const { connections, exchanges } = audit.drain();
  expect(connections[0]?.app).toBe('com.example.keyboard');
  expect(exchanges[0]).toMatchObject({ app: 'com.example.keyboard', attributedBy: 'adb', client: 'com.example.keyboard' });
  expect(verdictOf(audit, 'imei')).toBe('not_judged');
});

test('outgoing stream messages are judged, incoming ones only when asked', () => {
  const { audit, occurrences } = auditOf();
  const exchange = exchangeOf(audit.nextSeq(), 'https://api.example.test/stream');
  audit.requested(exchange, []);
  const message = (index: number, direction: 'request' | 'response') =>
    ({ index, direction, kind: 'ws', text: true, at: 1_100, body: bodyOf(`{"imei":"${IMEI}"}`) }) as const;
  audit.messaged(exchange, message(0, 'response'));
  expect(occurrences).toEqual([]);
  audit.messaged(exchange, message(1, 'request'));
  expect(occurrences[0]).toMatchObject({ path: 'ws[1].$.imei', message: 1 });
});

test('a bug in the analysis of one message is counted and shown, and the audit goes on', () => {
  const { audit, rows, limitNames } = auditOf();
  const broken = exchangeOf(audit.nextSeq(), 'https://api.example.test/v1');
  // A request whose headers cannot be read stands for any fault in a decoder.
  const request = { ...broken.request };
  Object.defineProperty(request, 'headers', {
    enumerable: true,
    get: (() => {
      let calls = 0;
      return () => {
        calls += 1;
        if (calls === 2) throw new TypeError('a decoder fault');
        return [];
      };
    })(),
  });
  audit.requested({ ...broken, request }, []);
  expect(audit.counters().notAnalysed).toBe(1);
  expect(limitNames).toEqual(['not-analysed']);
  expect(rows.get(0)?.warnings).toMatchObject([{ code: 'analysis-failed', detail: 'a decoder fault' }]);
  audit.exchange(exchangeOf(1, 'https://api.example.test/v1', `{"imei":"${IMEI}"}`));
  expect(verdictOf(audit, 'imei')).toBe('beyond_necessary');
});

test('what the phone sent and nobody read counts as not analysed; what came back does where responses are judged', () => {
  const { audit, limitNames } = auditOf();
  audit.dropped('down');
  expect(limitNames).toEqual([]);
  audit.dropped('up');
  expect([audit.counters().notAnalysed, limitNames]).toEqual([1, ['not-analysed']]);
  const judging = auditOf({ responses: true });
  judging.audit.dropped('down');
  expect(judging.audit.counters().notAnalysed).toBe(1);
});

test('where an address is registered is known from the first exchange on; without a table it is not judged', () => {
  const exchange = exchangeOf(0, 'https://api.example.test/v1', `{"imei":"${IMEI}"}`);
  const found = (part: Partial<AuditOptions>) => {
    const { audit } = auditOf(part);
    audit.exchange(exchange);
    return audit.findings().find((finding) => finding.dataType === 'imei' && isShown(finding));
  };
  const abroad = found({ countries: { asOf: null, countryOf: (address) => (address === exchange.serverAddress ? 'JP' : null) } });
  expect(abroad?.party.country).toBe('JP');
  expect(abroad?.issues.map(({ check }) => check)).toContain('abroad');
  const unknown = found({});
  expect(unknown?.party.country).toBeNull();
  expect(unknown?.issues.map(({ check }) => check)).not.toContain('abroad');
});

test('an answer of the refusal test is kept with the session and costs no judging again', () => {
  const { audit, sessions } = auditOf();
  audit.exchange(exchangeOf(0, 'https://api.example.test/v1', `{"imei":"${IMEI}"}`));
  audit.drain();
  const refusal = [{ id: 'declined', question: { zh: '问', en: 'Q' }, answer: 'no' as const, note: null }];
  audit.change({ refusal });
  expect(sessions.at(-1)?.subject.refusal).toEqual(refusal);
  expect(audit.drain().findings).toEqual([]);
  audit.change({ categories: { main: ['ride_hailing'] } });
  expect(audit.session().subject.refusal).toEqual(refusal);
  expect(audit.drain().findings.length).toBeGreaterThan(0);
});

test('a value handed out by one server is followed to another: live, in one go, and in the order in which a slow answer came', () => {
  const id = '6f1d2c3b4a594687a796a5b4c3d2e1f0';
  const response = answerOf(JSON.stringify({ deviceId: id }));
  const init = exchangeOf(0, 'https://api.maker.test/init', undefined, { responseStartedAt: 1_015, endedAt: 1_016, response });
  const early = exchangeOf(1, `https://collect.other.test/?zz=${id.replace('6f', '7f')}`);
  const late = exchangeOf(2, `https://collect.other.test/?zz=${id}`);
  const said = ({ occurrences }: { occurrences: Occurrence[] }) =>
    occurrences.map(({ exchange, detector, path, dataType }) => [exchange, detector, path, dataType]);

  const live = auditOf();
  live.audit.requested({ ...init, response: null, responseStartedAt: null, endedAt: null }, []);
  live.audit.requested(early, []);
  live.audit.answered(init);
  live.audit.requested(late, []);
  const whole = auditOf();
  for (const exchange of [init, early, late]) whole.audit.exchange(exchange);

  expect(said(live)).toContainEqual([2, 'followed', 'query.zz', 'device_uuid']);
  expect(said(whole)).toEqual(said(live));
  const off = auditOf({ follow: false });
  for (const exchange of [init, early, late]) off.audit.exchange(exchange);
  expect(off.occurrences.filter(({ detector }) => detector === 'followed')).toEqual([]);
});

describe('an identifier that one message names and another does not', () => {
  const oaid = '5f7e0c31-9a4b-4d26-8e17-b3c5d2f60a98';
  const md5 = createHash('md5').update(oaid).digest('hex');
  const named = `{"oaid":"${oaid}","event":"open"}`;
  const found = (occurrences: readonly Occurrence[]) =>
    occurrences
      .filter(({ detector }) => detector === 'recurring')
      .map(({ exchange, host, path, dataType, form }) => [exchange, host, path, dataType, form].join(' '))
      .sort();
  const WANTED = ['0 b.other.test body.$.k oaid plain', '0 b.other.test body.$.z oaid md5', '2 c.third.test query.x1 oaid plain'];
  const unnamed = `{"k":"${oaid}","z":"${md5}"}`;

  test('whichever of the messages comes first, and however long ago it ended', () => {
    const { audit, occurrences, rows } = auditOf();
    audit.exchange(exchangeOf(0, 'https://b.other.test/e', unnamed));
    expect(found(occurrences)).toEqual([]);
    audit.exchange(exchangeOf(1, 'https://a.sdk.test/v1', named, { startedAt: 1_000 }));
    audit.exchange(exchangeOf(2, `https://c.third.test/p?x1=${oaid.toUpperCase()}`, undefined, { startedAt: 2_000 }));
    expect(found(occurrences)).toEqual(WANTED);
    expect(rows.get(0)?.evidence).toBe(occurrences.filter(({ exchange }) => exchange === 0).length);
    const [first] = occurrences.filter(({ path }) => path === 'body.$.k');
    expect(first).toMatchObject({
      grade: 'probable',
      at: exchangeOf(0, 'https://b.other.test/e').startedAt,
      url: 'https://b.other.test/e',
      value: oaid,
    });
    expect(first?.trace[0]?.text.en).toBe('the same value as sent to a.sdk.test at body.$.oaid, where its name says what it is');
    expect(audit.drain().exchanges.map(({ seq, evidence }) => [seq, evidence > 0])).toEqual(expect.arrayContaining([[0, true]]));
  });

  test('the running audit says the same as reading again in another order', () => {
    const live = auditOf();
    const exchanges = [
      exchangeOf(0, 'https://b.other.test/e', unnamed),
      exchangeOf(1, 'https://a.sdk.test/v1', named, { startedAt: 1_000 }),
      exchangeOf(2, `https://c.third.test/p?x1=${oaid}`, undefined, { startedAt: 2_000 }),
    ];
    for (const exchange of [1, 0, 2].map((seq) => exchanges[seq]!)) live.audit.requested(exchange, []);
    for (const exchange of exchanges) live.audit.ended(exchange);
    const again = auditOf();
    for (const exchange of exchanges) again.audit.exchange(exchange);
    expect(found(live.occurrences)).toEqual(WANTED);
    expect(found(again.occurrences)).toEqual(WANTED);
    expect(live.audit.findings()).toEqual(again.audit.findings());
    expect([...live.rows.values()].map(({ seq, evidence }) => [seq, evidence]).sort()).toEqual(
      [...again.rows.values()].map(({ seq, evidence }) => [seq, evidence]).sort(),
    );
  });

  test('in a message of a stream that was sent in a scene of its own', () => {
    const { audit, occurrences } = auditOf();
    audit.markScene('before consent', 'before_consent', 0);
    const stream = exchangeOf(0, 'https://b.other.test/ws', undefined);
    audit.requested(stream, []);
    audit.messaged(stream, { index: 1, kind: 'ws', direction: 'request', text: true, at: 10, body: bodyOf(`{"k":"${oaid}"}`) });
    audit.markScene('after', 'consented', 20);
    audit.requested(exchangeOf(1, 'https://a.sdk.test/v1', named, { startedAt: 30 }), []);
    const [late] = occurrences.filter(({ detector }) => detector === 'recurring');
    expect(late).toMatchObject({ exchange: 0, at: 10, scene: 's1', message: 1, path: 'ws[1].$.k' });
  });

  test('nothing is held against other messages where values are not followed', () => {
    const { audit, occurrences } = auditOf({ follow: false });
    audit.exchange(exchangeOf(0, 'https://a.sdk.test/v1', named));
    audit.exchange(exchangeOf(1, 'https://b.other.test/e', unnamed, { startedAt: 10 }));
    expect(found(occurrences)).toEqual([]);
  });
});

describe('values are followed through streams', () => {
  const ID = 'Zk3v9QmT7xLw2PbRd8Fh4Jn6';
  const message = (index: number, direction: 'request' | 'response', at: number, body: string): StreamMessage => ({
    index,
    direction,
    kind: 'ws',
    text: true,
    at,
    body: bodyOf(body),
  });
  const followedIn = ({ occurrences }: { occurrences: Occurrence[] }) =>
    occurrences
      .filter(({ detector }) => detector === 'followed')
      .map(({ exchange, message: index, path, dataType }) => [exchange, index, path, dataType])
      .sort();
  const handingOut = answerOf(JSON.stringify({ deviceId: ID }));

  /** A socket that is open from the beginning, an answer that hands a value out meanwhile, and who carries it on. */
  const incoming = message(0, 'response', 1_030, JSON.stringify({ deviceId: 'Qw8e7Rt6Yu5Io4Pa3Sd2Fg1H' }));
  const before = message(1, 'request', 1_040, JSON.stringify({ a: ID }));
  const after = message(2, 'request', 1_090, JSON.stringify({ b: ID }));
  const socket = exchangeOf(0, 'https://push.other.test/socket', undefined, { messages: [incoming, before, after] });
  const answer = exchangeOf(5, 'https://api.maker.test/init', undefined, {
    response: handingOut,
    responseStartedAt: 1_060,
    endedAt: 1_061,
  });
  const carrying = exchangeOf(8, 'https://log.third.test/?t=Qw8e7Rt6Yu5Io4Pa3Sd2Fg1H');
  const WANTED = [
    [0, 2, 'ws[2].$.b', 'device_uuid'],
    [8, null, 'query.t', 'device_uuid'],
  ];

  function live() {
    const running = auditOf();
    running.audit.requested({ ...socket, messages: [] }, []);
    running.audit.messaged({ ...socket, messages: [incoming] }, incoming);
    running.audit.messaged({ ...socket, messages: [incoming, before] }, before);
    running.audit.requested({ ...answer, response: null }, []);
    running.audit.answered(answer);
    running.audit.requested(carrying, []);
    running.audit.messaged(socket, after);
    return running;
  }

  test('out of a response into a socket, out of a socket into a request; live and read again the same', () => {
    const running = live();
    const again = auditOf();
    for (const exchange of [socket, answer, carrying]) again.audit.exchange(exchange);
    again.audit.settle();
    // The value was sent before it was handed out: it is the phone's own, and nobody is accused of passing it on.
    const echoed = WANTED.filter(([exchange]) => exchange !== 0);
    expect(followedIn(running)).toEqual(echoed);
    expect(followedIn(again)).toEqual(echoed);
  });

  test('a message that carries on what was handed out minutes after the socket was opened', () => {
    const without = { ...socket, messages: [incoming, { ...after, index: 1 }] };
    const again = auditOf();
    for (const exchange of [without, answer, carrying]) again.audit.exchange(exchange);
    expect(again.rows.has(0)).toBe(false);
    again.audit.settle();
    expect(followedIn(again)).toEqual([[0, 1, 'ws[1].$.b', 'device_uuid'], WANTED[1]]);
    expect(again.rows.has(0)).toBe(true);
  });
});

test('other rules: what was found is judged again, what comes is read by them, and values that were handed out are still followed', () => {
  const { audit, sessions } = auditOf();
  const handed = 'Zk3v9QmT7xLw2PbR';
  const response = answerOf(`{"deviceId":"${handed}"}`);
  audit.exchange(exchangeOf(0, 'https://a.vendor.test/v1', `{"imei":"${IMEI}"}`, { response, responseStartedAt: 1_005, endedAt: 1_006 }));
  audit.change({ categories: { main: ['news'] } });
  expect(verdictOf(audit, 'imei')).toBe('beyond_necessary');
  const pack = { ...rulebook.pack, id: 'other', version: '2.0.0', effective: null };
  audit.adopt({ ...rulebook, pack, sha256: 'f'.repeat(64) }, 42);
  expect(verdictOf(audit, 'imei')).toBe('not_judged');
  expect(sessions.at(-1)?.subject.reloads).toEqual({
    earlier: [{ pack: 'cn-2021', version: rulebook.pack.version, sha256: rulebook.sha256, until: 42 }],
    refused: null,
  });
  audit.exchange(exchangeOf(1, 'https://b.other.test/v1', `{"x":"${handed}"}`));
  expect(
    audit
      .findings()
      .filter(({ party }) => party.host === 'b.other.test')
      .map(({ dataType }) => dataType),
  ).toContain('device_uuid');
});

test('values that come in the middle count from then on, and how much passed before them is kept with the session', () => {
  const { audit, sessions } = auditOf();
  const nickname = (who: string) => ({ values: { nickname: [who] }, salts: [], keys: [] });
  expect(audit.know(nickname('Zx9-first'), 5).subject.knownSince, 'nothing has passed yet').toBeUndefined();
  for (const seq of [0, 1]) audit.exchange(exchangeOf(seq, 'https://api.example.test/v1', '{"who":"Zx9-later"}'));
  expect(audit.know(nickname('Zx9-later'), 6).subject.knownSince).toEqual({ at: 6, exchanges: 2 });
  expect(sessions.at(-1)?.subject.knownSince).toEqual({ at: 6, exchanges: 2 });
  audit.exchange(exchangeOf(2, 'https://api.example.test/v1', '{"who":"Zx9-later"}'));
  expect(audit.findings().map(({ dataType, count }) => [dataType, count])).toEqual([['nickname', 1]]);
  audit.end(7);
  expect(audit.know(null, 8).subject.knownSince, 'what is over stays as it was').toEqual({ at: 6, exchanges: 2 });
});

test('rules without the chosen category are refused, and nothing changes', () => {
  const { audit } = auditOf();
  audit.exchange(exchangeOf(0, 'https://api.example.test/v1', `{"imei":"${IMEI}"}`));
  audit.change({ categories: { main: ['news'] } });
  const categories = rulebook.pack.categories.filter(({ id }) => id !== 'news');
  expect(() => audit.adopt({ ...rulebook, pack: { ...rulebook.pack, categories } }, 1)).toThrow(/news/);
  expect(verdictOf(audit, 'imei')).toBe('beyond_necessary');
  expect(audit.session().subject.reloads).toBeUndefined();
});

test('a stream carried over from the session before is of the app that opened it; only its messages are read', () => {
  const { audit, rows, occurrences } = auditOf({
    attribute: ({ headers }) => (headers.some(([name]) => name === 'Referer') ? { id: 'wechat:wx1', by: 'referer' } : null),
  });
  const opening = exchangeOf(7, `https://api.example.test/?imei=${IMEI}`);
  const opened = { ...opening, request: { ...opening.request, headers: [['Referer', 'https://servicewechat.com/wx1/']] as const } };
  const place = exchangeOf(audit.nextSeq(), 'https://api.example.test/');
  audit.carried(place, opened);
  expect(occurrences).toEqual([]);
  expect(rows.get(0)).toMatchObject({ app: 'wechat:wx1', attributedBy: 'referer', evidence: 0 });
  const body = bodyOf(`{"imei":"${IMEI}"}`);
  audit.messaged(place, { index: 4, direction: 'request', kind: 'ws', text: true, at: 2_000, body });
  expect(occurrences).toMatchObject([{ dataType: 'imei', message: 4, app: 'wechat:wx1' }]);
  expect(audit.counters()).toMatchObject({ exchanges: 1 });
});

test('naming a phone is no ground for judging anew', () => {
  let replays = 0;
  const none = sinkOf({
    replay: () => {
      replays += 1;
      return [];
    },
  });
  const { audit } = auditOf({ sink: none });
  const devices = [{ address: '192.168.1.9', label: 'A' }];
  expect(audit.change({ devices }).subject.devices).toEqual(devices);
  expect(replays).toBe(0);
  audit.change({ app: 'other' });
  expect(replays).toBe(1);
});

test('incident: a known value that lay across two pieces of a connection that is not read was not found', () => {
  const persona = { values: { phone_number: ['13900000000'], nickname: ['Zx9-only-here'] }, salts: [], keys: [] };
  const { audit, rows, occurrences } = auditOf({ persona });
  const connection = {
    id: 'c9',
    at: 0,
    client: { address: '192.168.1.9', port: 1, user: null },
    host: 'im.example.test',
    port: 5222,
    serverAddress: null,
    protocol: null,
  } as const;
  const raw: Connection = { ...connection, reach: 'not_inspected', cause: null, bytesUp: 0, bytesDown: 0, notAnalysed: 0 };
  const pieces = ['\x10\x01 tel=139', '00000', '000; name=Zx9-only-here; a=', 'b'].map((text) => Buffer.from(text, 'latin1'));
  pieces.forEach((piece, index) => void audit.unread(raw, piece, 'up', 1_000 + index, Buffer.concat(pieces.slice(0, index))));
  expect(occurrences.map(({ dataType, at }) => [dataType, at])).toEqual([
    ['phone_number', 1_002],
    ['nickname', 1_002],
  ]);
  // A later find counts on top of the earlier ones.
  audit.unread(raw, Buffer.from('again Zx9-only-here'), 'up', 2_000, Buffer.alloc(0));
  expect([...rows.values()]).toMatchObject([{ method: 'RAW', evidence: 3 }]);
});

test.each(['server-push', 'har-from-cache'])('incident: a request that no phone had sent (%s) was judged as if one had', (code) => {
  const { audit, rows } = auditOf();
  const unsent = (seq: number) =>
    exchangeOf(seq, `https://api.example.test/v1?imei=${IMEI}`, undefined, { warnings: [{ code, detail: '' }] });
  audit.requested(unsent(audit.nextSeq()), []);
  audit.exchange(unsent(1));
  expect(audit.findings()).toEqual([]);
  expect(rows.size).toBe(2);
});
