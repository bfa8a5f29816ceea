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

test('incident: a settings file with an alias that names nothing, or that cannot be read, ended the program as a bug', () => {
  const read = () => readSettings({}, { env: { HOME: folder }, cwd: folder });
  writeFileSync(join(folder, 'overreach.yaml'), 'app: *x\n');
  expect(read).toThrow(
    expect.objectContaining({ code: 'OVR_SETTINGS_FILE', message: expect.stringContaining('overreach.yaml:1: aliases') }),
  );
  rmSync(join(folder, 'overreach.yaml'));
  mkdirSync(join(folder, 'overreach.yaml'));
  expect(read).toThrow(expect.objectContaining({ code: 'OVR_SETTINGS_FILE', message: expect.stringContaining('cannot be read') }));
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

test('every way to set an option of the proxy: flag, environment, file', () => {
  const of = (flags: object, env: NodeJS.ProcessEnv = {}) => readSettings(flags, { env: { HOME: folder, ...env }, cwd: folder });
  expect(of({})).toMatchObject({ package: null, adb: false, parentProxy: null, autoPassThrough: 0, allowPeer: [], credentialsFile: null });
  expect(of({ adb: true, package: 'com.example.shop', autoPassThrough: 2 })).toMatchObject({ adb: true, package: 'com.example.shop' });
  expect(of({}, { OVERREACH_ADB: 'yes' }).adb).toBe(true);
  expect(of({}, { OVERREACH_ADB: '0' }).adb).toBe(false);
  expect(of({}, { OVERREACH_ADB: 'emulator-5554' }).adb).toBe('emulator-5554');
  writeFileSync(
    join(folder, 'overreach.yaml'),
    'package: com.example.shop\nadb: emulator-5554\nparentProxy: socks5://proxy.example:1080\ndirectHost: [intra.example]\ninsecureHost: [test.example]\nautoPassThrough: 3\nmagicHost: audit.example\nallowPeer: [192.168.1.0/24]\ncredentialsFile: /x\npassThrough: ["*.pinned.example"]\n',
  );
  expect(of({})).toMatchObject({
    package: 'com.example.shop',
    adb: 'emulator-5554',
    parentProxy: 'socks5://proxy.example:1080',
    directHost: ['intra.example'],
    insecureHost: ['test.example'],
    autoPassThrough: 3,
    magicHost: 'audit.example',
    allowPeer: ['192.168.1.0/24'],
    credentialsFile: '/x',
    passThrough: ['*.pinned.example'],
  });
});

test('a setting that does not hold names itself and its place, and never its value', () => {
  const of = (flags: object, env: NodeJS.ProcessEnv = {}) => readSettings(flags, { env: { HOME: folder, ...env }, cwd: folder });
  expect(() => of({ package: 'Shop' })).toThrow(/Option: package/);
  expect(() => of({ autoPassThrough: Number('many') })).toThrow(
    expect.objectContaining({ code: 'OVR_SETTING', next: 'Correct --auto-pass-through.' }),
  );
  expect(() => of({}, { OVERREACH_AUTO_PASS_THROUGH: '0' })).toThrow(
    expect.objectContaining({ next: 'Correct or unset OVERREACH_AUTO_PASS_THROUGH.' }),
  );
  for (const name of ['localhost', 'a b.test', 'x', '1.2.3.4']) expect(() => of({ magicHost: name }), name).toThrow(/magicHost/);
});

test('modules are run only where the user says so: a project file comes with a repository', () => {
  const user = join(folder, 'config', 'overreach');
  const cwd = join(folder, 'project');
  mkdirSync(user, { recursive: true });
  mkdirSync(cwd);
  const allowed = (flags: object = {}, env: NodeJS.ProcessEnv = {}) =>
    readSettings(flags, { env: { HOME: folder, XDG_CONFIG_HOME: join(folder, 'config'), ...env }, cwd }).hookModules;
  expect(allowed()).toBe(false);
  expect(allowed({ hookModules: true })).toBe(true);
  expect(allowed({}, { OVERREACH_HOOK_MODULES: 'yes' })).toBe(true);
  writeFileSync(join(user, 'config.yaml'), 'hookModules: true\n');
  expect(allowed()).toBe(true);
  expect(allowed({ hookModules: false })).toBe(false);

  // A permission that stands is not for a persona that the repository names.
  writeFileSync(join(cwd, 'overreach.yaml'), 'persona: ./theirs.yaml\n');
  expect(allowed()).toBe(false);
  expect(allowed({}, { OVERREACH_HOOK_MODULES: '1' })).toBe(false);
  expect(allowed({ persona: 'mine.yaml' })).toBe(true);
  expect(allowed({ hookModules: true })).toBe(true);

  writeFileSync(join(cwd, 'overreach.yaml'), 'hookModules: true\n');
  expect(() => allowed()).toThrow(/overreach\.yaml: hookModules/);
});
