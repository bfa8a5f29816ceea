import { setImmediate as turn } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Rulebook } from '../model/rulebook.js';
import type { Session } from '../model/session.js';
import { evidenceFile, fingerprintOf, packEvidence, RAW_WARNING, type Signer } from '../report/evidence.js';
import { Chain } from '../report/evidence-chain.js';
import { buildReport, renderReport } from '../report/index.js';
import { screenshotFile } from '../report/screenshots.js';
import type { Store } from '../store/index.js';
import { untilCancelled } from './cancellation.js';
import { type Cli, type CommonFlags, settingsOf } from './cli.js';
import { confirmRaw, harEntries, harText } from './har-export.js';
import { withCommonOptions } from './options.js';
import { writeStream } from './output-file.js';
import { picturesOf, UNMASKED_PICTURES } from './screenshot.js';
import { signingKeyOf } from './signing-key.js';
import { openSpool, type Spool } from './spool.js';
import { findSession, noteReveal, openForReading, recordOf, rulebookOf } from './stored.js';
import { printable } from './terminal.js';

interface ExportFlags extends CommonFlags {
  readonly evidence: string;
  readonly raw?: boolean;
  readonly yes?: boolean;
}

/** `overreach export <session> --evidence FILE.zip`: everything about a session in one signed file, to hand over. */
export function addExport(program: Command, cli: Cli): void {
  withCommonOptions(program.command('export'))
    .argument('<session>')
    .requiredOption('--evidence <file>')
    .option('--raw')
    .option('--yes')
    .action(async (word: string, flags: ExportFlags) => {
      confirmRaw({ ...flags, out: flags.evidence });
      const signer = signingKeyOf(settingsOf(cli, { ...flags }).dataDir);
      const store = openForReading(settingsOf(cli, { ...flags }).dataDir);
      try {
        const session = findSession(store, word);
        if (flags.raw === true) noteReveal(cli, flags, session.id, 'export --raw');
        const bytes = await writeEvidence(cli, store, session, signer, flags);
        if (session.status === 'running')
          cli.terminal.say(
            cli.terminal.paint.yellow('会话仍在进行，只包含已保存的部分。 The session still runs: this holds what is stored so far.'),
          );
        if (flags.raw === true) cli.terminal.say(cli.terminal.paint.yellow(RAW_WARNING));
        const fingerprint = fingerprintOf(signer.publicKey);
        if (flags.json) cli.terminal.json({ session: session.id, file: flags.evidence, bytes, masked: flags.raw !== true, fingerprint });
        else cli.terminal.say(`${printable(flags.evidence)}\n密钥指纹 key fingerprint: ${fingerprint}`);
      } finally {
        store.close();
      }
    });
}

/**
 * The rules as they were loaded. Without the examples of the data types: they are values of nobody, but a reader who searches the package
 * for a value must not find one there.
 */
function rulesText(rulebook: Rulebook): string {
  const dataTypes = rulebook.dataTypes.map(({ match: _match, noMatch: _noMatch, ...type }) => type);
  return `${JSON.stringify({ ...rulebook, dataTypes }, null, 1)}\n`;
}

/** @returns bytes of the package. @throws Cancelled, and leaves nothing. */
async function writeEvidence(cli: Cli, store: Store, session: Session, signer: Signer, flags: ExportFlags): Promise<number> {
  const { language } = settingsOf(cli, { ...flags });
  const rulebook = rulebookOf(cli, flags);
  const report = buildReport(recordOf(store, session, rulebook), {});
  const options = { raw: flags.raw === true, dataTypes: rulebook.dataTypes };
  const pictures = picturesOf(store, session.id, report);
  const render = (format: string, name: string) => evidenceFile(name, renderReport(report, format, { language, pictures }));
  const screenshots = store.screenshots(session.id);
  if (screenshots.length > 0) cli.terminal.say(cli.terminal.paint.yellow(UNMASKED_PICTURES));
  const spool = openSpool(flags.evidence);
  try {
    const links = await spoolTraffic(spool, harText(harEntries(store, session, options), options), (done) =>
      cli.terminal.progress(`traffic.har ${done}/${report.exchanges.count}`),
    );
    const files = [
      render('html', 'report.html'),
      render('json', 'report.json'),
      evidenceFile('rules.json', rulesText(rulebook)),
      spool.file('traffic.har'),
      ...screenshots.map(({ n, mime }) => evidenceFile(screenshotFile(n, mime), store.screenshot(session.id, n) ?? new Uint8Array(0))),
    ];
    const content = { report, files, chain: { of: 'traffic.har', links }, masked: !options.raw, createdAt: new Date().toISOString() };
    return await writeStream(flags.evidence, packEvidence(content, signer), options.raw ? 0o600 : 0o644);
  } finally {
    spool.remove();
  }
}

/** Exchanges between two looks at whether the user has given up. */
const TURN = 200;

/** @returns the links over the exchanges. */
function spoolTraffic(spool: Spool, pieces: Iterable<string>, onProgress: (exchanges: number) => void): Promise<readonly string[]> {
  return untilCancelled(async (assertWanted) => {
    const links: string[] = [];
    const chain = new Chain((link) => links.push(link));
    let written = 0;
    for (const piece of pieces) {
      const bytes = Buffer.from(piece, 'utf8');
      spool.write(bytes);
      chain.update(bytes);
      written += 1;
      if (written % TURN !== 0) continue;
      onProgress(links.length);
      await turn();
      assertWanted();
    }
    return links;
  });
}
