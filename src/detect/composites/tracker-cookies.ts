import type { Field } from '../../model/field.js';
import { readAsOne } from '../candidate.js';
import type { Composite, CompositeFinding, CompositeScope } from '../composite.js';
import { trackerOf } from '../trackers.js';

/**
 * Cookies of trackers, whose names only their makers' documents explain. The value is theirs to write, and has to be long enough to tell one
 * browser. What a tracker keeps inside its cookie is the browser's number by it, not the device's.
 */
const IDENTIFYING = /^(?=.*\d)[\w.%:|~=+/&,*!@{}"$-]{10,2000}$/;
/** Before a bare form; after what has a test of its own. */
const DOCUMENTED = 0.05;
const INSTALLATIONS = new Set(['device_uuid', 'device_fingerprint']);

export const composite: Composite = {
  spares: true,
  stirs: ({ part, keys }) => part === 'cookie' && keys.length >= 1,
  find(scope) {
    if (!scope.types.has('tracking_cookie')) return [];
    const found: CompositeFinding[] = [];
    for (const field of scope.decoded.fields) {
      const name = field.part === 'cookie' ? field.keys[0] : undefined;
      if (name === undefined) continue;
      if (!isWhole(field)) {
        const tracker = isInstallation(scope, field) ? trackerOf(nameIn(field.path)) : null;
        if (tracker !== null) found.push(finding(scope, field, tracker));
        continue;
      }
      if (field.opened === true || !IDENTIFYING.test(field.value)) continue;
      const tracker = trackerOf(name);
      if (tracker !== null) found.push(finding(scope, field, tracker));
    }
    return found;
  },
};

/** The cookie itself, percent-decoded or not, but not what was opened inside it. */
function isWhole({ keys, path }: Field): boolean {
  return keys.length === 1 && !/\|(?!percent$)/.test(path);
}

/** `cookie.name|percent|json$.a` -> `name`. */
function nameIn(path: string): string {
  return (
    /^cookie(?:\.([^.|[]+)|\["([^"]+)"\])/
      .exec(path)
      ?.slice(1)
      .find((name) => name !== undefined) ?? ''
  );
}

function isInstallation({ candidates }: CompositeScope, { path }: Field): boolean {
  return candidates.some(
    ({ evidence }) => evidence.path === path && INSTALLATIONS.has(evidence.dataType) && evidence.grade !== 'candidate',
  );
}

function finding({ decoded }: CompositeScope, field: Field, company: string): CompositeFinding {
  const candidate = readAsOne(decoded, field, {
    dataType: 'tracking_cookie',
    grade: 'probable',
    value: field.value,
    trace: [
      {
        rule: 'tracker-cookie',
        text: { zh: `文档所载的跟踪 Cookie：${company}`, en: `a tracking cookie by its documented name: ${company}` },
      },
    ],
    passRate: DOCUMENTED,
    keyLength: field.keys[0]?.length ?? 0,
  });
  return { candidate, absorbs: [] };
}
