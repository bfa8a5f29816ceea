import type { Retention } from '../live/index.js';
import { type Erasure, retentionEdge, type Store } from '../store/index.js';
import type { Settings, Surroundings } from './settings.js';
import { fixedBy, writeUserSetting } from './user-settings.js';

/**
 * @param purge deletes what was stored before that time, away from the thread that relays.
 * @returns how long the sessions of this store are kept; a change is kept in the user's settings file and holds at once.
 */
export function createRetention(
  store: Pick<Store, 'due'>,
  settings: Settings,
  surroundings: Surroundings,
  purge: (olderThan: number) => Promise<Erasure>,
): Retention {
  let days = settings.retentionDays;
  const edge = () => retentionEdge(Date.now(), days);
  return {
    days: () => days,
    fixedBy: () => fixedBy('retentionDays', surroundings),
    change(wanted) {
      writeUserSetting('retentionDays', wanted, surroundings);
      days = wanted;
    },
    due: () => store.due(edge()).length,
    purge: () => purge(edge()),
  };
}
