import { Argument, type Command, Option } from 'commander';
import { z } from 'zod';
import { runExamples } from '../detect/examples.js';
import { EXIT, UsageError } from '../errors.js';
import type { Rulebook } from '../model/rulebook.js';
import { type Bilingual, inLanguage } from '../model/text.js';
import { diffPacks, listPacks, readPack } from '../rulebook/packs.js';
import { findCategory, meant } from './choice.js';
import { type Cli, type CommonFlags, openRulebook, settingsOf } from './cli.js';
import { withCommonOptions } from './options.js';
import { RULES_DIR } from './place.js';
import { matrixOf, writeMatrixCsv } from './rules-matrix.js';
import { abroadText, categoryText, checkText, dataTypeText, packDifferenceText } from './rules-text.js';
import { findNote } from './running.js';
import { callUi } from './scene.js';
import type { Settings } from './settings.js';

/** `overreach rules list|show|test|diff|matrix`: the rules as a lawyer or QA lead reads them. */
export function addRules(program: Command, cli: Cli): void {
  const rules = program.command('rules').exitOverride();

  withCommonOptions(rules.command('list'))
    .addArgument(new Argument('[kind]').choices(['categories', 'checks', 'parties', 'data-types', 'packs']))
    .action((kind: string | undefined, flags: CommonFlags) => {
      const settings = settingsOf(cli, { ...flags });
      const list = listOf(kind, openRulebook(settings), settings);
      if (flags.json) cli.terminal.json(list.json);
      else cli.terminal.result(list.lines.join('\n'));
    });

  withCommonOptions(rules.command('show'))
    .argument('<id>')
    .action((id: string, flags: CommonFlags) => {
      const settings = settingsOf(cli, { ...flags });
      const rulebook = openRulebook(settings);
      const type = rulebook.dataTypes.find((candidate) => candidate.id === id);
      const check = rulebook.checks.find((candidate) => candidate.id === id);
      const one = type ?? check;
      if (one !== undefined && flags.json) cli.terminal.json(one);
      else if (type !== undefined) cli.terminal.result(dataTypeText(type, rulebook, settings.language));
      else if (check !== undefined) cli.terminal.result(checkText(check, rulebook, settings.language));
      if (one !== undefined) return;
      const found = findCategory(rulebook.pack, id);
      if (found === undefined)
        throw new UsageError('OVR_RULE_ID', `There is no category, data type or check "${id}".`, {
          next: `${meant(
            id,
            [...rulebook.pack.categories, ...rulebook.dataTypes, ...rulebook.checks].map((rule) => rule.id),
          )}"overreach rules list categories", "data-types" and "checks" name them.`,
        });
      if (flags.json) cli.terminal.json(found);
      else cli.terminal.result(categoryText(found, rulebook, settings.language));
    });

  withCommonOptions(rules.command('test')).action((flags: CommonFlags) => {
    const rulebook = openRulebook(settingsOf(cli, { ...flags }));
    const { run, failures } = runExamples(rulebook.dataTypes, rulebook.endpoints);
    if (flags.json) cli.terminal.json({ run, failures });
    else {
      for (const failure of failures) cli.terminal.say(`${failure.dataType}: ${failure.problem}`);
      cli.terminal.result(`${run} examples, ${failures.length} failed`);
    }
    cli.exit(failures.length > 0 ? EXIT.findings : EXIT.clean);
  });

  withCommonOptions(rules.command('diff'))
    .argument('<from>')
    .argument('<to>')
    .action((from: string, to: string, flags: CommonFlags) => {
      const { rules: extra, language } = settingsOf(cli, { ...flags });
      const difference = diffPacks(readPack({ dir: RULES_DIR, pack: from, extra }), readPack({ dir: RULES_DIR, pack: to, extra }));
      if (flags.json) cli.terminal.json(difference);
      else cli.terminal.result(packDifferenceText(difference, language));
    });

  withCommonOptions(rules.command('reload'))
    .option('--session <id>')
    .action(async (flags: CommonFlags & { readonly session?: string }) => {
      const { dataDir, language } = settingsOf(cli, { ...flags });
      const note = findNote(dataDir, flags.session);
      const answer = await callUi(new URL(note.ui), `/api/sessions/${note.session}/rules`, 'POST', {});
      if (flags.json) cli.terminal.result(answer);
      else cli.terminal.say(inLanguage(reloadedText(answer), language));
    });

  withCommonOptions(rules.command('matrix'))
    .addOption(new Option('--format <format>').default('csv'))
    .action((flags: CommonFlags & { format: string }) => {
      const rulebook = openRulebook(settingsOf(cli, { ...flags }));
      const rows = matrixOf(rulebook);
      if (flags.json || flags.format === 'json') cli.terminal.json(rows);
      else cli.terminal.result(writeMatrixCsv(rows));
    });
}

const reloaded = z.object({ changed: z.boolean() });

function reloadedText(answer: string): Bilingual {
  return reloaded.parse(JSON.parse(answer)).changed
    ? { zh: '已按新规则判定，此前发现的内容已重新判定。', en: 'The new rules are in force; what was found before is judged again.' }
    : { zh: '规则没有变化。', en: 'The rules are the same as before.' };
}

interface List {
  readonly json: unknown;
  readonly lines: readonly string[];
}

function listOf(kind: string | undefined, rulebook: Rulebook, { language, rules: extra }: Settings): List {
  const say = (text: Bilingual) => inLanguage(text, language);
  const { pack } = rulebook;
  if (kind === 'categories')
    return {
      json: pack.categories,
      lines: pack.categories.map((one) => `${String(one.no).padStart(2)}  ${one.id.padEnd(24)} ${say(one.name)}`),
    };
  if (kind === 'checks')
    return {
      json: rulebook.checks,
      lines: rulebook.checks.flatMap((one) => [
        `${one.id.padEnd(30)} ${one.severity.padEnd(7)} ${say(one.name)}  ${one.clause}`,
        ...(one.id === 'abroad' ? [`${''.padEnd(38)} ${say(abroadText(rulebook))}`] : []),
      ]),
    };
  if (kind === 'parties')
    return {
      json: rulebook.parties,
      lines: rulebook.parties.map(
        (one) => `${one.suffix.padEnd(32)} ${one.purpose.padEnd(17)} ${say(one.company)}${one.sdk ? `  ${one.sdk}` : ''}`,
      ),
    };
  if (kind === 'data-types')
    return {
      json: rulebook.dataTypes,
      lines: rulebook.dataTypes.map((one) => `${one.id.padEnd(26)} ${one.family.padEnd(18)} ${say(one.name)}`),
    };
  if (kind === 'packs') {
    const packs = listPacks(RULES_DIR, extra);
    return {
      json: packs,
      lines: packs.map((one) => `${one.id.padEnd(18)} ${one.version.padEnd(8)} ${String(one.categories).padStart(3)}  ${say(one.title)}`),
    };
  }
  const counts = {
    pack: pack.id,
    version: pack.version,
    sha256: rulebook.sha256,
    categories: pack.categories.length,
    dataTypes: rulebook.dataTypes.length,
    checks: rulebook.checks.length,
    companies: new Set(rulebook.parties.map((party) => party.company.zh)).size,
    hostSuffixes: rulebook.parties.length,
    /** Date of the table of address registrations, see the check `abroad`. */
    registry: rulebook.registry?.date ?? null,
  };
  return {
    json: counts,
    lines: [
      ...Object.entries(counts).map(([name, value]) => `${name.padEnd(14)} ${value}`),
      `${'abroad'.padEnd(14)} ${say(abroadText(rulebook))}`,
    ],
  };
}
