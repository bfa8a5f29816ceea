import { existsSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { UsageError } from '../errors.js';
import { draftInventory } from '../judge/inventory.js';
import type { Finding } from '../model/finding.js';
import type { AuditRecord } from '../model/report.js';
import { inLanguage } from '../model/text.js';
import { writeDeclarations } from '../rulebook/declaration.js';
import { auditRecording } from './audit-input.js';
import { type AuditFlags, setUpAudit } from './audit-setup.js';
import { type Cli, settingsOf } from './cli.js';
import { ofApp } from './one-app.js';
import { repeatable, withCommonOptions } from './options.js';
import { writeOut } from './output-file.js';
import { sayMissed } from './progress.js';
import { findSession, recordOf, rulebookOf, withStore } from './stored.js';

interface DeclareFlags extends AuditFlags {
  readonly fromSession?: string;
  readonly fromHar?: string;
  readonly appId: string;
  readonly out?: string;
}

/** `overreach declare`: a first draft of the declared inventory out of what was sent, for a person to hold against the policy. */
export function addDeclare(program: Command, cli: Cli): void {
  withCommonOptions(program.command('declare'))
    .option('--from-session <session>')
    .option('--from-har <file>')
    .addOption(new Option('--app-id <id>').default('main'))
    .option('--persona <file>')
    .option('--hook-modules')
    .addOption(repeatable('--first-party <domain>'))
    .option('--out <file>')
    .action((flags: DeclareFlags) => {
      if (flags.out !== undefined && existsSync(flags.out))
        throw new UsageError('OVR_OUT_EXISTS', `${flags.out} is there already.`, {
          next: 'An inventory that somebody edited is not written over; name another file, or remove that one.',
        });
      const declared = draftInventory(readSent(cli, flags));
      const { language } = settingsOf(cli, { ...flags });
      const text = flags.json === true ? JSON.stringify({ declared }) : writeDeclarations(declared);
      if (flags.out === undefined) cli.terminal.result(text.replace(/\n$/, ''));
      else writeOut(flags.out, text, 0o644);
      cli.terminal.say(
        inLanguage(
          {
            zh: `${declared.length} 行，取自实际传输，不是隐私政策的内容：请对照政策原文逐行核对，删去未声明的，并填写目的。`,
            en: `${declared.length} line(s), taken from what was sent, not from the policy: hold each against its text, delete what it does not declare, and fill in the purposes.`,
          },
          language,
        ),
      );
    });
}

/** What the server answered, where that was judged, is nothing that the app collects. */
function sentOf({ findings, occurrencesOf }: AuditRecord): Finding[] {
  return findings.filter(({ id }) => occurrencesOf(id).some(({ direction }) => direction === 'request'));
}

/** @throws UsageError unless exactly one source was named. */
function readSent(cli: Cli, flags: DeclareFlags): Finding[] {
  const { fromSession, fromHar } = flags;
  if (fromSession !== undefined && fromHar === undefined) {
    const rulebook = rulebookOf(cli, flags);
    return withStore(cli, flags, (store) => sentOf(ofApp(recordOf(store, findSession(store, fromSession), rulebook), flags.appId)));
  }
  if (fromHar !== undefined && fromSession === undefined)
    return sentOf(ofApp(auditRecording(setUpAudit(cli, flags), fromHar, { missed: sayMissed(cli) }), flags.appId));
  throw new UsageError('OVR_DECLARE', 'Name one source: --from-session ID or --from-har FILE.', {
    next: '"overreach sessions list" shows the sessions.',
  });
}
