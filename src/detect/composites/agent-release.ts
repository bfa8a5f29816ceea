import type { Field } from '../../model/field.js';
import { readTogether, surePaths } from '../candidate.js';
import type { Composite, CompositeFinding, CompositeScope } from '../composite.js';
import { leafWords } from '../keys.js';

/**
 * `sv=13.4.1` says nothing, and the request's User-Agent says `iPhone OS 13_4_1`: a release in three parts that the agent gives for the
 * system is the system's under any short name. Versions of programs have three parts too, and agree with it once in a thousand.
 */
const AGENT = /^(?:header\.user-agent|query\.user_?agent)$/i;
const RELEASES = /(?:Android|iPhone OS|CPU OS|iOS|HarmonyOS)[ /_-]((?:[4-9]|[12]\d)[._]\d{1,2}[._]\d{1,2})(?![\d._])/g;
const RELEASE = /^\d{1,2}\.\d{1,2}\.\d{1,2}$/;
/** Names of the version of a program, or of no one in particular. */
const OF_A_PROGRAM =
  /^(?:v$|ver|app|apk|sdk|lib|client|cli|web|webview|kit|engine|plugin|js|api|page|bundle|build|code|rn|flutter|unity|chrome|browser|min|max|latest|new|old|update)/;

const VERSION = /^ver(?:sion)?$/;
/** A release in two parts: versions of programs agree with it too often, but for a name that speaks of systems already (`phoneVersion`). */
const SHORT_RELEASES = /(?:Android|iPhone OS|CPU OS|iOS|HarmonyOS)[ /_-]((?:[4-9]|[12]\d)[._]\d{1,2})(?![\d._])/g;
/** Android has counted in whole numbers since its tenth release: under a name that speaks of systems only (`deviceVersion=14`). */
const WHOLE_RELEASES = /Android (1\d)(?=[;)])/g;

export const composite: Composite = {
  spares: true,
  triggers: ({ path, value }) =>
    AGENT.test(path) && (value.search(RELEASES) >= 0 || value.search(SHORT_RELEASES) >= 0 || value.search(WHOLE_RELEASES) >= 0),
  find(scope) {
    const releases = releasesOf(scope, RELEASES);
    const short = new Set([...releasesOf(scope, SHORT_RELEASES), ...releasesOf(scope, WHOLE_RELEASES)]);
    const sure = surePaths(scope.candidates);
    const clues = new Set(scope.candidates.flatMap(({ evidence: { dataType, path } }) => (dataType === 'os_version' ? [path] : [])));
    const found: CompositeFinding[] = [];
    for (const field of scope.decoded.fields)
      if (!sure.has(field.path) && ((isAsked(field) && releases.has(field.value)) || isClue(field, clues, short)))
        found.push({ candidate: readTogether(scope.decoded, field, 'os_version', line), absorbs: [] });
    return found;
  },
};

/** Releases that the agent gives for a system, with dots. */
function releasesOf({ decoded }: CompositeScope, written: RegExp): ReadonlySet<string> {
  const agents = decoded.fields.filter(({ path }) => AGENT.test(path));
  return new Set(agents.flatMap(({ value }) => [...value.matchAll(written)].map(([, release = '']) => release.replaceAll('_', '.'))));
}

/** Whether the name of a field may be the system's, and its value is the release of the agent. */
function isClue({ path, value, keys }: Field, clues: ReadonlySet<string>, releases: ReadonlySet<string>): boolean {
  return clues.has(path) && releases.has(value) && !leafWords(keys).some((word) => !VERSION.test(word) && OF_A_PROGRAM.test(word));
}

/** Parameters and header fields stand as they were sent; of a body only what somebody wanted is at hand. */
function isAsked({ part, path, value, keys }: Field): boolean {
  if ((part !== 'query' && part !== 'header') || path.includes('|') || AGENT.test(path) || !RELEASE.test(value)) return false;
  return !leafWords(keys).some((word) => OF_A_PROGRAM.test(word));
}

const line = {
  rule: 'agent-release',
  text: { zh: '与 User-Agent 所写的系统版本相同', en: 'the release that the User-Agent gives for the system' },
} as const;
