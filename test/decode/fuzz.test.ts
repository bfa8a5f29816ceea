import { readFileSync } from 'node:fs';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decoderIds } from '../../src/decode/registry.js';
import { type Example, nearMisses } from './near-misses.js';
import { onePage, pdf } from './pdf-sample.js';

/** Every decoder against bytes that nearly are its format. A new one brings its example in its own test. */

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
  pdf: { content: pdf(onePage({ entries: '/Filter /FlateDecode', stream: deflateSync('BT /F1 9 Tf (abc) Tj ET') })) },
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

/** Decoders that bring an example in their own test. */
function broughtAlong(): string[] {
  return decoderIds().filter((id) =>
    readFileSync(new URL(`./formats/${id}.test.ts`, import.meta.url), 'utf8').includes(`nearMisses('${id}',`),
  );
}

describe('decoders against what nearly is their format', () => {
  test('each has an example, here or in its own test', () => {
    expect([...Object.keys(EXAMPLES), ...broughtAlong()].sort()).toEqual([...decoderIds()].sort());
  });

  for (const [id, example] of Object.entries(EXAMPLES)) nearMisses(id, example);
});
