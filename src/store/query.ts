import type { Statement } from 'better-sqlite3';
import type { Compilable, CompiledQuery } from 'kysely';
import { type Database, fileOf } from './database.js';
import { guarded } from './failure.js';
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from './kysely.js';
import type { Tables } from './layout.js';

/** Builds SQL and never runs it: kysely's own drivers are asynchronous, better-sqlite3 is not, and a batch must not be interleaved. */
export const build = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (database) => new SqliteIntrospector(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

/** Something `build` made, compiled or not. */
type Source<Row> = Compilable<Row> | CompiledQuery<Row>;

function compiled<Row>(source: Source<Row>): CompiledQuery<Row> {
  return 'compile' in source ? source.compile() : source;
}

/** Runs what `build` made, synchronously, with prepared statements kept. Every failure is a coded error. */
export class Query {
  readonly database: Database;
  readonly #prepared = new Map<string, Statement<unknown[], unknown>>();

  /** @throws StoreError `OVR_STORE_GONE` where the file was removed or replaced since it was opened: what is written then is nowhere. */
  readonly demandFile: () => void;

  constructor(database: Database) {
    this.database = database;
    this.demandFile = fileOf(database);
  }

  #statement(sql: string): Statement<unknown[], unknown> {
    let statement = this.#prepared.get(sql);
    if (statement === undefined) {
      // The filters of the request list make a few dozen shapes, search tables one each; more would be a leak.
      if (this.#prepared.size >= 500) this.#prepared.clear();
      statement = this.database.prepare(sql);
      this.#prepared.set(sql, statement);
    }
    return statement;
  }

  /** @param values in place of those it was built with, for what is compiled once and asked often; in the order of its conditions. */
  all<Row>(source: Source<Row>, values?: readonly unknown[]): Row[] {
    return guarded(() => {
      const { sql, parameters } = compiled(source);
      return this.#statement(sql).all(...(values ?? parameters)) as Row[];
    });
  }

  get<Row>(source: Source<Row>, values?: readonly unknown[]): Row | undefined {
    return guarded(() => {
      const { sql, parameters } = compiled(source);
      return this.#statement(sql).get(...(values ?? parameters)) as Row | undefined;
    });
  }

  /** @returns how many rows were written. */
  run(source: Source<unknown>): number {
    return guarded(() => {
      const { sql, parameters } = compiled(source);
      return this.#statement(sql).run(...parameters).changes;
    });
  }

  /**
   * For the writer's hot path: compiled once, run with values in the order of the columns given to `build`.
   * @returns a function that answers how many rows were written.
   */
  prepared(source: Source<unknown>): (...values: unknown[]) => number {
    const { sql } = compiled(source);
    return (...values) => guarded(() => this.#statement(sql).run(...values).changes);
  }

  /** Everything that `work` reads is of one moment, whatever is written meanwhile. */
  moment<T>(work: () => T): T {
    return guarded(() => this.database.transaction(work).deferred());
  }

  /** All of `work` or nothing of it. Takes the write lock at once, so that two writing processes wait instead of failing halfway. */
  transaction<T>(work: () => T): T {
    return guarded(() => this.database.transaction(work).immediate());
  }
}
