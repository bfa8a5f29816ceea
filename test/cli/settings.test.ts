import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseAddress, readSettings } from '../../src/cli/settings.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'overreach-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a flag wins over the environment, that over the project file, that over the user file, that over the default', () => {
  mkdirSync(join(folder, 'config', 'overreach'), { recursive: true });
  mkdirSync(join(folder, 'project'));
  writeFileSync(join(folder, 'config', 'overreach', 'config.yaml'), 'app: user\nlanguage: en\nui: 127.0.0.1:1\nlisten: 127.0.0.1:2\n');
  writeFileSync(join(folder, 'project', 'overreach.yaml'), 'app: project\nui: 127.0.0.1:3\nlisten: 127.0.0.1:4\n');
  const env = {
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, 'config'),
    OVERREACH_APP: 'env',
    OVERREACH_UI: '127.0.0.1:5',
  };
  const settings = readSettings({ app: 'flag' }, { env, cwd: join(folder, 'project') });
  expect(settings.app).toBe('flag');
  expect(settings.ui.port).toBe(5);
  expect(settings.listen.port).toBe(4);
  expect(settings.language).toBe('en');
  expect(settings.pack).toBeNull();
  expect(settings.dataDir).toBe(join(folder, '.local', 'share', 'overreach'));
});

test('a settings file that breaks its schema names file, line and key', () => {
  writeFileSync(join(folder, 'overreach.yaml'), 'app: x\n\ncolour: red\n');
  expect(() => readSettings({}, { env: { HOME: folder }, cwd: folder })).toThrow(/overreach\.yaml:3: colour/);
});

test('addresses', () => {
  expect(parseAddress('127.0.0.1:0', '--ui')).toEqual({
    host: '127.0.0.1',
    port: 0,
  });
  expect(parseAddress(':8080', '--ui')).toEqual({
    host: '0.0.0.0',
    port: 8080,
  });
  expect(parseAddress('[::1]:80', '--ui')).toEqual({ host: '::1', port: 80 });
  for (const bad of ['8080', 'a:b', '::1:80', 'host:99999']) expect(() => parseAddress(bad, '--ui')).toThrow(/HOST:PORT/);
});
