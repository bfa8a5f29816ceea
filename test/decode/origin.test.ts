import { expect, test } from 'vitest';
import type { Opener } from '../../src/decode/decoder.js';
import { Node, rootOrigin } from '../../src/decode/node.js';
import { layerBelow, leafOrigin, spanned } from '../../src/decode/origin.js';
import { Work } from '../../src/decode/work.js';

const work = new Work();
const root = new Node({ ...rootOrigin('body', 'body', work), contentType: 'text/plain', base: true }, 'text');
const field = { path: 'body.$.a', part: 'body', keys: ['a'], value: 'MQ==', kind: 'string', steps: ['json'], group: 3 } as const;

test('a value knows what it was cut from, and where', () => {
  const origin = leafOrigin(root, spanned(field, [5, 9], 0), 'body.$.a', ['json'], 1);
  expect(origin).toMatchObject({ path: 'body.$.a', keys: ['a'], group: 3, depth: 1, base: false, leaf: true, parent: root, span: [5, 9] });
  expect(origin.contentType).toBe('');
  expect(leafOrigin(root, spanned(field, [], 0), 'body.$.a', ['json'], 1).span).toBeNull();
});

test('a layer goes on where its node stands, by the name of the step', () => {
  const decoder: Opener = { id: 'base64', order: 40, open: () => null };
  const inner = new Node(leafOrigin(root, spanned(field, [5, 9], 0), 'body.$.a', ['json'], 1), field.value);
  const layer = layerBelow(inner, decoder, { text: '1', sure: false }, false);
  expect(layer.origin).toMatchObject({ path: 'body.$.a|base64', steps: ['json', 'base64'], depth: 2, leaf: false, contentType: '', work });
  expect(layer.text).toBe('1');
  const whole = layerBelow(root, { ...decoder, id: 'gzip', encodings: ['gzip'] }, { text: '1', sure: true, step: 'gz' }, true);
  expect(whole.origin).toMatchObject({ path: 'body|gz', base: true, contentType: 'text/plain' });
});
