import { accessSync, constants, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { unreadable } from '../capture/recording.js';
import { InputError, OverreachError } from '../errors.js';
import { limits } from '../limits.js';
import { errorWords } from '../model/error-words.js';
import type { Session } from '../model/session.js';
import { findSession, openForReading } from './stored.js';

export interface InputList {
  /** Paths of files and ids of stored sessions, in the order given; folders opened, their files sorted by path. */
  readonly inputs: readonly string[];
  /** More than one was meant: a folder counts as several, whatever it holds, so that a script gets one form of answer from it. */
  readonly several: boolean;
}

/**
 * What the words of the command line stand for. Everything is looked at before anything is judged: a mistyped last path must not
 * cost the run of all before it.
 * @throws InputError `OVR_HAR_MISSING`, `OVR_HAR_LARGE`, `OVR_HAR_READ`; UsageError `OVR_SESSION`; StoreError.
 */
export function listInputs(dataDir: string, words: readonly string[]): InputList {
  let several = words.length > 1;
  const inputs = words.flatMap((word) => {
    if (statSync(word, { throwIfNoEntry: false })?.isDirectory() !== true) return [word];
    several = true;
    const files = recordingsIn(word);
    if (files.length > 0) return files;
    throw new InputError('OVR_HAR_MISSING', `There is no .har, .mitm or .flow file in the folder "${word}".`, {
      next: 'Give the folder that the recordings were exported to; sub-folders are searched too.',
    });
  });
  const wrong = inputs.flatMap((input) => faultOf(dataDir, input) ?? []);
  if (wrong.length > 0) throw several ? nothingJudged(wrong, inputs.length) : wrong[0];
  return { inputs, several };
}

/** Why an input cannot be read; null: it can. */
function faultOf(dataDir: string, input: string): OverreachError | null {
  try {
    if (isSessionWord(input)) readSession(dataDir, input);
    else assertRecording(input);
    return null;
  } catch (error) {
    if (error instanceof OverreachError) return error;
    throw error;
  }
}

/** All of what is wrong at once, and that the others were not judged either: a run without a word of them would pass for one that looked at them. */
function nothingJudged(wrong: readonly OverreachError[], count: number): InputError {
  const [{ code, next, zh }] = wrong as readonly [OverreachError];
  const said = [...new Set(wrong.map(({ message }) => message))].join(' ');
  const words = zh ?? errorWords(code) ?? next;
  return new InputError(code, `${said} Nothing was judged: ${wrong.length} of ${count} inputs cannot be read, and the others were left.`, {
    next,
    zh: `${count} 个输入中有 ${wrong.length} 个无法读取，其余的也没有检查，本次没有任何结论。${words}`,
  });
}

/**
 * Names that tools give to recordings; a file named by the user is read whatever its name. The second half is what nobody can read here:
 * packed, or of another tool. Passed over in silence it would come out green; so it is an input like the others, and refused by its name.
 */
const RECORDING = /\.(?:har|har\.json|mitm|flows?)$|\.(?:har\.(?:gz|zip|br|zst|xz|bz2)|zhar|saz|chlsj?|pcap|pcapng)$/i;

/**
 * The recordings in a folder and below, also those that a link leads to: one that is passed over would be missing from a judgement that
 * nobody questions. A folder is read once, so that links in a circle have an end.
 */
function recordingsIn(folder: string, seen = new Set<string>()): string[] {
  try {
    const real = realpathSync(folder);
    if (seen.has(real)) return [];
    seen.add(real);
    return (
      readdirSync(folder)
        // Of two ways to one folder the same counts on every machine.
        .sort()
        .flatMap((name) => {
          const path = join(folder, name);
          const stat = statSync(path, { throwIfNoEntry: false });
          if (stat?.isDirectory() === true) return recordingsIn(path, seen);
          if (!RECORDING.test(name)) return [];
          // A link to nothing: named like a recording, and not there to be read.
          if (stat === undefined) throw missing(path);
          return [path];
        })
        .sort()
    );
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw unreadable(folder, cause);
  }
}

/** An id, the beginning of one, or `latest`; a file of that name comes first. */
export function isSessionWord(word: string): boolean {
  return /^[0-9a-z-]{6,64}$/i.test(word) && statSync(word, { throwIfNoEntry: false }) === undefined;
}

function readSession(dataDir: string, word: string): Session {
  const store = openForReading(dataDir);
  try {
    return findSession(store, word);
  } finally {
    store.close();
  }
}

function missing(path: string): InputError {
  return new InputError('OVR_HAR_MISSING', `There is no file "${path}".`, {
    next: 'Check the path; "overreach sessions list" shows stored sessions.',
  });
}

/** A recording is opened more than once and its size asked for first, which a pipe (`<(zcat a.har.gz)`, `/dev/stdin`) does not allow. */
function noFile(path: string): InputError {
  return new InputError('OVR_HAR_READ', `"${path}" is a pipe or a device; recordings are read from files.`, {
    next: 'Write it to a file first, then give that file.',
    zh: `“${path}”是管道或设备，录制内容只能从文件读取。请先写入文件，再指定该文件。`,
  });
}

/** @throws InputError when the file is missing, unreadable, a folder, no ordinary file, or larger than what is read. */
export function assertRecording(path: string): void {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || stat.isDirectory()) throw missing(path);
  if (!stat.isFile()) throw noFile(path);
  if (stat.size > limits.harFile)
    throw new InputError('OVR_HAR_LARGE', `${path} has ${stat.size} bytes; at most ${limits.harFile} are read.`, {
      next: 'Split the recording and check the parts.',
    });
  try {
    accessSync(path, constants.R_OK);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** A file as text; for a report, which is small, not for recordings. @throws InputError as `assertRecording`. */
export function readText(path: string): string {
  assertRecording(path);
  const { size } = statSync(path);
  if (size > limits.textFile)
    throw new InputError('OVR_HAR_LARGE', `${path} has ${size} bytes; as text at most ${limits.textFile} are read.`, {
      next: 'Give the recording itself, which is read piece by piece.',
    });
  try {
    return decodeText(readFileSync(path));
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** HARs from Windows tools come as UTF-16 now and then; the byte order mark tells. */
function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder('utf-8').decode(bytes);
}
