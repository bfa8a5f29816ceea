import type { Retention } from '../live/index.js';
import { retentionEdge, type Store } from '../store/index.js';
import type { Settings, Surroundings } from './settings.js';
import { fixedBy, writeUserSetting } from './user-settings.js';

/** @returns how long the sessions of this store are kept; a change is kept in the user's settings file and holds at once. */
export function createRetention(store: Store, settings: Settings, surroundings: Surroundings): Retention {
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
    purge: () => store.purge(edge()),
  };
}
