import { importFolder } from '../modules.js';
import type { CheckFunction } from './check.js';

/** One file per check in checks/; the file's name is the id, and rules/checks/<id>.yaml says what it means. */
export const checkFunctions: ReadonlyMap<string, CheckFunction> = new Map(
  (await importFolder<CheckFunction>(new URL('./checks/', import.meta.url), 'check')).map(({ id, value }) => [id, value]),
);
