#!/usr/bin/env node
import { EXIT, OverreachError, UsageError } from '../errors.js';
import { Cancelled } from './cancellation.js';
import type { Cli } from './cli.js';
import { createProgram } from './program.js';
import { talkLanguage } from './talk-language.js';
import { tellError } from './tell-error.js';
import { createTerminal, printable } from './terminal.js';

/**
 * The edge: every error ends here, once. Foreseen ones say what to do next; anything else is a bug of ours and says so.
 */
const terminal = createTerminal(process.stdout, process.stderr, process.env);

function tell(error: OverreachError): void {
  tellError(terminal, error, talkLanguage(process.argv.slice(2), cli));
}

function tellBug(error: unknown): void {
  terminal.say(`OVR_BUG ${printable(error instanceof Error ? (error.stack ?? error.message) : String(error))}`);
  terminal.say('  → This is a bug of Overreach. Please report it with the lines above.');
}

// Left to Node, the process would end with status 1, which says "findings" to whoever asked.
process.on('uncaughtException', (error) => {
  tellBug(error);
  process.exit(EXIT.bug);
});

// A reader that stops early (`| head`) is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? EXIT.clean);
  tell(new UsageError('OVR_OUT', `The result cannot be written: ${error.message}`, { next: 'Make room, or give --out FILE.' }));
  process.exit(EXIT.usage);
});

// Talk that nobody listens to any more must not end a running session.
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
});

const cli: Cli = {
  terminal,
  env: process.env,
  cwd: process.cwd(),
  exit(code) {
    process.exitCode = code;
  },
};

try {
  await (await createProgram(cli, process.argv.slice(2))).parseAsync(process.argv);
} catch (error) {
  if (error instanceof OverreachError) {
    tell(error);
    process.exitCode = error instanceof Cancelled ? error.status : error.exit;
  } else if (error instanceof Error && 'exitCode' in error && 'code' in error && String(error.code).startsWith('commander.')) {
    process.exitCode =
      error.code === 'commander.helpDisplayed' || error.code === 'commander.version' || error.code === 'commander.help'
        ? EXIT.clean
        : EXIT.usage;
  } else {
    tellBug(error);
    process.exitCode = EXIT.bug;
  }
}
