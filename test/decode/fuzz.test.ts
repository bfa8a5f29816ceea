import { createHash } from 'node:crypto';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Decoder } from '../../src/decode/decoder.js';
import { Node, rootOrigin, View } from '../../src/decode/node.js';
import { decoderIds } from '../../src/decode/registry.js';
import { Work } from '../../src/decode/work.js';

/**
 * Every decoder against bytes that nearly are its format. A decoder without an example here fails: whoever adds one adds its line.
 * `OVERREACH_FUZZ=10000` for a long run; the share of every run keeps the machine free.
 */
const ROUNDS = Number(process.env.OVERREACH_FUZZ ?? 300);

interface Example {
  readonly content: string | Uint8Array;
  readonly type?: string;
  /** A value of a document; otherwise a whole body. */
  readonly inner?: boolean;
}

const LONG = JSON.stringify({ imei: '490154203237518', list: Array.from({ length: 8 }, (_, index) => ({ index, name: `name ${index}` })) });
const PAIR = (name: string, value: string) => `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const field = (number: number, value: Buffer) => Buffer.concat([Buffer.from([number * 8 + 2, value.length]), value]);
const PROTOBUF = Buffer.concat([
  field(1, Buffer.from('a readable text')),
  field(2, field(1, Buffer.from('inside'))),
  Buffer.from([24, 150, 1]),
]);
const frame = (message: Buffer) => Buffer.concat([Buffer.from([0, 0, 0, 0, message.length]), message]);
const token = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');

const EXAMPLES: Readonly<Record<string, Example>> = {
  base64: { content: Buffer.from(LONG).toString('base64') },
  base64url: { content: `${Buffer.from(`${LONG}\u00ff\u00fe?>`).toString('base64url')}_-` },
  basic: { content: `Basic ${Buffer.from('user:secret').toString('base64')}` },
  bplist: {
    content: Buffer.from(
      '62706c6973743030d101025161516208 0b0d000000000000010100000000000000030000000000000000000000000000000f'.replace(/ /g, ''),
      'hex',
    ),
  },
  br: { content: brotliCompressSync(LONG), type: 'br' },
  bson: { content: Buffer.from('1f00000002610004000000616263000362000c000000106e00050000000000', 'hex') },
  cbor: { content: Buffer.from('a26161636162636162830102f6', 'hex') },
  dataurl: { content: `data:text/plain;base64,${Buffer.from('hello there').toString('base64')}` },
  deflate: { content: deflateSync(LONG) },
  exif: { content: Buffer.from('ffd8ffe1002645786966000049492a0008000000010010010200040000004142430000000000ffd9', 'hex') },
  form: { content: 'a=1&device[imei]=490154203237518&b=%E5%8C%97', type: 'application/x-www-form-urlencoded' },
  formlines: { content: 'en=view&dl=https%3A%2F%2Fa.test%2F\nen=end&uid=u-10086' },
  graphql: { content: 'query Q { user(id: "42", phone: "13900000000") { name } }' },
  grpc: { content: Buffer.concat([frame(PROTOBUF), frame(PROTOBUF)]), type: 'application/grpc' },
  gzip: { content: gzipSync(LONG) },
  header: { content: Buffer.concat([Buffer.from([0, 0, 0, 9]), gzipSync(LONG)]) },
  hex: { content: Buffer.from('{"imei":"490154203237518"}').toString('hex') },
  json: { content: LONG },
  jsonp: { content: `callback(${LONG});` },
  jwt: { content: `${token({ alg: 'HS256' })}.${token({ sub: 'somebody', phone: '13900000000' })}.c2lnbmF0dXJl` },
  listing: { content: 'imei:490154203237518|os:android|n:3' },
  msgpack: { content: Buffer.from('82a16101a16293a3616263c0cb3ff8000000000000', 'hex') },
  multipart: { content: `--b\r\n${PAIR('a', '1')}--b\r\n${PAIR('b', 'two')}--b--\r\n`, type: 'multipart/form-data; boundary=b' },
  ndjson: { content: '{"a":1}\n{"a":2}\n{"b":[3]}\n' },
  percent: { content: '%7B%22a%22%3A%22b%22%7D' },
  plist: { content: '<?xml version="1.0"?><plist version="1.0"><dict><key>imei</key><string>490154203237518</string></dict></plist>' },
  properties: { content: 'imei=490154203237518\nmodel=M1\nbrand=B' },
  protobuf: { content: PROTOBUF, type: 'application/x-protobuf' },
  jsescape: { content: '%u5F20%20%u4E09' },
  reference: { content: 'from &#24352;&#x4e09;' },
  fullwidth: { content: '１３９００００００００' },
  quicktime: {
    content: Buffer.from(`\0\0\0\x18ftypisom\0\0\x02\0isomiso2\xa9xyz\0\x12\0\0+31.2304+121.4737/${'\0'.repeat(40)}`, 'latin1'),
  },
  rawdeflate: { content: deflateRawSync(LONG) },
  socketio: { content: '42["event",{"imei":"490154203237518"}]' },
  table: { content: 'imei,os,name\n490154203237518,android,"a ""b"""\n8,ios,c\n' },
  tars: { content: Buffer.from('0c160f343930313534323033323337353138290001060261623a0604737461740b', 'hex') },
  tdbase64: { content: '7TJI7TceWtiPwHcPwj<PwHcxvH2uweDj7Tce7T7L7Tcezg8PwHcPwj<PwH7ZSSAewLaPwHcPZj6/' },
  thrift: { content: Buffer.from('8001000100000004706f737400000001080001000000010b0002000000046162636400', 'hex') },
  thriftcompact: { content: Buffer.from('82210104706f73741502180461626364190800', 'hex') },
  umeng: {
    content: Buffer.concat([
      Buffer.from('1803312e30180261621840', 'hex'),
      Buffer.from('00112233445566778899aabbccddeeff'.repeat(2)),
      Buffer.from('1502150215021802', 'hex'),
      Buffer.from('{}'),
      Buffer.from('18016118016200', 'hex'),
    ]),
  },
  unescape: { content: '{\\"imei\\":\\"490154203237518\\"}' },
  url: { content: 'https://a.test/path?imei=490154203237518&b=2', inner: true },
  xml: { content: '<a><imei>490154203237518</imei><b c="d">text</b></a>' },
  xor: { content: Uint8Array.from(Buffer.from('{"imei":"490154203237518"}'), (byte) => byte ^ 0x5a) },
  zip: { content: zip('a.json', LONG) },
  zstd: { content: zstd('hello there, hello world, hello there') },
};

/** One raw block (RFC 8878 section 3.1.1): no encoder of it comes with Node 20. */
function zstd(text: string): Buffer {
  const block = (text.length << 3) | 1;
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, text.length, block & 255, block >> 8, 0]), Buffer.from(text)]);
}

function zip(name: string, content: string): Buffer {
  const data = Buffer.from(content);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt32LE(data.length, 18);
  local.writeUInt32LE(data.length, 22);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt32LE(data.length, 20);
  central.writeUInt32LE(data.length, 24);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + name.length, 12);
  end.writeUInt32LE(local.length + name.length + data.length, 16);
  return Buffer.concat([local, Buffer.from(name), data, central, Buffer.from(name), end]);
}

/** Repeatable: a failure names its round. */
function generator(seed: string): () => number {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) >>> 3;
  };
}

/** Some flips, cuts, repeats and lengths that lie; now and then nothing but noise. */
function mangled(seed: Buffer, next: () => number): Buffer {
  if (next() % 8 === 0) return Buffer.from(Array.from({ length: next() % 200 }, () => next() & 255));
  let bytes = Buffer.from(seed);
  for (let change = 1 + (next() % 5); change > 0 && bytes.length > 0; change--) {
    const at = next() % bytes.length;
    switch (next() % 6) {
      case 0:
        bytes[at] = next() & 255;
        break;
      case 1:
        bytes = bytes.subarray(0, at);
        break;
      case 2:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + (next() % 8))]);
        break;
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(next() % bytes.length), bytes.subarray(at)]).subarray(0, 4_096);
        break;
      case 4:
        bytes = Buffer.concat([
          bytes.subarray(0, at),
          Buffer.alloc(1 + (next() % 6), [0, 0xff, 0x7f, 0x22, 0x5b][next() % 5]),
          bytes.subarray(at),
        ]);
        break;
      default:
        bytes[at]! ^= 1 << (next() & 7);
    }
  }
  return bytes;
}

function open(
  decoder: Decoder,
  content: string | Uint8Array,
  { type = '', inner = false, declared, truncated }: { type?: string; inner?: boolean; declared: boolean; truncated: boolean },
) {
  const origin = { ...rootOrigin('body', 'body', new Work()), base: !inner, truncated, contentType: type };
  return decoder.open(new View(new Node(origin, content), decoder, declared));
}

describe('decoders against what nearly is their format', () => {
  test('each has an example', () => {
    expect(Object.keys(EXAMPLES).sort()).toEqual([...decoderIds()].sort());
  });

  for (const [id, { content, type, inner = false }] of Object.entries(EXAMPLES))
    test(id, async () => {
      const { decoder } = (await import(`../../src/decode/formats/${id}.ts`)) as { readonly decoder: Decoder };
      expect(
        open(decoder, content, { ...(type === undefined ? {} : { type }), inner, declared: type !== undefined, truncated: false }),
        'the example',
      ).not.toBeNull();
      const next = generator(id);
      const seed = Buffer.from(content as string);
      for (let round = 0; round < ROUNDS; round++) {
        const bytes = mangled(seed, next);
        const asText = typeof content === 'string' && next() % 4 !== 0;
        const how = {
          ...(next() % 2 === 0 && type !== undefined ? { type } : {}),
          declared: next() % 2 === 0,
          truncated: next() % 5 === 0,
        };
        const given = asText ? bytes.toString('utf8') : bytes;
        const cpu = process.cpuUsage();
        const opened = open(decoder, given, how);
        const { user, system } = process.cpuUsage(cpu);
        // Collecting garbage of earlier rounds counts, too.
        expect((user + system) / 1e3, `round ${round}`).toBeLessThan(2_000);
        // A first look may not turn away what the decoder itself would open.
        if (opened !== null && !how.declared && !asText && decoder.guess !== undefined)
          expect(decoder.guess(bytes, { base: true, truncated: how.truncated }), `round ${round}: ${bytes.toString('hex')}`).toBe(true);
        for (const leaf of [...(opened?.leaves ?? []), ...(opened?.ready?.fields ?? [])])
          expect(leaf.path.length, `round ${round}`).toBeGreaterThan(0);
      }
    });
});
