import type { Persona } from '../model/session.js';
import { build, type Query } from './query.js';
import { storedJson } from './stored-json.js';

/** What is known of a session's test person beyond the file it was started with. */
export interface KnownValues {
  readonly values: Persona['values'];
  /** False: values of the persona file, which is not stored, may be missing; evidence that rests on them cannot be derived again. */
  readonly whole: boolean;
}

/**
 * Values of the test person that were typed into the page. Danger: they are in clear, because they have to be searched for. They
 * lie in the database (0600, overwritten with the session) and nowhere else; no export reads this table.
 */
export function keepKnownValues(query: Query, session: number, known: KnownValues): void {
  const document = JSON.stringify(known);
  query.run(
    build
      .insertInto('known_values')
      .values({ session, document })
      .onConflict((conflict) => conflict.column('session').doUpdateSet({ document })),
  );
}

/** null: nobody changed them in the page. */
export function readKnownValues(query: Query, session: number): KnownValues | null {
  const row = query.get(build.selectFrom('known_values').select('document').where('session', '=', session));
  return row === undefined ? null : storedJson<KnownValues>(row.document);
}
