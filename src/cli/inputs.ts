import { accessSync, constants, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type Missed, parseHar } from '../capture/har.js';
import { type RecordingWatch, readRecording, unreadable } from '../capture/recording.js';
import { InputError } from '../errors.js';
import { limits } from '../limits.js';
import type { Exchange } from '../model/exchange.js';
import type { CountryTable } from '../model/party.js';
import type { ProtoSchema } from '../model/proto.js';
import type { AuditRecord } from '../model/report.js';
import type { Rulebook } from '../model/rulebook.js';
import type { Persona, Session, Subject } from '../model/session.js';
import { createRecordedAudit } from '../session/recorded.js';
import { attribute } from './attribution.js';
import { type Cli, type CommonFlags, openCountries, openPersona, openRulebook, settingsOf } from './cli.js';
import { hookRunner } from './hook-runner.js';
import { TOOL } from './place.js';
import { openSchemas } from './proto-files.js';
import { reread } from './reread.js';
import type { Settings } from './settings.js';
import { findSession, openForReading } from './stored.js';
import { type SubjectFlags, subjectOf, withModules } from './subject.js';
import { tagKeyOf } from './tag-key.js';

/** What decides how recorded traffic is judged, as commander names the flags. */
export interface AuditFlags extends CommonFlags, SubjectFlags {
  readonly category?: string[];
  readonly app?: string;
  readonly persona?: string;
  readonly hookModules?: boolean;
  readonly firstParty?: string[];
  readonly responses?: boolean;
  readonly countries?: string;
  readonly proto?: string[];
}

/** The same, read and resolved once for all inputs of a run. */
export interface AuditSetup {
  readonly settings: Settings;
  readonly rulebook: Rulebook;
  readonly persona: Persona | null;
  /** Some of the values that were known during the session are not among them: evidence that rests on known values stays as it was found. */
  readonly partial?: boolean;
  /** Protocol Buffers definitions of the app under test. */
  readonly schemas: readonly ProtoSchema[];
  /** What the command line says of the app under test. */
  readonly given: Subject;
  readonly responses: boolean;
  /** Where addresses are registered; null: the rules have no table and none was given. */
  readonly countries: CountryTable | null;
}

/** @throws UsageError or InputError for a category, condition, persona or rule file that does not hold. */
export function setUpAudit(cli: Cli, flags: AuditFlags): AuditSetup {
  const settings = settingsOf(cli, { ...flags });
  const rulebook = openRulebook(settings);
  const persona = openPersona(settings, rulebook);
  return {
    settings,
    rulebook,
    persona,
    schemas: openSchemas(flags.proto),
    given: withModules(subjectOf(settings, rulebook, flags), persona),
    responses: flags.responses === true,
    countries: openCountries(flags.countries, rulebook),
  };
}

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
  for (const input of inputs) {
    if (isSessionWord(input)) readSession(dataDir, input);
    else assertRecording(input);
  }
  return { inputs, several };
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
          return stat.isFile() ? [path] : [];
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

/**
 * Recorded traffic or a stored session, audited under the setup; a session keeps what the tester said about it where the setup is silent.
 * A recording is read with the event loop turned now and then: the process can be stopped, and what native code holds is given back.
 * @param watch told how far a file was read, and what of it nobody could look into; such parts count as not analysed.
 * @throws InputError `OVR_HAR_*`, `OVR_FLOW_*`, `OVR_PCAP` when nothing of it can be read; UsageError, StoreError for a session.
 */
export async function auditInput(setup: AuditSetup, input: string, watch: RecordingWatch = {}): Promise<AuditRecord> {
  if (isSessionWord(input)) return auditSession(setup, input);
  const reading = openRecording(setup, input, watch);
  let since = 0;
  for (const exchange of reading.exchanges) {
    reading.add(exchange);
    since += 1;
    if (since < limits.importBatch) continue;
    since = 0;
    await setImmediate();
  }
  return reading.finish();
}

function auditSession(setup: AuditSetup, word: string): AuditRecord {
  const store = openForReading(setup.settings.dataDir);
  try {
    return reread(store, findSession(store, word), setup).record;
  } finally {
    store.close();
  }
}

/**
 * A HAR or a flow file of mitmproxy, audited in one go.
 * @throws InputError `OVR_HAR_*`, `OVR_FLOW_*`, `OVR_PCAP` when nothing of it can be read.
 */
export function auditRecording(setup: AuditSetup, path: string, watch: RecordingWatch = {}): AuditRecord {
  const reading = openRecording(setup, path, watch);
  for (const exchange of reading.exchanges) reading.add(exchange);
  return reading.finish();
}

/**
 * The same for a HAR in memory.
 * @param text of the HAR; @param file its name, for messages.
 * @throws InputError `OVR_HAR_*` when it is no HAR, or not the whole of one.
 */
export function auditHarText(setup: AuditSetup, text: string, file: string): AuditRecord {
  const auditing = beginAudit(setup);
  for (const exchange of parseHar(text, file)) auditing.add(exchange);
  return auditing.finish(0);
}

/** A recording and the audit of it, in memory that does not grow with the size of the file. */
function openRecording(setup: AuditSetup, path: string, watch: RecordingWatch) {
  assertRecording(path);
  const auditing = beginAudit(setup);
  let lost = 0;
  const missed = (what: Missed) => {
    lost += 1;
    watch.missed?.(what);
  };
  return { exchanges: readRecording(path, { ...watch, missed }), add: auditing.add, finish: () => auditing.finish(lost) };
}

function beginAudit(setup: AuditSetup) {
  const span = new Span();
  const session: Session = {
    id: 'har',
    startedAt: 0,
    endedAt: 0,
    status: 'ended',
    source: 'har',
    subject: setup.given,
    device: null,
    scenes: [],
  };
  const auditing = createRecordedAudit({ ...auditOptions(setup), session });
  return {
    add(exchange: Exchange) {
      span.add(exchange);
      auditing.add(exchange);
    },
    /** @param lost parts of the recording that nobody could look into. */
    finish(lost: number): AuditRecord {
      const audited = auditing.finish();
      return {
        ...base(setup),
        ...audited,
        session: { ...audited.session, ...span.times() },
        traffic: { ...audited.traffic, notAnalysed: audited.traffic.notAnalysed + lost },
        connections: [],
      };
    },
  };
}

/** When a recording began and ended, known once it is read. An entry without a time has none to add. */
export class Span {
  #first = Number.POSITIVE_INFINITY;
  #last = 0;

  add({ startedAt, endedAt }: Exchange): void {
    if (startedAt > 0) this.#first = Math.min(this.#first, startedAt);
    this.#last = Math.max(this.#last, endedAt ?? startedAt);
  }

  times(): { readonly startedAt: number; readonly endedAt: number } {
    const startedAt = Number.isFinite(this.#first) ? this.#first : 0;
    return { startedAt, endedAt: Math.max(startedAt, this.#last) };
  }
}

function base({ rulebook }: AuditSetup) {
  return { tool: TOOL, rulebook, pack: rulebook.pack };
}

/** What live and recorded audits are given alike. Reads the installation's tag key, and makes one where there is none. */
export function auditOptions({ settings, rulebook, persona, schemas, responses, countries }: AuditSetup) {
  return { rulebook, persona, schemas, hooks: hookRunner, tagKey: tagKeyOf(settings.dataDir), responses, attribute, countries };
}

function missing(path: string): InputError {
  return new InputError('OVR_HAR_MISSING', `There is no file "${path}".`, {
    next: 'Check the path; "overreach sessions list" shows stored sessions.',
  });
}

/** @throws InputError when the file is missing, unreadable, a folder, or larger than what is read. */
export function assertRecording(path: string): void {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || !stat.isFile()) throw missing(path);
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
