import { afterAll, expect, test } from 'vitest';
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
