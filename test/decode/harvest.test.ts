import { expect, test } from 'vitest';
import { type Draft, draftOf, Harvest, showBytes } from '../../src/decode/harvest.js';
import { rootOrigin } from '../../src/decode/node.js';
import { Work } from '../../src/decode/work.js';
import { limits } from '../../src/limits.js';

function draft(path: string): Draft {
  return { path, part: 'body', keys: [], value: 'v', kind: 'string', steps: [], group: 0 };
}

test('what came after a mark can be withdrawn, its share of the fields too', () => {
  const harvest = new Harvest(null);
  harvest.keep(draft('body.$.a'));
  harvest.layer('body', 'body', [], Buffer.from('x'));
  const mark = harvest.mark();
  harvest.keep(draft('body.$.b'));
  harvest.layer('body|base64', 'body', [], Buffer.from('y'));
  harvest.opaque({ path: 'body', part: 'body', steps: [], bytes: 1, entropy: 1, expected: 1, shape: [], tried: [] });
  harvest.work.hit('body', 'jsonDepth');
  harvest.withdraw(mark);
  const { fields, layers, opaque, limits: hits } = harvest.finish();
  expect(fields.map((field) => field.path)).toEqual(['body.$.a']);
  expect(layers.map((layer) => layer.path)).toEqual(['body']);
  expect(opaque).toEqual([]);
  expect(hits).toHaveLength(1);
  expect(harvest.work.fieldsLeft).toBe(limits.decodeFields - limits.decodeNewName);
});

test('a dropped field gives its place back', () => {
  const harvest = new Harvest(null);
  const field = draft('body|grpc[0]');
  harvest.keep(field);
  harvest.drop(field);
  harvest.drop(field);
  expect(harvest.finish().fields).toEqual([]);
  expect(harvest.work.fields).toBe(limits.decodeNewName - 1);
});

test('equal and empty layers are given once and never', () => {
  const harvest = new Harvest(null);
  for (const path of ['a', 'b']) harvest.layer(path, 'body', [], Buffer.from('same'));
  harvest.layer('c', 'body', [], Buffer.alloc(0));
  expect(harvest.finish().layers.map((layer) => layer.path)).toEqual(['a']);
});

test('a binary value is shown only so far', () => {
  const field = draft('body');
  const bytes = Buffer.alloc(limits.fieldText + 10, 0xe4);
  showBytes(field, bytes);
  expect(field).toMatchObject({ kind: 'binary', bytes });
  expect(field.value).toBe('ä'.repeat(limits.fieldText));
});

test('a layer that stays a value has the names of what it was made of', () => {
  const origin = { ...rootOrigin('body.$.data|base64', 'body', new Work()), keys: ['data'] };
  expect(draftOf(origin, `${origin.path}|text`, ['json', 'base64', 'text'], 'plain')).toEqual({
    path: 'body.$.data|base64|text',
    part: 'body',
    keys: ['data'],
    value: 'plain',
    kind: 'string',
    steps: ['json', 'base64', 'text'],
    group: origin.group,
  });
});
