import { beforeEach, expect, test } from 'vitest';
import { Names } from '../../src/decode/names.js';
import { Triage } from '../../src/decode/triage.js';
import { ASKS_AMOUNT, type Interest } from '../../src/model/interest.js';

const root = new Names([], '');
const silent = root.under('seq');
let asked: string[] = [];
let interest: Interest;

beforeEach(() => {
  asked = [];
  interest = {
    under: (keys) => (keys[0] === 'imei' ? 'each' : keys[0] === 'pos' ? 'triggering' : keys[0] === 'name' ? 'read' : 'telling'),
    triggers: ({ value, keys }) => asked.push(`${keys.join('.')}=${value}`) > 0 && value.startsWith('9'),
    wantsUnder: ({ value, keys }) => asked.push(`${keys.join('.')}:${value}`) > 0 && value.startsWith('Li'),
    wantsText: ({ value }) => asked.push(value) > 0 && value.startsWith('known'),
    asksOf: ({ value }) => (value.includes('.') ? ASKS_AMOUNT : value.length === 11 ? 2 : 0),
    wantsNumber: ({ value }, asks) => asked.push(`${value} ${asks}`) > 0 && value.endsWith('1'),
    wantsAmount: (amount) => asked.push(`~${amount}`) > 0 && amount > 30,
  };
});

const text = (triage: Triage, value: string, names = silent) => triage.idleText(`"${value}",`, 1, names, triage.under(names));
const number = (triage: Triage, value: string, names = silent) => triage.idleNumber(`${value},`, 0, names, triage.under(names));

test('a word is remembered when it comes again: most that differ never do', () => {
  const triage = new Triage(interest, true);
  for (const time of [1, 2, 3, 4]) expect([text(triage, 'home'), text(triage, 'known')], `${time}`).toEqual([5, -1]);
  expect(asked).toEqual(['home', 'known', 'home', 'known']);
});

test('under a name that is read, a word or a small number is remembered for that name when it comes again, and what is longer never', () => {
  const triage = new Triage(interest, true);
  const [name, other] = ['name', 'other'].map((key) => new Names([], '').under('name').under(key));
  const under = new Names([], '').under('name');
  const thrice = [0, 1, 2];
  expect(thrice.map(() => text(triage, 'home', under) < 0)).toEqual([false, false, false]);
  expect(thrice.map(() => text(triage, 'Li', under) < 0)).toEqual([true, true, true]);
  expect(asked).toEqual(['home', 'name:home', 'home', 'name:home', 'Li', 'name:Li', 'Li', 'name:Li']);
  asked = [];
  for (const names of [name!, other!, name!, other!, name!, other!]) expect(text(triage, 'home', names)).toBe(5);
  expect(asked.sort()).toEqual(['name.name:home', 'name.name:home', 'name.other:home', 'name.other:home']);
  asked = [];
  expect(thrice.map(() => number(triage, '7', name))).toEqual([1, 1, 1]);
  expect(asked).toEqual(['name.name:7', 'name.name:7']);
  asked = [];
  expect(thrice.map(() => number(triage, '123456789', name))).toEqual([9, 9, 9]);
  expect(asked).toEqual(['name.name:123456789', 'name.name:123456789', 'name.name:123456789']);
});

test('another interest is asked anew', () => {
  expect(new Triage(interest, true).under(silent)).toBe('telling');
  expect(new Triage({ ...interest, under: () => 'each' }, true).under(silent)).toBe('each');
});

test('what would be opened, has escapes or controls, is long, or is an identifier is read', () => {
  const triage = new Triage(interest, true);
  for (const value of ['a=1&b=2', 'a\\n', 'a\tb', 'x'.repeat(70), 'd3dae106d7d6d48a']) expect(text(triage, value), value).toBe(-1);
  expect(triage.idleText('"open', 1, silent, 'telling')).toBe(-1);
  expect(asked).toEqual([]);
});

test('numbers are asked about by their form, and by what their form leaves open', () => {
  const triage = new Triage(interest, true);
  expect([number(triage, '17'), number(triage, '-5'), number(triage, '13900000001'), number(triage, '13900000002')]).toEqual([
    2, 2, -1, 11,
  ]);
  expect([number(triage, '31.2304'), number(triage, '0.089388'), number(triage, '-31.5')]).toEqual([-1, 8, 5]);
  expect(asked).toEqual(['13900000001 2', '13900000002 2', '~31.2304', '~0.089388', '~-31.5']);
});

test('texts of digits are no numbers, and have forms of their own', () => {
  const triage = new Triage(interest, true);
  expect([text(triage, '13900000001'), text(triage, '12'), text(triage, '12.5')]).toEqual([-1, 3, 5]);
});

test('numbers that are written in another way are left to the reader', () => {
  const triage = new Triage(interest, true);
  for (const value of ['1e5', '0x1f', '1.2.3', '.5', '5.', '-', '1n', '12345678901234567890'])
    expect(number(triage, value), value).toBe(-1);
});

test('under a name that is looked out for every leaf is asked about, under one that means something none is', () => {
  const triage = new Triage(interest, true);
  const pos = root.under('pos');
  expect([number(triage, '3', pos), number(triage, '9', pos), text(triage, 'left', pos)]).toEqual([1, -1, 5]);
  expect(triage.wantsSwitch('true', 'boolean', pos, triage.under(pos))).toBe(false);
  expect(triage.under(root.under('imei'))).toBe('each');
  expect(triage.under(root.under('a b'))).toBe('each');
});
