import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openPersona, openRulebook, readInput, settingsOf } from '../../src/cli/cli.js';
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

test('a file that cannot be read says which and what to do', () => {
  expect(() => readInput(join(home, 'missing.yaml'))).toThrow(/missing\.yaml/);
  expect(openPersona({ persona: null, hookModules: false })).toBeNull();
  const path = join(home, 'persona.yaml');
  writeFileSync(path, 'imei: "490154203237518"\n');
  expect(openPersona({ persona: path, hookModules: false })?.values).toEqual({ imei: ['490154203237518'] });
});
