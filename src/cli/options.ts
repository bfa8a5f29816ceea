import { type Command, Option } from 'commander';

/**
 * For options that may be given more than once, or with commas. Not commander's variadic form: that would swallow the file behind it in
 * `check --category news traffic.har`.
 */
export function repeatable(value: string, before: readonly string[] = []): string[] {
  return [...before, ...value.split(',').filter(Boolean)];
}

/** The same for paths, which may hold commas. */
function eachPath(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** `--data-dir`, `--rules`, `--pack`, `--lang`, `--json`: the same everywhere. */
export function withCommonOptions(command: Command, { json = true } = {}): Command {
  command
    .option('--data-dir <dir>', 'where sessions and the CA are kept (default: XDG data directory)')
    .option('--rules <dir>', 'further rule folders (company policy, another law)', eachPath)
    .option('--pack <id>', 'rule pack (default: cn-2021)')
    .addOption(new Option('--lang <language>', 'language of texts for people').choices(['zh-CN', 'en']));
  if (json) command.option('--json', 'machine-readable result on stdout');
  return command.exitOverride();
}
