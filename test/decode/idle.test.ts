import { expect, test } from 'vitest';
import { Idle } from '../../src/decode/idle.js';
import { readJson } from '../../src/decode/json.js';
import { Names } from '../../src/decode/names.js';
import { Triage } from '../../src/decode/triage.js';
import { Work } from '../../src/decode/work.js';
import { limits } from '../../src/limits.js';
import type { Interest } from '../../src/model/interest.js';

/** Wants what is called `w`. */
const interest: Interest = {
  under: (keys) => (keys[keys.length - 1] === 'w' ? 'each' : 'telling'),
  triggers: () => false,
  wantsUnder: () => true,
  wantsText: () => false,
  asksOf: () => 0,
  wantsNumber: () => false,
  wantsAmount: () => false,
};

function read(text: string, bytes: Uint8Array = Buffer.from(text)) {
  const place = { root: '$', part: 'body' as const, steps: ['json'], names: new Names([], ''), work: new Work() };
  const all = readJson(text, 0, place);
  const idle = new Idle({ text, bytes, part: 'body', steps: ['json'] });
  const some = readJson(text, 0, { ...place, work: new Work(), sorting: { triage: new Triage(interest, false), idle } });
  if (all === null || some === null) throw new Error('no JSON');
  for (let field = 0; field <= some.fields.length; field++) idle.place(field, idle.before(field));
  idle.settle(some.fields, new Uint8Array(some.fields.length));
  return { all: all.fields, some: some.fields, idle };
}

const BODY = '{"a":1,"w":"wanted","list":[{"b":"x","w":2},{"b":"y","c":[3,4]}],"d":true,"e":null,"w":5,"f":0.5}';

test('leaves that were left out stand among the others when asked for', () => {
  const { all, some, idle } = read(BODY);
  expect(some.map(({ value }) => value)).toEqual(['wanted', '2', '5']);
  expect(idle.count).toBe(all.length - some.length);
  expect(idle.whole().fields).toEqual(all);
  expect([...(idle.whole().verbatim ?? [])]).toEqual(all.map((field) => (some.includes(field) || field.keys.at(-1) === 'w' ? 0 : 1)));
});

test('those of some objects can be had alone', () => {
  const { some, idle } = read(BODY);
  expect(idle.among(({ path }) => path === '$.list[0]').map(({ path }) => path)).toEqual(['$.w', '$.list[0].b', '$.list[0].w', '$.w']);
  expect(idle.among((_place, isElement) => isElement).map(({ path }) => path)).toContain('$.list[1].c[1]');
  expect(idle.among(() => false)).toEqual(some);
  expect(
    idle.among(
      () => true,
      () => false,
    ),
  ).toEqual(some);
  expect(
    idle.among(
      () => true,
      () => true,
    ),
  ).toEqual(idle.whole().fields);
});

test('they tell whether a name, a text or a stretch of bytes is theirs', () => {
  const { idle } = read(BODY);
  expect([idle.isNamed(new Set(['b'])), idle.isNamed(new Set(['w', 'list']))]).toEqual([true, false]);
  expect([
    idle.holdsAny(new Map([['x', 0]])),
    idle.holdsAny(
      new Map([
        ['wanted', 0],
        ['true', 0],
      ]),
    ),
  ]).toEqual([true, false]);
  const at = (part: string): [number, number] => [BODY.indexOf(part), BODY.indexOf(part) + part.length];
  expect([idle.touches([at('wanted')]), idle.touches([at('0.5')]), idle.touches([at('wanted'), at('y')])]).toEqual([false, true, true]);
});

test('bytes are counted as characters, and what cannot be counted may be anywhere', () => {
  const text = '{"w":"\u{1f600}é春","a":"春","w":"z"}';
  const marked = Buffer.from(`\ufeff${text}`);
  for (const bytes of [Buffer.from(text), marked]) {
    const { idle } = read(text, bytes);
    const start = bytes.indexOf('"a":"春"') + 5;
    expect([idle.touches([[start, start + 3]]), idle.touches([[start + 9, start + 10]])]).toEqual([true, false]);
  }
  const spoilt = Buffer.from(text);
  spoilt[8] = 0xff;
  expect(read(text, spoilt).idle.touches([[0, 1]])).toBe(true);
});

test('arrays that are nested deeper than lists are followed are said to be', () => {
  const deep = (depth: number) => read(`${'['.repeat(depth)}1${']'.repeat(depth)}`).idle.isDeep;
  expect([deep(limits.listDepth), deep(limits.listDepth + 1)]).toEqual([false, true]);
});
