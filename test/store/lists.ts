import { type Database, openDatabase } from '../../src/store/database.js';
import { Query } from '../../src/store/query.js';
import { Rows } from '../../src/store/rows.js';
import { createSearchTable } from '../../src/store/search.js';
import { dataFolder } from './specimen.js';

/** A database with two sessions (numbers 1 and 2) and the statements that fill them. */
export function twoSessions(): { database: Database; query: Query; first: Rows; second: Rows } {
  const database = openDatabase(dataFolder(), false);
  const query = new Query(database);
  for (const number of [1, 2]) {
    database.exec(
      `insert into session (number, id, started_at, status, source, subject, scenes, pack, pack_version, rules_sha256) values (${number}, 's${number}', ${number}, 'ended', 'proxy', '{}', '[]', 'p', '1', 'sha')`,
    );
    query.run(createSearchTable(number));
  }
  return { database, query, first: new Rows(query, 1), second: new Rows(query, 2) };
}
