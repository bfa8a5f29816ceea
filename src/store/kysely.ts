/**
 * The one place that loads kysely. Node's loader of ES modules opens the files of a package all at once, 210 of them here, in each thread
 * of ours: where 256 files may be open, no thread started. What is required is read one file after the other.
 */
import { createRequire } from 'node:module';

const loaded: typeof import('kysely') = createRequire(import.meta.url)('kysely');

export const { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, sql } = loaded;
