import { PassThrough } from 'node:stream';
import { afterAll, expect, test } from 'vitest';
import { createProgram } from '../../src/cli/program.js';
import { createTerminal } from '../../src/cli/terminal.js';
import { commandLine } from './recorded-cli.js';

const cli = commandLine();
afterAll(() => cli.remove());

test('every command has help of its own', async () => {
  for (const command of ['start', 'demo', 'check', 'report', 'import', 'sessions', 'scene', 'categories', 'rules', 'persona', 'ca'])
    await expect(cli.run(command, '--help')).rejects.toMatchObject({ code: 'commander.helpDisplayed' });
});

test('an unknown option or command is refused', async () => {
  await expect(cli.run('check', 'a.har', '--colour')).rejects.toMatchObject({ code: 'commander.unknownOption' });
  await expect(cli.run('chek')).rejects.toMatchObject({ code: 'commander.unknownCommand' });
});

test('a command is loaded without the others; a word that names none gets to know them all', async () => {
  const at = { terminal: createTerminal(new PassThrough(), new PassThrough(), {}), env: {}, cwd: '/', exit: () => {} };
  const commands = async (first?: string) => (await createProgram(at, first)).commands.map((command) => command.name());
  const all = await commands();
  expect(all.length).toBeGreaterThan(15);
  for (const name of all) expect(await commands(name)).toEqual([name]);
  for (const other of ['chek', '--help', 'help', 'constructor']) expect(await commands(other)).toEqual(all);
});
