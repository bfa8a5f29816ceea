import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Document, parseDocument } from 'yaml';
import { InputError } from '../errors.js';
import { makeFolder } from '../store/index.js';
import { readLayers, type Surroundings, userSettingsPath } from './settings.js';

/** The settings that the page may change; the rest is for whoever starts the program. */
type Changeable = 'retentionDays';

/** @returns what stands above the user's own file and gives the setting, so that a change there would do nothing; null: nothing does. */
export function fixedBy(key: Changeable, surroundings: Surroundings): 'environment' | 'project' | null {
  const { environment, project } = readLayers(surroundings);
  if (environment[key] !== undefined) return 'environment';
  return project[key] === undefined ? null : 'project';
}

/**
 * Writes one setting into the user's own file, which keeps its comments and everything else; it is made where there is none.
 * @throws InputError `OVR_SETTINGS_FILE` where the file is not understood, or cannot be written: it then is as it was.
 */
export function writeUserSetting(key: Changeable, value: number, surroundings: Surroundings): void {
  const path = userSettingsPath(surroundings.env);
  // For its errors: what is not understood must not be written over.
  readLayers(surroundings);
  const document = existsSync(path) ? parseDocument(readFileSync(path, 'utf8')) : new Document({});
  document.set(key, value);
  const fresh = `${path}.new`;
  try {
    makeFolder(dirname(path));
    // Its mode as for the data folder: settings name files of credentials.
    writeFileSync(fresh, document.toString(), { mode: 0o600 });
    renameSync(fresh, path);
  } catch (cause) {
    throw new InputError('OVR_SETTINGS_FILE', `${path} cannot be written.`, {
      next: `Let this user write it, or set ${key} in the project's overreach.yaml.`,
      cause,
    });
  }
}
