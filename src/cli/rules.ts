import type { Command } from 'commander';
import { runExamples } from '../detect/examples.js';
import { EXIT, UsageError } from '../errors.js';
import type { Category, Rulebook } from '../model/rulebook.js';
import { inLanguage, type Language } from '../model/text.js';
import { loadRulebook } from '../rulebook/load.js';
import { diffPacks } from '../rulebook/packs.js';
import { chooseCategories } from './choice.js';
import { type Cli, type CommonFlags, openRulebook, settingsOf } from './cli.js';
import { RULES_DIR } from './place.js';
import { withCommonOptions } from './program.js';
import { matrixOf, writeMatrixCsv } from './rules-matrix.js';

/** `overreach rules list|show|test|diff|matrix`: the rules as a lawyer or QA lead reads them. */
export function addRules(program: Command, cli: Cli): void {
  const rules = program.command('rules').description('the rules: categories, data types, checks, receivers').exitOverride();

  withCommonOptions(rules.command('list').description('what is loaded')).action((flags: CommonFlags) => {
    const rulebook = openRulebook(settingsOf(cli, { ...flags }));
    const counts = {
      pack: rulebook.pack.id,
      version: rulebook.pack.version,
      sha256: rulebook.sha256,
      categories: rulebook.pack.categories.length,
      dataTypes: rulebook.dataTypes.length,
      checks: rulebook.checks.length,
      companies: new Set(rulebook.parties.map((party) => party.company.zh)).size,
      hostSuffixes: rulebook.parties.length,
    };
    if (flags.json) cli.terminal.json(counts);
    else for (const [name, value] of Object.entries(counts)) cli.terminal.result(`${name.padEnd(14)} ${value}`);
  });

  withCommonOptions(rules.command('show').description('official text, items and how each is detected'))
    .argument('<id>', 'category (id, number or Chinese name) or data type')
    .action((id: string, flags: CommonFlags) => {
      const settings = settingsOf(cli, { ...flags });
      const rulebook = openRulebook(settings);
      const type = rulebook.dataTypes.find((candidate) => candidate.id === id);
      if (type !== undefined) {
        cli.terminal.result(JSON.stringify(type, null, flags.json ? 0 : 2));
        return;
      }
      const [category] = chooseCategories(rulebook.pack, [id]);
      const found = rulebook.pack.categories.find((candidate) => candidate.id === category);
      if (found === undefined) throw new UsageError('OVR_RULE_ID', `There is no rule "${id}".`, { next: 'See "overreach categories".' });
      if (flags.json) cli.terminal.json(found);
      else cli.terminal.result(describeCategory(found, rulebook, settings.language));
    });

  withCommonOptions(rules.command('test').description('run every example of every data type')).action((flags: CommonFlags) => {
    const rulebook = openRulebook(settingsOf(cli, { ...flags }));
    const { run, failures } = runExamples(rulebook.dataTypes);
    if (flags.json) cli.terminal.json({ run, failures });
    else {
      for (const failure of failures) cli.terminal.say(`${failure.dataType}: ${failure.problem}`);
      cli.terminal.result(`${run} examples, ${failures.length} failed`);
    }
    cli.exit(failures.length > 0 ? EXIT.findings : EXIT.clean);
  });

  withCommonOptions(rules.command('diff').description('what changed between two packs'))
    .argument('<from>')
    .argument('<to>')
    .action((from: string, to: string, flags: CommonFlags) => {
      const { rules: extra } = settingsOf(cli, { ...flags });
      const [a, b] = [from, to].map((pack) => loadRulebook({ dir: RULES_DIR, pack, extra }).pack);
      if (a !== undefined && b !== undefined) cli.terminal.result(JSON.stringify(diffPacks(a, b), null, flags.json ? 0 : 2));
    });

  withCommonOptions(rules.command('matrix').description('every category against every data type'))
    .option('--format <format>', 'csv or json', 'csv')
    .action((flags: CommonFlags & { format: string }) => {
      const rulebook = openRulebook(settingsOf(cli, { ...flags }));
      const rows = matrixOf(rulebook);
      if (flags.json || flags.format === 'json') cli.terminal.json(rows);
      else cli.terminal.result(writeMatrixCsv(rows));
    });
}

function describeCategory(category: Category, rulebook: Rulebook, language: Language): string {
  const types = new Map(rulebook.dataTypes.map((type) => [type.id, type]));
  const lines = [`${category.no}. ${category.name.zh} / ${category.name.en} (${category.id})`];
  if (category.basicFunction !== null) lines.push(`   ${inLanguage(category.basicFunction, language)}`);
  if (category.noPersonalInfoNeeded)
    lines.push(language === 'en' ? '   No personal information is needed.' : '   无须个人信息，即可使用基本功能服务。');
  if (category.items === null) lines.push(language === 'en' ? '   List not verified: never judged.' : '   清单未核实：不作判定。');
  for (const item of category.items ?? []) {
    lines.push('', `   ${item.text.zh}`, `   ${item.text.en}`);
    if (item.condition !== null) lines.push(`   ⚠ ${item.condition.id}: ${inLanguage(item.condition.text, language)}`);
    for (const field of item.fields) {
      const type = types.get(field);
      const condition = item.fieldConditions[field];
      const how = type === undefined ? '' : `${type.detectable}; ${type.detect.keys.slice(0, 6).join(', ')}`;
      lines.push(`     - ${field.padEnd(22)} ${type === undefined ? '' : inLanguage(type.name, language)}  [${how}]`);
      if (condition !== undefined) lines.push(`         ⚠ ${condition.id}: ${inLanguage(condition.text, language)}`);
    }
  }
  return lines.join('\n');
}
