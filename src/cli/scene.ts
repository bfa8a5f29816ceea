import { type Command, Option } from 'commander';
import { z } from 'zod';
import { CaptureError } from '../errors.js';
import { CONSENT_STATES } from '../model/session.js';
import { type Cli, type CommonFlags, settingsOf } from './cli.js';
import { withCommonOptions } from './program.js';
import { findNote } from './running.js';

interface SceneFlags extends CommonFlags {
  readonly consent?: string;
  readonly session?: string;
  readonly end?: boolean;
}

/** `overreach scene NAME --consent STATE`: marks what the tester does now in the session that runs in another terminal. */
export function addScene(program: Command, cli: Cli): void {
  withCommonOptions(program.command('scene').description('mark a scene in the running session, for scripts'))
    .argument('[name]', 'what is being done: 启动, 登录, 下单 ...')
    .addOption(new Option('--consent <state>', 'what the user has agreed to by now').choices(CONSENT_STATES))
    .option('--session <id>', 'which session, when several run')
    .option('--end', 'end the running scene without beginning another')
    .action(async (name: string | undefined, flags: SceneFlags) => {
      const note = findNote(settingsOf(cli, { ...flags }).dataDir, flags.session);
      const ui = new URL(note.ui);
      const consent = flags.consent ?? 'consented';
      const answer = await callUi(
        ui,
        `/api/sessions/${note.session}/scene`,
        flags.end === true ? 'DELETE' : 'POST',
        flags.end === true ? undefined : { name: name ?? consent, consent },
      );
      if (flags.json) cli.terminal.result(answer);
      else cli.terminal.say(flags.end === true ? 'scene ended' : `scene ${name ?? consent} (${consent})`);
    });
}

const refusal = z.object({ message: z.string(), next: z.string().default('') });

/** The server's own words, or what stood in their place. */
function refusalOf(text: string): { message: string; next: string } {
  const plain = { message: text.slice(0, 300), next: 'Check the words of the command and the session id.' };
  try {
    const { data } = refusal.safeParse(JSON.parse(text));
    return data === undefined ? plain : { message: data.message, next: data.next || plain.next };
  } catch {
    return plain;
  }
}

/**
 * Asks the running session's own server, with the token of the note.
 * @throws CaptureError with the server's own words when it refuses or cannot be reached.
 */
export async function callUi(ui: URL, path: string, method: string, body: unknown): Promise<string> {
  const url = new URL(path, ui);
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${ui.searchParams.get('token') ?? ''}`,
        origin: ui.origin,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (cause) {
    throw new CaptureError('OVR_RUNNING', `The running session does not answer at ${ui.origin}.`, {
      next: 'Is "overreach start" still running?',
      cause,
    });
  }
  const text = await response.text();
  if (!response.ok) {
    const { message, next } = refusalOf(text);
    throw new CaptureError('OVR_RUNNING', `The running session refused: ${message}`, { next });
  }
  return text;
}
