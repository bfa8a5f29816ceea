import { createHash } from 'node:crypto';
import { OverreachError, UsageError } from '../errors.js';
import { type Finding, type Issue, type Occurrence, SEVERITIES } from '../model/finding.js';
import type { CountryTable } from '../model/party.js';
import type { Category, Check, Rulebook } from '../model/rulebook.js';
import type { Scene, Subject } from '../model/session.js';
import { type Bilingual, joined } from '../model/text.js';
import { type CheckFunction, coversType, issueOf } from './check.js';
import { type FactSettings, Facts } from './facts.js';
import { createPartyResolver } from './party.js';
import { checkFunctions } from './registry.js';
import { type Ruling, rule, technical, unjudged } from './verdict.js';
import { articlesOf, named } from './wording.js';

export interface JudgeSettings {
  /** Judge what the server answered, too. */
  readonly responses?: boolean;
  /** Where the address of a host is registered, if somebody knows. Asked for hosts. */
  readonly countries?: CountryTable | null;
}

export interface JudgeContext {
  readonly rulebook: Rulebook;
  readonly subject: Subject;
  /** Read anew for each piece of evidence: a running session adds scenes to this array, and nothing judged before changes by that. */
  readonly scenes: readonly Scene[];
  readonly settings?: JudgeSettings;
}

export interface Judge {
  /** @returns the id of the finding that this evidence belongs to. */
  add(occurrence: Occurrence): string;
  /** @throws OverreachError for an id that `add` never returned. */
  finding(id: string): Finding;
  /** In order of first sight; the same whatever the order in which the evidence came. */
  findings(): Finding[];
}

/**
 * How far evidence can carry a judgement. Evidence of different bands never shares a finding: what only looks like a phone number
 * must not add to the count of what is one, and what the server answered is not what the phone sent.
 */
type Band = 'judged' | 'candidate' | 'placeholder' | 'opaque' | 'response';

interface Entry {
  readonly id: string;
  readonly app: string;
  readonly dataType: string;
  readonly host: string;
  readonly band: Band;
  readonly facts: Facts;
  finding: Finding | null;
}

/**
 * Holds evidence against the rules. Pure: no clock, no I/O; the same evidence under the same rules gives byte-identical findings
 * on any machine and in any order of arrival.
 * @throws UsageError when the subject names a category that the pack does not have, OverreachError when the rules hold a check
 * that this program cannot perform.
 */
export function createJudge(context: JudgeContext): Judge {
  const { rulebook, subject, settings = {} } = context;
  const dataTypes = new Map(rulebook.dataTypes.map((dataType) => [dataType.id, dataType]));
  const families = new Map(rulebook.families.map((family) => [family.id, family]));
  const partyOf = createPartyResolver(rulebook.parties, subject.firstPartyDomains, settings.countries);
  const categories = chosenCategories(rulebook, subject);
  const checks = performable(rulebook.checks);
  const places = rulebook.registry?.places ?? {};
  const factSettings = factSettingsOf(context);
  /** By what its evidence has in common; see `sharedBy`. */
  const entries = new Map<string, Entry>();
  const byId = new Map<string, Entry>();
  let order: Entry[] | null = null;

  function add(o: Occurrence): string {
    const band = bandOf(o);
    const shared = sharedBy(o, band);
    let entry = entries.get(shared);
    if (entry === undefined) {
      const id = createHash('sha256')
        .update(JSON.stringify([o.app, o.dataType, o.host, band]))
        .digest('hex')
        .slice(0, 16);
      entry = { id, app: o.app, dataType: o.dataType, host: o.host, band, facts: new Facts(o, factSettings), finding: null };
      entries.set(shared, entry);
      byId.set(id, entry);
    }
    entry.facts.add(o);
    entry.finding = null;
    order = null;
    return entry.id;
  }

  function findingOf(entry: Entry): Finding {
    entry.finding ??= judged(entry);
    return entry.finding;
  }

  function judged(entry: Entry): Finding {
    const { facts } = entry;
    const party = partyOf(entry.host);
    const ruling = rulingOf(entry, party);
    return {
      id: entry.id,
      app: entry.app,
      dataType: entry.dataType,
      family: entry.band === 'opaque' ? 'opaque' : (dataTypes.get(entry.dataType)?.family ?? 'unknown'),
      grade: facts.grade,
      placeholder: entry.band === 'placeholder',
      verdict: ruling.verdict,
      reason: ruling.reason,
      issues: issuesOf(entry, party, ruling),
      party,
      count: facts.count,
      firstSeen: facts.firstSeen,
      lastSeen: facts.lastSeen,
    };
  }

  function rulingOf(entry: Entry, party: Finding['party']): Ruling {
    const chosen = categories.get(entry.app) ?? [];
    const article = articlesOf(chosen);
    if (isForeign(entry.app))
      return unjudged(null, {
        zh: '这部分流量属于另一个App或小程序，没有为它选定App类型，不在本次测试范围内。',
        en: 'This traffic belongs to another app or mini program, for which no category was chosen; it is not the app under test.',
      });
    if (entry.band === 'opaque')
      return unjudged(article, {
        zh: '载荷经过加密或采用未知编码，未能解读；其中有无个人信息不得而知，不等于没有。',
        en: 'The payload is encrypted or in an unknown encoding and could not be read. Whether it holds personal information is not known; that is not the same as none.',
      });
    const dataType = dataTypes.get(entry.dataType);
    if (dataType === undefined)
      return unjudged(article, {
        zh: `当前规则没有个人信息类型“${entry.dataType}”，不作判定。`,
        en: `The rules in use have no data type "${entry.dataType}"; not judged.`,
      });
    if (entry.band === 'placeholder')
      return unjudged(article, {
        zh: `App读取或填写了${named(dataType).zh}，但其中只是占位值（例如全零，或有人键入的示例），没有送出真实的值，不作判定。`,
        en: `The app asked for ${named(dataType).en} or filled it in, and what it holds is only a placeholder (such as all zeros, or an example that somebody typed); no real value was sent, so it is not judged.`,
      });
    if (entry.band === 'candidate')
      return unjudged(article, {
        zh: `仅凭值的形状像${named(dataType).zh}，没有键名或已知值佐证，证据不足，不作判定。`,
        en: `Only the shape of the value looks like ${named(dataType).en}; no key and no known value bears it out. Too weak to be judged.`,
      });
    const answered = entry.band === 'response';
    if (answered && settings.responses !== true)
      return unjudged(article, {
        zh: `${named(dataType).zh}出现在服务器的响应中，不是App收集后送出的，仅作背景列出。`,
        en: `${named(dataType).en} stood in what the server answered, not in what the app sent; listed as background.`,
      });
    if (chosen.length === 0)
      return dataType.technical
        ? technical(dataType)
        : unjudged(null, {
            zh: '尚未选定App类型，没有可比对的清单。选定后即可判定。',
            en: 'No category was chosen for the app, so there is no list to hold it against. It is judged as soon as one is.',
          });
    const { facts } = entry;
    const ruling = rule({
      dataType,
      dataTypes,
      families: rulebook.families,
      pack: rulebook.pack,
      categories: chosen,
      context: subject.context,
      party,
      attributed: facts.attributed,
      seen: {
        positioned: facts.coordinates !== null,
        beyondService: facts.beyondService,
        inside: (item) => {
          const index = item.container ? factSettings.containers.indexOf(item.container) : -1;
          const inside = facts.inside[index] ?? 0;
          return inside === 0 ? 'none' : inside === facts.count ? 'all' : 'some';
        },
      },
    });
    return answered ? { ...ruling, reason: { ...joined(ANSWERED, ruling.reason), article: ruling.reason.article } } : ruling;
  }

  function issuesOf(entry: Entry, party: Finding['party'], ruling: Ruling): Issue[] {
    const dataType = dataTypes.get(entry.dataType);
    const answered = entry.band === 'response' && settings.responses === true;
    if ((entry.band !== 'judged' && !answered) || dataType === undefined || isForeign(entry.app)) return [];
    const family = families.get(dataType.family) ?? null;
    // The inventory is what the privacy policy of the app under test declares; a mini program answers for its own.
    const declared = entry.app === 'main' ? subject : { ...subject, declared: null };
    return checks
      .flatMap(
        ({ check, look }) =>
          issueOf(
            { facts: entry.facts, answered, dataType, family, party, verdict: ruling.verdict, subject: declared, check, places },
            look,
          ) ?? [],
      )
      .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  }

  /** `main` without a category is the app under test, not yet classified; any other app has to be chosen by name. */
  function isForeign(app: string): boolean {
    return app !== 'main' && !Object.hasOwn(subject.categories, app);
  }

  return {
    add,
    finding(id) {
      const entry = byId.get(id);
      if (entry === undefined)
        throw new OverreachError('OVR_FINDING', `There is no finding "${id}".`, {
          next: 'List the findings of the session and use an id from there.',
        });
      return findingOf(entry);
    },
    findings() {
      order ??= [...entries.values()].sort(bySight);
      return order.map(findingOf);
    },
  };
}

/** Where responses are judged: what came back was held against the list, and was not sent. */
const ANSWERED: Bilingual = {
  zh: '出现在服务器的响应中，不是App送出的：',
  en: 'It stood in what the server answered; the app did not send it.',
};

function bandOf(o: Occurrence): Band {
  if (o.grade === 'opaque') return 'opaque';
  if (o.placeholder) return 'placeholder';
  if (o.grade === 'candidate') return 'candidate';
  return o.direction === 'response' ? 'response' : 'judged';
}

/** The length keeps apart what host and app might run together. Three times as fast as the JSON that ids are made of. */
function sharedBy({ app, dataType, host }: Occurrence, band: Band): string {
  return `${band} ${dataType} ${host.length} ${host}${app}`;
}

/** By first sight; ids break ties, so that the order never depends on arrival. */
function bySight(a: Entry, b: Entry): number {
  return (
    a.facts.firstSeen - b.facts.firstSeen || a.facts.first.exchange - b.facts.first.exchange || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}

function chosenCategories(rulebook: Rulebook, subject: Subject): ReadonlyMap<string, readonly Category[]> {
  const known = new Map(rulebook.pack.categories.map((category) => [category.id, category]));
  return new Map(
    Object.entries(subject.categories).map(([app, ids]) => {
      const categories = [...new Set(ids)].map((id) => {
        const category = known.get(id);
        if (category === undefined)
          throw new UsageError('OVR_CATEGORY', `"${id}" is no category of ${rulebook.pack.id}.`, {
            next: '"overreach categories" lists them all.',
          });
        return category;
      });
      return [app, categories.sort((a, b) => a.no - b.no)];
    }),
  );
}

function performable(checks: readonly Check[]): ReadonlyArray<{ readonly check: Check; readonly look: CheckFunction }> {
  return checks.map((check) => {
    const look = checkFunctions.get(check.id);
    if (look === undefined)
      throw new OverreachError('OVR_CHECK', `rules/checks has "${check.id}", but this program has no such check.`, {
        next: `Add src/judge/checks/${check.id}.ts, or take the file out of the rules.`,
      });
    return { check, look };
  });
}

function factSettingsOf({ rulebook, subject, scenes }: JudgeContext): FactSettings {
  const frequent = rulebook.checks.find((check) => check.id === 'frequent');
  const counted = new Set(
    frequent === undefined ? [] : rulebook.dataTypes.filter((type) => coversType(frequent, type)).map((type) => type.id),
  );
  const chosen = new Set(Object.values(subject.categories).flat());
  return {
    consentOf: (id) => scenes.find((scene) => scene.id === id)?.consent ?? null,
    containers: rulebook.pack.categories
      .filter((category) => chosen.has(category.id))
      .flatMap((category) => category.items ?? [])
      .flatMap((item) => item.container ?? []),
    services: rulebook.pack.serviceData ?? [],
    counted: (dataType) => counted.has(dataType),
    windowMs: (frequent?.settings.window_seconds ?? 60) * 1000,
    threshold: frequent?.settings.count ?? 0,
  };
}
