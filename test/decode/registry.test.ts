import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { encode as encodeCbor } from 'cbor-x';
import { pack } from 'msgpackr';
import { expect, test } from 'vitest';
import { Node, rootOrigin, View } from '../../src/decode/node.js';
import {
  decoderIds,
  decodersForEncoding,
  decodersForMagic,
  decodersForMime,
  decodersForShape,
  guessers,
  guessersOf,
  textShape,
} from '../../src/decode/registry.js';
import { SHAPE } from '../../src/decode/shape.js';
import { Work } from '../../src/decode/work.js';

test('every file under formats/ is a decoder that is asked', () => {
  const files = readdirSync(new URL('../../src/decode/formats/', import.meta.url)).map((file) => file.replace(/\.ts$/, ''));
  expect([...decoderIds()].sort()).toEqual(files.sort());
});

test('asked in order of certainty', () => {
  const ids = decodersForShape(SHAPE.pairs | SHAPE.percent | SHAPE.brace).map((decoder) => decoder.id);
  expect(ids.indexOf('json')).toBeLessThan(ids.indexOf('form'));
  expect(ids.indexOf('form')).toBeLessThan(ids.indexOf('percent'));
});

test('the first byte turns nobody away who would look at the bytes', () => {
  const pool = createHash('shake256', { outputLength: 1 << 20 })
    .update('first')
    .digest();
  const wanting = new Set<string>();
  for (let at = 0; at + 80 < pool.length; at += 17) {
    const bytes = pool.subarray(at, at + 8 + (at % 72));
    const place = { base: at % 2 === 0, truncated: false };
    const asked = guessersOf(bytes[0]!);
    for (const decoder of guessers) {
      if (decoder.guess?.(bytes, place) !== true) continue;
      wanting.add(decoder.id);
      if (!asked.includes(decoder)) expect.fail(`${decoder.id}: ${bytes.toString('hex')}`);
    }
  }
  // Of the decoders that are turned away some would have looked at some of these.
  expect(guessers.filter(({ id, first }) => first !== undefined && wanting.has(id)).length).toBeGreaterThan(0);
  expect(guessersOf(0xff).length).toBeLessThan(guessersOf(0x82).length);
});

test('a decoder that knows its format by how a text begins is asked about such a text, white space before it or not', () => {
  const asked = (text: string) => decodersForShape(textShape(text)).map(({ id }) => id);
  for (const text of ['7TJI7Tce', ' \n7TJI7TceWtiPwHcPwj*.-/']) expect(asked(text), text).toContain('tdbase64');
  for (const text of ['7TJI7Tc', 'x7TJI7TceWtiPwHcPwj*.-/', '', ' ']) expect(asked(text), text).not.toContain('tdbase64');
});

test('by content type, content-encoding and magic number', () => {
  expect(decodersForMime('application/json').map((decoder) => decoder.id)).toEqual(['json']);
  expect(decodersForMime('')).toEqual([]);
  expect(decodersForEncoding('deflate').map((decoder) => decoder.id)).toEqual(['deflate', 'rawdeflate']);
  expect(decodersForEncoding('identity')).toEqual([]);
  expect(decodersForMagic(Buffer.from('bplist00'.padEnd(60, '\0'))).map((decoder) => decoder.id)).toEqual(['bplist']);
});

test('a first look never turns away what the decoder would open', () => {
  let state = 7;
  const next = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
  const made = (depth: number): unknown => {
    const kind = next(depth > 3 ? 5 : 8);
    if (kind === 0) return next(2) === 0 ? next(300) : -next(1e6);
    if (kind === 1) return 'value'.repeat(next(4)) + next(99);
    if (kind === 2) return next(1e6) / 7;
    if (kind === 3) return [null, true, false, 2 ** 40 + next(9)][next(4)];
    if (kind === 4) return Buffer.alloc(next(40), next(256));
    if (kind === 5) return Array.from({ length: next(20) }, () => made(depth + 1));
    return Object.fromEntries(Array.from({ length: next(12) }, (_, index) => [`key${index}`, made(depth + 1)]));
  };
  let opened = 0;
  for (let round = 0; round < 6_000; round++) {
    const value = next(2) === 0 ? { id: next(1e9), name: 'somebody', more: made(0) } : ['first', 'second', made(0)];
    const bytes = Buffer.from(next(2) === 0 ? encodeCbor(value) : pack(value));
    for (let change = next(4); change > 0; change--) bytes[next(bytes.length)] = next(256);
    const cut = next(8) === 0 ? bytes.subarray(0, next(bytes.length)) : bytes;
    for (const decoder of guessers) {
      const origin = rootOrigin('body', 'body', new Work());
      if (decoder.open(new View(new Node(origin, cut), decoder, false)) === null) continue;
      opened++;
      expect(decoder.guess?.(cut, { base: false, truncated: false }), `${decoder.id} ${cut.toString('hex')}`).toBe(true);
    }
  }
  expect(opened).toBeGreaterThan(2_000);
});
