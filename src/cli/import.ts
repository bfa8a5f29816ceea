import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { parseHar } from '../capture/har.js';
import type { Session } from '../model/session.js';
import { createAudit } from '../session/audit.js';
import { openStore } from '../store/index.js';
import { attributeMiniProgram } from './attribution.js';
import { type CheckFlags, readHar } from './check.js';
import { type Cli, openCountries, openPersona, openRulebook, settingsOf } from './cli.js';
import { repeatable, withCommonOptions } from './program.js';
import { storeSink } from './store-sink.js';
import { subjectOf } from './subject.js';
import { tagKeyOf } from './tag-key.js';

/** `overreach import`: recorded traffic becomes a stored session, with page and reports like any other. */
export function addImport(program: Command, cli: Cli): void {
  withCommonOptions(program.command('import').description('store recorded traffic (a HAR file) as a session'))
    .argument('<file>', 'HAR file')
    .option('--category <id>', 'category of the app; APP=ID for a mini program', repeatable)
    .option('--app <name>', 'name of the app under test')
    .option('--persona <file>', 'known values of the test person (YAML)')
    .option('--context <id=yes|no>', 'answers to conditions of the list', repeatable)
    .option('--first-party <domain>', "the app operator's own domains", repeatable)
    .option('--declared <file>', 'what the privacy policy declares (YAML, see "overreach declare")')
    .option(
      '--countries <file>',
      'where addresses are registered (lines like 203.0.113.0/24,JP), in place of the table that comes with the rules',
    )
    .option('--responses', 'judge what the server answered, too')
    .action((file: string, flags: CheckFlags) => {
      const settings = settingsOf(cli, { ...flags });
      const rulebook = openRulebook(settings);
      const persona = openPersona(settings.persona);
      const countries = openCountries(flags.countries, rulebook);
      const subject = subjectOf(settings, rulebook, flags);
      const exchanges = parseHar(readHar(file), file);
      const startedAt = exchanges.reduce((a, exchange) => Math.min(a, exchange.startedAt), exchanges[0]?.startedAt ?? Date.now());
      const session: Session = {
        id: `har-${randomBytes(5).toString('hex')}`,
        startedAt,
        endedAt: exchanges.reduce((a, exchange) => Math.max(a, exchange.endedAt ?? exchange.startedAt), startedAt),
        status: 'ended',
        source: 'har',
        subject,
        device: null,
        scenes: [],
      };
      const store = openStore({ dir: settings.dataDir });
      try {
        store.createSession(session, { pack: rulebook.pack.id, version: rulebook.pack.version, sha256: rulebook.sha256 });
        const sink = storeSink(store, store.writer(session.id), session.id);
        const audit = createAudit({
          session,
          rulebook,
          persona,
          tagKey: tagKeyOf(settings.dataDir),
          responses: flags.responses === true,
          attribute: attributeMiniProgram,
          countries,
          sink,
        });
        for (const exchange of exchanges) {
          audit.exchange(exchange);
          audit.drain();
          sink.commit();
        }
        store.updateSession(session);
      } finally {
        store.close();
      }
      if (flags.json) cli.terminal.json({ session: session.id, exchanges: exchanges.length });
      else cli.terminal.result(session.id);
    });
}
