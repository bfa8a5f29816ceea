import { Command, Option } from 'commander';
import { addCa } from './ca.js';
import { addCategories } from './categories.js';
import { addCheck } from './check.js';
import type { Cli } from './cli.js';
import { addDeclare } from './declare.js';
import { addDemo } from './demo.js';
import { addDiff } from './diff.js';
import { addDoctor } from './doctor.js';
import { addExport } from './export.js';
import { addImport } from './import.js';
import { addPassThrough } from './pass-through.js';
import { addPersona } from './persona.js';
import { TOOL } from './place.js';
import { addRefusal } from './refusal.js';
import { addRejudge } from './rejudge.js';
import { addReport } from './report.js';
import { addRules } from './rules.js';
import { addScene } from './scene.js';
import { addSessions } from './sessions.js';
import { addStart } from './start.js';
import { addVerify } from './verify.js';

/** The whole command line. Errors are thrown, not printed: `main` is the edge. */
export function createProgram(cli: Cli): Command {
  const program = new Command('overreach')
    .description(
      '看清 App 实际发送了哪些个人信息，并对照其类型的必要范围。\nShows what personal data an app really sends, and holds it against what its category may require.',
    )
    .version(TOOL.version)
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => cli.terminal.result(text.replace(/\n$/, '')),
      writeErr: (text) => cli.terminal.say(text.replace(/\n$/, '')),
    })
    .addHelpText(
      'after',
      `
Examples:
  overreach demo                                            see it work, without a phone
  overreach start --category ride_hailing                   audit a phone
  overreach check traffic.har --category news --json        the same check over recorded traffic, for CI
  overreach report <session> --format html --out report.html

Exit: 0 nothing over the threshold, 1 findings, 2 usage or input error, 3 inconclusive (could not look), 4 bug.
Settings: flag > OVERREACH_* > ./overreach.yaml > ~/.config/overreach/config.yaml > default.`,
    );
  for (const add of [
    addStart,
    addDemo,
    addCheck,
    addDiff,
    addReport,
    addExport,
    addVerify,
    addImport,
    addSessions,
    addScene,
    addPassThrough,
    addDeclare,
    addRefusal,
    addRejudge,
    addCategories,
    addRules,
    addPersona,
    addCa,
    addDoctor,
  ])
    add(program, cli);
  return program;
}

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
