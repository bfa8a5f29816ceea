import { accessSync, constants, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseHar } from '../capture/har.js';
import { InputError } from '../errors.js';
import type { CountryTable } from '../judge/country.js';
import { limits } from '../limits.js';
import type { AuditRecord } from '../model/report.js';
import type { Rulebook } from '../model/rulebook.js';
import type { Persona, Session, Subject } from '../model/session.js';
import { auditExchanges } from '../session/recorded.js';
import { attributeMiniProgram } from './attribution.js';
import { type Cli, type CommonFlags, openCountries, openPersona, openRulebook, settingsOf } from './cli.js';
import { TOOL } from './place.js';
import { reread } from './reread.js';
import type { Settings } from './settings.js';
import { findSession, openForReading } from './stored.js';
import { type SubjectFlags, subjectOf } from './subject.js';
import { tagKeyOf } from './tag-key.js';

/** What decides how recorded traffic is judged, as commander names the flags. */
export interface AuditFlags extends CommonFlags, SubjectFlags {
  readonly category?: string[];
  readonly app?: string;
  readonly persona?: string;
  readonly firstParty?: string[];
  readonly responses?: boolean;
  readonly countries?: string;
}

/** The same, read and resolved once for all inputs of a run. */
export interface AuditSetup {
  readonly settings: Settings;
  readonly rulebook: Rulebook;
  readonly persona: Persona | null;
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
  return {
    settings,
    rulebook,
    persona: openPersona(settings.persona),
    given: subjectOf(settings, rulebook, flags),
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
    const files = harFilesIn(word);
    if (files.length > 0) return files;
    throw new InputError('OVR_HAR_MISSING', `There is no .har file in the folder "${word}".`, {
      next: 'Give the folder that the recordings were exported to; sub-folders are searched too.',
    });
  });
  for (const input of inputs) {
    if (isSessionWord(input)) readSession(dataDir, input);
    else assertHar(input);
  }
  return { inputs, several };
}

/** Links are not followed: a loop of them has no end. */
function harFilesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.toLowerCase().endsWith('.har'))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch (cause) {
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

/** A HAR or a stored session, audited under the setup; a session keeps what the tester said about it where the setup is silent. */
export function auditInput(setup: AuditSetup, input: string): AuditRecord {
  return isSessionWord(input) ? auditSession(setup, input) : auditHarText(setup, readHar(input), input);
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
 * Recorded traffic, audited without a store.
 * @param text of the HAR; @param file its name, for messages.
 * @throws InputError `OVR_HAR_*` when it is no HAR.
 */
export function auditHarText(setup: AuditSetup, text: string, file: string): AuditRecord {
  const exchanges = parseHar(text, file);
  const times = exchanges.map((exchange) => exchange.startedAt).filter((at) => at > 0);
  const startedAt = times.reduce((a, b) => Math.min(a, b), times[0] ?? 0);
  const session: Session = {
    id: 'har',
    startedAt,
    endedAt: exchanges.reduce((a, exchange) => Math.max(a, exchange.endedAt ?? exchange.startedAt), startedAt),
    status: 'ended',
    source: 'har',
    subject: setup.given,
    device: null,
    scenes: [],
  };
  return { ...base(setup), ...auditExchanges(exchanges, { ...auditOptions(setup), session }), connections: [] };
}

function base({ rulebook }: AuditSetup) {
  return { tool: TOOL, rulebook, pack: rulebook.pack };
}

export function auditOptions({ settings, rulebook, persona, responses, countries }: AuditSetup) {
  return { rulebook, persona, tagKey: tagKeyOf(settings.dataDir), responses, attribute: attributeMiniProgram, countries };
}

function assertHar(path: string): void {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || !stat.isFile())
    throw new InputError('OVR_HAR_MISSING', `There is no file "${path}".`, {
      next: 'Check the path; "overreach sessions list" shows stored sessions.',
    });
  if (stat.size > limits.harFile)
    throw new InputError('OVR_HAR_LARGE', `${path} has ${stat.size} bytes; at most ${limits.harFile} are read.`, {
      next: 'Split the HAR and check the parts.',
    });
  try {
    accessSync(path, constants.R_OK);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** @throws InputError when the file is missing, unreadable, a folder, or larger than can be read whole. */
export function readHar(path: string): string {
  assertHar(path);
  try {
    return decodeText(readFileSync(path));
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): InputError {
  return new InputError('OVR_HAR_READ', `Cannot read ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, {
    next: 'Check its rights.',
    cause,
  });
}

/** HARs from Windows tools come as UTF-16 now and then; the byte order mark tells. */
function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder('utf-8').decode(bytes);
}
