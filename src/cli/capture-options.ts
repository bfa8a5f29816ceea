import { statSync } from 'node:fs';
import type { CaptureOptions } from '../capture/index.js';
import { InputError, UsageError } from '../errors.js';
import { readInput } from './cli.js';
import type { Settings } from './settings.js';

/** A user name and a password fit in far less; whatever is longer is another file. */
const CREDENTIALS_BYTES = 4_096;

type Configured = Omit<CaptureOptions, 'onTap' | 'ownAddresses' | 'tapPressure' | 'now' | 'resolve'>;

/**
 * What the settings say of the proxy.
 * @throws InputError for a file that cannot be used, UsageError for rights that let others read a password.
 */
export function captureOptions(settings: Settings): Configured {
  const { upstreamCa, credentialsFile, parentProxy, magicHost, allowPeer } = settings;
  return {
    listen: settings.listen,
    dataDir: settings.dataDir,
    allowLoopback: settings.allowLoopback,
    passThrough: settings.passThrough,
    autoPassThroughAfter: settings.autoPassThrough,
    insecureHosts: settings.insecureHost,
    noProxy: settings.directHost,
    ...(upstreamCa === null ? {} : { upstreamCa: readInput(upstreamCa) }),
    ...(parentProxy === null ? {} : { parentProxy }),
    ...(magicHost === null ? {} : { magicHost }),
    ...(allowPeer.length === 0 ? {} : { allowedPeers: allowPeer }),
    ...(credentialsFile === null ? {} : { credentials: readCredentials(credentialsFile) }),
  };
}

/** Passwords of the command line stand in the list of processes, for everyone on the machine to read. */
export function refusePasswordInFlag(parentProxy: string | undefined): void {
  if (parentProxy === undefined || !/^[a-z0-9+.-]+:\/\/[^/?#]*@/i.test(parentProxy)) return;
  throw new UsageError(
    'OVR_PARENT_PROXY_PASSWORD',
    '--parent-proxy: a password on the command line can be read by everyone on this machine.',
    {
      next: 'Put the address into OVERREACH_PARENT_PROXY, or as parentProxy into overreach.yaml or the user settings file.',
    },
  );
}

function readCredentials(path: string): { readonly user: string; readonly password: string } {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat !== undefined && stat.size > CREDENTIALS_BYTES) throw malformed(path);
  if (stat !== undefined && process.platform !== 'win32' && (stat.mode & 0o077) !== 0)
    throw new UsageError('OVR_CREDENTIALS_FILE', `Others can read the password in ${path}.`, { next: `chmod 600 ${path}` });
  const [line = '', ...rest] = readInput(path)
    .replace(/\r?\n$/, '')
    .split('\n');
  const colon = line.indexOf(':');
  if (rest.length > 0 || colon < 1 || colon === line.length - 1) throw malformed(path);
  return { user: line.slice(0, colon), password: line.slice(colon + 1) };
}

function malformed(path: string): InputError {
  return new InputError('OVR_CREDENTIALS_FILE', `${path} is not one line with user:password.`, {
    next: 'Write one line, such as tester:a-long-password, and nothing else.',
  });
}
