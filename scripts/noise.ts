import { createHash } from 'node:crypto';

/**
 * Endless JSON bodies of about 16 KB in which nobody's data is, but everything that looks like it: millisecond and microsecond
 * timestamps, order numbers, UUIDs, digests, trace ids, counters, versions, coordinates of nothing, base64 tokens. The keys say
 * nothing of their own: what is found is found by the look of a value.
 * @param seed equal seeds give equal noise. @param beside what each event says besides, in the same object. @param events in a body.
 */
export function* noise(seed: string, beside: Readonly<Record<string, unknown>> = {}, events = 20): Generator<Buffer> {
  const next = generator(seed);
  const digits = (count: number) => Array.from({ length: count }, () => String(next() % 10)).join('');
  const hex = (count: number) => Array.from({ length: count }, () => (next() & 15).toString(16)).join('');
  const millis = () => 1_577_836_800_000 + (next() % 1_000_000) * 400_000 + (next() % 400_000);
  const uuid = () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
  const stamp = () => new Date(millis()).toISOString().replace(/\D/g, '').slice(0, 14);
  const makers: ReadonlyArray<readonly [string, () => unknown]> = [
    ['ts', millis],
    ['time', () => String(millis())],
    ['us', () => `${millis()}${digits(3)}`],
    ['ns', () => `${millis()}${digits(6)}`],
    ['o', () => stamp() + digits(4)],
    ['o2', () => stamp() + digits(10)],
    ['seq', () => next() % 100_000_000],
    ['n', () => Number(digits(11))],
    ['n11', () => digits(11)],
    ['n15', () => digits(15)],
    ['n16', () => digits(16)],
    ['n18', () => digits(18)],
    ['n19', () => digits(19)],
    ['n20', () => digits(20)],
    ['u', uuid],
    ['r', () => hex(32)],
    ['trace', () => hex(16)],
    ['span', () => hex(16)],
    ['etag', () => hex(40)],
    ['sign', () => hex(32).toUpperCase()],
    ['hash', () => hex(64)],
    ['nonce', () => hex(12)],
    ['b', () => Buffer.from(hex(48), 'hex').toString('base64')],
    ['k', () => Buffer.from(hex(32), 'hex').toString('base64url')],
    ['version', () => `${next() % 20}.${next() % 30}.${next() % 100}`],
    ['ratio', () => (next() % 1_000_000) / 1_000_000],
    ['f', () => ((next() % 180_000_000) - 90_000_000) / 1_000_000],
    ['colour', () => `#${hex(6)}`],
    ['url', () => `https://cdn.example/${hex(2)}/${hex(32)}.js?v=${millis()}`],
    ['txt', () => `${digits(7)} / ${digits(11)} / ${hex(10)}`],
  ];
  for (;;) {
    const batch = Array.from({ length: events }, () => ({ ...beside, ...Object.fromEntries(makers.map(([key, make]) => [key, make()])) }));
    yield Buffer.from(JSON.stringify({ batch }));
  }
}

/** xorshift32, seeded by a digest: fast, repeatable, and good enough for noise. @returns 29 bits each time it is asked. */
export function generator(seed: string): () => number {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) >>> 3;
  };
}
