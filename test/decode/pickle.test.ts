import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unpickle } from '../../src/decode/pickle.js';
import { Work } from '../../src/decode/work.js';

const read = (hex: string) => unpickle(Buffer.from(hex, 'hex'), 0, new Work(), '')?.value ?? null;

test('a value stands alone on the stack where the program ends', () => {
  expect(read('80024b052e')).toEqual({ kind: 'number', value: 5 });
  expect(read('80024b054b062e')).toBeNull();
  expect(read('80024b05')).toBeNull();
  expect(read('8002284b052e')).toBeNull();
});

test('where it ends is told, and where the next begins is asked for', () => {
  const two = Buffer.from('80024b052e80024b062e', 'hex');
  expect(unpickle(two, 0, new Work(), '')).toEqual({ value: { kind: 'number', value: 5 }, end: 5 });
  expect(unpickle(two, 5, new Work(), '')).toEqual({ value: { kind: 'number', value: 6 }, end: 10 });
});

test('protocol 0: lines, and objects with their arguments above a mark', () => {
  const line = (text: string) => read(Buffer.from(text, 'latin1').toString('hex'));
  expect(line('I5\np0\n0g0\n.')).toEqual({ kind: 'number', value: 5n });
  expect(line('(I1\nI01\ni__main__\nDevice\n.')).toMatchObject({ kind: 'group', given: [{ value: 1n }, { kind: 'boolean', value: true }] });
  expect(line('(c__main__\nDevice\nI1\no.')).toMatchObject({ kind: 'group', given: [{ value: 1n }] });
  expect(line('P7\n.')).toMatchObject({ kind: 'text' });
  for (const lie of ['I5', 'Ix\n.', 'Fx\n.', "S'a\n.", 'Sa\n.', 'ca\n.', 'ia\nb\n.']) expect(line(lie), lie).toBeNull();
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
    ...[
      0x69, 0x6f, 0x70, 0x67, 0x49, 0x56, 0x0a, 0x31, 0x28, 0x30, 0x32, 0x5d, 0x61, 0x65, 0x75, 0x7d, 0x85, 0x94, 0x52, 0x62, 0x81, 0x4e,
      0x68, 0x00, 0x71, 0x73,
    ],
  );
  fc.assert(
    fc.property(
      fc.array(code, { maxLength: 60 }),
      (codes) => unpickle(Buffer.from([0x80, 4, ...codes, 0x2e]), 0, new Work(), '') !== undefined,
    ),
    {
      numRuns: 2_000,
    },
  );
});

test('incident: a list a byte made a gibibyte of a pickle: instructions cost work', () => {
  const work = new Work();
  const lists = Buffer.concat([Buffer.from([0x80, 2, 0x28]), Buffer.alloc(1_000_000, 0x5d), Buffer.from([0x6c, 0x2e])]);
  expect(unpickle(lists, 0, work, 'body')).toBeNull();
  expect(work.hits).toEqual([{ path: 'body', limit: 'decodeWork' }]);
});
