import { UsageError } from '../errors.js';
import { demandOwnDomains } from '../judge/party.js';
import type { Pack, Rulebook } from '../model/rulebook.js';
import type { Declaration, ModuleUsed, Persona, Subject } from '../model/session.js';
import { parseDeclarations } from '../rulebook/declaration.js';
import { chooseCategories, parseContext } from './choice.js';
import { readInput } from './cli.js';
import type { Settings } from './settings.js';

/** The flags that say something about the app under test; the rest stands in the settings. */
export interface SubjectFlags {
  readonly context?: string[];
  readonly declared?: string;
}

/**
 * What the command line says of the app under test.
 * @throws UsageError for a category, app id or condition that there is not, and for an own domain that is none; RuleError for a declared inventory that does not hold.
 */
export function subjectOf(settings: Settings, rulebook: Rulebook, flags: SubjectFlags): Subject {
  demandOwnDomains(settings.firstParty);
  return {
    app: settings.app,
    ...(settings.package === null ? {} : { package: settings.package }),
    categories: categoriesByApp(rulebook.pack, settings.category),
    context: { ...settings.context, ...parseContext(rulebook, flags.context ?? []) },
    firstPartyDomains: settings.firstParty,
    declared: flags.declared === undefined ? null : readDeclared(flags.declared, rulebook),
  };
}

/** A stored session keeps what the tester said about it wherever the command line is silent. */
export function overlaid(stored: Subject, given: Subject): Subject {
  return {
    ...stored,
    app: given.app ?? stored.app,
    ...(given.package === undefined ? {} : { package: given.package }),
    categories: { ...stored.categories, ...given.categories },
    context: { ...stored.context, ...given.context },
    firstPartyDomains: given.firstPartyDomains.length > 0 ? given.firstPartyDomains : stored.firstPartyDomains,
    declared: given.declared ?? stored.declared,
    ...modulesOf([...(stored.modules ?? []), ...(given.modules ?? [])]),
  };
}

/** The subject with the modules that the persona brings, so that a report says what opened its payloads. */
export function withModules(subject: Subject, persona: Persona | null): Subject {
  return { ...subject, ...modulesOf(persona?.modules ?? []) };
}

/** The last of each step counts: what is read again is read with that one. */
function modulesOf(modules: readonly ModuleUsed[]): Pick<Subject, 'modules'> {
  const used = new Map(modules.map(({ file, step, sha256 }) => [step, { file, step, sha256 }]));
  return used.size === 0 ? {} : { modules: [...used.values()] };
}

function readDeclared(file: string, { dataTypes }: Rulebook): readonly Declaration[] {
  return parseDeclarations(readInput(file), file, new Set(dataTypes.map(({ id }) => id)));
}

/** `wechat:wx0123456789abcdef` (mini program) or `com.example.app`, as `capture/device` names them. */
const APP_ID = /^(?:main|[a-z]+:[A-Za-z0-9]+|[A-Za-z]\w*(?:\.[A-Za-z]\w*)+)$/;

/**
 * `ID` is the category of the app under test, `APP=ID` that of a mini program or another app in the same session.
 * @throws UsageError for an unknown category, or an app id of a shape that no traffic is ever attributed to.
 */
export function categoriesByApp(pack: Pack, words: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const chosen = new Map<string, string[]>();
  for (const word of words) {
    const split = word.indexOf('=');
    const app = split < 0 ? 'main' : word.slice(0, split).trim();
    if (!APP_ID.test(app))
      throw new UsageError('OVR_APP_ID', `--category "${word}": "${app}" is no id of an app or mini program.`, {
        next: 'Write it like wechat:wx0123456789abcdef=online_shopping; the report names the apps that were seen.',
        zh: `--category “${word}”：“${app}” 不是 App 或小程序的标识。请写成 wechat:wx0123456789abcdef=online_shopping；报告中列有见到的 App。`,
      });
    chosen.set(app, [...(chosen.get(app) ?? []), ...chooseCategories(pack, [word.slice(split + 1).trim()])]);
  }
  return Object.fromEntries(chosen);
}
