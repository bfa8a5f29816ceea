import type { Command } from 'commander';
import { conditionsOf } from './choice.js';
import { type Cli, type CommonFlags, openRulebook, settingsOf } from './cli.js';
import { withCommonOptions } from './options.js';

/** `overreach categories`: what can be given to `--category`, with the official names. */
export function addCategories(program: Command, cli: Cli): void {
  withCommonOptions(program.command('categories')).action((flags: CommonFlags) => {
    const settings = settingsOf(cli, { ...flags });
    const { pack } = openRulebook(settings);
    if (flags.json) {
      cli.terminal.json({
        pack: pack.id,
        version: pack.version,
        categories: pack.categories.map((category) => ({
          no: category.no,
          id: category.id,
          name: category.name,
          basicFunction: category.basicFunction,
          noPersonalInfoNeeded: category.noPersonalInfoNeeded,
          items: category.items?.map((item) => ({ text: item.text, fields: item.fields, condition: item.condition })) ?? null,
          conditions: conditionsOf(category),
        })),
      });
      return;
    }
    const english = settings.language === 'en';
    for (const category of pack.categories) {
      const name = english ? category.name.en : category.name.zh;
      const need = category.noPersonalInfoNeeded ? (english ? 'no personal data needed' : '无须个人信息') : '';
      cli.terminal.result(`${String(category.no).padStart(2)}  ${category.id.padEnd(24)} ${name}${need ? `  ${need}` : ''}`);
    }
  });
}
