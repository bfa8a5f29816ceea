import { expect, test } from 'vitest';
import { findOpaque } from '../../src/detect/opaque.js';
import { decoded } from './known-fixture.js';

const NONE: ReadonlySet<string> = new Set();

const opaque = {
  path: 'body.$.data|base64',
  part: 'body' as const,
  steps: ['json', 'base64'],
  bytes: 512,
  entropy: 7.581,
  expected: 7.6,
  shape: ['multiple of 16'],
  tried: ['gzip', 'protobuf'],
};

test('an opaque payload is evidence of its own, without its bytes', () => {
  const [evidence, ...rest] = findOpaque({ ...decoded([]), direction: 'response', message: 3, opaque: [opaque] }, NONE);
  expect(rest).toEqual([]);
  expect(evidence).toMatchObject({
    dataType: 'opaque_payload',
    grade: 'opaque',
    detector: 'opaque',
    direction: 'response',
    message: 3,
    path: 'body.$.data|base64',
    steps: ['json', 'base64'],
    value: '',
    placeholder: false,
  });
  expect(evidence?.trace.map(({ rule }) => rule)).toEqual(['opaque-entropy', 'opaque-shape', 'opaque-tried']);
  expect(evidence?.trace[0]?.text.en).toContain('512 bytes with 7.58 bits');
  expect(evidence?.trace[2]?.text.zh).toContain('gzip、protobuf');
});

test('it says what is known of the shape', () => {
  const said = (shape: string) => findOpaque({ ...decoded([]), opaque: [{ ...opaque, shape: [shape] }] }, NONE)[0]?.trace[0]?.text;
  expect(said('unknown-format')?.en).toContain('no decoder knows');
  expect(said('minidump')?.en).toContain('Memory of a program that broke down');
  expect(said('unknown-encoding')?.zh).toContain('未知的编码');
  expect(said('xz')?.en).toContain('xz file');
  expect(said('multiple-of-8')?.en).toContain('Encrypted or compressed');
});

test('without shape and trials it still says so; nothing opaque, no evidence', () => {
  const [evidence] = findOpaque({ ...decoded([]), opaque: [{ ...opaque, shape: [], tried: [] }] }, NONE);
  expect(evidence?.trace.map(({ rule }) => rule)).toEqual(['opaque-entropy', 'opaque-tried']);
  expect(findOpaque(decoded([]), NONE)).toEqual([]);
});

test('a text in no encoding hides nothing where it is known for a drawn number; bytes of an unknown format do', () => {
  const token = { ...opaque, path: 'body.$.token', shape: ['unknown-encoding'] };
  const numbers = new Set(['body.$.token']);
  expect(findOpaque({ ...decoded([]), opaque: [token] }, numbers)).toEqual([]);
  expect(findOpaque({ ...decoded([]), opaque: [token] }, NONE)).toHaveLength(1);
  expect(findOpaque({ ...decoded([]), opaque: [{ ...token, shape: ['unknown-format'] }] }, numbers)).toHaveLength(1);
});
