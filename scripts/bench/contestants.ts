import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Contestant {
  readonly name: string;
  /** null: the client goes to the origin itself. */
  readonly port: number | null;
  readonly pid: number | null;
  /** What an auditing contestant has in its record so far. */
  recorded?(): Promise<Recorded>;
  stop(): Promise<void>;
}

export interface Recorded {
  readonly exchanges: number;
  /** Bytes that were relayed and not analysed. */
  readonly notAnalysed: number;
}

export interface Ground {
  /** Scratch folder, removed by the caller. */
  readonly home: string;
  /** PEM file of the origin's root. */
  readonly root: string;
}

const RELAY = fileURLToPath(new URL('./relay.mjs', import.meta.url));
const BARE_FRONT = fileURLToPath(new URL('./bare-front.mjs', import.meta.url));
const MOCKTTP = fileURLToPath(new URL('./mockttp.mjs', import.meta.url));
/** Not a dependency of this project: it alone would double the packages to be installed. Kept between runs. */
const MOCKTTP_VERSION = '4.6.5';
const TOOLS = join(tmpdir(), 'overreach-bench-tools', `mockttp-${MOCKTTP_VERSION}`);
const SQUID = '/usr/sbin/squid';
const has = (command: string): boolean => spawnSync('which', [command]).status === 0;

/** Client and origin share one core, the proxy has the other: else they steal from each other and the ratios say nothing. */
export function onCore(core: number, command: string, args: readonly string[]): readonly [string, string[]] {
  return has('taskset') ? ['taskset', ['-c', String(core), command, ...args]] : [command, [...args]];
}

/** The first number that a started program prints; for `start --json`, the port of its proxy. */
export function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (bytes: Buffer) => {
      text += bytes.toString();
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it was ready`)));
  });
}

/** Ends what was started here, and nothing else. */
export function stopper(child: ChildProcess): () => Promise<void> {
  return () =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('exit', () => resolve());
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 3_000).unref();
    });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return address !== null && typeof address === 'object' ? address.port : 0;
}

async function untilListening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true));
      socket.once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nothing listens on ${port}`);
}

function launch(command: string, args: readonly string[], env: NodeJS.ProcessEnv, cwd: string): ChildProcess {
  const [program, all] = onCore(1, command, args);
  return spawn(program, all, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'ignore'] });
}

type Start = (ground: Ground) => Promise<Contestant>;

async function relay({ home, root }: Ground): Promise<Contestant> {
  const child = launch(process.execPath, [RELAY, join(home, 'relay'), root], {}, home);
  return { name: 'relay, not auditing', port: Number(await firstLine(child)), pid: child.pid ?? null, stop: stopper(child) };
}

async function audit({ home, root }: Ground): Promise<Contestant> {
  const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
  const args = ['start', '--json', '--listen', '127.0.0.1:0', '--ui', '127.0.0.1:0', '--allow-loopback', '--upstream-ca', root];
  const child = launch(process.execPath, [main, ...args], { HOME: home, OVERREACH_DATA_DIR: join(home, 'audit') }, home);
  const { proxy, ui, session } = JSON.parse(await firstLine(child)) as { proxy: string; ui: string; session: string };
  const page = new URL(ui);
  return {
    name: 'auditing, with store',
    port: Number(new URL(proxy).port),
    pid: child.pid ?? null,
    async recorded() {
      const headers = { authorization: `Bearer ${page.searchParams.get('token')}` };
      const response = await fetch(`${page.origin}/api/sessions/${session}`, { headers });
      return ((await response.json()) as { counters: Recorded }).counters;
    },
    stop: stopper(child),
  };
}

async function bareFront({ home, root }: Ground): Promise<Contestant> {
  const port = await freePort();
  const child = launch(process.execPath, [BARE_FRONT, join(home, 'bare'), String(port)], { NODE_EXTRA_CA_CERTS: root }, home);
  await firstLine(child);
  return { name: 'bare http-mitm-proxy', port, pid: child.pid ?? null, stop: stopper(child) };
}

async function mitmdump({ home, root }: Ground): Promise<Contestant> {
  const port = await freePort();
  const args = ['-q', '--listen-host', '127.0.0.1', '-p', String(port), '--set', `confdir=${join(home, 'mitm')}`];
  const child = launch('mitmdump', [...args, '--set', `ssl_verify_upstream_trusted_ca=${root}`], { HOME: home }, home);
  await untilListening(port);
  return { name: 'mitmdump', port, pid: child.pid ?? null, stop: stopper(child) };
}

/** A certificate and its key, for proxies that sign with what they are given. */
function makeAuthority(folder: string): { readonly certificate: string; readonly key: string } {
  mkdirSync(folder);
  const at = { certificate: join(folder, 'ca.pem'), key: join(folder, 'ca.key') };
  const subject = [
    '-subj',
    '/CN=bench',
    '-addext',
    'basicConstraints=critical,CA:TRUE',
    '-addext',
    'keyUsage=critical,keyCertSign,cRLSign',
  ];
  // OpenSSL's own settings file would add the first of them a second time.
  const config = join(folder, 'openssl.cnf');
  writeFileSync(config, '[req]\ndistinguished_name = dn\n[dn]\n');
  const args = ['req', '-x509', '-config', config, '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject];
  execFileSync('openssl', [...args, '-keyout', at.key, '-out', at.certificate], { stdio: 'ignore' });
  return at;
}

async function mockttp({ home, root }: Ground): Promise<Contestant> {
  if (!existsSync(join(TOOLS, 'node_modules', 'mockttp'))) {
    process.stderr.write(`  fetching mockttp ${MOCKTTP_VERSION} into ${TOOLS} ...\n`);
    mkdirSync(TOOLS, { recursive: true });
    writeFileSync(join(TOOLS, 'package.json'), '{"private":true}');
    const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', `mockttp@${MOCKTTP_VERSION}`];
    execFileSync('npm', args, { cwd: TOOLS, stdio: ['ignore', 'ignore', 'inherit'], timeout: 300_000 });
  }
  const { certificate, key } = makeAuthority(join(home, 'mockttp'));
  const port = await freePort();
  const child = launch(process.execPath, [MOCKTTP, TOOLS, certificate, key, String(port)], { NODE_EXTRA_CA_CERTS: root }, home);
  await firstLine(child);
  return { name: 'mockttp', port, pid: child.pid ?? null, stop: stopper(child) };
}

async function squid({ home, root }: Ground): Promise<Contestant> {
  const port = await freePort();
  const folder = join(home, 'squid');
  const asRoot = process.getuid?.() === 0;
  const { certificate, key } = makeAuthority(folder);
  execFileSync('/usr/lib/squid/security_file_certgen', ['-c', '-s', join(folder, 'certificates'), '-M', '4MB'], { stdio: 'ignore' });
  const settings = [
    `http_port 127.0.0.1:${port} ssl-bump generate-host-certificates=on cert=${certificate} key=${key}`,
    `sslcrtd_program /usr/lib/squid/security_file_certgen -s ${join(folder, 'certificates')} -M 4MB`,
    `tls_outgoing_options cafile=${root}`,
    'acl step1 at_step SslBump1',
    'ssl_bump peek step1',
    'ssl_bump bump all',
    // It does not match addresses against a certificate; that it verifies less than the others is to its advantage.
    'sslproxy_cert_error allow all',
    'http_access allow all',
    'cache deny all',
    'shutdown_lifetime 0 seconds',
    'access_log none',
    `cache_log ${join(folder, 'cache.log')}`,
    `pid_filename ${join(folder, 'pid')}`,
    `coredump_dir ${folder}`,
    // As root it insists on giving its rights up.
    ...(asRoot ? ['cache_effective_user proxy'] : []),
  ];
  writeFileSync(join(folder, 'squid.conf'), `${settings.join('\n')}\n`);
  if (asRoot) {
    chmodSync(home, 0o711);
    execFileSync('chown', ['-R', 'proxy', folder]);
  }
  const child = launch(SQUID, ['-N', '-n', `bench${port}`, '-f', join(folder, 'squid.conf')], {}, folder);
  await untilListening(port);
  return { name: 'squid ssl-bump', port, pid: child.pid ?? null, stop: stopper(child) };
}

export interface Entrant {
  readonly name: string;
  readonly start: Start;
  /** What would bring it; null where it is there. */
  readonly missing: string | null;
}

/** Everybody, ours first. */
export function contestants(): readonly Entrant[] {
  const squidIsThere = existsSync(SQUID) && existsSync('/usr/lib/squid/security_file_certgen');
  return [
    { name: 'direct', start: async () => ({ name: 'direct', port: null, pid: null, stop: async () => undefined }), missing: null },
    { name: 'relay, not auditing', start: relay, missing: null },
    { name: 'auditing, with store', start: audit, missing: null },
    { name: 'bare http-mitm-proxy', start: bareFront, missing: null },
    { name: 'mockttp', start: mockttp, missing: has('npm') ? null : 'npm, and a network the first time' },
    { name: 'squid ssl-bump', start: squid, missing: squidIsThere ? null : 'apt-get install --no-install-recommends squid-openssl' },
    { name: 'mitmdump', start: mitmdump, missing: has('mitmdump') ? null : 'apt-get install --no-install-recommends mitmproxy' },
  ];
}
