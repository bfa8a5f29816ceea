import type { Command } from 'commander';
import { UsageError } from '../errors.js';
import { type Cli, type CommonFlags, settingsOf } from './cli.js';
import { withCommonOptions } from './options.js';
import { findNote } from './running.js';
import { callUi } from './scene.js';
import { printable } from './terminal.js';

interface PassThroughFlags extends CommonFlags {
  readonly off?: boolean;
  readonly session?: string;
}

/** `overreach pass-through [host]`: hosts of the running session that are relayed without being looked into, as the page's button does. */
export function addPassThrough(program: Command, cli: Cli): void {
  withCommonOptions(program.command('pass-through'))
    .argument('[host]')
    .option('--off')
    .option('--session <id>')
    .action(async (host: string | undefined, flags: PassThroughFlags) => {
      if (host === undefined && flags.off === true)
        throw new UsageError('OVR_PASS_THROUGH', '--off needs the host that is to be decrypted again.', {
          next: 'Name it; "overreach pass-through" lists those that are passed through.',
        });
      const settings = settingsOf(cli, { ...flags });
      const note = findNote(settings.dataDir, flags.session);
      const ui = new URL(note.ui);
      if (host !== undefined) await callUi(ui, '/api/pass-through', 'POST', { host: host.toLowerCase(), on: flags.off !== true });
      const { passedThrough } = JSON.parse(await callUi(ui, '/api/state', 'GET', undefined)) as {
        readonly passedThrough: readonly string[];
      };
      if (flags.json) cli.terminal.json({ session: note.session, passedThrough });
      else if (passedThrough.length > 0) for (const name of passedThrough) cli.terminal.result(printable(name));
      else cli.terminal.say(settings.language === 'en' ? 'No host is passed through.' : '没有直通的主机。');
    });
}
