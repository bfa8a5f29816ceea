import type { SeenDevice } from '../model/session.js';
import { build, type Query } from './query.js';
import { storedJson } from './stored-json.js';

/** Stores or replaces what is known of a phone of the session beside its traffic. */
export function keepDevice(query: Query, session: number, { address, firstSeen, lastSeen, known, lights }: SeenDevice): void {
  const row = { first_seen: firstSeen, last_seen: lastSeen, known, lights: JSON.stringify(lights) };
  query.run(
    build
      .insertInto('device')
      .values({ session, address, ...row })
      .onConflict((conflict) => conflict.columns(['session', 'address']).doUpdateSet(row)),
  );
}

/** In the order in which they came. */
export function listDevices(query: Query, session: number): SeenDevice[] {
  const rows = query.all(
    build
      .selectFrom('device')
      .select(['address', 'first_seen', 'last_seen', 'known', 'lights'])
      .where('session', '=', session)
      .orderBy('first_seen')
      .orderBy('address'),
  );
  return rows.map(({ address, first_seen, last_seen, known, lights }) => ({
    address,
    firstSeen: first_seen,
    lastSeen: last_seen,
    known,
    lights: storedJson<SeenDevice['lights']>(lights),
  }));
}
