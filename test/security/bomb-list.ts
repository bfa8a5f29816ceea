/**
 * Danger: every one of these is made to cost whoever reads it far more than it cost to make. Fences: made in memory when asked for,
 * of synthetic values only, and read by the analysis alone, in a process of its own (`bomb.ts`).
 */
import { randomBytes } from 'node:crypto';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import Sqlite from 'better-sqlite3';
import { encode as encodeCbor } from 'cbor-x';
import { pack } from 'msgpackr';
import { onePage, pdf } from '../decode/pdf-sample.js';

type Headers = ReadonlyArray<readonly [string, string]>;

export interface Bomb {
  readonly name: string;
  readonly body?: () => Buffer;
  readonly headers?: () => Headers;
  readonly query?: () => string;
  /** Bounds that must be reported; none where reading it whole is cheap. */
  readonly limits: readonly string[];
}

const JSON_TYPE: Headers = [['content-type', 'application/json']];
const FORM_TYPE: Headers = [['content-type', 'application/x-www-form-urlencoded']];
export const HIDDEN = '{"imei":"490154203237518"}';
const MEBIBYTE = 2 ** 20;

function encoded(name: string): () => Headers {
  return () => [...JSON_TYPE, ['content-encoding', name]];
}

function many<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** One page that shows a form, which shows itself and this. */
function formInItself(content: string): Buffer {
  return pdf({
    ...onePage('/X Do'),
    3: '<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources 9 0 R>>',
    8: { entries: '/Subtype /Form /Resources 9 0 R', stream: content },
    9: '<</XObject <</X 8 0 R>> /Font <</F1 10 0 R>>>>',
  });
}

/** Packed objects that all stand at one place, where this stands. */
function atOnePlace(object: string): Buffer {
  const table = many(20_000, (index) => `${100 + index} 0 `).join('');
  return pdf({
    5: { entries: `/Type /ObjStm /First ${table.length} /Filter /FlateDecode`, stream: deflateSync(Buffer.from(table + object)) },
  });
}

/** 10 GiB of zeros in members of a mebibyte each: what RFC 1952 calls a multi-member file. */
export function tenGibibytes(): Buffer {
  const member = gzipSync(Buffer.alloc(MEBIBYTE));
  return Buffer.concat(many(10_240, () => member));
}

/** One frame of run-length blocks (RFC 8878 section 3.1.1.2.2), four bytes for each 128 KiB: a gibibyte in 32 KiB. */
function zstdZeros(): Buffer {
  const blocks = 8_192;
  const head = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0x38]);
  const block = (last: boolean) => {
    const header = Buffer.alloc(4);
    header.writeUIntLE((0x20000 << 3) | (1 << 1) | Number(last), 0, 3);
    return header;
  };
  return Buffer.concat([head, ...many(blocks, (index) => block(index === blocks - 1))]);
}

function nested(levels: number, wrap: (bytes: Buffer) => Buffer): Buffer {
  let bytes: Buffer = Buffer.from(HIDDEN);
  for (let level = 0; level < levels; level++) bytes = wrap(bytes);
  return bytes;
}

function base64Nest(levels: number, size: number): Buffer {
  let text = Buffer.concat([Buffer.from(HIDDEN), Buffer.alloc(size, 0x20)]).toString('base64');
  for (let level = 1; level < levels; level++) text = Buffer.from(text).toString('base64');
  return Buffer.from(JSON.stringify({ a: text }));
}

function object(pairs: readonly string[]): Buffer {
  return Buffer.from(`{"imei":"490154203237518",${pairs.join(',')}}`);
}

function list(count: number, make: (index: number) => unknown): Buffer {
  return Buffer.from(JSON.stringify(many(count, make)));
}

function recursiveProtobuf(levels: number): Buffer {
  const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >> 7)]);
  const heads: number[][] = [];
  let size = 0;
  for (let level = 0; level < levels; level++) {
    const head = [10, ...varint(size)];
    heads.unshift(head);
    size += head.length;
  }
  return Buffer.from(heads.flat());
}

/** A million integers in one array of a binary property list (`bplist00`): two bytes of reference to the same object for each. */
function binaryPlist(count: number): Buffer {
  const head = Buffer.from('bplist00');
  const size = Buffer.alloc(7);
  size.set([0xaf, 0x12]);
  size.writeUInt32BE(count, 2);
  const references = Buffer.alloc(count * 2, Buffer.from([0, 1]));
  const array = Buffer.concat([size.subarray(0, 6), references]);
  const number = Buffer.from([0x10, 7]);
  const table = Buffer.alloc(8);
  table.writeUInt32BE(head.length, 0);
  table.writeUInt32BE(head.length + array.length, 4);
  const trailer = Buffer.alloc(32);
  trailer.set([4, 2], 6);
  trailer.writeBigUInt64BE(2n, 8);
  trailer.writeBigUInt64BE(BigInt(head.length + array.length + number.length), 24);
  return Buffer.concat([head, array, number, table, trailer]);
}

/** Eight MiB of one thing over and over, between what makes it a document. */
function filled(head: string, each: string, tail = ''): Buffer {
  return Buffer.from(head + each.repeat(Math.floor((8 * MEBIBYTE) / Math.max(1, each.length))) + tail, 'latin1');
}

const AVRO_SYNC = 'overreach-bombs!';

/** The header of a container of Avro, in Latin-1. */
function avro(schema: unknown, codec: string): string {
  const sized = (text: string) => {
    let size = '';
    for (let left = 2 * text.length; ; left = Math.floor(left / 128)) {
      size += String.fromCharCode(left > 127 ? (left % 128) + 128 : left);
      if (left < 128) return size + text;
    }
  };
  const text = typeof schema === 'string' ? schema : JSON.stringify(schema);
  return `Obj\x01\x04${sized('avro.schema')}${sized(text)}${sized('avro.codec')}${sized(codec)}\0${AVRO_SYNC}`;
}

/** A schema of Avro in which every record holds the one inside it twice. */
function twice(depth: number): unknown {
  let schema: unknown = { type: 'record', name: 'r0', fields: [] };
  for (let i = 1; i < depth; i++)
    schema = {
      type: 'record',
      name: `r${i}`,
      fields: [
        { name: 'a', type: schema },
        { name: 'b', type: `r${i - 1}` },
      ],
    };
  return schema;
}

/** A database with one row on many pages, of which every byte is this type of a value. */
function rowOf(type: number): Buffer {
  const size = 8 * MEBIBYTE;
  const page = 65_536;
  const bytes = database(page, `create table t (a); insert into t values (zeroblob(${size}))`);
  const length = size + 6;
  const least = Math.floor(((page - 12) * 32) / 255) - 23;
  const local = least + ((length - least) % (page - 4));
  const cell = page + bytes.readUInt16BE(page + 8);
  const here = local <= page - 35 ? local : least;
  const start = cell + 5;
  bytes.fill(type, start, start + here);
  for (let at = bytes.readUInt32BE(start + here), left = length - here; left > 0; ) {
    const next = (at - 1) * page;
    bytes.fill(type, next + 4, next + 4 + Math.min(left, page - 4));
    left -= page - 4;
    at = bytes.readUInt32BE(next);
  }
  // The length of the list of types: nearly all of the row.
  Buffer.from([0x83, 0xff, 0xff, 0x7f]).copy(bytes, start);
  return bytes;
}

/** A database of so many tables, none of whose pages is one. */
function damagedTables(count: number): Buffer {
  const size = 4_096;
  const bytes = database(
    size,
    `${many(count, (i) => `create table t${i} (a);`).join('')} create table z (a); insert into z values (zeroblob(${2 * MEBIBYTE}))`,
  );
  for (let page = size; page < bytes.length; page += size) if (bytes[page] === 13 && bytes.readUInt16BE(page + 3) === 0) bytes[page] = 0x77;
  return bytes;
}

/** A database with rows of its own making. */
function database(pageSize: number, sql: string): Buffer {
  const db = new Sqlite(':memory:');
  db.exec(`pragma page_size = ${pageSize}; ${sql}`);
  const bytes = db.serialize();
  db.close();
  return bytes;
}

/** Texts that make careless expressions take for ever. */
function slowTexts(): string[] {
  const size = 65_536;
  const repeated = (unit: string) => unit.repeat(size / unit.length);
  return [
    ...['a', '1', '1-', 'a@', '0:', '1.', '%41', '\\u0041', 'a=&', '={{{', 'com.a,', '北京市', '京A', '**', '1**1', '121.47,31.23 '].map(
      repeated,
    ),
    ...['+86 ', '1[3', '(1 ', '1 2 ', 'A B ', 'Aa ', '{a', '__A', '$A', '-1', 'ff:', '12 rue ', 'a.b-', '//a?', '王', '路1号'].map(
      repeated,
    ),
    `${' '.repeat(size)}x`,
    `a@${repeated('a.')}`,
    `${'a'.repeat(size)}@`,
    `data:${';'.repeat(size)}`,
    `ey${repeated('a.')}`,
    `"${repeated('\\"')}"`,
    `<${repeated('a ')}`,
    `<${repeated('<')}`,
    `http://${repeated('a?')}`,
  ];
}

/** A value of its own for each, under names that say nothing, so that every test has to be made. */
const EMAIL = (index: number) => `user${index}@mail${index % 97}.example.com`;
const PHONE = (index: number) => String(13_900_000_000 + index);
const UUID = (index: number) => `${(0x10000000 + index).toString(16)}-0a1b-4c2d-8e3f-${(0x100000000000 + index * 7919).toString(16)}`;

export const BOMBS: readonly Bomb[] = [
  { name: '10 GiB in gzip', body: tenGibibytes, headers: encoded('gzip'), limits: ['decodeInflated'] },
  { name: '10 GiB in gzip, undeclared', body: tenGibibytes, headers: () => [], limits: ['decodeInflated'] },
  { name: '1 GiB in zstd', body: zstdZeros, headers: encoded('zstd'), limits: ['decodeRatio'] },
  { name: '64 MiB in br', body: () => brotliCompressSync(Buffer.alloc(64 * MEBIBYTE)), headers: encoded('br'), limits: ['decodeRatio'] },
  {
    name: '256 MiB in deflate',
    body: () => deflateSync(Buffer.alloc(256 * MEBIBYTE)),
    headers: encoded('deflate'),
    limits: ['decodeInflated'],
  },
  { name: 'gzip in gzip, twenty times', body: () => nested(20, gzipSync), headers: () => JSON_TYPE, limits: ['decodeDepth'] },
  { name: 'base64 in base64, twenty times', body: () => base64Nest(20, 1), headers: () => JSON_TYPE, limits: ['decodeDepth'] },
  { name: 'base64 of half a mebibyte, six times', body: () => base64Nest(6, MEBIBYTE / 2), headers: () => JSON_TYPE, limits: [] },
  {
    name: '2,000 bombs of a mebibyte in one list',
    body: () => {
      const bomb = gzipSync(Buffer.alloc(MEBIBYTE)).toString('base64');
      return list(2_000, () => bomb);
    },
    headers: () => JSON_TYPE,
    limits: ['decodeRatio', 'decodeWork'],
  },
  {
    name: '20,000 random tokens in hex',
    body: () => list(20_000, () => randomBytes(24).toString('hex')),
    headers: () => JSON_TYPE,
    limits: ['decodeWork'],
  },
  {
    name: '7,500 long random tokens in base64',
    body: () => list(7_500, () => randomBytes(96).toString('base64')),
    headers: () => JSON_TYPE,
    limits: ['decodeWork'],
  },
  {
    name: '2,000 brotli streams in base64, each of which breaks off at its end',
    body: () => {
      const stream = brotliCompressSync(randomBytes(24).toString('base64').repeat(400)).subarray(0, -1);
      return list(2_000, () => stream.toString('base64'));
    },
    headers: () => JSON_TYPE,
    limits: [],
  },
  {
    name: 'a mebibyte of noise as hex in pairs',
    body: () =>
      Buffer.from(
        JSON.stringify({
          v: randomBytes(MEBIBYTE / 4)
            .toString('hex')
            .replace(/..(?=.)/g, '$&:'),
        }),
      ),
    headers: () => JSON_TYPE,
    limits: [],
  },
  {
    name: 'a mebibyte of pairs, the last of which is none',
    body: () => list(64, () => `${'7b:'.repeat(5_400)}7`),
    headers: () => JSON_TYPE,
    limits: [],
  },
  {
    name: 'a mebibyte of escaped bytes',
    body: () => Buffer.from(JSON.stringify({ v: '\\x9f'.repeat(MEBIBYTE / 5) })),
    headers: () => JSON_TYPE,
    limits: [],
  },
  {
    name: 'a mebibyte of UTF-32 of which the last character is none',
    body: () => Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), Buffer.alloc(MEBIBYTE - 8, 'a\0\0\0'), Buffer.alloc(4, 0xff)]),
    headers: () => [['content-type', 'text/plain; charset=utf-32']],
    limits: [],
  },
  {
    name: 'an archive in XML whose lists double sixty times',
    body: () => {
      const uid = (position: number) => `<dict><key>CF$UID</key><integer>${position}</integer></dict>`;
      const lists = many(60, (level) => `<dict><key>NS.objects</key><array>${uid(level + 2).repeat(2)}</array></dict>`).join('');
      return Buffer.from(
        `<plist version="1.0"><dict><key>$archiver</key><string>a</string><key>$objects</key><array><string>$null</string>${lists}<string>x</string></array><key>$top</key><dict><key>root</key>${uid(1)}</dict></dict></plist>`,
      );
    },
    headers: () => [['content-type', 'application/x-plist']],
    limits: ['decodeFields'],
  },
  {
    name: 'a million keys',
    body: () => object(many(1_000_000, (i) => `"k${i}":${i}`)),
    headers: () => JSON_TYPE,
    limits: ['decodeFields'],
  },
  {
    name: 'a million counters',
    body: () => list(500_000, (i) => ({ seq: i % 1_000, n: 1 })),
    headers: () => JSON_TYPE,
    limits: ['decodeIdle'],
  },
  {
    name: 'a million counters that a position and a repeated identifier ask for',
    body: () =>
      list(500_000, (i) =>
        i === 0 ? { imei: '490154203237518', lat: 31.2304, lng: 121.4737, again: 490154203237518 } : { seq: i % 1_000, n: 1 },
      ),
    headers: () => JSON_TYPE,
    limits: ['decodeIdle'],
  },
  {
    name: 'events of a million counters that devices ask for',
    body: () =>
      list(100_000, (i) =>
        i % 100 === 0 ? { brand: 'HUAWEI', model: 'LYA-AL10', os_version: '13', n: i % 1_000 } : { n: i % 1_000, p: 'home', ok: true },
      ),
    headers: () => JSON_TYPE,
    limits: ['decodeIdle'],
  },
  {
    name: '20,000 long keys',
    body: () => object(many(20_000, (i) => `"${`device phone number ${i} `.repeat(6)}":"x"`)),
    headers: () => JSON_TYPE,
    limits: ['decodeFields'],
  },
  {
    name: 'JSON 10,000 deep',
    body: () => Buffer.from(`${'['.repeat(10_000)}1${']'.repeat(10_000)}`),
    headers: () => JSON_TYPE,
    limits: ['jsonDepth'],
  },
  {
    name: 'objects 10,000 deep',
    body: () => Buffer.from(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`),
    headers: () => JSON_TYPE,
    limits: ['jsonDepth'],
  },
  { name: 'a million e-mail addresses', body: () => list(1_000_000, EMAIL), headers: () => JSON_TYPE, limits: ['decodeFields'] },
  { name: 'a million phone numbers', body: () => list(1_000_000, PHONE), headers: () => JSON_TYPE, limits: ['decodeFields'] },
  { name: 'a million UUIDs', body: () => list(1_000_000, UUID), headers: () => JSON_TYPE, limits: ['decodeFields'] },
  {
    name: '19,000 people',
    body: () => list(6_300, (i) => ({ name: `张伟${i}`, phone: PHONE(i), email: EMAIL(i) })),
    headers: () => JSON_TYPE,
    limits: [],
  },
  {
    name: '10,000 places',
    body: () => list(9_900, (i) => ({ lat: 31 + i / 1e5, lng: 121 + i / 1e5 })),
    headers: () => JSON_TYPE,
    limits: [],
  },
  {
    name: 'a megabyte of numbers in one text',
    body: () => Buffer.from(JSON.stringify({ t: many(80_000, PHONE).join(' ') })),
    headers: () => JSON_TYPE,
    limits: [],
  },
  {
    name: 'protobuf 10,000 deep',
    body: () => recursiveProtobuf(10_000),
    headers: () => [['content-type', 'application/x-protobuf']],
    limits: ['protobufDepth'],
  },
  {
    name: 'structs of TARS 100,000 deep',
    body: () => Buffer.alloc(100_000, 0x1a),
    headers: () => [['content-type', 'application/x-jce']],
    limits: ['structDepth'],
  },
  {
    name: 'structs of Thrift 300,000 deep',
    body: () => Buffer.alloc(900_000, Buffer.from([12, 0, 1])),
    headers: () => [['content-type', 'application/x-thrift']],
    limits: ['structDepth'],
  },
  {
    name: 'a million integers in Thrift',
    body: () => Buffer.concat([Buffer.from([0x19, 0xf5, 0xc0, 0x84, 0x3d]), Buffer.alloc(1_000_000, 2), Buffer.alloc(1)]),
    headers: () => [['content-type', 'application/vnd.apache.thrift.compact']],
    limits: ['decodeFields'],
  },
  {
    name: '100,000 parts',
    body: () => Buffer.from(`${'--b\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n'.repeat(100_000)}--b--\r\n`),
    headers: () => [['content-type', 'multipart/form-data; boundary=b']],
    limits: ['multipartParts'],
  },
  {
    name: 'a million pairs in a form',
    body: () => Buffer.from(many(1_000_000, (i) => `k${i}=${i}`).join('&')),
    headers: () => FORM_TYPE,
    limits: ['decodeFields'],
  },
  {
    name: '300,000 lines of JSON',
    body: () => Buffer.from(many(300_000, (i) => `{"a":${i}}`).join('\n')),
    headers: () => JSON_TYPE,
    limits: ['decodeFields'],
  },
  {
    name: '300,000 elements of XML',
    body: () => Buffer.from(`<r>${many(300_000, (i) => `<e a="${i}">x${i}</e>`).join('')}</r>`),
    headers: () => [['content-type', 'application/xml']],
    limits: ['decodeFields'],
  },
  {
    name: '300,000 strings of a plist',
    body: () =>
      Buffer.from(`<?xml version="1.0"?><plist version="1.0"><array>${'<string>abcdef</string>'.repeat(300_000)}</array></plist>`),
    headers: () => [['content-type', 'application/x-plist']],
    limits: ['decodeFields'],
  },
  { name: 'a million references in a binary plist', body: () => binaryPlist(1_000_000), headers: () => [], limits: ['decodeFields'] },
  {
    name: 'a million integers in CBOR',
    body: () => Buffer.from(encodeCbor(many(1_000_000, (i) => i))),
    headers: () => [['content-type', 'application/cbor']],
    limits: ['decodeFields'],
  },
  {
    name: 'a million integers in MessagePack',
    body: () => Buffer.from(pack(many(1_000_000, (i) => i))),
    headers: () => [['content-type', 'application/msgpack']],
    limits: ['decodeFields'],
  },
  {
    name: '300,000 rows of a database',
    body: () =>
      database(
        65_536,
        'create table t (a); with recursive n(i) as (select 1 union all select i + 1 from n where i < 300000) insert into t select i from n',
      ),
    headers: () => [],
    limits: ['decodeFields'],
  },
  {
    name: 'a row of a database that says it has eight million columns',
    body: () => rowOf(0x08),
    headers: () => [],
    limits: ['decodeFields'],
  },
  {
    name: '7,000 rows of a database with 1,000 columns and one value',
    body: () =>
      database(
        65_536,
        `create table t (${many(1_000, (i) => `c${i}`).join()}); with recursive n(i) as (select 1 union all select i + 1 from n where i < 7000) insert into t (c0) select i from n`,
      ),
    headers: () => [],
    limits: ['decodeWork'],
  },
  {
    name: 'a text of Java that is all halves',
    body: () => filled('\xac\xed\x00\x05|\0\0\0\0\0\x7f\xff\xfe', '\xed\xa0\xbd\xed\xb8\x80'),
    headers: () => [],
    limits: [],
  },
  {
    name: '1,500 tables of a database that are damaged',
    body: () => damagedTables(1_500),
    headers: () => [],
    limits: ['decodeWork'],
  },
  {
    name: 'eight million lists of a pickle',
    body: () => filled('\x80\x02}U\x01a(', ']', 'ls.'),
    headers: () => [],
    limits: ['decodeWork'],
  },
  {
    name: 'eight million elements of a Java stream that say nothing',
    body: () => filled('\xac\xed\x00\x05', 'y'),
    headers: () => [],
    limits: ['decodeWork'],
  },
  {
    name: 'objects of a class of Java that is its own parent',
    body: () => filled(`\xac\xed\x00\x05vr\x00\x01a${'\0'.repeat(8)}\x02\0\0xq\x00\x7e\0\0`, 'sq\x00\x7e\0\0'),
    headers: () => [],
    limits: ['decodeWork'],
  },
  {
    name: '400,000 packed blocks of Avro with nothing in them',
    body: () => filled(avro({ type: 'record', name: 'r', fields: [] }, 'deflate'), `\0\x04\x03\0${AVRO_SYNC}`),
    headers: () => [],
    limits: ['decodeWork'],
  },
  {
    name: 'records of Avro in one another, each twice',
    body: () => Buffer.from(`${avro(twice(60), 'null')}\x02\0${AVRO_SYNC}`, 'latin1'),
    headers: () => [],
    limits: ['decodeWork'],
  },
  {
    name: 'a schema of Avro of three million lists',
    body: () => filled(avro(`[${'[],'.repeat(2_700_000)}[]]`, 'null'), ''),
    headers: () => [],
    limits: [],
  },
  {
    name: 'eight million lists of Hessian',
    body: () => filled('H\x01aW', 'x', 'ZZ'),
    headers: () => [],
    limits: ['decodeWork'],
  },
  {
    name: '3,000 tables of a database, and names that are signs',
    body: () => database(512, many(3_000, (i) => `create table t${i} (${'a'.repeat(200)}, b, "c${'""'.repeat(100)}");`).join(' ')),
    headers: () => [],
    limits: [],
  },
  {
    name: 'a million names of YAML below one another, and lists in one line',
    body: () => Buffer.from(`a:\n${many(1_000_000, (i) => `  k${i % 1_000}: v\n`).join('')}b: ${'- '.repeat(100_000)}`),
    headers: () => [['content-type', 'application/yaml']],
    limits: ['decodeFields'],
  },
  {
    name: 'a pickle of protocol 0 that puts everything down, two million times',
    body: () => filled('(dp0\nVa\n', 'p1\n', 's.'),
    headers: () => [],
    limits: ['decodeWork'],
  },
  {
    name: 'rows of a database that were deleted, every second one of 9,000',
    body: () =>
      database(
        4_096,
        'pragma secure_delete = 0; create table t (a); with recursive n(i) as (select 1 union all select i + 1 from n where i < 9000) ' +
          "insert into t select 'an event of the app ' || i || replace(hex(zeroblob(40)), '0', ' a') from n; delete from t where rowid % 2 = 0",
      ),
    headers: () => [],
    limits: [],
  },
  {
    name: 'eight million values of AMF that say nothing',
    body: () => filled('\0\0\0\0\0\x01\0\x01a\0\x01b\0\0\0\0\x0a\0\x7f\xff\xff', '\x0a\0\0\0\0'),
    headers: () => [['content-type', 'application/x-amf']],
    limits: ['decodeWork'],
  },
  {
    name: 'four million objects of AMF 3, each with a name of two megabytes',
    body: () => {
      const name = Buffer.alloc(2 * MEBIBYTE - 1, 'k');
      const head = Buffer.from('\0\x03\0\0\0\x01\0\x01a\0\x01b\0\0\0\0\x11\x09\xbf\xff\xff\xff\x01\x0a\x13\x01\x80\xff\xff\xff', 'latin1');
      return Buffer.concat([head, name, Buffer.from('\x01'), filled('', '\x0a\x01\x01')]);
    },
    headers: () => [['content-type', 'application/x-amf']],
    limits: ['decodeFields'],
  },
  {
    name: 'a text of AMF 3 of two megabytes that is referred to a million times',
    body: () => {
      const head = Buffer.from('\0\x03\0\0\0\x01\0\x01a\0\x01b\0\0\0\0\x11\x09\xbf\xff\xff\xff\x01\x06\x80\xff\xff\xff', 'latin1');
      return Buffer.concat([head, Buffer.from('k '.repeat(MEBIBYTE)).subarray(1), filled('', '\x06\0')]);
    },
    headers: () => [['content-type', 'application/x-amf']],
    limits: ['decodeWork'],
  },
  {
    name: 'a text of a pickle of four megabytes that is encoded a million times',
    body: () => {
      const size = Buffer.alloc(4);
      size.writeUInt32LE(4 * MEBIBYTE);
      const calls = 'K\x01h\x03h\x04R'.repeat(400_000);
      const parts = [
        '\x80\x02}q\x01(X',
        size,
        'k'.repeat(4 * MEBIBYTE),
        'q\x02K\x01c_codecs\nencode\nq\x03h\x02X\x06\0\0\0latin1\x86q\x04R',
        calls,
        'u.',
      ];
      return Buffer.concat(parts.map((part) => Buffer.from(part as string, 'latin1')));
    },
    headers: () => [],
    limits: ['decodeWork'],
  },
  {
    name: 'objects of JavaScript in one another that are never closed',
    body: () => filled('function a() { return 1; }\nvar x = 1;\nif (x) { y(); }\n', '{a:{a:{a:{a:{a:{a:{a:1,'),
    headers: () => [],
    limits: ['textTokens'],
  },
  { name: '100,000 cookies', headers: () => [['cookie', many(100_000, (i) => `c${i}=${i}`).join('; ')]], limits: ['decodeFields'] },
  { name: '100,000 header fields', headers: () => many(100_000, (i) => [`x-h${i}`, `v${i}`] as const), limits: ['decodeFields'] },
  { name: '100,000 pairs in the query', query: () => many(100_000, (i) => `k${i}=${i}`).join('&'), limits: ['decodeFields'] },
  {
    name: 'a form of a PDF in itself',
    body: () => formInItself('/X Do '.repeat(20)),
    headers: () => [],
    limits: ['decodeDepth', 'decodeWork'],
  },
  {
    name: 'a form of a PDF in itself, with a text',
    body: () => formInItself(`${'/X Do '.repeat(5)}BT /F1 1 Tf (aaaaaaaaaa) Tj ET`),
    headers: () => [],
    limits: ['decodeDepth', 'decodeWork'],
  },
  {
    name: 'packed objects of a PDF at one place, of 5,000 numbers',
    body: () => atOnePlace(`[${'1 '.repeat(5_000)}]`),
    headers: () => [],
    limits: ['decodeWork'],
  },
  {
    name: 'packed objects of a PDF at one place, in one another',
    body: () => atOnePlace(`${'['.repeat(60)}${'1 '.repeat(3_000)}${']'.repeat(60)}`),
    headers: () => [],
    limits: ['decodeWork'],
  },
  {
    name: '300,000 texts of a PDF that nobody closes',
    body: () => Buffer.from(`%PDF-1.4\n1 0 obj [${'('.repeat(300_000)} `),
    headers: () => [],
    limits: ['decodeWork'],
  },
  {
    name: '15,000 fields of a PDF with one list of 20,000 values',
    body: () =>
      pdf({ 30: `[${'(abcd) '.repeat(20_000)}]`, ...Object.fromEntries(many(15_000, (i) => [100 + i, `<</T (a${i}) /V 30 0 R>>`])) }),
    headers: () => [],
    limits: ['decodeWork'],
  },
  {
    name: '15,000 notes of a PDF with one long text',
    body: () => pdf({ 30: `(${'abcd'.repeat(50_000)})`, ...Object.fromEntries(many(15_000, (i) => [100 + i, '<</Contents 30 0 R>>'])) }),
    headers: () => [],
    limits: ['decodeWork'],
  },
  // Bounded by being read in linear time, so that there is nothing to mark.
  {
    name: 'texts made for slow expressions, under names whose values are tested',
    body: () => {
      const names = ['note', 'phone', 'email', 'ip', 'user_agent', 'address', 'real_name', 'screen_size'];
      return Buffer.from(JSON.stringify(slowTexts().map((text, index) => ({ [names[index % names.length]!]: text }))));
    },
    headers: () => JSON_TYPE,
    limits: [],
  },
  { name: 'noise of 4 MiB', body: () => randomBytes(4 * MEBIBYTE), headers: () => [], limits: [] },
];
