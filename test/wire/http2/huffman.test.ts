import fc from 'fast-check';
import { expect, it } from 'vitest';
import { huffmanCode, huffmanDecode } from '../../../src/wire/http2/huffman.js';

function encode(bytes: Uint8Array): Buffer {
  let bits = [...bytes].map((byte) => huffmanCode(byte).code.toString(2).padStart(huffmanCode(byte).length, '0')).join('');
  bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1');
  return Buffer.from(bits.match(/.{8}/g)?.map((octet) => Number.parseInt(octet, 2)) ?? []);
}

it('reads the strings of RFC 7541 Appendix C.4 and C.6', () => {
  const strings: Array<[string, string]> = [
    ['f1e3c2e5f23a6ba0ab90f4ff', 'www.example.com'],
    ['a8eb10649cbf', 'no-cache'],
    ['25a849e95ba97d7f', 'custom-key'],
    ['25a849e95bb8e8b4bf', 'custom-value'],
    ['6402', '302'],
    ['aec3771a4b', 'private'],
    ['d07abe941054d444a8200595040b8166e082a62d1bff', 'Mon, 21 Oct 2013 20:13:21 GMT'],
    ['9d29ad171863c78f0b97c8e9ae82ae43d3', 'https://www.example.com'],
    [
      '94e7821dd7f2e6c7b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007',
      'foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1',
    ],
  ];
  for (const [hex, text] of strings) expect(huffmanDecode(Buffer.from(hex, 'hex'))).toBe(text);
});

it('is a complete prefix code', () => {
  let sum = 0;
  for (let symbol = 0; symbol <= 256; symbol++) sum += 2 ** -huffmanCode(symbol).length;
  expect(sum).toBe(1);
  expect(huffmanCode(256)).toEqual({ code: 0x3fffffff, length: 30 });
});

it('reads every byte string back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      expect(Buffer.from(huffmanDecode(encode(bytes)) ?? '', 'latin1')).toEqual(Buffer.from(bytes));
    }),
    { numRuns: 200 },
  );
});

it('refuses long or zero padding and the end-of-string symbol', () => {
  expect(huffmanDecode(Buffer.from('a8eb10649cbfff', 'hex'))).toBeNull();
  expect(huffmanDecode(Buffer.from([0b00000_000]))).toBeNull();
  expect(huffmanDecode(Buffer.from('ffffffff', 'hex'))).toBeNull();
  expect(huffmanDecode(Buffer.alloc(0))).toBe('');
});
