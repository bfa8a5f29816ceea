import { Command, Option } from 'commander';
import { expect, test } from 'vitest';
import { describe, speaking } from '../../src/cli/help.js';
import { displayWidth } from '../../src/cli/terminal.js';

function helpOf(language: 'zh-CN' | 'en', width = 70): string {
  const program = speaking(new Command('overreach'), language).configureOutput({ getOutHelpWidth: () => width });
  program
    .command('report')
    .argument('<session>')
    .addOption(new Option('--template <template>').choices(['audit', 'developer']).default('audit'))
    .option('--format <format>', 'html, pdf')
    .option('--raw')
    .option('--countries <file>');
  describe(program, language);
  return program.commands[0]?.helpInformation() ?? '';
}

test('Chinese help has Chinese headings, choices and defaults, and fits the terminal', () => {
  const lines = helpOf('zh-CN').split('\n');
  expect(lines[0]).toMatch(/^用法： overreach report \[选项\] <session>$/);
  expect(lines).toContain('参数：');
  expect(lines).toContain('选项：');
  const flowing = lines.join('\n').replace(/\n\s+(?=\S)/g, '');
  expect(flowing).toContain('报告的用途（可选：audit、developer；默认：audit）');
  expect(flowing).toContain('报告的格式，可选：html, pdf');
  expect(lines.join('\n')).not.toMatch(/Usage|Options|default|choices|display help/);
  for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(70);
});

test('a line of Chinese breaks between words, and begins with no punctuation', () => {
  for (const width of [68, 70, 72, 74, 76, 78, 80, 82]) {
    const text = helpOf('zh-CN', width);
    for (const line of text.split('\n')) expect(line.trimStart()).not.toMatch(/^[，。、；：）]/);
    expect(text).toContain('203.0.113.0/24,JP');
    expect(text.replace(/\n\s*/g, '')).toContain('取代规则附带的那一份');
  }
});

test('English help is as commander lays it out', () => {
  expect(helpOf('en', 100)).toContain('--template <template>  what the report is for (choices: "audit", "developer", default: "audit")');
  expect(helpOf('en', 100)).toContain('--format <format>      one of html, pdf');
});
