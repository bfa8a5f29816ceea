import { expect, test } from 'vitest';
import { findOpaque } from '../../src/detect/opaque.js';
import { decoded } from './known-fixture.js';

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
  const [evidence, ...rest] = findOpaque({ ...decoded([]), direction: 'response', message: 3, opaque: [opaque] });
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
  const said = (shape: string) => findOpaque({ ...decoded([]), opaque: [{ ...opaque, shape: [shape] }] })[0]?.trace[0]?.text;
  expect(said('unknown-format')?.en).toContain('no decoder knows');
  expect(said('unknown-encoding')?.zh).toContain('未知的编码');
  expect(said('xz')?.en).toContain('xz file');
  expect(said('multiple-of-8')?.en).toContain('Encrypted or compressed');
});

test('without shape and trials it still says so; nothing opaque, no evidence', () => {
  const [evidence] = findOpaque({ ...decoded([]), opaque: [{ ...opaque, shape: [], tried: [] }] });
  expect(evidence?.trace.map(({ rule }) => rule)).toEqual(['opaque-entropy', 'opaque-tried']);
  expect(findOpaque(decoded([]))).toEqual([]);
});
