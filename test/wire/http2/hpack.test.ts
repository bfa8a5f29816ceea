import { describe, expect, it } from 'vitest';
import { limits } from '../../../src/limits.js';
import { HpackDecoder } from '../../../src/wire/http2/hpack.js';

function decode(decoder: HpackDecoder, hex: string): unknown {
  const result = decoder.decode(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
  return 'fault' in result ? result.fault : result.headers;
}

const FIRST = [
  [':method', 'GET'],
  [':scheme', 'http'],
  [':path', '/'],
  [':authority', 'www.example.com'],
];

describe('the examples of RFC 7541 Appendix C', () => {
  it('C.3 and C.4: three requests, plain and Huffman', () => {
    const runs = [
      [
        '8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d',
        '8286 84be 5808 6e6f 2d63 6163 6865',
        '8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65',
      ],
      [
        '8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff',
        '8286 84be 5886 a8eb 1064 9cbf',
        '8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf',
      ],
    ];
    for (const [one, two, three] of runs) {
      const decoder = new HpackDecoder();
      expect(decode(decoder, one ?? '')).toEqual(FIRST);
      expect(decoder.tableSize).toBe(57);
      expect(decode(decoder, two ?? '')).toEqual([...FIRST, ['cache-control', 'no-cache']]);
      expect(decoder.tableSize).toBe(110);
      expect(decode(decoder, three ?? '')).toEqual([
        [':method', 'GET'],
        [':scheme', 'https'],
        [':path', '/index.html'],
        [':authority', 'www.example.com'],
        ['custom-key', 'custom-value'],
      ]);
      expect(decoder.tableSize).toBe(164);
    }
  });

  it('C.5: responses that evict, in a table of 256 bytes', () => {
    const decoder = new HpackDecoder();
    expect(
      decode(
        decoder,
        `3fe101 4803 3330 3258 0770 7269 7661 7465 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3120 474d 546e 1768 7474 7073 3a2f 2f77 7777 2e65 7861 6d70 6c65 2e63 6f6d`,
      ),
    ).toHaveLength(4);
    expect(decoder.tableSize).toBe(222);
    expect(decode(decoder, '4803 3330 37c1 c0bf')).toEqual([
      [':status', '307'],
      ['cache-control', 'private'],
      ['date', 'Mon, 21 Oct 2013 20:13:21 GMT'],
      ['location', 'https://www.example.com'],
    ]);
    expect(decoder.tableSize).toBe(222);
  });

  it('C.2.2 and C.2.3: literals that are not indexed leave the table alone', () => {
    const decoder = new HpackDecoder();
    expect(decode(decoder, '040c 2f73 616d 706c 652f 7061 7468')).toEqual([[':path', '/sample/path']]);
    expect(decode(decoder, '1008 7061 7373 776f 7264 0673 6563 7265 74')).toEqual([['password', 'secret']]);
    expect(decoder.tableSize).toBe(0);
  });
});

describe('bounds and faults', () => {
  it('empties the table for an entry larger than it, and for a size of 0', () => {
    const decoder = new HpackDecoder();
    decode(decoder, '4001 6101 62');
    expect(decoder.tableSize).toBe(34);
    const large = Buffer.concat([Buffer.from('400161', 'hex'), Buffer.from([0x7f, 0x81, 0x20]), Buffer.alloc(4224, 'x')]);
    decoder.decode(large);
    expect(decoder.tableSize).toBe(0);
    decode(decoder, '4001 6101 62');
    decode(decoder, '20');
    expect(decoder.tableSize).toBe(0);
  });

  it.each([
    ['an index of 0', '80'],
    ['an index beyond both tables', 'be'],
    ['a name beyond both tables', '7f00 0161'],
    ['a string beyond the block', '4005 61'],
    ['an integer without end', 'ffffffffffffffff'],
    ['an integer cut off', 'ff'],
    ['a size update behind a field', '82 20'],
    ['broken Huffman', '4001 6181 00'],
  ])('stops at %s', (_name, hex) => {
    expect(decode(new HpackDecoder(), hex)).toBe('hpack');
  });

  it('refuses a table beyond its limit', () => {
    expect(decode(new HpackDecoder(), '3f ffff7f')).toBe('limit-hpackTable');
  });

  it('cuts the list, not the table', () => {
    const decoder = new HpackDecoder();
    const result = decoder.decode(
      Buffer.concat([Buffer.alloc(limits.httpHeaderCount + 10, 0x82), Buffer.from('4001 6101 62'.replaceAll(' ', ''), 'hex')]),
    );
    expect(result).toMatchObject({ limit: 'httpHeaderCount' });
    expect('headers' in result && result.headers.length).toBe(limits.httpHeaderCount);
    expect(decode(decoder, 'be')).toEqual([['a', 'b']]);
  });
});
