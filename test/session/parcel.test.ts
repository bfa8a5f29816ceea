import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { limits } from '../../src/limits.js';
import type { TapBytes } from '../../src/model/tap.js';
import { Packer, unpack } from '../../src/session/parcel.js';

function piece(connection: string, direction: 'up' | 'down', text: string | Uint8Array, at = 1): TapBytes {
  return { type: 'bytes', connection, at, direction, bytes: typeof text === 'string' ? Buffer.from(text) : text };
}

function sealed(packer: Packer) {
  const found = packer.seal();
  if (found === null) throw new Error('empty');
  return found;
}

test('what was packed comes out again: bytes, order, connections, directions, times of the first of joined chunks', () => {
  const chunk = fc.record({
    connection: fc.constantFrom('a', 'b', 'c'),
    direction: fc.constantFrom('up' as const, 'down' as const),
    at: fc.integer({ min: 0, max: 2 ** 45 }),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 9_000 }),
  });
  fc.assert(
    fc.property(fc.array(chunk, { minLength: 1, maxLength: 12 }), (chunks) => {
      const packer = new Packer();
      const out: TapBytes[] = [];
      const empty = () => out.push(...unpack(sealed(packer).parcel));
      for (const one of chunks) {
        if (!packer.fits(one.bytes.length)) empty();
        packer.add({ type: 'bytes', ...one });
      }
      empty();
      const flow = (list: ReadonlyArray<Omit<TapBytes, 'type'>>) =>
        list.flatMap(({ connection, direction, bytes }) => [...bytes].map((byte) => `${connection} ${direction} ${byte}`));
      expect(flow(out)).toEqual(flow(chunks));
      expect(chunks.map(({ at }) => at)).toEqual(expect.arrayContaining(out.map(({ at }) => at)));
    }),
    { numRuns: 100 },
  );
});

describe('the buffer', () => {
  test('a full one is given away, and the next parcel has another', () => {
    const packer = new Packer();
    packer.add(piece('a', 'down', new Uint8Array(limits.tapBatch - 10).fill(1)));
    const { parcel, transfer } = sealed(packer);
    expect(transfer).toEqual([parcel.bytes.buffer]);
    packer.add(piece('a', 'down', new Uint8Array(limits.tapBatch - 10).fill(2)));
    expect([...unpack(parcel)][0]?.bytes.every((byte) => byte === 1)).toBe(true);
  });

  test('one with little in it stays, and only what is in it travels', () => {
    const packer = new Packer();
    packer.add(piece('a', 'up', 'ping'));
    const { parcel, transfer } = sealed(packer);
    expect([parcel.bytes.buffer.byteLength, transfer]).toEqual([4, [parcel.bytes.buffer]]);
  });

  test('a chunk larger than a parcel travels alone', () => {
    const packer = new Packer();
    expect(packer.fits(3 * limits.tapBatch)).toBe(true);
    packer.add(piece('a', 'up', new Uint8Array(3 * limits.tapBatch)));
    expect(packer.fits(1)).toBe(false);
    expect([...unpack(sealed(packer).parcel)].map(({ bytes }) => bytes.length)).toEqual([3 * limits.tapBatch]);
  });

  test('a small piece does not keep the whole parcel alive', () => {
    const packer = new Packer();
    packer.add(piece('a', 'down', new Uint8Array(limits.tapBatch - 10)));
    packer.add(piece('b', 'up', 'GET'));
    const [, small] = [...unpack(sealed(packer).parcel)];
    expect(small?.bytes.buffer.byteLength).toBe(3);
  });

  test('nothing packed is nothing', () => {
    expect(new Packer().seal()).toBeNull();
  });
});
