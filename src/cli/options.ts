import { type Command, Option } from 'commander';

/**
 * An option that may be given more than once, or with commas. Not commander's variadic form: that would swallow the file behind it in
 * `check --category news traffic.har`.
 */
export function repeatable(flags: string): Option {
  return new Option(flags).argParser<readonly string[]>((value, before = []) => [...before, ...value.split(',').filter(Boolean)]);
}

/** The same for paths, which may hold commas. */
function eachPath(flags: string): Option {
  return new Option(flags).argParser<readonly string[]>((value, before = []) => [...before, value]);
}

/** `--data-dir`, `--rules`, `--pack`, `--lang`, `--json`: the same everywhere. What options mean to people stands in `help-words.ts`. */
export function withCommonOptions(command: Command, { json = true } = {}): Command {
  command
    .option('--data-dir <dir>')
    .addOption(eachPath('--rules <dir>'))
    .option('--pack <id>')
    .addOption(new Option('--lang <language>').choices(['zh-CN', 'en']));
  if (json) command.option('--json');
  return command.exitOverride();
}

/** The common ones, and what an audit is told of the app and the person who tests it: the same wherever traffic is judged for the first time. */
export function withAuditOptions(command: Command): Command {
  return withCommonOptions(command)
    .addOption(repeatable('--category <id>'))
    .option('--app <name>')
    .option('--persona <file>')
    .option('--hook-modules')
    .addOption(repeatable('--proto <file[:message]>'))
    .addOption(repeatable('--context <id=yes|no>'))
    .addOption(repeatable('--first-party <domain>'))
    .option('--declared <file>')
    .option('--countries <file>');
}
