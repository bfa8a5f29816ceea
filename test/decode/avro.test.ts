import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AvroReader, avroLong, avroSchema } from '../../src/decode/avro.js';
import { ByteCursor } from '../../src/decode/byte-cursor.js';
import { TypedLeaves } from '../../src/decode/typed.js';
import { Work } from '../../src/decode/work.js';

const cursor = (hex: string) => new ByteCursor(Buffer.from(hex, 'hex'));

test('numbers as the specification writes them', () => {
  const examples = ['00', '01', '02', '03', '7f', '8001', 'ffffffffffffffffff01', 'feffffffffffffffff01'];
  expect(examples.map((hex) => avroLong(cursor(hex)))).toEqual([0n, -1n, 1n, -2n, -64n, 64n, -(2n ** 63n), 2n ** 63n - 1n]);
  const endless = cursor('ff'.repeat(11));
  avroLong(endless);
  expect(endless.broken).toBe(true);
});

test('a schema may be a name, a union, or what is declared; anything else is none', () => {
  expect(avroSchema('"int"')).toEqual({ type: 'int' });
  expect(avroSchema('{"type":"long","logicalType":"timestamp-millis"}')).toEqual({ type: 'long' });
  expect(avroSchema('["null",{"type":"map","values":"bytes"}]')).toEqual({
    type: 'union',
    of: [{ type: 'null' }, { type: 'map', values: { type: 'bytes' } }],
  });
  for (const none of ['', '{', '"x"', '1', `${'['.repeat(200)}${']'.repeat(200)}`]) expect(avroSchema(none), none).toBeNull();
});

test('whatever the bytes, reading ends within them', () => {
  const schema = avroSchema(
    '{"type":"record","name":"R","fields":[{"name":"a","type":["null","string","R"]},{"name":"b","type":{"type":"array","items":"R"}},{"name":"c","type":{"type":"map","values":"double"}}]}',
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      const work = new Work();
      const leaves = new TypedLeaves(work);
      const reading = new ByteCursor(bytes);
      new AvroReader(reading, leaves, work).value(schema!, { path: 'p', keys: [], group: 0 }, 0);
      expect(reading.at).toBeLessThanOrEqual(bytes.length);
      expect(leaves.list.length).toBeLessThanOrEqual(bytes.length);
    }),
  );
});

test('incident: a schema of millions of lists took hundreds of mebibytes: one of half a mebibyte is none', () => {
  const schema = (lists: number) => `[${'[],'.repeat(lists)}[]]`;
  expect(avroSchema(schema(1_000))).not.toBeNull();
  expect(avroSchema(schema(200_000))).toBeNull();
});
