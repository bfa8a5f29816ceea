import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPrefix, readTnetstring, TnetstringError } from '../../src/capture/tnetstring.js';
import { tnetstring } from './tnetstring-writer.js';

const read = (text: string) => readTnetstring(Buffer.from(text, 'latin1'));

describe('values', () => {
  test('of each type', () => {
    expect(read('5:hello,')).toEqual(Buffer.from('hello'));
    expect(read('0:~')).toBeNull();
    expect([read('4:true!'), read('5:false!')]).toEqual([true, false]);
    expect([read('2:-7#'), read('4:1.5e^'.replace('1.5e', '1.50'))]).toEqual([-7, 1.5]);
    expect(read('3:nan^')).toBeNull();
    expect(read('8:1:1#1:2#]')).toEqual([1, 2]);
    expect(read('8:1:a;1:7#}')).toEqual({ a: 7 });
    expect(read('8:1:a,1:7#}')).toEqual({ a: 7 });
  });

  test('what a writer wrote is read back', () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.constant(null),
        fc.boolean(),
        fc.integer(),
        fc.string({ unit: 'grapheme' }),
        fc.uint8Array({ maxLength: 9 }).map((bytes) => Buffer.from(bytes)),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(
          fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'),
          tie('any'),
          { maxKeys: 3 },
        ),
      ),
    })).any;
    fc.assert(
      fc.property(value, (given) => {
        expect(readTnetstring(tnetstring(given))).toEqual(given);
      }),
    );
  });
});

test.each(['', ':', '5:hello', '9:hello,', '1:a?', '4:trve!', '1: #', '3:1:a]', '05', '9999999999999:a,', 'x:y,', '1:a,1:b,'])(
  '%j is refused, and nothing else happens',
  (text) => {
    expect(() => read(text)).toThrow(TnetstringError);
  },
);

test('nesting is bounded', () => {
  let text = '0:~';
  for (let depth = 0; depth < 2_000; depth += 1) text = `${text.length}:${text}]`;
  expect(() => read(text)).toThrow(/deep/);
});

test('no bytes make it throw anything else', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'0123456789:,;#^!~]}at') }), (text) => {
      try {
        read(text);
      } catch (error) {
        expect(error).toBeInstanceOf(TnetstringError);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('a prefix that is not whole asks for more', () => {
  expect(readPrefix(Buffer.from('123'), 0)).toBeNull();
  expect(readPrefix(Buffer.from('123:'), 0)).toEqual({ length: 123, start: 4 });
});
