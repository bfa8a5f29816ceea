import { type Command, Option } from 'commander';
import { existingAuthority, openAuthority, removeAuthority, rotateAuthority } from '../capture/certificate-authority.js';
import { EXIT } from '../errors.js';
import { inLanguage } from '../model/text.js';
import { prepareFolder } from '../store/index.js';
import { type Cli, type CommonFlags, placeOf, settingsOf } from './cli.js';
import { withCommonOptions } from './options.js';
import { writeOut } from './output-file.js';
import { refuseWhileRunning } from './running.js';

/** `overreach ca show|export|rotate|remove`: the certificate that phones have to trust. The private key never leaves its file. */
export function addCa(program: Command, cli: Cli): void {
  const ca = program.command('ca').exitOverride();

  withCommonOptions(ca.command('show')).action(async (flags: CommonFlags) => {
    const authority = await existingAuthority(settingsOf(cli, { ...flags }).dataDir);
    const shown = {
      path: authority.caPath,
      name: authority.name,
      sha256: authority.fingerprint,
      validTo: authority.notAfter.toISOString(),
    };
    if (flags.json) cli.terminal.json(shown);
    else for (const [name, value] of Object.entries(shown)) cli.terminal.result(`${name.padEnd(8)} ${value}`);
  });

  withCommonOptions(ca.command('export'))
    .addOption(new Option('--format <format>').choices(['pem', 'der', 'mobileconfig', 'android-0']).default('pem'))
    .option('--out <file>')
    .action(async (flags: CommonFlags & { format: 'pem' | 'der' | 'mobileconfig' | 'android-0'; out?: string }) => {
      const { dataDir } = settingsOf(cli, { ...flags });
      // A phone may be prepared before the first session: this makes the authority, as `start` does.
      prepareFolder(dataDir);
      const exported = (await openAuthority(dataDir)).exportCa(flags.format);
      if (flags.out !== undefined) {
        writeOut(flags.out, exported.bytes, 0o644);
        cli.terminal.say(flags.out);
      } else cli.terminal.bytes(exported.bytes);
    });

  withCommonOptions(ca.command('rotate'))
    .option('--yes')
    .action((flags: CommonFlags & { yes?: boolean }) =>
      change(flags, 'rotate', (dataDir) => {
        prepareFolder(dataDir);
        return rotateAuthority(dataDir);
      }),
    );

  withCommonOptions(ca.command('remove'))
    .option('--yes')
    .action((flags: CommonFlags & { yes?: boolean }) => change(flags, 'remove', removeAuthority));

  async function change(flags: CommonFlags & { yes?: boolean }, what: string, run: (dataDir: string) => unknown): Promise<void> {
    const { dataDir, language } = settingsOf(cli, { ...flags });
    if (flags.yes !== true) {
      const warning = {
        zh: `“ca ${what}”无法撤销；已信任旧证书的手机会一直信任它，直到在手机上把它删除。`,
        en: `"ca ${what}" cannot be undone, and phones that trust the old certificate keep trusting it until it is removed there.`,
      };
      cli.terminal.say(inLanguage(warning, language));
      cli.terminal.say(`  → overreach ca ${what}${placeOf(flags)} --yes`);
      cli.exit(EXIT.usage);
      return;
    }
    refuseWhileRunning(dataDir, `ca ${what}`);
    await run(dataDir);
    const next =
      what === 'rotate'
        ? {
            zh: '已换新证书。请在每部手机上删除旧证书，并安装新证书。',
            en: 'A new certificate is in place. Remove the old one from every phone, and install the new one.',
          }
        : {
            zh: '已删除证书及其私钥。请在每部手机上也删除它（接入页的“清理”有步骤）。',
            en: 'The certificate and its key are deleted. Remove it from every phone, too; the clean-up page says how.',
          };
    cli.terminal.say(inLanguage(next, language));
  }
}
