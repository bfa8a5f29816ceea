import { Command } from 'commander';
import { type Bilingual, inLanguage } from '../model/text.js';
import type { Cli } from './cli.js';
import { describe, speaking } from './help.js';
import { VERSION_OPTION } from './help-words.js';
import { TOOL } from './place.js';
import { talkLanguage } from './talk-language.js';

const USAGE = '  → --help behind the command says what it takes. 在命令后加 --help 查看用法。\n';

/** Each command with what it rests on: `check` in a build needs no proxy, no page and no certificates, and starts in half the time without. */
const COMMANDS: ReadonlyMap<string, () => Promise<(program: Command, cli: Cli) => void>> = new Map([
  ['start', async () => (await import('./start.js')).addStart],
  ['demo', async () => (await import('./demo.js')).addDemo],
  ['check', async () => (await import('./check.js')).addCheck],
  ['diff', async () => (await import('./diff.js')).addDiff],
  ['report', async () => (await import('./report.js')).addReport],
  ['export', async () => (await import('./export.js')).addExport],
  ['verify', async () => (await import('./verify.js')).addVerify],
  ['import', async () => (await import('./import.js')).addImport],
  ['sessions', async () => (await import('./sessions.js')).addSessions],
  ['scene', async () => (await import('./scene.js')).addScene],
  ['pass-through', async () => (await import('./pass-through.js')).addPassThrough],
  ['declare', async () => (await import('./declare.js')).addDeclare],
  ['refusal', async () => (await import('./refusal.js')).addRefusal],
  ['rejudge', async () => (await import('./rejudge.js')).addRejudge],
  ['categories', async () => (await import('./categories.js')).addCategories],
  ['rules', async () => (await import('./rules.js')).addRules],
  ['persona', async () => (await import('./persona.js')).addPersona],
  ['ca', async () => (await import('./ca.js')).addCa],
  ['doctor', async () => (await import('./doctor.js')).addDoctor],
]);

const ABOUT: Bilingual = {
  zh: '看清 App 实际发送了哪些个人信息，并对照其类型的必要范围。',
  en: 'Shows what personal data an app really sends, and holds it against what its category may require.',
};

const AFTER: Bilingual = {
  zh: `
示例：
  overreach demo                                            不用手机，先看效果
  overreach start --category ride_hailing                   检测一部手机
  overreach check traffic.har --category news --json        对录制的流量做同样的检测，用于 CI
  overreach report <session> --format html --out report.html

退出码：0 没有超过阈值的发现，1 有，2 用法或输入有误，3 无法得出结论（没能查看），4 程序自身出错。
设置的优先次序：命令行选项 > OVERREACH_* > ./overreach.yaml > ~/.config/overreach/config.yaml > 默认值。
English: overreach --help --lang en`,
  en: `
Examples:
  overreach demo                                            see it work, without a phone
  overreach start --category ride_hailing                   audit a phone
  overreach check traffic.har --category news --json        the same check over recorded traffic, for CI
  overreach report <session> --format html --out report.html

Exit: 0 nothing over the threshold, 1 findings, 2 usage or input error, 3 inconclusive (could not look), 4 bug.
Settings: flag > OVERREACH_* > ./overreach.yaml > ~/.config/overreach/config.yaml > default.
中文：overreach --help --lang zh-CN`,
};

/**
 * The whole command line. Errors are thrown, not printed: `main` is the edge.
 * @param words of it: where the first names a command, no other is loaded; the help speaks their language.
 */
export async function createProgram(cli: Cli, words: readonly string[] = []): Promise<Command> {
  const language = talkLanguage(words, cli);
  const program = speaking(new Command('overreach'), language)
    .description(inLanguage(ABOUT, language))
    .version(TOOL.version, '-V, --version', inLanguage(VERSION_OPTION, language))
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => cli.terminal.result(text.replace(/\n$/, '')),
      writeErr: (text) => cli.terminal.say(text.replace(/\n$/, '')),
      outputError: (text, write) => write(text.replace(/^error:/, cli.terminal.paint.red('OVR_USAGE')) + USAGE),
    })
    .addHelpText('after', inLanguage(AFTER, language));
  const named = COMMANDS.get(words[0] ?? '');
  for (const load of named === undefined ? COMMANDS.values() : [named]) (await load())(program, cli);
  describe(program, language);
  return program;
}
