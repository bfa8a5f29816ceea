import { type Argument, type Command, Help, type Option } from 'commander';
import { type Bilingual, inLanguage, type Language } from '../model/text.js';
import { COMMAND_WORDS, HELP_COMMAND, HELP_OPTION, NOTES, OPTION_WORDS } from './help-words.js';
import { displayWidth } from './terminal.js';

/** Commander's own headings and marks. */
const TITLES: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
};

function inChinese(usage: string): string {
  return usage.replace('[options]', '[选项]').replace('[command]', '[命令]');
}

/** What stands behind the words of an option or argument: its choices and its default. */
function addedInChinese({ description, argChoices, defaultValue }: Pick<Option, 'description' | 'argChoices' | 'defaultValue'>): string {
  const added = [
    ...(argChoices === undefined ? [] : [`可选：${argChoices.join('、')}`]),
    ...(defaultValue === undefined ? [] : [`默认：${String(defaultValue)}`]),
  ];
  return added.length === 0 ? description : `${description}（${added.join('；')}）`;
}

const WORDS = new Intl.Segmenter('zh', { granularity: 'word' });

/** Pieces that a line may end behind: Chinese has no spaces to break at, its words stay whole, and no line begins with a comma. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (const { segment } of WORDS.segment(text)) {
    const before = pieces.at(-1);
    const stays =
      before !== undefined && (/^[，。、；：！？）」”…]/.test(segment) || /[\s（「“]$/.test(before) || inOneWord(before, segment));
    if (stays) pieces[pieces.length - 1] = before + segment;
    else pieces.push(segment);
  }
  return pieces;
}

/** `203.0.113.0/24,JP` and `--declared` are several words to the segmenter, and one to the reader. */
function inOneWord(before: string, next: string): boolean {
  return /[!-~]$/.test(before) && /^[!-~]/.test(next);
}

function wrapped(text: string, width: number): string {
  return text
    .split('\n')
    .map((whole) => {
      const lines = [''];
      for (const piece of piecesOf(whole)) {
        const line = lines.at(-1) ?? '';
        if (line === '' || displayWidth((line + piece).trimEnd()) <= width) lines[lines.length - 1] = line + piece;
        else lines.push(piece.trimStart());
      }
      return lines.map((line) => line.trimEnd()).join('\n');
    })
    .join('\n');
}

/** The help of this program and of the commands added to it from now on, laid out for a language. */
export function speaking(program: Command, language: Language): Command {
  program.helpOption('-h, --help', inLanguage(HELP_OPTION, language)).helpCommand('help [command]', inLanguage(HELP_COMMAND, language));
  if (language === 'en') return program;
  const plain = new Help();
  return program.configureHelp({
    displayWidth,
    boxWrap: wrapped,
    styleTitle: (title) => TITLES[title] ?? title,
    commandUsage: (command) => inChinese(plain.commandUsage(command)),
    subcommandTerm: (command) => inChinese(plain.subcommandTerm(command)),
    optionDescription: (option: Option) => addedInChinese(option),
    argumentDescription: (argument: Argument) => addedInChinese(argument),
  });
}

/** What an option or argument means to this command. @param path of the command: `rules diff`; @param name `--format`, `<from>`. */
function wordsOf(path: string, name: string): Bilingual | undefined {
  return OPTION_WORDS[`${path} ${name}`] ?? OPTION_WORDS[name];
}

/** Gives every command, option and argument its words; what one says of itself (the formats there are) stands behind them. */
export function describe(command: Command, language: Language, above = ''): void {
  const said = (words: Bilingual | undefined, own: string) =>
    [words === undefined ? '' : inLanguage(words, language), own].filter(Boolean).join(language === 'en' ? ' ' : '：');
  for (const option of command.options) option.description = said(wordsOf(above, option.long ?? ''), option.description);
  for (const argument of command.registeredArguments)
    argument.description = said(wordsOf(above, `<${argument.name()}>`), argument.description);
  for (const sub of command.commands) {
    const path = `${above} ${sub.name()}`.trim();
    sub.description(said(COMMAND_WORDS[path], sub.description()));
    const note = NOTES[path];
    if (note !== undefined) sub.addHelpText('after', `\n${inLanguage(note, language)}`);
    describe(sub, language, path);
  }
}
