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
  const commands = async (first?: string) =>
    (await createProgram(at, first === undefined ? [] : [first])).commands.map((command) => command.name());
  const all = await commands();
  expect(all.length).toBeGreaterThan(15);
  for (const name of all) expect(await commands(name)).toEqual([name]);
  for (const other of ['chek', '--help', 'help', 'constructor']) expect(await commands(other)).toEqual(all);
});

test('a mistyped command line gets a code and a next step, like every other error', async () => {
  const said: string[] = [];
  const terminal = {
    ...createTerminal(new PassThrough(), new PassThrough(), { NO_COLOR: '1' }),
    say: (text: string) => void said.push(text),
  };
  const program = await createProgram({ terminal, env: {}, cwd: cli.home, exit() {} });
  await expect(program.parseAsync(['node', 'overreach', 'sessions', 'list', '--colour'])).rejects.toThrow();
  expect(said.join('\n')).toMatch(/^OVR_USAGE unknown option '--colour'\n {2}→ --help/);
});

test('a pack, folder or rule that is not there: the next step is not to mend a line', async () => {
  await expect(cli.run('categories', '--pack', 'nope')).rejects.toMatchObject({
    code: 'OVR_RULE',
    next: expect.stringContaining('--pack'),
  });
  await expect(cli.run('categories', '--rules', 'nosuch')).rejects.toMatchObject({
    code: 'OVR_RULE',
    next: expect.stringContaining('--rules'),
  });
  await expect(cli.run('rules', 'show', 'phone_nubmer')).rejects.toMatchObject({
    code: 'OVR_RULE_ID',
    next: expect.stringContaining('"phone_number"'),
  });
});
