import type { Field } from '../../model/field.js';
import type { TraceLine } from '../../model/finding.js';
import { readAsOne, surePaths } from '../candidate.js';
import type { Composite, CompositeFinding, CompositeScope } from '../composite.js';
import { isWholeCookie } from '../cookie.js';
import { tokensOf } from '../keys.js';
import { holdsAccount, trackerOf } from '../trackers.js';
import { UUID } from '../uuid.js';

/**
 * Cookies of trackers, whose names only their makers' documents explain. The value is theirs to write, and has to be long enough to tell one
 * browser. What a tracker keeps inside its cookie is the browser's number by it, not the device's. And a UUID that is a whole cookie tells
 * one browser whatever the name: 122 random bits have no other use there, unless the name says that they guard a form, a login or a request.
 */
const IDENTIFYING = /^(?=.*\d)[\w.%:|~=+/&,*!@{}"$-]{10,2000}$/;
/** Before a bare form; after what has a test of its own. */
const DOCUMENTED = 0.05;
const COOKIE_UUID = new RegExp(`^\\{?${UUID}\\}?$`, 'i');
/** Words of what a UUID stands for in a cookie besides a browser: a login, a request, a balancer's choice, a thing; a device, as it says. */
const NO_BROWSER =
  /csrf|xsrf|forgery|verif|state|nonce|sess|sid$|token|ticket|auth|login|sso|passw|secret|^(?:key|sign|signature|request|req|trace|span|correlation|journey|route|routing|affinity|sticky|lb|node|server|backend|consent|gdpr|cart|basket|order|checkout|page|view|visit|tab|event|campaign|experiment|variant|ab|test|build|version|tenant|org|organization|team|project|app|store|shop|merchant|channel)$/;
/** What Urchin wrote first (`__utma`) and others took over: the site, the visitor, the first visit, the last, this one, and which it is. */
const URCHINS = /^\d{5,12}\.\d{6,20}\.1\d{9}(?:\d{3})?\.1\d{9}(?:\d{3})?\.1\d{9}(?:\d{3})?\.\d{1,6}$/;
const INSTALLATIONS = new Set(['device_uuid', 'device_fingerprint']);

export const composite: Composite = {
  spares: true,
  triggers: ({ part, keys }) => part === 'cookie' && keys.length >= 1,
  find(scope) {
    const found: CompositeFinding[] = [];
    const sure = surePaths(scope.candidates);
    for (const field of scope.decoded.fields) {
      const name = field.part === 'cookie' ? field.keys[0] : undefined;
      if (name === undefined) continue;
      if (field.keys.length !== 1 || !isWholeCookie(field)) {
        const tracker = isInstallation(scope, field) ? trackerOf(nameIn(field.path)) : null;
        if (tracker !== null) found.push(finding(scope, field, trackerLine(tracker)));
        continue;
      }
      if (field.opened === true || !IDENTIFYING.test(field.value)) continue;
      const tracker = trackerOf(name);
      if (tracker !== null) found.push(finding(scope, field, trackerLine(tracker), holdsAccount(name) ? 'account_id' : 'tracking_cookie'));
      else if (!sure.has(field.path) && URCHINS.test(field.value)) found.push(finding(scope, field, urchinLine));
      else if (COOKIE_UUID.test(field.value) && !sure.has(field.path) && !isNoBrowsers(name))
        found.push(finding(scope, field, browserLine));
    }
    return found;
  },
};

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

function isNoBrowsers(name: string): boolean {
  return tokensOf(name).some((word) => word === 'device' || NO_BROWSER.test(word));
}

function finding({ decoded }: CompositeScope, field: Field, line: TraceLine, dataType = 'tracking_cookie'): CompositeFinding {
  const candidate = readAsOne(decoded, field, {
    dataType,
    grade: 'probable',
    value: field.value,
    trace: [line],
    passRate: DOCUMENTED,
    keyLength: field.keys[0]?.length ?? 0,
  });
  return { candidate, absorbs: [] };
}

function trackerLine(company: string): TraceLine {
  return {
    rule: 'tracker-cookie',
    text: { zh: `文档所载的跟踪 Cookie：${company}`, en: `a tracking cookie by its documented name: ${company}` },
  };
}

const urchinLine: TraceLine = {
  rule: 'visits',
  text: {
    zh: '网站、访客、首次与历次访问时间、访问次数：跟踪 Cookie 的写法',
    en: 'a site, a visitor, the times of the first visits and their count, as tracking cookies are written',
  },
};

const browserLine: TraceLine = {
  rule: 'browser-number',
  text: {
    zh: '整个 Cookie 是一个 UUID，足以识别一个浏览器',
    en: 'the cookie is a UUID and nothing else, which tells one browser',
  },
};
