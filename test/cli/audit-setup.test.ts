import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { auditOptions, setUpAudit } from '../../src/cli/audit-setup.js';
import type { Cli } from '../../src/cli/cli.js';
import { createTerminal } from '../../src/cli/terminal.js';
import { commandLine } from './recorded-cli.js';

const { home, remove } = commandLine();
afterAll(remove);
const cli: Cli = {
  terminal: createTerminal(process.stdout, process.stderr, { NO_COLOR: '1' }),
  env: { HOME: home, OVERREACH_DATA_DIR: join(home, 'data') },
  cwd: home,
  exit: () => {},
};

test('rules, persona and what is said of the app are read once for all inputs of a run', () => {
  const persona = join(home, 'persona.yaml');
  writeFileSync(persona, 'phone_number: "19900001234"\nkeys: []\n');
  const setup = setUpAudit(cli, { category: ['2'], persona, responses: true });
  expect(setup.persona?.values).toEqual({ phone_number: ['19900001234'] });
  expect(setup.given.categories).toEqual({ main: ['ride_hailing'] });
  expect(auditOptions(setup)).toMatchObject({ responses: true, persona: setup.persona, rulebook: setup.rulebook });
  expect(setUpAudit(cli, {})).toMatchObject({ persona: null, responses: false, given: { categories: {} } });
});

test('a category that there is not ends it before anything is read', () => {
  expect(() => setUpAudit(cli, { category: ['ride-haling'] })).toThrow(/ride-haling/);
});
