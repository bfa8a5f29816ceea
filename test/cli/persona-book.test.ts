import { afterAll, expect, test } from 'vitest';
import { createPersonaBook } from '../../src/cli/persona-book.js';
import { RULES_DIR } from '../../src/cli/place.js';
import * as schema from '../../src/live/schema.js';
import type { Persona } from '../../src/model/session.js';
import { makePersona } from '../../src/persona/synthetic.js';
import { loadRulebook } from '../../src/rulebook/load.js';
import { openStore } from '../../src/store/index.js';
import { sessionOf } from '../session/traffic.js';
import { commandLine } from './recorded-cli.js';

const { home, remove } = commandLine();
const store = openStore({ dir: home });
afterAll(() => {
  store.close();
  remove();
});
const rulebook = loadRulebook({ dir: RULES_DIR });
const FILE: Persona = {
  values: { phone_number: ['13900000000'], imei: ['490154203237518'] },
  salts: ['pepper'],
  keys: [{ algorithm: 'xor', key: '00', iv: null, encoding: 'hex', where: null }],
};
const told: Array<Persona | null> = [];

function bookOf(running: string, file: Persona | null = FILE) {
  for (const id of [running, `${running}-old`])
    if (store.session(id) === null) store.createSession({ ...sessionOf(), id, status: 'ended' }, { pack: 'p', version: '1', sha256: '' });
  const book = createPersonaBook({
    store,
    rulebook: () => rulebook,
    tagKey: new Uint8Array(32).fill(7),
    running: () => running,
    ours: (session) => session === running,
    file,
    know: async (persona) => void told.push(persona),
  });
  const tag = (type: string, at = 0) => book.of(running).values.find(({ dataType }) => dataType === type)?.values[at]?.tag ?? '';
  return { book, tag };
}

test('the file speaks until somebody changes a value; then salts and keys stay, and the audit is told', async () => {
  const { book, tag } = bookOf('s1');
  expect(book.of('s1')).toMatchObject({ source: 'file', salts: 1, keys: 1 });
  const shown = await book.change('s1', [
    { dataType: 'phone_number', values: [{ keep: tag('phone_number') }, { value: ' 13911112222 ' }, { value: '13911112222' }] },
    { dataType: 'id_number', values: [{ value: '11010519491231002X' }] },
  ]);
  expect(schema.personaAnswer.safeParse(shown).error).toBeUndefined();
  expect(shown).toMatchObject({ source: 'page', salts: 1, keys: 1 });
  expect(JSON.stringify(shown)).not.toMatch(/13900000000|13911112222|11010519491231002|pepper/);
  const values = { phone_number: ['13900000000', '13911112222'], id_number: ['11010519491231002X'] };
  expect(told.at(-1)).toEqual({ ...FILE, values });
  expect(store.knownValues('s1')).toEqual({ values, whole: true });
  expect(JSON.stringify(store.knownValues('s1'))).not.toContain('pepper');
  expect(bookOf('s1').book.known('s1'), 'after a restart').toMatchObject({ partial: false, source: 'page' });
});

test('modules count with the keys: of sessions of this program only, and neither their names nor their code are told', () => {
  const module = { file: './open.mjs', step: 'hook-open', sha256: 'ab', code: 'export const open = () => null', where: null };
  const { book } = bookOf('s5', { ...FILE, modules: [module] });
  expect(book.of('s5')).toMatchObject({ salts: 1, keys: 2 });
  expect(JSON.stringify(book.of('s5'))).not.toContain('open');
  expect(book.of('s5-old')).toMatchObject({ source: 'none', salts: 0, keys: 0 });
});

test('incident: a value of our own test person was doubted in the page', () => {
  for (const seed of ['a', 'b', 'c']) {
    const { book } = bookOf(`made-${seed}`, makePersona(seed));
    const doubted = book.of(`made-${seed}`).values.filter(({ values }) => values.some(({ note }) => note !== null));
    expect(doubted.map(({ dataType }) => dataType)).toEqual([]);
  }
});

test('what is doubtful is said, and kept all the same', async () => {
  const { book } = bookOf('s2', null);
  expect(book.of('s2')).toEqual({ source: 'none', values: [], salts: 0, keys: 0 });
  const shown = await book.change('s2', [
    { dataType: 'imei', values: [{ value: '490154203237519' }, { value: '490154203237518' }, { value: '000000000000000' }] },
    { dataType: 'phone_number', values: [{ value: '13900000000' }, { value: '12' }] },
  ]);
  const notes = Object.fromEntries(
    shown.values.map(({ dataType, values }) => [dataType, values.map(({ note }) => note?.en.slice(0, 10) ?? null)]),
  );
  expect(notes).toEqual({ imei: ['Does not p', null, 'Looks like'], phone_number: [null, 'Does not p'] });
});

test('a refusal names the type, never the value, and changes nothing', async () => {
  const { book } = bookOf('s3');
  for (const [change, code] of [
    [[{ dataType: 'no_such', values: [{ value: '13911112222' }] }], 'OVR_PERSONA_KEY'],
    [[{ dataType: 'imei', values: [{ keep: 'stale' }] }], 'OVR_PERSONA_STALE'],
    [[{ dataType: 'imei', values: [{ value: '13911112222' }, { value: '   ' }] }], 'OVR_PERSONA_VALUE'],
  ] as const) {
    const refused = await book
      .change(
        's3',
        [...change].map((one) => ({ ...one, values: [...one.values] })),
      )
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ code });
    expect(String(refused)).not.toContain('13911112222');
  }
  expect(store.knownValues('s3')).toBeNull();
});

test('values added to a session of an earlier run are not taken for all that was known in it', async () => {
  const { book } = bookOf('s4');
  expect(book.known('s4-old')).toEqual({ persona: null, partial: true, source: 'none' });
  const before = told.length;
  await book.change('s4-old', [{ dataType: 'imei', values: [{ value: '490154203237518' }] }]);
  expect(told).toHaveLength(before);
  expect(book.known('s4-old')).toMatchObject({ partial: true, persona: { salts: [], keys: [] } });
});
