import type { Command } from 'commander';
import type { Rulebook } from '../model/rulebook.js';
import type { Session } from '../model/session.js';
import { fingerprintOf, packEvidence, type Signer } from '../report/evidence.js';
import { buildReport, renderReport } from '../report/index.js';
import type { Store } from '../store/index.js';
import { type Cli, type CommonFlags, settingsOf } from './cli.js';
import { confirmRaw, harEntries, harText, writePieces } from './har-export.js';
import { withCommonOptions } from './program.js';
import { signingKeyOf } from './signing-key.js';
import { findSession, recordOf, rulebookOf, withStore } from './stored.js';
import { printable } from './terminal.js';

interface ExportFlags extends CommonFlags {
  readonly evidence: string;
  readonly raw?: boolean;
  readonly yes?: boolean;
}

/** `overreach export <session> --evidence FILE.zip`: everything about a session in one signed file, to hand over. */
export function addExport(program: Command, cli: Cli): void {
  withCommonOptions(program.command('export').description('pack a stored session as signed evidence'))
    .argument('<session>', 'session id, its beginning, or "latest"')
    .requiredOption('--evidence <file>', 'the ZIP file to write')
    .option('--raw', 'with unmasked traffic; the file is then 0600')
    .option('--yes', 'confirms --raw')
    .action((word: string, flags: ExportFlags) => {
      confirmRaw({ ...flags, out: flags.evidence });
      const signer = signingKeyOf(settingsOf(cli, { ...flags }).dataDir);
      const { bytes, session } = withStore(cli, flags, (store) => {
        const found = findSession(store, word);
        return { session: found, bytes: evidenceOf(cli, store, found, signer, flags) };
      });
      if (session.status === 'running')
        cli.terminal.say(
          cli.terminal.paint.yellow('会话仍在进行，只包含已保存的部分。 The session still runs: this holds what is stored so far.'),
        );
      writePieces(flags.evidence, [bytes], flags.raw === true ? 0o600 : 0o644);
      const fingerprint = fingerprintOf(signer.publicKey);
      if (flags.json)
        cli.terminal.json({ session: session.id, file: flags.evidence, bytes: bytes.length, masked: flags.raw !== true, fingerprint });
      else cli.terminal.say(`${printable(flags.evidence)}\n密钥指纹 key fingerprint: ${fingerprint}`);
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

function evidenceOf(cli: Cli, store: Store, session: Session, signer: Signer, flags: ExportFlags): Uint8Array {
  const { language } = settingsOf(cli, { ...flags });
  const rulebook = rulebookOf(cli, flags);
  const report = buildReport(recordOf(store, session, rulebook), {});
  const options = { raw: flags.raw === true, dataTypes: rulebook.dataTypes };
  const traffic = [...harText(harEntries(store, session, options), options)].map((piece) => Buffer.from(piece, 'utf8'));
  const render = (format: string) => Buffer.from(renderReport(report, format, { language }));
  return packEvidence(
    {
      report,
      files: [
        { path: 'report.html', bytes: render('html') },
        { path: 'report.json', bytes: render('json') },
        { path: 'rules.json', bytes: Buffer.from(rulesText(rulebook), 'utf8') },
        { path: 'traffic.har', bytes: Buffer.concat(traffic) },
      ],
      traffic: 'traffic.har',
      masked: !options.raw,
      createdAt: new Date().toISOString(),
    },
    signer,
  );
}
