import { type Command, Option } from 'commander';
import { z } from 'zod';
import { CaptureError, UsageError } from '../errors.js';
import { CONSENT_STATES, type Scene, type Session } from '../model/session.js';
import { openStore, type Store } from '../store/index.js';
import { type Cli, type CommonFlags, settingsOf } from './cli.js';
import { withCommonOptions } from './options.js';
import { findNote, type RunningNote } from './running.js';
import { findScenes } from './scene-record.js';
import { readPicture, UNMASKED_PICTURES } from './screenshot.js';
import { findSession } from './stored.js';
import { printable } from './terminal.js';

interface SceneFlags extends CommonFlags {
  readonly consent?: string;
  readonly session?: string;
  readonly end?: boolean;
  readonly screenshot?: string;
}

/** `overreach scene NAME --consent STATE`: marks what the tester does now in the session that runs in another terminal. */
export function addScene(program: Command, cli: Cli): void {
  withCommonOptions(program.command('scene'))
    .argument('[name]')
    .addOption(new Option('--consent <state>').choices(CONSENT_STATES))
    .option('--session <id>')
    .option('--end')
    .option('--screenshot <file>')
    .action(async (name: string | undefined, flags: SceneFlags) => {
      const { dataDir } = settingsOf(cli, { ...flags });
      // What is judged hangs on the consent state: a command that says nothing must not set one.
      if (name === undefined && flags.consent === undefined && flags.end !== true && flags.screenshot === undefined)
        throw new UsageError('OVR_SCENE', 'Nothing says which scene begins.', {
          next: 'Give a name, --consent before_consent|consented|refused|background, or --end.',
        });
      if (flags.screenshot === undefined) {
        const answer = await mark(findNote(dataDir, flags.session), name, flags);
        if (flags.json) cli.terminal.result(answer);
        else cli.terminal.say(flags.end === true ? 'scene ended' : `scene ${name ?? consentOf(flags)} (${consentOf(flags)})`);
        return;
      }
      if (flags.end === true)
        throw new UsageError('OVR_SCENE', '--end ends a scene, --screenshot belongs to one.', { next: 'Give one of them.' });
      await addScreenshot(cli, dataDir, name, flags.screenshot, flags);
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

function consentOf(flags: SceneFlags): string {
  return flags.consent ?? 'consented';
}

/** @returns the server's answer, which holds the session. */
function mark(note: RunningNote, name: string | undefined, flags: SceneFlags): Promise<string> {
  return callUi(
    new URL(note.ui),
    `/api/sessions/${note.session}/scene`,
    flags.end === true ? 'DELETE' : 'POST',
    flags.end === true ? undefined : { name: name ?? consentOf(flags), consent: consentOf(flags) },
  );
}

/** The picture goes to the scene that runs, which is marked first if it is not the one named; in a session that is over, to that scene. */
async function addScreenshot(cli: Cli, dataDir: string, name: string | undefined, file: string, flags: SceneFlags): Promise<void> {
  const picture = readPicture(file);
  const store = openStore({ dir: dataDir });
  try {
    const session = sessionFor(store, dataDir, flags.session);
    const scene = session.status === 'running' ? await runningScene(session, dataDir, name, flags) : storedScene(session, name);
    const kept = store.keepScreenshot(session.id, { scene: scene?.id ?? null, at: Date.now(), ...picture });
    if (flags.json) cli.terminal.json({ session: session.id, scene: scene?.id ?? null, screenshot: kept });
    else cli.terminal.say(`screenshot ${kept.n}${scene === null ? '' : ` → ${printable(scene.name)}`}  SHA-256 ${kept.sha256}`);
    cli.terminal.say(cli.terminal.paint.dim(UNMASKED_PICTURES));
  } finally {
    store.close();
  }
}

function sessionFor(store: Store, dataDir: string, word: string | undefined): Session {
  return findSession(store, word ?? findNote(dataDir, undefined).session);
}

/** A second picture of the scene that runs must not begin it anew. */
async function runningScene(session: Session, dataDir: string, name: string | undefined, flags: SceneFlags): Promise<Scene | null> {
  const now = session.scenes.find(({ endedAt }) => endedAt === null) ?? null;
  const same = name === undefined || now?.name === name;
  if (now !== null && same && (flags.consent === undefined || now.consent === flags.consent)) return now;
  if (name === undefined && flags.consent === undefined) return null;
  const answer = answerSchema.safeParse(JSON.parse(await mark(findNote(dataDir, session.id), name, flags)));
  const marked = answer.data?.session.scenes.findLast(({ endedAt }) => endedAt === null);
  if (marked !== undefined) return marked;
  throw new CaptureError('OVR_RUNNING', 'The running session answered without a scene.', {
    next: 'Mark the scene first, then give the screenshot without a name.',
  });
}

function storedScene(session: Session, name: string | undefined): Scene | null {
  return name === undefined ? null : (findScenes(session.scenes, name)[0] ?? null);
}

/** What the server answers to a scene mark, as far as it is needed here: the session with its scenes. */
const answerSchema = z.object({
  session: z.object({
    scenes: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        consent: z.enum(CONSENT_STATES),
        startedAt: z.number(),
        endedAt: z.number().nullable(),
      }),
    ),
  }),
});

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
