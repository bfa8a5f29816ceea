import { readFileSync } from 'node:fs';
import { hookFault } from '../decode/keyhook.js';
import { InputError } from '../errors.js';
import type { CountryTable } from '../model/party.js';
import type { Rulebook } from '../model/rulebook.js';
import type { Persona } from '../model/session.js';
import type { Language } from '../model/text.js';
import { parsePersona } from '../persona/parse.js';
import { parseCountries } from '../rulebook/country.js';
import { registryOf } from '../rulebook/delegations.js';
import { loadRulebook } from '../rulebook/load.js';
import { meant } from './choice.js';
import { openModule } from './hook-module.js';
import { RULES_DIR } from './place.js';
import { readSettings, type Settings } from './settings.js';
import type { Terminal } from './terminal.js';

/** What every command gets: the terminal, the surroundings, and how to end. */
export interface Cli {
  readonly terminal: Terminal;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** The exit status the process will have when the command returns. */
  exit(code: number): void;
}

/** Flags that most commands share, as commander names them. */
export interface CommonFlags {
  readonly dataDir?: string;
  readonly rules?: string[];
  readonly pack?: string;
  readonly lang?: Language;
  readonly json?: boolean;
}

/**
 * The settings in force: flags before the environment, the project's file and the user's. Flags that are no setting are passed over.
 * @throws InputError, UsageError where a file or a value cannot be read.
 */
export function settingsOf(cli: Cli, flags: CommonFlags & Record<string, unknown>): Settings {
  const { lang, ...rest } = flags;
  const known = [
    'dataDir',
    'rules',
    'pack',
    'listen',
    'ui',
    'category',
    'app',
    'persona',
    'hookModules',
    'allowLoopback',
    'firstParty',
    'passThrough',
    'upstreamCa',
    'package',
    'adb',
    'parentProxy',
    'directHost',
    'insecureHost',
    'autoPassThrough',
    'magicHost',
    'allowPeer',
    'credentialsFile',
  ];
  const given = Object.fromEntries(Object.entries(rest).filter(([name]) => known.includes(name)));
  return readSettings({ ...given, ...(lang === undefined ? {} : { language: lang }) }, cli);
}

/** What a command that is printed as the next step needs to find the same data: environment and settings files hold for it anyway. */
export function placeOf({ dataDir }: CommonFlags): string {
  return dataDir === undefined ? '' : ` --data-dir ${/^[\w./~-]+$/.test(dataDir) ? dataDir : `'${dataDir.replaceAll("'", "'\\''")}'`}`;
}

/** The rules that come with the program and the user's own. @throws RuleError with file, line and key. */
export function openRulebook(settings: Settings): Rulebook {
  return loadRulebook({ dir: RULES_DIR, extra: settings.rules, ...(settings.pack === null ? {} : { pack: settings.pack }) });
}

/**
 * The persona file of the settings, with the modules that it names.
 * @throws InputError when a file cannot be read, a module is not allowed (`hookModules`) or does not load, or the rules have no such data
 * type; what else stands in it is checked by the persona room.
 */
export function openPersona(
  { persona: path, hookModules }: Pick<Settings, 'persona' | 'hookModules'>,
  { dataTypes }: Pick<Rulebook, 'dataTypes'>,
): Persona | null {
  if (path === null) return null;
  const persona = parsePersona(readInput(path), path, (wanted) => openModule(wanted, path, hookModules));
  demandKnownTypes(persona, path, dataTypes);
  demandUsableKeys(persona, path);
  return persona;
}

/**
 * A misspelt id would be found and judged by nobody.
 * @throws InputError `OVR_PERSONA_KEY`, which names the nearest one.
 */
export function demandKnownTypes(persona: Persona, file: string, dataTypes: Rulebook['dataTypes']): void {
  const ids = dataTypes.map(({ id }) => id);
  for (const id of Object.keys(persona.values))
    if (!ids.includes(id))
      throw new InputError('OVR_PERSONA_KEY', `${file}: ${id}: the rules in use have no such data type`, {
        next: `${meant(id, ids)}"overreach rules list data-types" names them all; one of your own needs its folder in --rules.`,
      });
}

/**
 * A key hook that can open nothing would leave payloads closed, and nobody would know why.
 * @throws InputError `OVR_PERSONA_KEY` that names the hook, never the key.
 */
export function demandUsableKeys({ keys }: Pick<Persona, 'keys'>, file: string): void {
  for (const [index, hook] of keys.entries()) {
    const fault = hookFault(hook);
    if (fault !== null)
      throw new InputError('OVR_PERSONA_KEY', `${file}: keys[${index}].${fault.property} ${fault.problem}`, {
        next: 'Mend that key hook: algorithm, key, iv and encoding (hex, base64 or utf8) belong together.',
      });
  }
}

/**
 * Where addresses are registered: the user's own table, or the one of the rules.
 * @throws InputError when the table cannot be read, or a line of it is no block of addresses.
 */
export function openCountries(path: string | undefined, rulebook: Rulebook): CountryTable | null {
  return path === undefined ? registryOf(rulebook) : parseCountries(readInput(path), path);
}

/**
 * A text file the user named.
 * @param next what to do where it cannot be read. @throws InputError `OVR_FILE`.
 */
export function readInput(path: string, next = 'Check the path and its rights.'): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new InputError('OVR_FILE', `Cannot read ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      next,
      cause,
    });
  }
}
