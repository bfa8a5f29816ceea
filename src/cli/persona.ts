import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { mask } from '../detect/mask.js';
import { UsageError } from '../errors.js';
import { makePersona, writePersonaYaml } from '../persona/synthetic.js';
import { type Cli, type CommonFlags, openPersona, openRulebook, settingsOf } from './cli.js';
import { withCommonOptions } from './program.js';
import { writeOut } from './report.js';

/** `overreach persona new|show`: the test person whose data is known. */
export function addPersona(program: Command, cli: Cli): void {
  const persona = program.command('persona').description('the test person whose data is known').exitOverride();

  withCommonOptions(persona.command('new').description('make a synthetic, valid, unmistakable test person and device'))
    .option('--seed <text>', 'the same seed makes the same person')
    .option('--out <file>', 'write to this file, 0600 (default: stdout)')
    .action((flags: CommonFlags & { seed?: string; out?: string }) => {
      const made = makePersona(flags.seed);
      if (flags.json) {
        cli.terminal.json(made);
        return;
      }
      const text = writePersonaYaml(made);
      if (flags.out === undefined) {
        cli.terminal.result(text.replace(/\n$/, ''));
        return;
      }
      if (existsSync(flags.out))
        throw new UsageError('OVR_OUT', `${flags.out} exists already.`, { next: 'Choose another --out, or remove it first.' });
      writeOut(flags.out, text, 0o600);
      cli.terminal.say(flags.out);
    });

  withCommonOptions(persona.command('show').description('what a persona file holds, masked'))
    .argument('<file>')
    .action((file: string, flags: CommonFlags) => {
      const { dataTypes } = openRulebook(settingsOf(cli, { ...flags }));
      const types = new Map(dataTypes.map((type) => [type.id, type]));
      const shown = Object.entries(openPersona(file)?.values ?? {}).map(([id, values]) => ({
        dataType: id,
        name: types.get(id)?.name ?? null,
        masked: values.map((value) => mask(types.get(id), value)),
      }));
      if (flags.json) cli.terminal.json({ values: shown });
      else for (const row of shown) cli.terminal.result(`${row.dataType.padEnd(24)} ${row.masked.join(', ')}`);
    });
}
