import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unpickle } from '../../src/decode/pickle.js';
import { Work } from '../../src/decode/work.js';

const read = (hex: string) => unpickle(Buffer.from(hex, 'hex'), new Work(), '');

test('a value stands alone on the stack where the program ends', () => {
  expect(read('80024b052e')).toEqual({ kind: 'number', value: 5 });
  expect(read('80024b054b062e')).toBeNull();
  expect(read('80024b05')).toBeNull();
  expect(read('80024b052e00')).toBeNull();
  expect(read('8002284b052e')).toBeNull();
});

test('integers of any length', () => {
  expect(read('80028a01ff2e')).toEqual({ kind: 'number', value: -1n });
  expect(read('80028a002e')).toEqual({ kind: 'number', value: 0 });
  expect(read('80024afeffffff2e')).toEqual({ kind: 'number', value: -2 });
});

test('a call keeps what it was given, and the name of what is called is no data', () => {
  expect(read('8002630a0a4b0585522e')).toMatchObject({ kind: 'group', items: [], given: [{ items: [{ kind: 'number', value: 5 }] }] });
});

test('any program ends', () => {
  const code = fc.constantFrom(
    ...[0x28, 0x30, 0x32, 0x5d, 0x61, 0x65, 0x75, 0x7d, 0x85, 0x94, 0x52, 0x62, 0x81, 0x4e, 0x68, 0x00, 0x71, 0x73],
  );
  fc.assert(
    fc.property(
      fc.array(code, { maxLength: 60 }),
      (codes) => unpickle(Buffer.from([0x80, 4, ...codes, 0x2e]), new Work(), '') !== undefined,
    ),
    {
      numRuns: 2_000,
    },
  );
});

test('incident: a list a byte made a gibibyte of a pickle: instructions cost work', () => {
  const work = new Work();
  const lists = Buffer.concat([Buffer.from([0x80, 2, 0x28]), Buffer.alloc(1_000_000, 0x5d), Buffer.from([0x6c, 0x2e])]);
  expect(unpickle(lists, work, 'body')).toBeNull();
  expect(work.hits).toEqual([{ path: 'body', limit: 'decodeWork' }]);
});
