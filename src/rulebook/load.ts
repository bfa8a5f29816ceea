import { RuleError } from '../errors.js';
import type { Check, DataType, Endpoint, Family, PartyRule, Registry, Rulebook } from '../model/rulebook.js';
import { byText } from '../model/text.js';
import { digestOf, openFolders, type Rule, type RuleFolder } from './folder.js';
import { findPacks, loadPack, type PackPlace } from './pack-source.js';
import { checkCategory, checkCheck, checkDataType, checkEndpoint, checkFamily, checkServiceData, checkUnique } from './references.js';
import { check as checkSchema } from './schema/check.js';
import { dataType as dataTypeSchema } from './schema/data-type.js';
import { endpoints as endpointsSchema } from './schema/endpoint.js';
import { families as familiesSchema } from './schema/family.js';
import { party as partySchema } from './schema/party.js';
import { places as placesSchema, registry as registrySchema } from './schema/registry.js';
import { FOLDERS, refuseStrays } from './strays.js';

export interface RulebookOptions {
  /** The program's `rules/`. */
  readonly dir: string;
  /** Pack id; without it the last pack of `extra` that there is, or `cn-2021`. */
  readonly pack?: string;
  /** The user's own folders, laid out like `rules/` or being a pack themselves. Later ones win over earlier ones. */
  readonly extra?: readonly string[];
}

/** The text in force. */
const DEFAULT_PACK = 'cn-2021';

/**
 * Reads and validates everything in `rules/`. Reading is all or nothing, so that a running session can keep its rules when new
 * ones are broken.
 * @throws RuleError for the first problem, naming file, line and key.
 */
export function loadRulebook(options: RulebookOptions): Rulebook {
  const digests = new Map<string, string>();
  const folders = openFolders([options.dir, ...(options.extra ?? [])], digests);
  const families = folders.flatMap((folder) =>
    folder.has('families.yaml') ? expand(folder.read('families.yaml', familiesSchema), (value) => value.families) : [],
  );
  const dataTypes = folders.flatMap((folder) => folder.readAll('data-types', dataTypeSchema).map(withoutRole));
  const checks = overlaid(folders.map((folder) => folder.readAll('checks', checkSchema)));
  const parties = readParties(folders);
  const endpoints = folders.flatMap((folder) => folder.readAll('endpoints', endpointsSchema));
  const registry = readRegistry(folders);
  const places = findPacks(folders);
  const loaded = loadPack(places, options.pack ?? ownPack(places, folders) ?? DEFAULT_PACK);

  for (const folder of folders.slice(1)) {
    checkHeld(folder, places);
    refuseStrays(folder.root);
  }
  checkUnique(families.map(({ rule, value, path }) => ({ rule, id: value.id, path })));
  checkUnique(dataTypes.map((rule) => ({ rule, id: rule.value.id, path: ['id'] })));
  const known = {
    families: new Set(families.map(({ value }) => value.id)),
    dataTypes: new Map(dataTypes.map((rule) => [rule.value.id, rule.value])),
    categories: new Set(loaded.pack.categories.map((category) => category.id)),
  };
  for (const rule of dataTypes) checkDataType(rule, known);
  for (const rule of endpoints) checkEndpoint(rule, known);
  for (const { rule, value, path } of families) checkFamily(rule, value, path, known);
  for (const rule of checks) checkCheck(rule, known);
  for (const rule of loaded.categories) checkCategory(rule, known);
  for (const rule of loaded.supplements) checkServiceData(rule, known);

  return {
    pack: loaded.pack,
    sha256: digestOf(digests),
    dataTypes: dataTypes.map((rule) => rule.value).sort((a, b) => byText(a.id, b.id)),
    families: families.map(({ value }): Family => value),
    checks: checks.map((rule) => rule.value).sort((a, b) => byText(a.id, b.id)),
    parties,
    endpoints: endpoints.flatMap(({ value, stem }) =>
      value.endpoints.map((endpoint): Endpoint => ({ id: stem, vendor: value.vendor, ...endpoint })),
    ),
    registry,
  };
}

/** A folder given by a wrong path would otherwise be passed over in silence, and its owner's rules with it. */
function checkHeld(folder: RuleFolder, places: readonly PackPlace[]): void {
  if (folder.hasRead || places.some((place) => place.folder === folder)) return;
  throw new RuleError(
    folder.root,
    null,
    '(folder)',
    { zh: '其中没有规则', en: 'holds no rules' },
    {
      zh: `规则放在其下的 ${FOLDERS.join('、')} 或 families.yaml 中，或者它本身是带 pack.yaml 的规则包。`,
      en: `Rules lie in ${FOLDERS.join(', ')} or families.yaml below it, or it is a pack with a pack.yaml.`,
    },
  );
}

function ownPack(places: readonly PackPlace[], folders: readonly RuleFolder[]): string | undefined {
  return places.findLast((place) => place.folder !== folders[0])?.id;
}

function expand<T, E>(
  rule: Rule<T>,
  list: (value: T) => readonly E[],
): ReadonlyArray<{ rule: Rule<T>; value: E; path: readonly PropertyKey[] }> {
  return list(rule.value).map((value, index) => ({ rule, value, path: ['families', index, 'id'] }));
}

function withoutRole(rule: Rule<DataType & { readonly role?: string | undefined }>): Rule<DataType> {
  const { role: _role, ...value } = rule.value;
  return { ...rule, value };
}

/** A check of a later folder takes the place of the one with its name: a house may set its own severity and threshold. */
function overlaid(layers: ReadonlyArray<ReadonlyArray<Rule<Check>>>): ReadonlyArray<Rule<Check>> {
  return [...new Map(layers.flat().map((rule) => [rule.value.id, rule])).values()];
}

/** The table of the last folder that has one. It is hashed and held against its sidecar, and unpacked only when it is asked. */
function readRegistry(folders: readonly RuleFolder[]): Registry | null {
  const folder = folders.findLast((one) => one.has('registry/registry.yaml'));
  if (folder === undefined) return null;
  const rule = folder.read('registry/registry.yaml', registrySchema);
  const { title, date, file } = rule.value;
  const { bytes, sha256 } = folder.readBytes(`registry/${file}`, 'registryFile');
  if (sha256 !== rule.value.sha256)
    throw rule.document.problem({
      path: ['sha256'],
      message: { zh: `${file} 的摘要不符，实为 ${sha256}`, en: `${file} has another digest: ${sha256}` },
    });
  const { places } = folder.read('registry/places.yaml', placesSchema).value;
  return { title, date, sha256, bytes, places };
}

/** Two companies may not claim one suffix; a later folder may correct it, for who is whose processor is the auditor's to say. */
function readParties(folders: readonly RuleFolder[]): readonly PartyRule[] {
  const all = new Map<string, PartyRule>();
  for (const folder of folders) {
    const here = new Set<string>();
    for (const rule of folder.readAll('parties', partySchema))
      for (const [index, host] of rule.value.hosts.entries()) {
        if (here.has(host.suffix))
          throw rule.document.problem({
            path: ['hosts', index, 'suffix'],
            message: { zh: `“${host.suffix}”在 rules/parties 中写了两次`, en: `"${host.suffix}" is given twice in rules/parties` },
          });
        here.add(host.suffix);
        all.set(host.suffix, {
          suffix: host.suffix,
          company: rule.value.company,
          sdk: host.sdk,
          purpose: host.purpose,
          reason: host.reason,
        });
      }
  }
  return [...all.values()].sort((a, b) => byText(a.suffix, b.suffix));
}
