import { readFileSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import { attributeApp } from '../capture/device/app.js';
import { parseHar } from '../capture/har.js';
import { EXIT, InputError } from '../errors.js';
import { limits } from '../limits.js';
import type { AuditRecord, SessionReport } from '../model/report.js';
import type { Session } from '../model/session.js';
import { buildReport } from '../report/index.js';
import { auditExchanges } from '../session/recorded.js';
import { openStore } from '../store/index.js';
import { chooseCategories, parseContext } from './choice.js';
import { type Cli, type CommonFlags, openPersona, openRulebook, settingsOf } from './cli.js';
import { exitCode, inconclusiveBecause, overThreshold, parseThreshold } from './gate.js';
import { TOOL } from './place.js';
import { withCommonOptions } from './program.js';
import { summarise } from './summary.js';
import { tagKeyOf } from './tag-key.js';

export interface CheckFlags extends CommonFlags {
  readonly category?: string[];
  readonly app?: string;
  readonly persona?: string;
  readonly context?: string[];
  readonly firstParty?: string[];
  readonly showValues?: boolean;
  readonly candidates?: boolean;
  readonly responses?: boolean;
  readonly failOn?: string[];
}

/** `overreach check`: recorded traffic in, SessionReport and exit status out; no store, no network. */
export function addCheck(program: Command, cli: Cli): void {
  withCommonOptions(program.command('check').description('judge recorded traffic (a HAR file) or a stored session; for CI'))
    .argument('<input>', 'HAR file, or id of a stored session')
    .option('--category <id...>', 'category of the app (see "overreach categories"); several only for super-apps')
    .option('--app <name>', 'name of the app under test')
    .option('--persona <file>', 'known values of the test person (YAML, see "overreach persona new")')
    .option('--context <id=yes|no...>', 'answers to conditions of the list')
    .option('--first-party <domain...>', "the app operator's own domains")
    .option('--show-values', 'put unmasked values into the result')
    .option('--candidates', 'list weak evidence too')
    .option('--responses', 'judge what the server answered, too')
    .option('--fail-on <what...>', 'verdict, check or severity that makes the exit status 1 (default: beyond_necessary, high)')
    .action((input: string, flags: CheckFlags) => {
      const settings = settingsOf(cli, { ...flags });
      const rulebook = openRulebook(settings);
      const threshold = parseThreshold(
        flags.failOn ?? [],
        rulebook.checks.map((check) => check.id),
      );
      const record = auditInput(cli, input, flags);
      const report = buildReport(record, { showValues: flags.showValues === true, candidates: flags.candidates === true });
      if (flags.json) cli.terminal.json(report);
      else cli.terminal.result(summarise(report, settings.language));
      explainExit(cli, report, overThreshold(report, threshold).length);
      cli.exit(exitCode(report, threshold));
    });
}

/** Says on stderr why the exit status is what it is. */
function explainExit(cli: Cli, report: SessionReport, failing: number): void {
  const { say, paint } = cli.terminal;
  if (failing > 0) say(paint.red(`${failing} finding(s) over the threshold: exit ${EXIT.findings}.`));
  const reasons = inconclusiveBecause(report);
  if (reasons.length > 0)
    say(paint.yellow(`Inconclusive (${reasons.join(', ')})${failing > 0 ? '' : `: exit ${EXIT.inconclusive}. This is not "clean"`}.`));
}

/** A HAR or a stored session, audited under the flags given. */
export function auditInput(cli: Cli, input: string, flags: CheckFlags): AuditRecord {
  const settings = settingsOf(cli, { ...flags });
  const rulebook = openRulebook(settings);
  const persona = openPersona(settings.persona);
  const categories = chooseCategories(rulebook.pack, settings.category);
  const context = { ...settings.context, ...parseContext(rulebook.pack, flags.context ?? []) };
  const options = { rulebook, persona, tagKey: tagKeyOf(settings.dataDir), responses: flags.responses === true, attribute: attributeApp };
  const base = { tool: TOOL, rulebook, pack: rulebook.pack };

  if (/^[0-9a-z-]{6,64}$/i.test(input) && !exists(input)) {
    const store = openStore({ dir: settings.dataDir, readOnly: true });
    try {
      const stored = store.session(input);
      if (stored === null)
        throw new InputError('OVR_INPUT', `"${input}" is neither a file nor a stored session.`, {
          next: '"overreach sessions list" shows the sessions.',
        });
      const subject = {
        ...stored.subject,
        app: settings.app ?? stored.subject.app,
        categories: categories.length > 0 ? { ...stored.subject.categories, main: categories } : stored.subject.categories,
        context: { ...stored.subject.context, ...context },
        firstPartyDomains: settings.firstParty.length > 0 ? settings.firstParty : stored.subject.firstPartyDomains,
      };
      const audited = auditExchanges(store.exchanges(input), { ...options, session: { ...stored, subject } });
      return { ...base, ...audited, connections: store.connections(input) };
    } finally {
      store.close();
    }
  }

  const exchanges = parseHar(readHar(input), input);
  const times = exchanges.map((exchange) => exchange.startedAt).filter((at) => at > 0);
  const startedAt = times.reduce((a, b) => Math.min(a, b), times[0] ?? 0);
  const session: Session = {
    id: 'har',
    startedAt,
    endedAt: exchanges.reduce((a, exchange) => Math.max(a, exchange.endedAt ?? exchange.startedAt), startedAt),
    status: 'ended',
    source: 'har',
    subject: {
      app: settings.app,
      categories: categories.length > 0 ? { main: categories } : {},
      context,
      firstPartyDomains: settings.firstParty,
      declared: null,
    },
    device: null,
    scenes: [],
  };
  return { ...base, ...auditExchanges(exchanges, { ...options, session }), connections: [] };
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** @throws InputError when the file is missing, unreadable, a folder, or larger than can be read whole. */
export function readHar(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || !stat.isFile())
    throw new InputError('OVR_HAR_MISSING', `There is no file "${path}".`, {
      next: 'Check the path; "overreach sessions list" shows stored sessions.',
    });
  if (stat.size > limits.harFile)
    throw new InputError('OVR_HAR_LARGE', `${path} has ${stat.size} bytes; at most ${limits.harFile} are read.`, {
      next: 'Split the HAR and check the parts.',
    });
  try {
    return decodeText(readFileSync(path));
  } catch (cause) {
    throw new InputError('OVR_HAR_READ', `Cannot read ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      next: 'Check its rights.',
      cause,
    });
  }
}

/** HARs from Windows tools come as UTF-16 now and then; the byte order mark tells. */
function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder('utf-8').decode(bytes);
}
