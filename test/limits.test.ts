import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import Sqlite from 'better-sqlite3';
import { afterAll, describe, expect, test } from 'vitest';
import { RULES_DIR } from '../src/cli/place.js';
import type { DecodeOptions } from '../src/decode/index.js';
import { decodeRequest } from '../src/decode/index.js';
import { Work } from '../src/decode/work.js';
import { type LimitName, limits } from '../src/limits.js';
import type { SearchReach } from '../src/model/audit.js';
import type { StreamMessage } from '../src/model/exchange.js';
import type { HookFailure } from '../src/model/hook.js';
import { loadRulebook } from '../src/rulebook/load.js';
import { createAnalyst } from '../src/session/analyst.js';
import { createRecordedAudit } from '../src/session/recorded.js';
import { openStore } from '../src/store/store.js';
import { request } from './decode/sample.js';
import { answerOf, bodyOf, exchangeOf, sessionOf } from './session/traffic.js';
import * as specimen from './store/specimen.js';
import { dataFolder, removeFolders } from './store/specimen.js';

/**
 * What happens where a bound is reached. Each has its line in one of these tables, or it is a bound that is passed over in silence:
 * a new one without a line fails here.
 */
const rulebook = loadRulebook({ dir: RULES_DIR });
const { dataTypes } = rulebook;
const IMEI = '490154203237518';
const persona = { values: { imei: [IMEI] }, salts: [], keys: [] };
const tagKey = new Uint8Array(32);

type Sent = Parameters<typeof request>[0];
const decoding = (sent: Sent, options: DecodeOptions = {}) => decodeRequest(request(sent), options).limits.map(({ limit }) => limit);
const reading = (sent: Sent) =>
  createAnalyst({ dataTypes, persona, tagKey })
    .request(request(sent))
    .limits.map(({ limit }) => limit);
const json = (value: unknown): Sent => ({ type: 'application/json', body: JSON.stringify(value) });
const nested = (depth: number) => `${'['.repeat(depth)}1${']'.repeat(depth)}`;

/** `[[[...x]]]`, each array in the first place of the one around it. */
const deep = (depth: number, value: unknown): unknown => (depth === 0 ? value : [deep(depth - 1, value)]);

const wrapped = (layers: number) => {
  let bytes = Buffer.from('{"a":"b"}');
  for (let layer = 0; layer < layers; layer++) bytes = gzipSync(bytes);
  return bytes;
};

/** A ZIP of so many stored entries of one letter each (APPNOTE 4.3). */
function archive(entries: number): Buffer {
  const record = (signature: number, index: number, size: number, nameAt: number) => {
    const bytes = Buffer.alloc(size);
    bytes.writeUInt32LE(signature, 0);
    bytes.writeUInt32LE(1, nameAt - 8);
    bytes.writeUInt32LE(1, nameAt - 4);
    bytes.writeUInt16LE(4, nameAt);
    return { bytes, name: Buffer.from(String(1_000 + index)) };
  };
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  for (let index = 0; index < entries; index++) {
    const here = record(0x04034b50, index, 30, 26);
    const there = record(0x02014b50, index, 46, 28);
    there.bytes.writeUInt32LE(index * 35, 42);
    local.push(here.bytes, here.name, Buffer.from('x'));
    central.push(there.bytes, there.name);
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(entries * 35, 16);
  return Buffer.concat([...local, ...central, end]);
}

function photo(entries: number): Buffer {
  const tiff = Buffer.alloc(8 + 2 + entries * 12 + 4);
  tiff.write('II*\0', 0, 'latin1');
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(entries, 8);
  tiff.writeUInt16LE(0x0110, 10);
  tiff.writeUInt16LE(2, 12);
  tiff.writeUInt32LE(4, 14);
  tiff.write('ABC', 18, 'latin1');
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 0, ...Buffer.from('Exif\0\0')]);
  head.writeUInt16BE(tiff.length + 8, 4);
  return Buffer.concat([head, tiff, Buffer.from([0xff, 0xd9])]);
}

const multipart = (head: string, parts = 1): Sent => ({
  type: 'multipart/form-data; boundary=b',
  body: `${`--b\r\n${head}content-disposition: form-data; name="a"\r\n\r\nvalue\r\n`.repeat(parts)}--b--\r\n`,
});

const failing = (limit: HookFailure['limit']): DecodeOptions => ({
  hooks: {
    modules: [{ file: './open.mjs', step: 'hook-open', sha256: '', code: '', where: null }],
    runner: { begin: () => () => ({ failure: { step: 'hook-open', limit, detail: '' } }) },
  },
});
const noise = Buffer.from(Array.from({ length: 200 }, (_, index) => (index * 151 + 200) & 255));

function working(run: (work: Work) => void): string[] {
  const work = new Work();
  run(work);
  return work.hits.map(({ limit }) => limit);
}

const stream = (index: number, at: number, body: string): StreamMessage => ({
  index,
  direction: 'request',
  kind: 'ws',
  text: true,
  at,
  body: bodyOf(body),
});

function recording(messages: readonly StreamMessage[]): string[] {
  const audit = createRecordedAudit({ session: sessionOf(), rulebook, persona: null, tagKey });
  audit.add(exchangeOf(0, 'https://api.example.test/socket', undefined, { messages }));
  return Object.keys(audit.finish().traffic.limitsReached);
}

function handingOut(values: readonly string[]): string[] {
  const analyst = createAnalyst({ dataTypes, persona: null, follow: true, tagKey });
  return values.flatMap((deviceId, index) => {
    const response = answerOf(JSON.stringify({ deviceId }));
    const exchange = exchangeOf(index, 'https://api.maker.test/init', undefined, { response, responseStartedAt: index, endedAt: index });
    return analyst.learn(exchange).limits.map(({ limit }) => limit);
  });
}

/** So many values that prove themselves by their length. */
const marks = (count: number) => Array.from({ length: count }, (_, index) => createHash('md5').update(String(index)).digest('hex'));

/** Messages of one session, sent one after another. */
function sending(messages: readonly object[]): string[] {
  const analyst = createAnalyst({ dataTypes, persona: null, follow: true, tagKey });
  return messages.flatMap((message, at) => analyst.request(request(json(message)), at).limits.map(({ limit }) => limit));
}

/** Reached, it stands in `limits` of the reading, is counted in the session, and is named in every report. */
const REPORTED: Partial<Record<LimitName, () => string[]>> = {
  bodyKept: () => decoding({ body: 'a', truncated: true }),
  fieldText: () => reading(json({ a: `${'word '.repeat(limits.fieldText / 5 + 1)}` })),
  decodeDepth: () => decoding({ body: wrapped(limits.decodeDepth + 1) }),
  decodeFields: () => decoding(json(Array.from({ length: limits.decodeFields + 1 }, (_, index) => index))),
  decodeIdle: () => reading(json({ seq: Array.from({ length: limits.decodeIdle + 1 }, (_, index) => index % 10) })),
  byteArrays: () => decoding(json(Array.from({ length: limits.byteArrays + 1 }, () => Array(32).fill(1)))),
  textTokens: () => decoding({ type: 'text/plain', body: `word ${'Zk3v9QmT7xLw2PbR1x '.repeat(limits.textTokens + 1)}` }),
  decodeInflated: () => decoding({ body: gzipSync(Buffer.concat([randomBytes(300_000), Buffer.alloc(limits.decodeInflated)])) }),
  decodeRatio: () => decoding({ body: gzipSync(Buffer.alloc(4_000_000)) }),
  decodeTotal: () => working((work) => void (work.decoded(limits.decodeTotal, 'a') && work.decoded(1, 'b'))),
  decodeWork: () => working((work) => void work.read(limits.decodeWork, 'a')),
  decodeHits: () =>
    working((work) => {
      for (let index = 0; index <= limits.decodeHits; index++) work.hit(`p${index}`, 'jsonDepth');
      // The first place of another bound is told all the same.
      work.hit('p', 'decodeHits');
    }),
  jsonDepth: () => decoding({ type: 'application/json', body: nested(limits.jsonDepth + 2) }),
  multipartParts: () => decoding(multipart('', limits.multipartParts + 1)),
  partHead: () => decoding({ ...multipart(`x-long: ${'x'.repeat(limits.partHead)}\r\n`, 2) }),
  contentCodings: () =>
    decoding({
      headers: [
        [
          'content-encoding',
          Array(limits.contentCodings + 1)
            .fill('identity')
            .join(','),
        ],
      ],
      body: 'a',
    }),
  pdfObjects: () =>
    decoding({
      body: `%PDF-1.4\n${'1 0 obj 1 endobj '.repeat(2)}${Array.from({ length: limits.pdfObjects }, (_, index) => `${index + 2} 0 obj 1 endobj`).join(' ')}`,
    }),
  exifEntries: () => decoding({ type: 'image/jpeg', body: photo(limits.exifEntries + 1) }),
  zipEntries: () => decoding({ body: archive(limits.zipEntries + 1) }),
  protobufDepth() {
    let body = Buffer.from([10, 3, 97, 98, 99]);
    for (let depth = 0; depth <= limits.protobufDepth; depth++) {
      const size = body.length;
      body = Buffer.concat([Buffer.from(size < 128 ? [10, size] : [10, (size & 127) | 128, size >> 7]), body]);
    }
    return decoding({ type: 'application/x-protobuf', body });
  },
  structDepth: () => decoding({ type: 'application/x-tars', body: Buffer.alloc(limits.structDepth + 2, 0x1a) }),
  hookCalls: () =>
    decoding(
      json(
        Array.from({ length: limits.hookCalls + 1 }, (_, index) =>
          Buffer.from(noise.map((byte, at) => (at === 0 ? index & 255 : at === 1 ? index >> 8 : byte))).toString('base64'),
        ),
      ),
      {
        ...failing('hookFault'),
      },
    ),
  hookMs: () => decoding({ body: noise }, failing('hookMs')),
  hookMessageMs: () => decoding({ body: noise }, failing('hookMessageMs')),
  hookOutput: () => decoding({ body: noise }, failing('hookOutput')),
  listDepth: () => reading(json(deep(limits.listDepth + 1, { phone: '1' }))),
  embeddedHits: () =>
    reading(json({ a: Array.from({ length: limits.embeddedHits + 5 }, (_, index) => `电话 1380013${8000 + index}`).join('，') })),
  knownEvidence: () => reading(json(Array.from({ length: limits.knownEvidence + 1 }, () => IMEI))),
  followedValues: () => handingOut(Array.from({ length: limits.followedValues + 1 }, (_, index) => `Zk3v9QmT7xLw2PbRd8Fh${index}`)),
  followedBody: () => handingOut([`Zk3v9QmT7xLw2PbRd8Fh","x":"${'y'.repeat(limits.followedBody)}`]),
  recurringValues: () => sending([{ x: '3f9d1c7ab0e25486' }, marks(limits.recurringValues), { androidId: '3f9d1c7ab0e25486' }]),
  recurringDigests: () => sending(marks(limits.recurringDigests / 20).map((mark) => ({ androidId: mark.slice(0, 16) }))),
  followedHeld: () =>
    recording(
      Array.from({ length: 20 }, (_, index) => stream(index, 2_000 + index, JSON.stringify({ a: 'x'.repeat(limits.bodyKept - 100) }))),
    ),
};

/** Reached, whoever reads the connection or the recording warns, with this code beside the exchange, or counts what was not analysed. */
const WARNED: Partial<Record<LimitName, string>> = {
  httpHead: 'limit-httpHead',
  httpHeaderCount: 'limit-httpHeaderCount',
  wsMessage: 'limit-wsMessage',
  wsFragments: 'limit-wsFragments',
  wsCompressed: 'limit-wsCompressed',
  wireHeld: 'limit-wireHeld',
  wireStreams: 'limit-wireStreams',
  wireEarly: 'limit-wireEarly',
  wireReadings: 'limit-wireReadings',
  chunkLine: 'limit-chunkLine',
  h2HeaderBlock: 'limit-h2HeaderBlock',
  hpackTable: 'limit-hpackTable',
  streamMessages: 'har-messages-cut',
};

/** Reached, what was given is refused with this code. */
const REFUSED: Partial<Record<LimitName, string>> = {
  protoFile: 'OVR_PROTO',
  protoFiles: 'OVR_PROTO',
  protoText: 'OVR_PROTO',
  personaValues: 'OVR_PERSONA_SIZE',
  personaSalts: 'OVR_PERSONA_SIZE',
  personaKeys: 'OVR_PERSONA_SIZE',
  personaFile: 'OVR_PERSONA_SIZE',
  personaValue: 'OVR_PERSONA_VALUE',
  hookFile: 'OVR_HOOK_MODULE',
  hookLoadMs: 'OVR_HOOK_MODULE',
  harFile: 'OVR_HAR_LARGE',
  textFile: 'OVR_HAR_LARGE',
  ruleReloads: 'OVR_RULES_RELOADS',
};

/** Reached, the answer of the search says so, and the page beside it (`test/browser/page-search.test.ts`). */
const SEARCHED: Partial<Record<LimitName, () => boolean>> = {
  searchText: () => searching((say) => say('word '.repeat(limits.searchText / 5 + 1))).partly === 1,
  searchWord: () => searching((say) => say('x'.repeat(limits.searchWord + 1))).partly === 1,
  searchWords: () =>
    searching((say) => {
      const words = Array.from({ length: limits.searchWords + 1 }, (_, n) => `x77${n + 10_000}`);
      for (let from = 0; from < words.length; from += 1_000) say(words.slice(from, from + 1_000).join(' '));
    }).cut,
  searchVocabulary: () => searching((say) => void say, limits.searchVocabulary).cut,
};

/** @param listed characters of words that stand in the list beside those that are sent. */
function searching(send: (say: (text: string) => void) => void, listed = 0): SearchReach & { readonly cut: boolean } {
  const dir = dataFolder();
  const store = openStore({ dir });
  store.createSession(specimen.session(), specimen.RULES);
  const writer = store.writer('s1');
  let seq = 0;
  send((text) => {
    const whole = specimen.exchange(seq++);
    writer.exchange({ ...whole, request: { ...whole.request, body: bodyOf(text) } }, specimen.row(whole));
  });
  writer.flush();
  const database = new Sqlite(join(dir, 'overreach.sqlite'));
  const insert = database.prepare('insert into vocabulary (session, n, words) values (1, ?, ?)');
  const part = `${'x'.repeat(limits.searchWord)}\n`.repeat(12_000);
  for (let n = 1; n * part.length < 2 * listed; n++) insert.run(1_000 + n, part);
  database.close();
  const { cut } = store.findingsWith('s1', '77');
  const reach = store.searchReach('s1');
  store.close();
  return { ...reach, cut };
}
afterAll(removeFolders);

/** Names and paths are cut where one can see it: they end in an ellipsis, and the innermost names are what is kept. */
const SHOWN_AS_CUT: readonly LimitName[] = ['decodeKey', 'decodePath', 'decodeKeys', 'keyLength'];

const sources = (() => {
  const root = fileURLToPath(new URL('../src', import.meta.url));
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && path !== 'limits.ts')
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
})();
const usersOf = (name: string) => sources.filter(({ text }) => new RegExp(`limits\\.${name}\\b`).test(text));

describe('a bound that cuts what is looked at', () => {
  test.each(Object.entries(REPORTED))('%s is named in the reading', (name, probe) => {
    expect(probe()).toContain(name);
  });

  test.each(Object.entries(WARNED))('%s warns: %s', (_, code) => {
    expect(sources.some(({ text }) => text.includes(code))).toBe(true);
  });

  test.each(Object.entries(REFUSED))('%s refuses: %s', (name, code) => {
    const users = usersOf(name);
    const rooms = new Set(users.map(({ path }) => path.split('/')[0]));
    expect(sources.some(({ path, text }) => rooms.has(path.split('/')[0] ?? '') && text.includes(code)) || name === 'hookLoadMs').toBe(
      true,
    );
  });

  test.each(Object.entries(SEARCHED))('%s is told with the answer of a search', (_, isTold) => {
    expect(isTold()).toBe(true);
  });

  test('none of decode and detect is without a line, and none of the search', () => {
    const told = new Set<string>([
      ...Object.keys(REPORTED),
      ...Object.keys(WARNED),
      ...Object.keys(REFUSED),
      ...SHOWN_AS_CUT,
      ...Object.keys(SEARCHED),
    ]);
    const silent = Object.keys(limits).filter(
      (name) =>
        !told.has(name) &&
        !(name in NO_CONTENT) &&
        (name.startsWith('search') || usersOf(name).some(({ path }) => /^(?:decode|detect|session)\//.test(path))),
    );
    expect(silent).toEqual([]);
  });
});

/** In those rooms, and yet nothing that is looked at is cut by it; with the reason. */
const NO_CONTENT: Partial<Record<LimitName, string>> = {
  recurringHeld: 'reaching it is told as recurringValues',
  recurringPlaces: 'reaching it is told as recurringValues',
  recurringDigested: 'reaching it is told as recurringDigests',
  clockStepMs: 'a clock set back: nothing goes unread, and what is stamped too late is told from there on',
  opaqueBytes: 'below it entropy proves nothing',
  opaqueText: 'below it the spread of characters proves nothing',
  unreadBytes: 'shorter messages are signs of life',
  closedClear: 'how much in clear makes a message looked at: nothing is cut',
  cluePassRate: 'a grade',
  strongPassRate: 'a grade',
  followedFilterBits: 'what passes it by mistake is not said to be handed out: all is read all the same',
  keyMemory: 'a cache, filled anew',
  readingsKept: 'a cache: what it has forgotten is read again',
  readingLength: 'a longer value is read each time',
  maskedValuesKept: 'a cache: what it has forgotten is worked out again',
  decodeNewName: 'what counts towards decodeFields, which is told',
  decodeLongName: 'what counts towards decodeFields, which is told',
  followedShortest: 'what counts as a value to follow',
  followedLongest: 'what counts as a value to follow',
  knownDigests: 'told for each message as long as digests are missing; 400,000 of them take too long to make here',
  rawSeam: 'each piece is searched whole; it is longer than a known value in any form that is searched',
  feedQueued: 'the page asks again',
  analysisBehindMs: 'told as trouble; nothing is cut',
  storeBatchMs: 'a pace',
  storeBatchMost: 'a pace',
  threadNiceness: 'who goes first, nothing is cut',
  sortedText: 'how a document is read; nothing is cut',
  tapBatch: 'a pace',
  tapDelayMs: 'a pace',
};
