import { expect, test } from 'vitest';
import { generator } from '../../scripts/noise.js';
import type { Decoder } from '../../src/decode/decoder.js';
import { Node, rootOrigin, View } from '../../src/decode/node.js';
import { Work } from '../../src/decode/work.js';
import { threadTime } from '../processor-time.js';

/** `OVERREACH_FUZZ=10000` for a long run; the share of every run keeps the machine free. */
const ROUNDS = Number(process.env.OVERREACH_FUZZ ?? 300);

/** Something that a decoder opens. */
export interface Example {
  readonly content: string | Uint8Array;
  readonly type?: string;
  /** A value of a document; otherwise a whole body. */
  readonly inner?: boolean;
}

/** Some flips, cuts, repeats and lengths that lie; now and then nothing but noise. */
function mangled(seed: Buffer, next: () => number): Buffer {
  if (next() % 8 === 0) return Buffer.from(Array.from({ length: next() % 200 }, () => next() & 255));
  let bytes = Buffer.from(seed);
  for (let change = 1 + (next() % 5); change > 0 && bytes.length > 0; change--) {
    const at = next() % bytes.length;
    switch (next() % 6) {
      case 0:
        bytes[at] = next() & 255;
        break;
      case 1:
        bytes = bytes.subarray(0, at);
        break;
      case 2:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + (next() % 8))]);
        break;
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(next() % bytes.length), bytes.subarray(at)]).subarray(0, 4_096);
        break;
      case 4:
        bytes = Buffer.concat([
          bytes.subarray(0, at),
          Buffer.alloc(1 + (next() % 6), [0, 0xff, 0x7f, 0x22, 0x5b][next() % 5]),
          bytes.subarray(at),
        ]);
        break;
      default:
        bytes[at]! ^= 1 << (next() & 7);
    }
  }
  return bytes;
}

function open(
  decoder: Decoder,
  content: string | Uint8Array,
  { type = '', inner = false, declared, truncated }: { type?: string; inner?: boolean; declared: boolean; truncated: boolean },
) {
  const origin = { ...rootOrigin('body', 'body', new Work()), base: !inner, truncated, contentType: type };
  return decoder.open(new View(new Node(origin, content), decoder, declared));
}

/** A test of one decoder against bytes that nearly are its format, made from an example of it. */
export function nearMisses(id: string, { content, type, inner = false }: Example): void {
  test(`${id} against what nearly is its format`, async () => {
    const { decoder } = (await import(`../../src/decode/formats/${id}.ts`)) as { readonly decoder: Decoder };
    expect(
      open(decoder, content, { ...(type === undefined ? {} : { type }), inner, declared: type !== undefined, truncated: false }),
      'the example',
    ).not.toBeNull();
    const next = generator(id);
    const seed = Buffer.from(content as string);
    for (let round = 0; round < ROUNDS; round++) {
      const bytes = mangled(seed, next);
      const asText = typeof content === 'string' && next() % 4 !== 0;
      const how = {
        ...(next() % 2 === 0 && type !== undefined ? { type } : {}),
        declared: next() % 2 === 0,
        truncated: next() % 5 === 0,
      };
      const given = asText ? bytes.toString('utf8') : bytes;
      const cpu = threadTime();
      const opened = open(decoder, given, how);
      // Collecting garbage of earlier rounds counts, too.
      expect(threadTime() - cpu, `round ${round}`).toBeLessThan(2_000);
      // A first look may not turn away what the decoder itself would open.
      if (opened !== null && !how.declared && !asText && decoder.guess !== undefined)
        expect(decoder.guess(bytes, { base: true, truncated: how.truncated }), `round ${round}: ${bytes.toString('hex')}`).toBe(true);
      if (decoder.guess === undefined && decoder.magic?.(bytes) === true)
        expect(decoder.first?.(bytes[0]!), `round ${round}: ${bytes.toString('hex')}`).not.toBe(false);
      for (const leaf of [...(opened?.leaves ?? []), ...(opened?.ready?.fields ?? [])])
        expect(leaf.path.length, `round ${round}`).toBeGreaterThan(0);
    }
  });
}
