import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Contestant {
  readonly name: string;
  /** null: the client goes to the origin itself. */
  readonly port: number | null;
  readonly pid: number | null;
  stop(): Promise<void>;
}

export interface Ground {
  /** Scratch folder, removed by the caller. */
  readonly home: string;
  /** PEM file of the origin's root. */
  readonly root: string;
}

const RELAY = fileURLToPath(new URL('./relay.mjs', import.meta.url));
const BARE_FRONT = fileURLToPath(new URL('./bare-front.mjs', import.meta.url));
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
  const { proxy } = JSON.parse(await firstLine(child)) as { proxy: string };
  return { name: 'auditing, with store', port: Number(new URL(proxy).port), pid: child.pid ?? null, stop: stopper(child) };
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

async function squid({ home, root }: Ground): Promise<Contestant> {
  const port = await freePort();
  const folder = join(home, 'squid');
  mkdirSync(folder);
  const authority = join(folder, 'ca.pem');
  const subject = ['-subj', '/CN=bench', '-addext', 'basicConstraints=critical,CA:TRUE'];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject, '-keyout', authority, '-out', `${authority}.crt`],
    {
      stdio: 'ignore',
    },
  );
  execFileSync('sh', ['-c', 'cat "$1.crt" >> "$1"', 'sh', authority]);
  execFileSync('/usr/lib/squid/security_file_certgen', ['-c', '-s', join(folder, 'certificates'), '-M', '4MB'], { stdio: 'ignore' });
  const settings = [
    `http_port 127.0.0.1:${port} ssl-bump generate-host-certificates=on cert=${authority}`,
    `sslcrtd_program /usr/lib/squid/security_file_certgen -s ${join(folder, 'certificates')} -M 4MB`,
    `tls_outgoing_options cafile=${root}`,
    'acl step1 at_step SslBump1',
    'ssl_bump peek step1',
    'ssl_bump bump all',
    'http_access allow all',
    'cache deny all',
    'access_log none',
    `pid_filename ${join(folder, 'pid')}`,
    `coredump_dir ${folder}`,
    'cache_effective_user root',
  ];
  writeFileSync(join(folder, 'squid.conf'), `${settings.join('\n')}\n`);
  const child = launch('squid', ['-N', '-f', join(folder, 'squid.conf')], {}, folder);
  await untilListening(port);
  return { name: 'squid ssl-bump', port, pid: child.pid ?? null, stop: stopper(child) };
}

/** Those that are installed, ours first. */
export function contestants(): ReadonlyArray<readonly [name: string, start: Start]> {
  return [
    ['direct', async () => ({ name: 'direct', port: null, pid: null, stop: async () => undefined })],
    ['relay, not auditing', relay],
    ['auditing, with store', audit],
    ['bare http-mitm-proxy', bareFront],
    ...(has('squid') ? [['squid ssl-bump', squid] as const] : []),
    ...(has('mitmdump') ? [['mitmdump', mitmdump] as const] : []),
  ];
}
