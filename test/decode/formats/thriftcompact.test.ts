import { expect, test } from 'vitest';
import { decoder } from '../../../src/decode/formats/thriftcompact.js';
import { inside, opened, takenFor } from '../sample.js';
import { fieldsUnder, framed, hex } from '../thrift-sample.js';

/** A struct, as Apache's `TCompactProtocol` of Python writes it (0.17). */
const STRUCT =
  '180f34393031353432303332333735313815e0c5081680ac89c8671797ff907efb3a3f401112140913f91b0288046f6169642430663866616435622d' +
  '643963622d343639662d613136352d373038363737323839353065076368616e6e656c0573746f726519280d636f6d2e6578616d706c652e6106e5bc' +
  'a0e4b8891c181161343a35653a36303a31313a32323a333300192101020a50f51000c8019003d804a006e807b009f80ac00c880ed00f9811e012a814' +
  'f015b81718097b2261223a2278227d00';
/** The same as the argument of a call `report`. */
const CALL = `8221 07 06 7265706f7274 1c ${STRUCT} 00`;

test('what another encoder wrote', () => {
  expect(opened(hex(STRUCT))).toMatchObject(fieldsUnder('body|thriftcompact'));
  expect(opened(hex(STRUCT), 'application/vnd.apache.thrift.compact')).toMatchObject(fieldsUnder('body|thriftcompact'));
  expect(inside(hex(STRUCT))).toMatchObject(fieldsUnder('|base64|thriftcompact'));
});

test('a call, with and without its length before it', () => {
  expect(opened(hex(CALL))).toMatchObject(fieldsUnder('body|thriftcompact.report.1'));
  expect(opened(framed(hex(CALL)))).toMatchObject(fieldsUnder('body|skip-4|thriftcompact.report.1'));
});

test('a field number in full, an empty map and an empty list', () => {
  // Field 1 a text, field 300 (in full) a text, 301 an empty map, 302 an empty list.
  expect(opened(hex('18 06 6d6f62696c65 08d804 06 706e756d6265 1b00 1900 00'))).toEqual({
    'body|thriftcompact.1': 'mobile',
    'body|thriftcompact.300': 'pnumbe',
  });
});

test('what is no struct of it', () => {
  const text = hex('18 0f 343930313534323033323337353138');
  const broken = {
    'a kind that is none': Buffer.concat([text, hex('1e00'), hex('00')]),
    'a number that is too long': Buffer.concat([text, hex('15 8000'), hex('00')]),
    'a text longer than there is': Buffer.concat([text, hex('18 7f 6162'), hex('00')]),
    'something behind the stop': Buffer.concat([text, hex('15 02 00 00')]),
    'no text': hex('15 02 15 04 15 06 15 08 15 0a 15 0c 00'),
  };
  for (const [name, bytes] of Object.entries(broken))
    expect(
      Object.keys(opened(bytes)).filter((path) => path.includes('|thrift')),
      name,
    ).toEqual([]);
  expect(opened(Buffer.concat([text, hex('15 02 00')]))).toEqual({
    'body|thriftcompact.1': '490154203237518',
    'body|thriftcompact.2': '1',
  });
});

test('random bytes are none', () => {
  expect(takenFor(decoder, 50_000)).toEqual([]);
});
