import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { byteListPatterns } from '../../../src/detect/forms/byte-list.js';
import { canonicalValue } from '../../../src/detect/forms/canonical.js';
import { createKnownValues } from '../../../src/detect/known-values.js';
import { dataTypes, request } from '../fixture.js';

const MAC = '5e:44:c8:1b:a2:2f';
const BYTES = [0x5e, 0x44, 0xc8, 0x1b, 0xa2, 0x2f];

describe('byteListPatterns', () => {
  it('prints bytes with and without a sign, with and without spaces', () => {
    const lists = byteListPatterns(canonicalValue('mac_address', MAC)).map(({ bytes }) => Buffer.from(bytes).toString());
    expect(lists).toEqual(expect.arrayContaining(['94,68,200,27,162,47', '94, 68, 200, 27, 162, 47', '94,68,-56,27,-94,47']));
  });

  it('leaves short values out', () => {
    expect(byteListPatterns(canonicalValue('gender', '男'))).toEqual([]);
  });

  it('gson_byte_array: a hardware address printed as an array is found, a longer number beside it is not', () => {
    const known = createKnownValues({ values: { mac_address: [MAC] }, salts: [], keys: [] }, dataTypes);
    const find = (json: string) =>
      known.find(decodeRequest(request({ body: json }))).map(({ dataType, grade, form }) => [dataType, grade, form]);
    const confirmed = [['mac_address', 'confirmed', 'byte-list']];
    expect(find(JSON.stringify({ hw: BYTES }))).toEqual(confirmed);
    expect(find(JSON.stringify({ hw: BYTES.map((byte) => (byte > 127 ? byte - 256 : byte)) }))).toEqual(confirmed);
    expect(find(JSON.stringify({ hw: [...BYTES.slice(0, 5), 471] }))).toEqual([]);
    expect(find(JSON.stringify({ hw: [194, ...BYTES.slice(1)] }))).toEqual([]);
  });
});
