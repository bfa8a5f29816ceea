import { OverreachError, plain } from '../errors.js';
import type { SubjectPatch } from '../model/audit.js';
import type { Rulebook } from '../model/rulebook.js';
import type { RefusedRules, Session } from '../model/session.js';

/** The rules of a running session, and how they are replaced without ending it. */
export interface RulesInForce {
  rulebook(): Rulebook;
  /**
   * Reads the rules again and puts them in force. One at a time, in the order asked.
   * @returns whether they were other rules than before.
   * @throws OverreachError, RuleError among them (file, line and key), when they do not hold: then the ones before stay in force, and
   * the session carries the reason until an attempt succeeds.
   */
  reload(): Promise<boolean>;
}

export interface RulesSource {
  readonly rulebook: Rulebook;
  /** Reads and validates. @throws RuleError */
  readonly load: () => Rulebook;
  readonly audit: {
    session(): Session;
    adopt(rulebook: Rulebook): Promise<Session>;
    change(patch: SubjectPatch): Promise<Session>;
  };
  readonly now?: () => number;
}

/** @returns the rules as they are given, in force until others are read. */
export function rulesInForce({ rulebook, load, audit, now = Date.now }: RulesSource): RulesInForce {
  let current = rulebook;
  let last: Promise<unknown> = Promise.resolve();

  async function reload(): Promise<boolean> {
    try {
      const next = load();
      const other = next.sha256 !== current.sha256 || next.pack.id !== current.pack.id;
      if (other) {
        await audit.adopt(next);
        current = next;
      } else await remember(null);
      return other;
    } catch (error) {
      if (!(error instanceof OverreachError)) throw error;
      const { message, next, zh } = plain(error);
      await remember({ at: now(), message, next, ...(zh === undefined ? {} : { zh }) });
      throw error;
    }
  }

  async function remember(refused: RefusedRules | null): Promise<void> {
    // What has ended carries no reasons that came later.
    if (audit.session().status !== 'running') return;
    const before = audit.session().subject.reloads ?? { earlier: [], refused: null };
    if (before.refused === null && refused === null) return;
    await audit.change({ reloads: { ...before, refused } });
  }

  return {
    rulebook: () => current,
    reload() {
      const mine = last.then(reload);
      last = mine.catch(() => {});
      return mine;
    },
  };
}
