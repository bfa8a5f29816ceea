import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type HarElement, HarSplitter } from '../../src/capture/har-split.js';
import { InputError } from '../../src/errors.js';
import { limits } from '../../src/limits.js';

function split(bytes: Uint8Array, size = bytes.length): { elements: HarElement[]; splitter: HarSplitter } {
  const splitter = new HarSplitter('x.har');
  const elements: HarElement[] = [];
  const piece = new Uint8Array(Math.max(1, size));
  for (let at = 0; at < bytes.length; at += size) {
    // The same memory each time, as a reader of files gives it: what is kept must be a copy.
    const part = bytes.subarray(at, at + size);
    piece.set(part);
    elements.push(...splitter.push(piece.subarray(0, part.length)));
    piece.fill(0x7d);
  }
  return { elements, splitter };
}

const texts = (elements: readonly HarElement[]) => elements.map(({ text }) => text);

describe('elements of log.entries', () => {
  test('come out one by one, wherever the pieces are cut', () => {
    const entry = fc.jsonValue({ maxDepth: 3 });
    const log = fc.record({ before: fc.jsonValue({ maxDepth: 2 }), entries: fc.array(entry, { maxLength: 5 }), after: fc.jsonValue() });
    fc.assert(
      fc.property(log, fc.integer({ min: 1, max: 40 }), fc.constantFrom(0, 1, '\t'), ({ before, entries, after }, size, indent) => {
        const text = JSON.stringify(
          { first: { entries: [1] }, log: { version: before, entries, comment: after }, last: [after] },
          null,
          indent,
        );
        const { elements, splitter } = split(Buffer.from(text), size);
        const whole = JSON.parse(text) as { log: { entries: unknown[] } };
        expect(texts(elements).map((one) => JSON.parse(one ?? ''))).toEqual(whole.log.entries);
        whole.log.entries = [];
        expect(JSON.parse(splitter.frame())).toEqual(whole);
        expect([splitter.closed, splitter.size, splitter.count]).toEqual([true, Buffer.byteLength(text), entries.length]);
      }),
      { numRuns: 300 },
    );
  });

  test('names may be written in escapes; entries of anything else are not meant', () => {
    expect(texts(split(Buffer.from('{"\\u006cog":{"entrie\\u0073":[1,"a"]}}')).elements)).toEqual(['1', '"a"']);
    expect(split(Buffer.from('{"log":[{"entries":[1]}],"x":{"entries":[2]},"entries":[3]}')).elements).toEqual([]);
  });

  test.each(['[,1]', '[1,,2]', '[1 2]', '[1,]', '[{}{}]', '[:]', '[}'])('%s is no JSON', (list) => {
    const run = () => split(Buffer.from(`{"log":{"entries":${list}}}`), 3);
    expect(run).toThrow(InputError);
    expect(run).toThrow(/not JSON/);
  });

  test('a file that ends in the middle is not closed', () => {
    const whole = '{"log":{"entries":[{"a":"]}"},{"b":1}]}}';
    for (let end = 1; end < whole.length; end += 1) expect(split(Buffer.from(whole.slice(0, end)), 7).splitter.closed).toBe(false);
    expect(split(Buffer.from(whole)).splitter.closed).toBe(true);
  });

  test('encodings are told apart', () => {
    const bytes = Buffer.concat([Buffer.from('{"log":{"entries":["a","手机","'), Buffer.from([0xca, 0xd6]), Buffer.from('"]}}')]);
    expect(split(bytes, 5).elements.map(({ encoding }) => encoding)).toEqual(['ascii', 'utf8', 'other']);
  });
});

describe('bounds', () => {
  test.each([
    ['plain text', 'ab\\"c ', 6],
    ['digits that look like an escape', '\\u00e9', 6],
    ['hexadecimal digits only', '0123456789abcdef', 16],
    ['three bytes each', '手机', 6],
    ['four bytes each', '😀', 4],
    ['backslashes', '\\\\', 2],
  ])('a text longer than harText is cut between its characters: %s', (_, unit, bytes) => {
    const body = unit.repeat(Math.ceil((limits.harText * 1.2) / bytes));
    const json = `{"log":{"entries":[{"long":"${body}","next":"kept"},2]}}`;
    const { elements } = split(Buffer.from(json), 1_000_003);
    const whole = JSON.parse(`"${body}"`) as string;
    const parsed = JSON.parse(elements[0]?.text ?? '') as { long: string; next: string };
    expect(whole.startsWith(parsed.long)).toBe(true);
    expect(parsed.next).toBe('kept');
    expect(elements[0]?.cut).toBeGreaterThan(0);
    expect(Buffer.byteLength(elements[0]?.text ?? '') + (elements[0]?.cut ?? 0)).toBe(elements[0]?.size);
    expect(Math.abs(Buffer.byteLength(elements[0]?.text ?? '') - limits.harText)).toBeLessThan(100);
    expect(elements[1]).toMatchObject({ text: '2', cut: 0 });
  });

  test('an entry larger than harEntry is told by its size and nothing else, and the next one is whole', () => {
    const splitter = new HarSplitter('x.har');
    const elements: HarElement[] = [];
    const row = Buffer.from(`${JSON.stringify('x'.repeat(65_533))},`);
    const most = process.memoryUsage().arrayBuffers;
    let largest = 0;
    elements.push(...splitter.push(Buffer.from('{"log":{"entries":[[')));
    for (let sent = 0; sent <= limits.harEntry; sent += row.length) {
      elements.push(...splitter.push(row));
      largest = Math.max(largest, process.memoryUsage().arrayBuffers - most);
    }
    elements.push(...splitter.push(Buffer.from('0],{"a":1}]}}')));
    expect(elements).toMatchObject([{ text: null }, { text: '{"a":1}' }]);
    expect(elements[0]?.size).toBeGreaterThan(limits.harEntry);
    expect(largest).toBeLessThan(1.5 * limits.harEntry);
  });

  test('what stands outside of the entries is bounded, and the message says what the file is', () => {
    const filler = `"${'x'.repeat(limits.harFrame)}"`;
    expect(() => split(Buffer.from(`{"sessions":[${filler}`))).toThrow(/no HAR/);
    expect(() => split(Buffer.from(`<html>${filler}`))).toThrow(/not JSON/);
  });

  test('a million brackets cost no more than their bytes', () => {
    const { splitter } = split(Buffer.from(`{"log":${'['.repeat(1_000_000)}`), 65_536);
    expect(splitter.closed).toBe(false);
    expect(split(Buffer.from(']]]]{"log":{"entries":[1]}}')).elements).toEqual([]);
  });
});
