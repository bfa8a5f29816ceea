import { expect, test } from 'vitest';
import { decoder } from '../../../src/decode/formats/tars.js';
import { decodeRequest } from '../../../src/decode/index.js';
import { limits } from '../../../src/limits.js';
import { fieldAt, inside, opened, request, takenFor } from '../sample.js';

/** Two fields, a struct, a list, a map and bytes, as `@tars/stream` 2.0.3 writes them. */
const STRUCT =
  '00031a060f34393031353432303332333735313816084d323130324b314325403f3afb7e90ff97343f00000043000001971aeebce451012c62000111' +
  '7070fb8c9606e5bca0e4b889f7100000012c797979797979797979797979797979797979797979797979797979797979797979797979797979797979' +
  '797979797979797979797979797979797979797979797979797979797979797979797979797979797979797979797979797979797979797979797979' +
  '797979797979797979797979797979797979797979797979797979797979797979797979797979797979797979797979797979797979797979797979' +
  '797979797979797979797979797979797979797979797979797979797979797979797979797979797979797979797979797979797979797979797979' +
  '797979797979797979797979797979797979797979797979797979797979797979797979797979797979797979797979797979797979797979797979' +
  '7979797979797979797979797979797979790b290002060d636f6d2e6578616d706c652e61060d636f6d2e6578616d706c652e6238000206046f6169' +
  '64162430663866616435622d643963622d343639662d613136352d37303836373732383935306506076368616e6e656c160573746f72654d00001b7b' +
  '226d6163223a2261343a35653a36303a31313a32323a3333227d';
/** A call of `Demo.ReportServer.ReportObj.report` with three arguments by name, its length before it, by the same encoder. */
const CALL =
  '000000bf10032c3c4007561b44656d6f2e5265706f72745365727665722e5265706f72744f626a66067265706f72747d00010086080003060571696d' +
  '65691d00001206106131623263336434653566363037313806037569641d00000903000000033c812b0006036465761d00004b0a060f343930313534' +
  '32303332333735313816084d323130324b314325403f3afb7e90ff97343f00000043000001971aeebce451012c620001117070fb8c9606e5bca0e4b8' +
  '89f610017a0b8c980ca80c';

const STRUCT_FIELDS = {
  'body|tars.0': '3',
  'body|tars.1.0': '490154203237518',
  'body|tars.1.1': 'M2102K1C',
  'body|tars.1.2': '31.2304',
  'body|tars.1.3': '0.5',
  'body|tars.1.4': '1748503543012',
  'body|tars.1.5': '300',
  'body|tars.1.6': '70000',
  'body|tars.1.7': '-5',
  'body|tars.1.8': '0',
  'body|tars.1.9': '张三',
  'body|tars.1.16': 'y'.repeat(300),
  'body|tars.2[0]': 'com.example.a',
  'body|tars.2[1]': 'com.example.b',
  'body|tars.3.oaid': '0f8fad5b-d9cb-469f-a165-70867728950e',
  'body|tars.3.channel': 'store',
  'body|tars.4|json$.mac': 'a4:5e:60:11:22:33',
};

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

test('what another encoder wrote', () => {
  expect(opened(hex(STRUCT))).toMatchObject(STRUCT_FIELDS);
  expect(opened(hex(STRUCT), 'application/octet-stream')).toMatchObject(STRUCT_FIELDS);
  expect(opened(hex(STRUCT), 'application/x-jce')).toMatchObject(STRUCT_FIELDS);
  expect(inside(hex(STRUCT))).toMatchObject({ '|base64|tars.1.0': '490154203237518' });
});

test('a call with its length before it, and each argument in the bytes that it came in', () => {
  const decoded = decodeRequest(request({ body: hex(CALL) }));
  expect(opened(hex(CALL))).toMatchObject({
    'body|skip-4|tars.5': 'Demo.ReportServer.ReportObj',
    'body|skip-4|tars.6': 'report',
    'body|skip-4|tars.7|tars.0.qimei|tars.0': 'a1b2c3d4e5f60718',
    'body|skip-4|tars.7|tars.0.uid|tars.0': '13900000000',
    'body|skip-4|tars.7|tars.0.dev|tars.0.0': '490154203237518',
  });
  expect(opened(hex(CALL).subarray(4))).toMatchObject({ 'body|tars.7|tars.0.qimei|tars.0': 'a1b2c3d4e5f60718' });
  // The argument is called as the caller called it.
  expect(fieldAt(decoded, 'body|skip-4|tars.7|tars.0.qimei|tars.0').keys).toEqual(['7', 'qimei']);
  expect(fieldAt(decoded, 'body|skip-4|tars.7|tars.0.qimei|tars.0').steps).toEqual(['skip-4', 'tars', 'tars', 'tars']);
});

test('queued_calls: several calls with their lengths, each a document of its own', () => {
  const call = hex(CALL);
  const other = hex('0000001e 060f343930313534323033323337353138 1605312e322e33 2c');
  other[3] = other.length;
  const fields = opened(Buffer.concat([other, call, call]), 'application/octet-stream');
  expect(fields).toMatchObject({
    'body|tars[0]|tars.0': '490154203237518',
    'body|tars[1]|tars.7|tars.0.uid|tars.0': '13900000000',
    'body|tars[2]|tars.5': 'Demo.ReportServer.ReportObj',
  });
  expect(Object.keys(fields)).not.toContain('body|tars[1]');
  expect(opened(Buffer.concat([call, other]), 'application/x-tars')).toMatchObject({ 'body|tars[1]|tars.0': '490154203237518' });
  const cut = decodeRequest(request({ body: Buffer.concat([call, call.subarray(0, 100)]), truncated: true }));
  expect(fieldAt(cut, 'body|tars[1]|tars.5').value).toBe('Demo.ReportServer.ReportObj');
  // Frames of something else are left to others.
  const json = Buffer.from('\0\0\0\x13{"a":"hello"}\0\0');
  expect(
    Object.keys(opened(Buffer.concat([call, json]), 'application/octet-stream')).filter((path) => path.startsWith('body|tars')),
  ).toEqual([]);
});

test('incident: a short call that nobody could read, queued behind one that is read, was not told', () => {
  const sealed = Buffer.from(Array.from({ length: 24 }, (_, i) => (i * i * 31 + 7 * i + 201) & 255));
  const body = Buffer.concat([hex(CALL), hex('0000001c'), sealed]);
  const decoded = decodeRequest(request({ type: 'application/x-tars', body }));
  expect(fieldAt(decoded, 'body|tars[0]|tars.5').value).toBe('Demo.ReportServer.ReportObj');
  expect(decoded.opaque.map(({ path }) => path)).toEqual(['body|tars[1]']);
  // The bytes of a value are as short as any identifier and stay untold.
  const value = Buffer.concat([hex('0c 160b'), Buffer.from('com.example'), hex('2d 00 0018'), sealed]);
  expect(decodeRequest(request({ type: 'application/x-tars', body: value })).opaque).toEqual([]);
});

test('a text in GB18030 says so', () => {
  // Tag 0: 490154203237518, tag 1: 张三丰.
  expect(opened(hex('060f343930313534323033323337353138 1606 d5c5c8fdb7e1'))).toMatchObject({ 'body|tars.1|gb18030': '张三丰' });
});

test('what is encrypted inside is left as bytes and told', () => {
  const sealed = Buffer.from(Array.from({ length: 200 }, (_, i) => (i * i * 31 + 7 * i + (i >> 3) * 89) & 255));
  const bytes = Buffer.concat([
    hex('0c 160b'),
    Buffer.from('com.example'),
    hex('2605'),
    Buffer.from('3.1.4'),
    hex('3d 00 01 00c8'),
    sealed,
  ]);
  const decoded = decodeRequest(request({ body: bytes }));
  expect(fieldAt(decoded, 'body|tars.1').value).toBe('com.example');
  expect(fieldAt(decoded, 'body|tars.3').kind).toBe('binary');
  expect(decoded.opaque.map(({ path }) => path)).toEqual(['body|tars.3']);
});

test('what is not written as every encoder writes it is something else', () => {
  const text = hex('160f343930313534323033323337353138');
  const broken = {
    'a tag that comes again': Buffer.concat([hex('1c'), text]),
    'a number that would be shorter': Buffer.concat([hex('010005'), text]),
    'a zero in full': Buffer.concat([hex('0000'), text]),
    'a type that is none': Buffer.concat([hex('0e'), text]),
    'a struct without its end': Buffer.concat([hex('0a'), text]),
    'a text that is none': Buffer.concat([hex('0c'), text, hex('2604fffefdfc')]),
    'one byte too many': Buffer.concat([hex('0c'), text, hex('26')]),
    'no text': hex('02499602d2 12499602d3 22499602d4'),
  };
  for (const [name, bytes] of Object.entries(broken))
    expect(
      Object.keys(opened(bytes)).filter((path) => path.includes('|tars')),
      name,
    ).toEqual([]);
  expect(opened(Buffer.concat([hex('0c'), text]))).toMatchObject({ 'body|tars.1': '490154203237518' });
});

test('lengths that lie allocate nothing', () => {
  for (const lie of ['0902 7fffffff', '0802 7fffffff', '0d00 02 7fffffff', '077fffffff 41', '09 00 ff', '070000'])
    expect(
      Object.keys(opened(hex(lie), 'application/x-tars')).filter((path) => path.includes('|tars')),
      lie,
    ).toEqual([]);
});

test('one in another without end', () => {
  const decoded = decodeRequest(request({ type: 'application/x-jce', body: Buffer.alloc(100_000, 0x1a) }));
  expect(decoded.limits.map(({ limit }) => limit)).toEqual(['structDepth']);
});

test('a list that claims more elements than are kept ends with them', () => {
  const lie = Buffer.concat([hex('0902 7fffffff'), Buffer.alloc(limits.decodeFields + 5_000, 0x0c)]);
  expect(decodeRequest(request({ type: 'application/x-jce', body: lie })).limits.map(({ limit }) => limit)).toContain('decodeFields');
});

test('incident: of more calls in one body than are kept the others were left out, and nothing was said', () => {
  const body = Buffer.concat(Array.from({ length: limits.decodeFields + 5_000 }, () => hex('00000008b0000000')));
  expect(decodeRequest(request({ type: 'application/x-tars', body })).limits.map(({ limit }) => limit)).toContain('decodeFields');
});

test('the beginning of a body that was cut', () => {
  const body = hex(STRUCT).subarray(0, 120);
  const { fields } = decodeRequest(request({ type: 'application/octet-stream', body, truncated: true }));
  expect(fields.find(({ path }) => path === 'body|tars.1.0')?.value).toBe('490154203237518');
});

test('random bytes are none', () => {
  expect(takenFor(decoder, 50_000)).toEqual([]);
});
