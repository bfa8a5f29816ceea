import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Occurrence } from '../../src/model/finding.js';
import { EvidenceLedger } from '../../src/session/evidence-ledger.js';

const text = fc.constantFrom('', 'a', 'b', '手机', 'body.$.x');
const occurrence: fc.Arbitrary<Occurrence> = fc.record({
  dataType: fc.constantFrom('imei', 'phone_number'),
  grade: fc.constantFrom('confirmed' as const, 'opaque' as const),
  detector: text,
  form: fc.option(text),
  direction: fc.constantFrom('request' as const, 'response' as const),
  message: fc.option(fc.nat(3)),
  part: fc.constantFrom('body' as const, 'query' as const),
  path: text,
  steps: fc.array(text, { maxLength: 2 }),
  value: text,
  span: fc.option(fc.tuple(fc.nat(5), fc.nat(9))),
  placeholder: fc.boolean(),
  trace: fc.array(fc.record({ rule: text, text: fc.record({ zh: text, en: text }) }), { maxLength: 2 }),
  exchange: fc.nat(3),
  at: fc.nat(3),
  url: fc.constant('https://a.test/'),
  method: fc.constant('POST'),
  host: fc.constant('a.test'),
  secure: fc.constant(true),
  app: fc.constantFrom('main', 'wechat:wx1'),
  scene: fc.option(text),
  masked: fc.constant('*'),
  tag: fc.constant('0a'),
});

test('what comes out is what went in, by finding and in order', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom('f', 'g'), occurrence), { maxLength: 40 }), (all) => {
      const ledger = new EvidenceLedger();
      for (const [finding, one] of all) ledger.add(finding, one);
      const of = (id: string) => all.filter(([finding]) => finding === id).map(([, one]) => one);
      for (const id of ['f', 'g', 'none']) expect(ledger.of(id)).toEqual(of(id));
      const first = all[0]?.[0] ?? 'f';
      expect([...ledger.all()]).toEqual([...of(first), ...of(first === 'f' ? 'g' : 'f')]);
    }),
  );
});

test('a hundred thousand pieces that differ in little cost less than a hundred bytes each', () => {
  const [sample] = fc.sample(occurrence, { numRuns: 1, seed: 1 });
  if (sample === undefined) throw new Error('a sample');
  const ledger = new EvidenceLedger();
  const before = process.memoryUsage();
  for (let at = 0; at < 100_000; at += 1) ledger.add('f', { ...sample, exchange: 1, at: 1, span: [at, at + 1] });
  const after = process.memoryUsage();
  expect((after.arrayBuffers - before.arrayBuffers) / 100_000).toBeLessThan(100);
  expect(ledger.of('f').at(-1)?.span).toEqual([99_999, 100_000]);
});
