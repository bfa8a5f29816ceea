import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openPersona, openRulebook, placeOf, readInput, settingsOf } from '../../src/cli/cli.js';
import { createTerminal } from '../../src/cli/terminal.js';
import { commandLine } from './recorded-cli.js';

const { home, remove } = commandLine();
afterAll(remove);
const cli = { terminal: createTerminal(process.stdout, process.stderr, {}), env: { HOME: home }, cwd: home, exit() {} };

test('flags become settings; what is no setting is left to the command', () => {
  const settings = settingsOf(cli, { lang: 'en', category: ['news'], failOn: ['none'], json: true });
  expect(settings).toMatchObject({ language: 'en', category: ['news'], pack: null });
  expect(openRulebook(settings).pack.categories).toHaveLength(39);
});

const rulebook = openRulebook(settingsOf(cli, {}));

test('a misspelt data type in a persona file is named: it would be found and judged by nobody', () => {
  const path = join(home, 'typo.yaml');
  writeFileSync(path, 'phone_nubmer: "13900000000"\n');
  expect(() => openPersona({ persona: path, hookModules: false }, rulebook)).toThrow(
    expect.objectContaining({ code: 'OVR_PERSONA_KEY', next: expect.stringContaining('"phone_number"') }),
  );
});

test('a key hook that can open nothing is named, its key is not', () => {
  const path = join(home, 'hook.yaml');
  writeFileSync(path, 'keys: [{ algorithm: aes-cbc, key: fifteen bytes.. }]\n');
  const refused = expect.objectContaining({ code: 'OVR_PERSONA_KEY', message: expect.stringMatching(/keys\[0\]\.key has 15 bytes/) });
  expect(() => openPersona({ persona: path, hookModules: false }, rulebook)).toThrow(refused);
  expect(() => openPersona({ persona: path, hookModules: false }, rulebook)).not.toThrow(/fifteen/);
});

test('a file that cannot be read says which and what to do', () => {
  expect(() => readInput(join(home, 'missing.yaml'))).toThrow(/missing\.yaml/);
  expect(openPersona({ persona: null, hookModules: false }, rulebook)).toBeNull();
  const path = join(home, 'persona.yaml');
  writeFileSync(path, 'imei: "490154203237518"\n');
  expect(openPersona({ persona: path, hookModules: false }, rulebook)?.values).toEqual({ imei: ['490154203237518'] });
});

test('a command that is printed as the next step names the data folder it was given', () => {
  expect(placeOf({})).toBe('');
  expect(placeOf({ dataDir: './data' })).toBe(' --data-dir ./data');
  expect(placeOf({ dataDir: "it's here" })).toBe(" --data-dir 'it'\\''s here'");
});
