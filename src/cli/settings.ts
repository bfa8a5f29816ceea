import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { PACKAGE } from '../capture/device/app.js';
import { InputError, UsageError } from '../errors.js';
import { limits } from '../limits.js';
import { readYaml } from './yaml-text.js';

const packageName = z.string().regex(PACKAGE, 'not a package name like com.example.app');
/** Two labels at least: a name of one could be a machine of the tester's own network. */
const hostName = z
  .string()
  .max(253)
  .regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/i, 'not a host name like overreach.test');

/** Everything that can be set outside a command line. A flag of the same name wins. */
const schema = z.strictObject({
  dataDir: z.string().min(1).optional(),
  rules: z.array(z.string()).optional(),
  pack: z.string().optional(),
  listen: z.string().optional(),
  ui: z.string().optional(),
  category: z.union([z.string(), z.array(z.string())]).optional(),
  app: z.string().optional(),
  persona: z.string().optional(),
  hookModules: z.boolean().optional(),
  language: z.enum(['zh-CN', 'en']).optional(),
  allowLoopback: z.boolean().optional(),
  firstParty: z.array(z.string()).optional(),
  passThrough: z.array(z.string()).optional(),
  upstreamCa: z.string().optional(),
  package: packageName.optional(),
  adb: z.union([z.boolean(), z.string().min(1)]).optional(),
  parentProxy: z.string().min(1).optional(),
  directHost: z.array(z.string().min(1)).optional(),
  insecureHost: z.array(z.string().min(1)).optional(),
  autoPassThrough: z.number().int().positive().optional(),
  magicHost: hostName.optional(),
  allowPeer: z.array(z.string().min(1)).optional(),
  credentialsFile: z.string().min(1).optional(),
  context: z.record(z.string(), z.boolean()).optional(),
  retentionDays: z.number().int().min(1).max(limits.retentionMost).optional(),
});

type Given = z.infer<typeof schema>;

export interface Settings {
  readonly dataDir: string;
  readonly rules: readonly string[];
  /** null: the user's own pack where `rules` has one, else the one in force. */
  readonly pack: string | null;
  readonly listen: { readonly host: string; readonly port: number };
  readonly ui: { readonly host: string; readonly port: number };
  readonly category: readonly string[];
  readonly app: string | null;
  readonly persona: string | null;
  /** Whether modules that a persona file names may be run. A project file cannot say so: it comes with a repository, not from the user. */
  readonly hookModules: boolean;
  readonly language: 'zh-CN' | 'en';
  readonly allowLoopback: boolean;
  readonly firstParty: readonly string[];
  readonly passThrough: readonly string[];
  readonly upstreamCa: string | null;
  /** Package name of the app under test on the phone. */
  readonly package: string | null;
  /** Ask the phone on USB which app a connection belongs to; a text names the phone by its serial. */
  readonly adb: boolean | string;
  /** `http://` or `socks5://` proxy above this one. */
  readonly parentProxy: string | null;
  /** Names reached without it. */
  readonly directHost: readonly string[];
  /** Hosts whose certificate is not verified. */
  readonly insecureHost: readonly string[];
  /** Rejections of one host after which it is passed through for a while; 0: never. */
  readonly autoPassThrough: number;
  /** The onboarding page's name for a phone whose proxy is set; null: `overreach.test`. */
  readonly magicHost: string | null;
  /** Addresses and networks that may use the proxy; empty: private networks. */
  readonly allowPeer: readonly string[];
  /** File with `user:password` that every phone must give. */
  readonly credentialsFile: string | null;
  readonly context: Readonly<Record<string, boolean>>;
  readonly retentionDays: number;
}

export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
}

/**
 * Flag > `OVERREACH_*` > project file `overreach.yaml` > user file (XDG) > default.
 * @param flags what the command line gave; undefined members are "not given".
 * @throws UsageError for a malformed address, InputError for a settings file that breaks its schema (names file, line, key).
 */
export function readSettings(flags: Partial<Given>, { env, cwd }: Surroundings): Settings {
  const home = env.HOME ?? homedir();
  const { user, project, environment } = readLayers({ env, cwd });
  // A permission that stands (user file, environment) is for personas that the user names, not for one that came with a repository.
  const isForeign = project.persona !== undefined && (flags.persona ?? environment.persona) === undefined;
  const given: Given = {
    ...user,
    ...project,
    ...environment,
    ...checked(
      Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined)),
      'Option',
      (key) => `Correct --${dashed(key)}.`,
    ),
  };
  return {
    dataDir: given.dataDir ?? join(env.XDG_DATA_HOME ?? join(home, '.local', 'share'), 'overreach'),
    rules: given.rules ?? [],
    pack: given.pack ?? null,
    listen: parseAddress(given.listen ?? '0.0.0.0:8080', '--listen'),
    ui: parseAddress(given.ui ?? '127.0.0.1:8081', '--ui'),
    category: given.category === undefined ? [] : [given.category].flat().flatMap((id) => id.split(',')),
    app: given.app ?? null,
    persona: given.persona ?? null,
    hookModules: flags.hookModules ?? (!isForeign && given.hookModules === true),
    language: given.language ?? 'zh-CN',
    allowLoopback: given.allowLoopback ?? false,
    firstParty: given.firstParty ?? [],
    passThrough: given.passThrough ?? [],
    upstreamCa: given.upstreamCa ?? null,
    package: given.package ?? null,
    adb: given.adb ?? false,
    parentProxy: given.parentProxy ?? null,
    directHost: given.directHost ?? [],
    insecureHost: given.insecureHost ?? [],
    autoPassThrough: given.autoPassThrough ?? 0,
    magicHost: given.magicHost ?? null,
    allowPeer: given.allowPeer ?? [],
    credentialsFile: given.credentialsFile ?? null,
    context: given.context ?? {},
    retentionDays: given.retentionDays ?? limits.retentionDays,
  };
}

/** The user's own settings file. */
export function userSettingsPath(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_CONFIG_HOME ?? join(env.HOME ?? homedir(), '.config'), 'overreach', 'config.yaml');
}

/** What each place says that settings are read from, without the command line. @throws as {@link readSettings} */
export function readLayers({ env, cwd }: Surroundings): Readonly<Record<'user' | 'project' | 'environment', Given>> {
  return { user: readFile(userSettingsPath(env)), project: fromProject(join(cwd, 'overreach.yaml')), environment: fromEnvironment(env) };
}

/** `HOST:PORT`, `:PORT` or `[IPv6]:PORT`; port 0 takes a free one. */
export function parseAddress(text: string, name: string): { host: string; port: number } {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^:\s]*)):(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  if (match === null || port > 65_535)
    throw new UsageError('OVR_ADDRESS', `${name}: "${text}" is not HOST:PORT.`, {
      next: `Write it like ${name} 0.0.0.0:8080 or [::]:8080.`,
    });
  return { host: match[1] ?? (match[2] || '0.0.0.0'), port };
}

function yesOrNo(text: string): boolean | null {
  return /^(?:1|true|yes)$/i.test(text) ? true : /^(?:0|false|no|)$/i.test(text) ? false : null;
}

function fromEnvironment(env: NodeJS.ProcessEnv): Given {
  const list = (value: string | undefined) => value?.split(',').filter(Boolean);
  const raw = {
    dataDir: env.OVERREACH_DATA_DIR,
    rules: list(env.OVERREACH_RULES),
    pack: env.OVERREACH_PACK,
    listen: env.OVERREACH_LISTEN,
    ui: env.OVERREACH_UI,
    category: env.OVERREACH_CATEGORY,
    app: env.OVERREACH_APP,
    persona: env.OVERREACH_PERSONA,
    hookModules: env.OVERREACH_HOOK_MODULES === undefined ? undefined : yesOrNo(env.OVERREACH_HOOK_MODULES) === true,
    language: env.OVERREACH_LANGUAGE,
    allowLoopback: env.OVERREACH_ALLOW_LOOPBACK === undefined ? undefined : yesOrNo(env.OVERREACH_ALLOW_LOOPBACK) === true,
    firstParty: list(env.OVERREACH_FIRST_PARTY),
    passThrough: list(env.OVERREACH_PASS_THROUGH),
    upstreamCa: env.OVERREACH_UPSTREAM_CA,
    package: env.OVERREACH_PACKAGE,
    adb: env.OVERREACH_ADB === undefined ? undefined : (yesOrNo(env.OVERREACH_ADB) ?? env.OVERREACH_ADB),
    parentProxy: env.OVERREACH_PARENT_PROXY,
    directHost: list(env.OVERREACH_DIRECT_HOST),
    insecureHost: list(env.OVERREACH_INSECURE_HOST),
    autoPassThrough: env.OVERREACH_AUTO_PASS_THROUGH === undefined ? undefined : Number(env.OVERREACH_AUTO_PASS_THROUGH),
    magicHost: env.OVERREACH_MAGIC_HOST,
    allowPeer: list(env.OVERREACH_ALLOW_PEER),
    credentialsFile: env.OVERREACH_CREDENTIALS_FILE,
    retentionDays: env.OVERREACH_RETENTION_DAYS === undefined ? undefined : Number(env.OVERREACH_RETENTION_DAYS),
  };
  const set = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined));
  return checked(set, 'Environment', (key) => `Correct or unset OVERREACH_${dashed(key).toUpperCase().replaceAll('-', '_')}.`);
}

/** @throws UsageError `OVR_SETTING` naming the setting; never its value, which may hold a password. */
function checked(given: object, where: string, next: (key: string) => string): Given {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const key = String(issue?.path[0] ?? '');
  throw new UsageError('OVR_SETTING', `${where}: ${issue?.path.join('.')}: ${issue?.message}`, { next: next(key) });
}

/** `upstreamCa` as a flag has it: `upstream-ca`. */
function dashed(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** @throws InputError where a project file allows what only the user can. */
function fromProject(path: string): Given {
  const given = readFile(path);
  if (given.hookModules !== undefined)
    throw new InputError('OVR_SETTINGS_FILE', `${path}: hookModules: a project file cannot allow code to be run.`, {
      next: 'Take the line out. Give --hook-modules, or set it in the user file.',
    });
  return given;
}

function readFile(path: string): Given {
  if (!existsSync(path)) return {};
  const { value, lineAt } = readYaml(textOf(path), (line, problem) => fault(path, line, problem, 'Mend the YAML of that line.'));
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const key = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path.join('.');
  throw fault(
    path,
    lineAt(key === undefined ? [] : [key]),
    `${key}: ${issue?.message}`,
    'Correct that key; "overreach start --help" lists the settings.',
  );
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new InputError('OVR_SETTINGS_FILE', `${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, {
      next: 'Let this user read it, or move it away.',
      cause,
    });
  }
}

function fault(path: string, line: number, problem: string, next: string): InputError {
  return new InputError('OVR_SETTINGS_FILE', `${path}:${line}: ${problem}`, { next });
}
