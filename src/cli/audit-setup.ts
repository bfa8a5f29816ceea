import type { CountryTable } from '../model/party.js';
import type { ProtoSchema } from '../model/proto.js';
import type { Rulebook } from '../model/rulebook.js';
import type { Persona, Subject } from '../model/session.js';
import { attribute } from './attribution.js';
import { type Cli, type CommonFlags, openCountries, openPersona, openRulebook, settingsOf } from './cli.js';
import { hookRunner } from './hook-runner.js';
import { openSchemas } from './proto-files.js';
import type { Settings } from './settings.js';
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

/** What live and recorded audits are given alike. Reads the installation's tag key, and makes one where there is none. */
export function auditOptions({ settings, rulebook, persona, schemas, responses, countries }: AuditSetup) {
  return { rulebook, persona, schemas, hooks: hookRunner, tagKey: tagKeyOf(settings.dataDir), responses, attribute, countries };
}
