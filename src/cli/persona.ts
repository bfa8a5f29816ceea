import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { mask } from '../detect/mask.js';
import { UsageError } from '../errors.js';
import { inLanguage } from '../model/text.js';
import { personaFromPhone, writePhoneYaml } from '../persona/from-adb.js';
import { parsePersona } from '../persona/parse.js';
import { makePersona, writePersonaYaml } from '../persona/synthetic.js';
import { openPhone } from './adb-phone.js';
import { type Cli, type CommonFlags, openRulebook, readInput, settingsOf } from './cli.js';
import { withCommonOptions } from './options.js';
import { writeOut } from './output-file.js';

/** `overreach persona new|from-adb|show`: the test person whose data is known. */
export function addPersona(program: Command, cli: Cli): void {
  const persona = program.command('persona').exitOverride();

  withCommonOptions(persona.command('new'))
    .option('--seed <text>')
    .option('--out <file>')
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
      writePrivately(cli, flags.out, text);
    });

  withCommonOptions(persona.command('from-adb'))
    .option('--serial <serial>')
    .option('--out <file>')
    .action(async (flags: CommonFlags & { serial?: string; out?: string }) => {
      const { language } = settingsOf(cli, { ...flags });
      const { adb, serial } = await openPhone(cli.env, flags.serial);
      const read = await personaFromPhone((words) => adb(['-s', serial, 'shell', ...words]));
      if (flags.json) cli.terminal.json(read);
      else if (flags.out === undefined) cli.terminal.result(writePhoneYaml(read).replace(/\n$/, ''));
      else {
        writePrivately(cli, flags.out, writePhoneYaml(read));
        for (const { dataType, text } of read.remarks) cli.terminal.say(`${dataType}: ${inLanguage(text, language)}`);
      }
    });

  withCommonOptions(persona.command('show'))
    .argument('<file>')
    .action((file: string, flags: CommonFlags) => {
      const { dataTypes } = openRulebook(settingsOf(cli, { ...flags }));
      const types = new Map(dataTypes.map((type) => [type.id, type]));
      // Nothing of it is run: only the values are shown.
      const { values } = parsePersona(readInput(file), file, (module) => ({ ...module, step: '', sha256: '', code: '' }));
      const shown = Object.entries(values).map(([id, values]) => ({
        dataType: id,
        name: types.get(id)?.name ?? null,
        masked: values.map((value) => mask(types.get(id), value)),
      }));
      if (flags.json) cli.terminal.json({ values: shown });
      else for (const row of shown) cli.terminal.result(`${row.dataType.padEnd(24)} ${row.masked.join(', ')}`);
    });
}

function writePrivately(cli: Cli, path: string, text: string): void {
  if (existsSync(path)) throw new UsageError('OVR_OUT', `${path} exists already.`, { next: 'Choose another --out, or remove it first.' });
  writeOut(path, text, 0o600);
  cli.terminal.say(path);
}
