import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Mark, MarkedText, markOf, writtenForms } from '../../../src/live/view/marked-text.js';
import type { Occurrence } from '../../../src/model/finding.js';
import { occurrenceOf } from '../../occurrence.js';

function mark(path: string, value: string, patch: Partial<Occurrence> = {}): Mark {
  return markOf('f1', occurrenceOf({ dataType: 'phone_number', path, steps: [], value, masked: '139****0000', tag: 't', ...patch }));
}

const closed = () => false;
const open = () => true;
const plain = (marked: MarkedText, own: number[], allowed: (n: number) => boolean) =>
  marked
    .segments(own, allowed)
    .map(({ text }) => text)
    .join('');

test('a value is masked where its path says, however short it is', () => {
  const marked = new MarkedText('sex=1&n=1');
  marked.claim([{ tokens: ['body', 'form', 'sex'], start: 4, end: 5 }], [mark('body.form.sex', '1', { masked: '*' })], [0]);
  marked.search([mark('body.form.sex', '1')], [0]);
  expect(plain(marked, [0], closed)).toBe('sex=*&n=1');
  expect(plain(marked, [0], open)).toBe('sex=1&n=1');
});

test('a span hides only the part of the leaf that is the value', () => {
  const marked = new MarkedText('call 13900000000 now');
  const one = mark('body.text', '13900000000', { span: [5, 16] });
  marked.claim([{ tokens: ['body', 'text'], start: 0, end: 20 }], [one], [0]);
  expect(plain(marked, [0], closed)).toBe('call 139****0000 now');
});

test('a container of a nested value is hidden whole', () => {
  const text = Buffer.from('{"p":"13900000000"}').toString('base64');
  const marked = new MarkedText(text);
  marked.claim([{ tokens: ['query', 'd'], start: 0, end: text.length }], [mark('query.d|base64|json$.p', '13900000000')], [0]);
  expect(plain(marked, [0], closed)).toBe(`‹base64 → json · ${text.length}›`);
});

test('fails closed: evidence that is found neither by path nor by value hides the whole text', () => {
  const marks = [mark('body.$.x|rot13', 'ab')];
  const marked = new MarkedText('nothing to see');
  marked.claim([{ tokens: ['body', 'text'], start: 0, end: 14 }], marks, [0]);
  marked.search(marks, [0]);
  expect(marked.segments([0], closed)).toEqual([{ text: '‹14›', marks: [0], hidden: true }]);
  expect(plain(marked, [0], open)).toBe('nothing to see');
});

test('overlapping marks: a hidden one is never uncovered by an open one', () => {
  const marks = [mark('a', '1390000'), mark('b', '0000000', { masked: '####' })];
  const marked = new MarkedText('x13900000000y');
  marked.search(marks, []);
  const shown = plain(marked, [], (n) => n === 0);
  expect(shown).not.toContain('0000000');
});

test('every written form of any value is masked in any surrounding', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 6, unit: 'grapheme' }), fc.string(), fc.string(), fc.nat(7), (value, before, after, pick) => {
      const forms = writtenForms(value);
      const form = forms[pick % forms.length]!;
      const marks = [mark('elsewhere', value, { masked: '*' })];
      const marked = new MarkedText(`${before}\n${form}\n${after}`);
      marked.search(marks, []);
      expect(marked.has(0)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('a lone surrogate has forms too', () => {
  expect(writtenForms('\ud800abc').length).toBeGreaterThan(0);
});
