import { randomBytes } from 'node:crypto';
import { PACKAGE } from '../capture/device/app.js';
import { InputError } from '../errors.js';
import type { NewSession } from '../live/index.js';
import type { Session, Subject } from '../model/session.js';

/**
 * A session that begins. Time first in its id, so that ids sort as sessions do; the rest keeps two of one second apart.
 * @param startedAt by the clock that stamps its traffic.
 */
export function newSession(source: Session['source'], subject: Subject, startedAt: number, device: string | null = null): Session {
  const id = `${new Date(startedAt).toISOString().slice(0, 19).replace(/[-:T]/g, '')}-${randomBytes(3).toString('hex')}`;
  return { id, startedAt, endedAt: null, status: 'running', source, subject, device, scenes: [] };
}

/**
 * Whoever asks for a session names the one that it shall end, so that of two tabs that ask at once one is refused and none ends what
 * the other has just begun.
 * @throws InputError `OVR_UI_RUNNING` where another session is being recorded than the one named.
 */
export function refuseUnlessNamed(running: Pick<Session, 'id' | 'status'>, ends: string | null): void {
  if (running.status !== 'running' || running.id === ends) return;
  throw new InputError('OVR_UI_RUNNING', 'Another session is being recorded.', {
    next: `Open it; to end it and begin a new one, name it: "ends": "${running.id}".`,
  });
}

/**
 * What is known of the app under test when a session follows another. Who the app's phones are goes along; what belongs to the traffic
 * of the one before (refusal test, accepted findings, replaced rules, changed values) stays there. Answers to conditions of a list hold only for the
 * same categories of the same app.
 */
export function subjectAfter(before: Subject, wish: NewSession): Subject {
  const app = wish.app === undefined ? before.app : wish.app;
  const categories = wish.categories ?? before.categories;
  const same = app === before.app && JSON.stringify(categories) === JSON.stringify(before.categories);
  // As on the command line: a name that is a package names the package as well.
  const named = app !== null && PACKAGE.test(app) && app !== before.app ? app : before.package;
  const given = wish.package === undefined ? named : (wish.package ?? undefined);
  return {
    app,
    ...(given === undefined ? {} : { package: given }),
    categories,
    context: same ? before.context : {},
    firstPartyDomains: wish.keep.includes('own_domains') ? before.firstPartyDomains : [],
    declared: wish.keep.includes('declared') ? before.declared : null,
    ...(before.devices === undefined ? {} : { devices: before.devices }),
  };
}
