import { expect, test } from 'vitest';
import { decoder } from '../../../src/decode/formats/thrift.js';
import { decodeRequest } from '../../../src/decode/index.js';
import { fieldAt, inside, opened, request, takenFor } from '../sample.js';
import { fieldsUnder, framed, hex } from '../thrift-sample.js';

/** A struct, as Apache's `TBinaryProtocol` of Python writes it (0.17). */
const STRUCT =
  '0b00010000000f343930313534323033323337353138080002000111700a0003000000033c812b00040004403f3afb7e90ff97020005010200060006' +
  '0007fffb030008f90d00090b0b00000002000000046f6169640000002430663866616435622d643963622d343639662d613136352d37303836373732' +
  '3839353065000000076368616e6e656c0000000573746f72650f000a0b000000020000000d636f6d2e6578616d706c652e6100000006e5bca0e4b889' +
  '0c000b0b00010000001161343a35653a36303a31313a32323a3333000f000c020000000201000e002808000000100000000000000064000000c80000' +
  '012c00000190000001f400000258000002bc0000032000000384000003e80000044c000004b00000051400000578000005dc0b0029000000097b2261' +
  '223a2278227d00';
/** The same as the argument of a call `report`: with a version before it, and as it was before there were versions. */
const CALL = `80010001000000067265706f727400000007 0c0001 ${STRUCT} 00`;
const OLD_CALL = `000000067265706f72740100000007 0c0001 ${STRUCT} 00`;

test('what another encoder wrote', () => {
  expect(opened(hex(STRUCT))).toMatchObject(fieldsUnder('body|thrift'));
  expect(opened(hex(STRUCT), 'application/x-thrift')).toMatchObject(fieldsUnder('body|thrift'));
  expect(inside(hex(STRUCT))).toMatchObject(fieldsUnder('|base64|thrift'));
});

test('a call, with and without version, with and without its length before it', () => {
  for (const call of [CALL, OLD_CALL]) {
    expect(opened(hex(call))).toMatchObject(fieldsUnder('body|thrift.report.1'));
    expect(opened(framed(hex(call)))).toMatchObject(fieldsUnder('body|skip-4|thrift.report.1'));
  }
  expect(fieldAt(decodeRequest(request({ body: hex(CALL) })), 'body|thrift.report.1.1').keys).toEqual(['report', '1', '1']);
  // Nothing but a number: that it is a call is enough.
  expect(opened(hex('80010001000000067265706f727400000007 080001000004d2 00'))).toEqual({ 'body|thrift.report.1': '1234' });
});

test('an UUID, an empty map that says nothing of its kinds, and a set', () => {
  const struct = hex('100001 0f8fad5bd9cb469fa16570867728950e 0d0002 0000 00000000 0e0003 0b 00000001 00000008 6d6f62696c653031 00');
  expect(opened(struct)).toEqual({ 'body|thrift.1': '0f8fad5b-d9cb-469f-a165-70867728950e', 'body|thrift.3[0]': 'mobile01' });
});

test('what is no struct of it', () => {
  const text = hex('0b0002 0000000f 343930313534323033323337353138');
  const broken = {
    'a field that comes again': Buffer.concat([hex('080002 00000001'), text, hex('00')]),
    'a kind that is none': Buffer.concat([text, hex('050003 00'), hex('00')]),
    'a switch that is neither': Buffer.concat([hex('020001 02'), text, hex('00')]),
    'no stop': Buffer.concat([hex('080001 00000001'), text]),
    'something behind the stop': Buffer.concat([hex('080001 00000001'), text, hex('0000')]),
    'no text': hex('080001 00000001 080002 00000002 00'),
    'a call without a name': Buffer.concat([hex('80010001 00000002 0102 00000007'), text, hex('00')]),
  };
  for (const [name, bytes] of Object.entries(broken))
    expect(
      Object.keys(opened(bytes)).filter((path) => path.includes('|thrift')),
      name,
    ).toEqual([]);
  expect(opened(Buffer.concat([hex('080001 00000001'), text, hex('00')]))).toMatchObject({ 'body|thrift.2': '490154203237518' });
});

test('random bytes are none', () => {
  expect(takenFor(decoder, 50_000)).toEqual([]);
});
