import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { createDetector } from '../../src/detect/detector.js';
import { marksOf } from '../../src/detect/marks.js';
import { createRecurring, type Recurring } from '../../src/detect/recurring.js';
import { limits } from '../../src/limits.js';
import type { Evidence } from '../../src/model/finding.js';
import { request } from '../decode/sample.js';
import { dataTypes } from './fixture.js';

const detector = createDetector({ dataTypes });
const IMEI = '490154203237518';
const PHONE = '13912345678';
const ANDROID_ID = '3f9d1c7ab0e25486';
const MAC = 'a4:5e:60:c1:22:9f';
const OAID = '5f7e0c31-9a4b-4d26-8e17-b3c5d2f60a98';
const base64 = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('base64');
const hash = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex');

interface Sent {
  readonly now: readonly string[];
  readonly later: readonly string[];
  readonly evidence: readonly Evidence[];
}

/** Sends one message after another. @returns of each what recurred in it, as it was sent and in the end. */
function send(recurring: Recurring, ...bodies: object[]): Sent[] {
  const sent: Array<{ now: string[]; later: string[]; evidence: Evidence[] }> = [];
  const said = ({ path, dataType, form }: Evidence) => `${path} ${dataType} ${form}`;
  for (const [index, body] of bodies.entries()) {
    const own = { now: [] as string[], later: [] as string[], evidence: [] as Evidence[] };
    sent.push(own);
    const decoded = decodeRequest(request({ body: JSON.stringify(body), type: 'application/json' }));
    const evidence = detector.detect(decoded, undefined, (message) =>
      recurring.see({ ...message, marks: marksOf(decoded) }, `h${index}.test`, (late) => {
        own.later.push(said(late));
        own.evidence.push(late);
      }),
    );
    const here = evidence.filter((each) => each.detector === 'recurring');
    own.now.push(...here.map(said));
    own.evidence.push(...here);
  }
  return sent;
}

const sentAfter = (...bodies: object[]) => send(createRecurring(), ...bodies).at(-1)!.now;
const sentBefore = (...bodies: object[]) => send(createRecurring(), ...bodies)[0]!.later;

describe('a value that another message named', () => {
  it.each([
    ['an identifier of the phone', { android_id: ANDROID_ID }, { k: ANDROID_ID }, 'body.$.k android_id plain'],
    ['in capitals', { android_id: ANDROID_ID }, { k: ANDROID_ID.toUpperCase() }, 'body.$.k android_id plain'],
    ['a number with a test of its own', { imei: IMEI }, { v: IMEI }, 'body.$.v imei plain'],
    ['a phone number', { mobile: PHONE, nickname: 'x' }, { a1: PHONE }, 'body.$.a1 phone_number plain'],
    ['its MD5', { imei: IMEI }, { v: hash('md5', IMEI) }, 'body.$.v imei md5'],
    ['its SHA-256 in capitals', { android_id: ANDROID_ID }, { v: hash('sha256', ANDROID_ID).toUpperCase() }, 'body.$.v android_id sha256'],
    [
      'the digest of another spelling',
      { android_id: ANDROID_ID },
      { v: hash('sha1', ANDROID_ID.toUpperCase()) },
      'body.$.v android_id sha1',
    ],
    ['its SHA-256 in base64', { imei: IMEI }, { v: base64('sha256', IMEI) }, 'body.$.v imei sha256'],
    ['its MD5 behind its name', { android_id: ANDROID_ID }, { v: `md5:${hash('md5', ANDROID_ID)}` }, 'body.$.v android_id md5'],
    ['its SHA-1 behind its name', { android_id: ANDROID_ID }, { v: `SHA1:${hash('sha1', ANDROID_ID)}` }, 'body.$.v android_id sha1'],
    ['an address without its colons', { mac: MAC }, { k: MAC.replaceAll(':', '') }, 'body.$.k mac_address plain'],
    ['an address with dashes, in capitals', { mac: MAC }, { k: MAC.replaceAll(':', '-').toUpperCase() }, 'body.$.k mac_address plain'],
    ['an address that was named without colons', { wifi_mac: MAC.replaceAll(':', '') }, { k: MAC }, 'body.$.k mac_address plain'],
    ['a digest that was named itself', { imei_md5: hash('md5', IMEI) }, { v: hash('md5', IMEI) }, 'body.$.v imei md5'],
  ])('%s', (_, named, unnamed, wanted) => {
    expect(sentAfter(named, unnamed)).toEqual([wanted]);
    expect(sentBefore(unnamed, named)).toEqual([wanted]);
  });

  it('says where it was named, and how a digest is made again', () => {
    const [, plain, digest] = send(createRecurring(), { imei: IMEI }, { v: IMEI }, { v: hash('md5', IMEI) });
    expect(plain!.evidence[0]).toMatchObject({ grade: 'probable', value: IMEI });
    expect(plain!.evidence[0]!.trace[0]!.text).toEqual({
      zh: '与发往 h0.test 的 body.$.imei 的值相同，那里的字段名说明了它是什么',
      en: 'the same value as sent to h0.test at body.$.imei, where its name says what it is',
    });
    expect(digest!.evidence[0]!.trace[0]!.text.en).toMatch(
      /^equals the md5 digest of the value sent to h0\.test at body\.\$\.imei \(written before hashing as: /,
    );
  });
});

describe('a value of two names', () => {
  const unnamed = { k: OAID };

  it('is what the more particular one says, whichever came first', () => {
    expect(sentAfter({ device_id: OAID }, { oaid: OAID }, unnamed)).toEqual(['body.$.k oaid plain']);
    expect(sentAfter({ oaid: OAID }, { device_id: OAID }, unnamed)).toEqual(['body.$.k oaid plain']);
    expect(sentAfter({ device_id: OAID }, { oaid: OAID }, { v: hash('md5', OAID) })).toEqual(['body.$.v oaid md5']);
  });

  it('in one message: what waited for it is told once, as the more particular one', () => {
    expect(sentBefore(unnamed, { a: { device_id: OAID }, b: { oaid: OAID } })).toEqual(['body.$.k oaid plain']);
  });

  it('what was told by the first stays so, and is told once', () => {
    expect(sentBefore(unnamed, { device_id: OAID }, { oaid: OAID })).toEqual(['body.$.k device_uuid plain']);
  });

  it('says where the more particular name stood', () => {
    const [, , found] = send(createRecurring(), { device_id: OAID }, { oaid: OAID }, unnamed);
    expect(found!.evidence[0]!.trace[0]!.text.en).toContain('h1.test at body.$.oaid');
  });
});

describe('what is not held against other messages', () => {
  it.each([
    ['a name that says it is something else', { device_id: ANDROID_ID.repeat(2) }, { order_id: ANDROID_ID.repeat(2) }],
    ['a value that was only a clue', { id: ANDROID_ID }, { k: ANDROID_ID }],
    ['an account, which may be another person’s', { userId: '7316482950183746' }, { a: '7316482950183746' }],
    [
      'a login: what it is called differs from server to server',
      { access_token: `${ANDROID_ID}${ANDROID_ID}` },
      { a: `${ANDROID_ID}${ANDROID_ID}` },
    ],
    ['what systems answer that could not tell', { android_id: '9774d56d682e549c' }, { k: '9774d56d682e549c' }],
    ['incident: an identifier that somebody typed', { android_id: '1234567890abcdef' }, { k: '1234567890abcdef' }],
    [
      'incident: a UUID that somebody typed',
      { oaid: '12345678-1234-1234-1234-123456789012' },
      { k: '12345678-1234-1234-1234-123456789012' },
    ],
    ['what protocols carry', { android_id: ANDROID_ID }, {}],
    ['a short number without a test', { device_id: '1234567890' }, { n: '1234567890' }],
  ])('%s', (_, first, second) => {
    expect(sentAfter(first, second)).toEqual([]);
    expect(sentBefore(second, first)).toEqual([]);
  });

  it('a place in a list that is told as a whole: the router of one message is not the phone of the next', () => {
    const nodes = [
      { node_id: 'n1', mac: 'a4:5e:60:c1:22:9f', rssi: -40, role: 'router' },
      { node_id: 'n2', mac: 'a4:5e:60:c1:22:a0', rssi: -41, role: 'leaf' },
    ];
    const own = { mac: 'a4:5e:60:c1:22:9f' };
    expect(sentBefore({ nodes }, own)).toEqual([]);
    expect(sentAfter(own, { nodes })).toEqual([]);
  });

  it('a place of which it is sure already', () => {
    expect(sentAfter({ android_id: ANDROID_ID }, { android_id: ANDROID_ID })).toEqual([]);
    expect(sentBefore({ oaid: '5f7e0c31-9a4b-4d26-8e17-b3c5d2f60a98' }, { deviceUuid: '5f7e0c31-9a4b-4d26-8e17-b3c5d2f60a98' })).toEqual(
      [],
    );
  });
});

describe('bounded', () => {
  const other = (index: number) => ({ k: hash('md5', `other ${index}`) });

  it('a value that passed too long before it was named is not told, and that is said once', () => {
    const recurring = createRecurring(8);
    const [first] = send(recurring, { k: ANDROID_ID }, ...Array.from({ length: 20 }, (_, index) => other(index)));
    expect(recurring.reached()).toEqual([]);
    send(recurring, { android_id: ANDROID_ID });
    expect(first!.later).toEqual([]);
    expect([recurring.reached(), recurring.reached()]).toEqual([['recurringValues'], []]);
  });

  it('what was named stays known while others pass', () => {
    const recurring = createRecurring(8);
    const others = Array.from({ length: 20 }, (_, index) => other(index));
    expect(send(recurring, { android_id: ANDROID_ID }, ...others, { k: ANDROID_ID }).at(-1)!.now).toHaveLength(1);
    expect(recurring.reached()).toEqual([]);
  });

  it('digests of the values named longest ago are forgotten, and that is said', () => {
    const recurring = createRecurring();
    const ids = Array.from({ length: Math.ceil(limits.recurringDigests / 20) }, (_, index) => hash('sha1', `id ${index}`).slice(0, 16));
    send(recurring, { android_id: ANDROID_ID }, ...ids.map((android_id) => ({ android_id })));
    expect(recurring.reached()).toContain('recurringDigests');
    expect(send(recurring, { v: hash('md5', ANDROID_ID) })[0]!.now).toEqual([]);
    expect(send(recurring, { v: hash('md5', ids.at(-1)!) })[0]!.now).toEqual([`body.$.v android_id md5`]);
  });

  it('of one value in more messages than are kept it is said that some are not told', () => {
    const recurring = createRecurring();
    const sent = send(recurring, ...Array.from({ length: 20 }, () => ({ k: ANDROID_ID })));
    send(recurring, { android_id: ANDROID_ID });
    expect(sent.filter(({ later }) => later.length > 0)).toHaveLength(16);
    expect(recurring.reached()).toEqual(['recurringValues']);
  });

  it('places that hold on to long addresses are kept as far as there is room, and that is said', () => {
    const recurring = createRecurring();
    const long = limits.recurringHeld / 4;
    const of = (id: string) => decodeRequest(request({ body: JSON.stringify({ k: id }), type: 'application/json' }));
    const told: string[] = [];
    const ids = Array.from({ length: 8 }, (_, index) => hash('sha1', `id ${index}`).slice(0, 16));
    const see = (id: string) =>
      detector.detect(of(id), undefined, (message) =>
        recurring.see({ ...message, marks: marksOf(message.decoded) }, 'h.test', ({ value }) => told.push(value), long),
      );
    for (const id of ids) see(id);
    send(recurring, ...ids.map((android_id) => ({ android_id })));
    expect(told).toEqual(ids.slice(0, 3));
    expect(recurring.reached()).toEqual(['recurringValues']);
    // What was told makes room.
    const next = hash('sha1', 'next').slice(0, 16);
    see(next);
    send(recurring, { android_id: next });
    expect(told.at(-1)).toBe(next);
  });

  it('of a message that names thousands of identifiers not all digests are made', () => {
    const recurring = createRecurring();
    const ids = Array.from({ length: 300 }, (_, index) => hash('sha1', `id ${index}`).slice(0, 16));
    send(recurring, { l: ids.map((android_id) => ({ android_id })) });
    expect(recurring.reached()).toEqual(['recurringDigests']);
    expect(
      send(recurring, { v: hash('md5', ids[0]!) }, { v: ids[299] }, { v: hash('md5', ids[299]!) }).map(({ now }) => now.length),
    ).toEqual([1, 1, 0]);
  });

  it('the rules in force decide which names refuse, not those of the time when a place was remembered', () => {
    const recurring = createRecurring();
    const told: string[] = [];
    const see = (body: object, refuses: boolean) => {
      const decoded = decodeRequest(request({ body: JSON.stringify(body), type: 'application/json' }));
      detector.detect(decoded, undefined, (message) =>
        recurring.see({ ...message, refuses: () => refuses, marks: marksOf(decoded) }, 'h.test', ({ path }) => told.push(path)),
      );
    };
    see({ k: ANDROID_ID }, false);
    see({ android_id: ANDROID_ID }, true);
    expect(told).toEqual([]);
  });

  it('a list of many devices takes no longer to hold against others than to read', () => {
    const l = Array.from({ length: 16_000 }, (_, index) => ({ device_id: hash('md5', `${index}`) }));
    const decoded = decodeRequest(request({ body: JSON.stringify({ l }), type: 'application/json' }));
    const timed = (recall?: () => []) => {
      const start = performance.now();
      detector.detect(decoded, undefined, recall);
      return performance.now() - start;
    };
    timed();
    expect(timed(() => [])).toBeLessThan(4 * timed() + 200);
  });
});
