import { PassThrough } from 'node:stream';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { COMMAND_WORDS, HELP_COMMAND, HELP_OPTION, NOTES, OPTION_WORDS, VERSION_OPTION } from '../../src/cli/help-words.js';
import { createProgram } from '../../src/cli/program.js';
import { createTerminal } from '../../src/cli/terminal.js';

const surroundings = { terminal: createTerminal(new PassThrough(), new PassThrough(), {}), env: {}, cwd: '/', exit: () => {} };

/** What people read of a command and of those below it, by the words that call it. */
function described(command: Command, path = ''): [string, string][] {
  const below = command.commands.flatMap((sub): [string, string][] => {
    const words = `${path} ${sub.name()}`.trim();
    return [[words, sub.description()], ...described(sub, words)];
  });
  return [
    ...command.options.map((option): [string, string] => [`${path} ${option.long}`.trim(), option.description]),
    ...command.registeredArguments.map((argument): [string, string] => [`${path} <${argument.name()}>`, argument.description]),
    ...below,
  ];
}

test('no command, option or argument lacks words, in Chinese or in English', async () => {
  const [zh, en] = await Promise.all(['zh-CN', 'en'].map(async (lang) => described(await createProgram(surroundings, ['--lang', lang]))));
  expect(zh?.length).toBeGreaterThan(300);
  expect(zh?.filter(([, words]) => !/\p{Script=Han}/u.test(words) && words !== 'HAR 文件').map(([name]) => name)).toEqual([]);
  expect(en?.filter(([, words]) => words === '' || /\p{Script=Han}/u.test(words)).map(([name]) => name)).toEqual([]);
});

test('no help in Chinese holds a sentence in English, and none says a thing twice', async () => {
  const sentence = /[a-z]+(?: [a-z]+){2,}/;
  // A command that is pointed to is called so in every language.
  const command = /overreach(?: [a-z]+){1,2}/g;
  const program = await createProgram(surroundings, ['--lang', 'zh-CN']);
  expect(described(program).filter(([, words]) => sentence.test(words.replace(command, '')))).toEqual([]);
  const english = described(await createProgram(surroundings, ['--lang', 'en']));
  expect(english.filter(([, words]) => /^(.{8,}) \1$/.test(words))).toEqual([]);
  // The help is broken into lines.
  const together = (text: string) => text.replace(/\s+/g, '');
  for (const [name, words] of Object.entries(NOTES)) {
    let said = '';
    const noted = program.commands.find((each) => each.name() === name);
    noted?.configureOutput({ writeOut: (text) => (said += text) }).outputHelp();
    expect(together(said).endsWith(together(words.zh)), name).toBe(true);
  }
});

test('no words are kept of a command or option that is gone', async () => {
  const names = described(await createProgram(surroundings)).map(([name]) => name);
  const ends = new Set(names.flatMap((name) => [name, name.slice(name.lastIndexOf(' ') + 1)]));
  expect(Object.keys(COMMAND_WORDS).filter((name) => !names.includes(name))).toEqual([]);
  expect(Object.keys(OPTION_WORDS).filter((name) => !ends.has(name))).toEqual([]);
  // Words for all stand for one at least that has none of its own.
  const general = Object.keys(OPTION_WORDS).filter((name) => !name.includes(' '));
  expect(
    general.filter((name) => names.filter((full) => full.endsWith(` ${name}`)).every((full) => OPTION_WORDS[full] !== undefined)),
  ).toEqual([]);
});

test('both languages name the same choices and the same defaults', () => {
  const named = (text: string) =>
    text.match(/\b(?:cn-[\w-]+|[a-z]+_[a-z]+|\d{2,}(?:[.:/]\d+)*|0600|HAR|YAML|ZIP|PEM|USB)\b/g)?.sort() ?? [];
  for (const [name, { zh, en }] of Object.entries({ ...COMMAND_WORDS, ...OPTION_WORDS }))
    expect({ name, of: named(zh) }).toEqual({ name, of: named(en) });
  for (const { zh, en } of [HELP_OPTION, HELP_COMMAND, VERSION_OPTION])
    expect([/\p{Script=Han}/u.test(zh), /\p{Script=Han}/u.test(en)]).toEqual([true, false]);
});
