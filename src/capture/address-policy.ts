/**
 * DANGER: a proxy that reaches whatever it is asked for is a door into the tester's own machine. mitmweb's API was read through
 * mitmproxy itself (CVE-2025-23217); cloud metadata services hand out credentials to anyone who can send one GET.
 * Fences: a peer must be on a private network, or among those the user named; remote shells, file shares and the like are no
 * destination; a destination is judged after DNS and the connection goes to the very address
 * that was judged (no second look-up, so a name cannot flip); our own listeners are refused even where loopback is allowed.
 */
import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { CaptureError, UsageError } from '../errors.js';

export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
  /** Connect to this port instead of the one asked for; only a `resolve` of our own sets it. */
  readonly port?: number;
}

export interface HostPort {
  readonly host: string;
  readonly port: number;
}

export interface AddressPolicyOptions {
  readonly allowLoopback: boolean;
  /** Addresses and networks that may use the proxy beside this machine; absent: private networks. */
  readonly allowedPeers?: readonly string[];
  /** Our own listeners. Read at each check: the page's port may be known later than the proxy's. */
  readonly own: () => readonly HostPort[];
  /** Instead of the system's resolver, like a hosts file; the answers are judged like any other. */
  readonly resolve?: (host: string) => Promise<readonly Address[]>;
  /** For tests; default reads the network interfaces. */
  readonly localAddresses?: () => readonly string[];
  /** For tests; default asks the system. */
  readonly lookup?: (host: string) => Promise<ReadonlyArray<{ readonly address: string; readonly family: number }>>;
}

function list(...subnets: readonly string[]): BlockList {
  const result = new BlockList();
  for (const subnet of subnets) {
    const [network = '', prefix = ''] = subnet.split('/');
    result.addSubnet(network, Number(prefix), network.includes(':') ? 'ipv6' : 'ipv4');
  }
  return result;
}

const LOOPBACK = list('127.0.0.0/8', '::1/128');
/** RFC 1122 section 3.2.1.3: 0/8 is "this host"; Linux connects 0.0.0.0 to loopback. */
const UNSPECIFIED = list('0.0.0.0/8', '::/128');
const LINK_LOCAL = list('169.254.0.0/16', 'fe80::/10');
const MULTICAST = list('224.0.0.0/4', '240.0.0.0/4', 'ff00::/8');
/** Metadata services outside the link-local range: Alibaba Cloud, Azure wire server, Oracle, AWS over IPv6. */
const METADATA = list('100.100.100.200/32', '168.63.129.16/32', '192.0.0.192/32', 'fd00:ec2::254/128');
/** RFC 1918, RFC 6598 (carrier NAT, also overlay networks), loopback, link-local, RFC 4193. */
const PRIVATE_PEERS = list(
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '::1/128',
  'fe80::/10',
  'fc00::/7',
);

/** Stands for every address in a list of allowed peers. */
export const ANYBODY = 'any';

function peersOf(allowed: readonly string[]): BlockList | null {
  if (allowed.includes(ANYBODY)) return null;
  const result = new BlockList();
  for (const text of allowed) {
    const [, network = '', prefix] = /^([0-9A-Fa-f:.]+)(?:\/(\d{1,3}))?$/.exec(text.trim()) ?? [];
    const family = isIP(network);
    const longest = family === 6 ? 128 : 32;
    const bits = prefix === undefined ? longest : Number(prefix);
    if (family === 0 || bits > longest)
      throw new UsageError('OVR_ALLOW_PEER', `"${text}" is no address or network`, {
        next: 'Write it like 192.168.1.20, 192.168.1.0/24 or fd00::/8.',
      });
    result.addSubnet(network, bits, family === 6 ? 'ipv6' : 'ipv4');
  }
  return result;
}

function inside(blocks: BlockList, address: Address): boolean {
  return blocks.check(address.address, address.family === 6 ? 'ipv6' : 'ipv4');
}

/**
 * The plain form of a socket's address: zone removed, IPv4 taken out of its IPv6 forms (mapped RFC 4291 2.5.5.2, NAT64
 * RFC 6052, 6to4 RFC 3056), because a rule for 127.0.0.1 must hold for `::ffff:127.0.0.1` too.
 * @returns null where the text is no IP address.
 */
export function plainAddress(text: string): Address | null {
  const bare = text.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  const family = isIP(bare);
  if (family === 4) return { address: bare, family: 4 };
  if (family !== 6) return null;
  const groups = expandIpv6(bare);
  const v4 = (high: number, low: number): Address => ({
    address: `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`,
    family: 4,
  });
  const [g0 = 0, g1 = 0, g2 = 0, g3 = 0, g4 = 0, g5 = 0, g6 = 0, g7 = 0] = groups;
  const zeroTo4 = g0 === 0 && g1 === 0 && g2 === 0 && g3 === 0 && g4 === 0;
  if (zeroTo4 && g5 === 0xffff) return v4(g6, g7);
  if (zeroTo4 && g5 === 0 && (g6 !== 0 || g7 > 1)) return v4(g6, g7);
  if (g0 === 0x64 && g1 === 0xff9b && g2 === 0 && g3 === 0 && g4 === 0 && g5 === 0) return v4(g6, g7);
  if (g0 === 0x2002) return v4(g1, g2);
  return { address: bare.toLowerCase(), family: 6 };
}

/**
 * What to connect to: the judged address itself. NAT64 (IPv6-only mobile networks) and 6to4 are judged by the IPv4 address inside,
 * but only the IPv6 form has a route there; a mapped address is the IPv4 one.
 */
function connectable(text: string, plain: Address): Address {
  const bare = text.replace(/^\[|\]$/g, '').toLowerCase();
  return plain.family === 4 && isIP(bare) === 6 && !bare.startsWith('::ffff:') ? { address: bare, family: 6 } : plain;
}

/** The eight groups of an IPv6 address that `isIP` has accepted. */
export function expandIpv6(text: string): readonly number[] {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  const hex = dotted
    ? `${dotted[1]}${((Number(dotted[2]) << 8) | Number(dotted[3])).toString(16)}:${((Number(dotted[4]) << 8) | Number(dotted[5])).toString(16)}`
    : text;
  const [left = '', right] = hex.split('::');
  const groups = (part: string): number[] => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const head = groups(left);
  if (right === undefined) return head;
  const tail = groups(right);
  return [...head, ...Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => 0), ...tail];
}

/**
 * Numeric spellings that `inet_aton` still takes (`2130706433`, `0x7f.1`, `0177.0.0.1`, `127.1`) and IPv4-mapped literals. No
 * app writes its server so; they exist to walk around filters.
 */
function isOddNumeric(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  if (isIP(bare) === 4) return false;
  if (isIP(bare.replace(/%.*$/, '')) === 6) return bare.includes('%') || /^(0*:)*:?(0*:)*ffff:/i.test(bare);
  const last = bare.replace(/\.$/, '').split('.').at(-1) ?? '';
  return /^(\d+|0x[0-9a-f]*)$/i.test(last);
}

/** Letters, digits, hyphen, underscore and dots (IDN arrives as punycode; apps do use underscores), or an IP literal. */
export function isHostName(host: string): boolean {
  if (isIP(host.replace(/^\[|\]$/g, '')) !== 0) return true;
  return host.length <= 253 && /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.?$/i.test(host);
}

/**
 * Services that no app speaks to and that a proxy is misused for: remote shells (SSH, telnet, r-commands), mail between servers (SMTP 25;
 * apps send by 465 and 587), file shares and remote procedure calls of Unix and Windows, remote desktops. Few on purpose: apps do use
 * odd ports, so a list of what is allowed would break them.
 */
const REFUSED_PORTS: ReadonlySet<number> = new Set([22, 23, 25, 111, 135, 137, 138, 139, 445, 512, 513, 514, 2049, 3389]);

function refusal(code: string, host: string, port: number, why: string, next: string): CaptureError {
  return new CaptureError(code, `refused to connect to ${host}:${port}: ${why}`, { next });
}

const INTERFACES_MS = 5_000;

export class AddressPolicy {
  readonly #options: AddressPolicyOptions;
  /** null: everyone. */
  readonly #peers: BlockList | null;
  /** Names that the system is being asked for. */
  readonly #asked = new Map<string, Promise<readonly Address[]>>();
  #local: { readonly at: number; readonly set: ReadonlySet<string> } | null = null;

  /** @throws UsageError `OVR_ALLOW_PEER` for an allowed peer that is no address or network. */
  constructor(options: AddressPolicyOptions) {
    this.#options = options;
    this.#peers = options.allowedPeers === undefined ? PRIVATE_PEERS : peersOf(options.allowedPeers);
  }

  /** Addresses of this machine, read again every five seconds: laptops change networks during a session. */
  #localAddresses(): ReadonlySet<string> {
    const now = performance.now();
    if (this.#local === null || now - this.#local.at > INTERFACES_MS) {
      const texts =
        this.#options.localAddresses?.() ??
        Object.values(networkInterfaces()).flatMap((entries) => (entries ?? []).map((entry) => entry.address));
      this.#local = { at: now, set: new Set(texts.map((text) => plainAddress(text)?.address ?? text)) };
    }
    return this.#local.set;
  }

  /** True where the address is one of this machine's. */
  isLocal(address: string): boolean {
    const plain = plainAddress(address);
    return plain !== null && (inside(LOOPBACK, plain) || this.#localAddresses().has(plain.address));
  }

  /** May this peer use the proxy? This machine itself, and private networks or, where they were named, only those named. */
  allowsPeer(remoteAddress: string): boolean {
    if (this.#peers === null) return true;
    const plain = plainAddress(remoteAddress);
    return plain !== null && (inside(this.#peers, plain) || this.isLocal(remoteAddress));
  }

  /** Is this host and port one of our own listeners, by whatever address of this machine? */
  isOwn(address: string, port: number): boolean {
    const plain = plainAddress(address);
    if (plain === null) return false;
    return this.#options.own().some((own) => {
      if (own.port !== port) return false;
      const listener = plainAddress(own.host);
      return listener?.address === plain.address || this.isLocal(plain.address) || inside(UNSPECIFIED, plain);
    });
  }

  /**
   * Resolves a destination and judges every address of the answer.
   * @returns the addresses that may be connected to, in the resolver's order; never empty.
   * @throws CaptureError `OVR_DESTINATION_...` where none may, `OVR_DNS` where the name has no address.
   */
  async destination(host: string, port: number): Promise<readonly Address[]> {
    if (!isHostName(host) || !Number.isInteger(port) || port < 1 || port > 65_535)
      throw refusal('OVR_DESTINATION_MALFORMED', host, port, 'this is not a host name and port', 'Look at what the app asked for.');
    if (isOddNumeric(host))
      throw refusal(
        'OVR_DESTINATION_NUMERIC',
        host,
        port,
        'an unusual numeric spelling of an address',
        'Write the address in its usual form.',
      );
    if (REFUSED_PORTS.has(port))
      throw refusal('OVR_DESTINATION_PORT', host, port, 'a service that no app speaks to', 'Reach it without the proxy.');
    const answers: readonly Address[] = plainAddress(host) === null ? await this.#resolve(host) : [{ address: host, family: 4 }];
    let first: CaptureError | null = null;
    const allowed: Address[] = [];
    for (const answer of answers) {
      const plain = plainAddress(answer.address);
      const problem =
        plain === null
          ? refusal('OVR_DESTINATION_MALFORMED', host, port, 'the resolver gave no IP address', 'Check DNS.')
          : this.#judge(plain, host, answer.port ?? port);
      if (problem === null && plain !== null) {
        const target = connectable(answer.address, plain);
        allowed.push(answer.port === undefined ? target : { ...target, port: answer.port });
      } else first ??= problem;
    }
    if (allowed.length > 0) return allowed;
    throw first ?? refusal('OVR_DNS', host, port, 'the name has no address', 'Check the name and the DNS of this machine.');
  }

  /**
   * Connections that open at once share one question: the system asks four at a time, and one that nobody answers takes ten seconds, so that an app
   * that tries a dead host again and again would hold up all others.
   */
  #resolve(host: string): Promise<readonly Address[]> {
    if (this.#options.resolve) return this.#options.resolve(host);
    const asked = this.#asked.get(host);
    if (asked !== undefined) return asked;
    const asking = this.#ask(host).finally(() => this.#asked.delete(host));
    this.#asked.set(host, asking);
    return asking;
  }

  async #ask(host: string): Promise<readonly Address[]> {
    try {
      const answers = await (this.#options.lookup?.(host) ?? lookup(host, { all: true, verbatim: true }));
      return answers.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
    } catch (cause) {
      throw new CaptureError('OVR_DNS', `no address for ${host}`, { next: 'Check the name, and the DNS of this machine.', cause });
    }
  }

  #judge(address: Address, host: string, port: number): CaptureError | null {
    const named = host === address.address ? '' : ` (${address.address})`;
    if (this.isOwn(address.address, port))
      return refusal(
        'OVR_DESTINATION_OWN',
        host,
        port,
        `that is this program itself${named}`,
        'Open the page directly, not through the proxy.',
      );
    if (inside(LOOPBACK, address))
      return this.#options.allowLoopback
        ? null
        : refusal(
            'OVR_DESTINATION_LOOPBACK',
            host,
            port,
            `loopback of the machine that runs the proxy${named}`,
            'Start with --allow-loopback if the server under test runs on this machine.',
          );
    if (inside(UNSPECIFIED, address))
      return refusal('OVR_DESTINATION_UNSPECIFIED', host, port, `the unspecified address${named}`, 'Use the address of the server.');
    if (inside(METADATA, address) || inside(LINK_LOCAL, address))
      return refusal(
        'OVR_DESTINATION_LINK_LOCAL',
        host,
        port,
        `link-local or a cloud metadata service${named}`,
        'Such addresses are never reached through the proxy.',
      );
    if (inside(MULTICAST, address))
      return refusal('OVR_DESTINATION_MULTICAST', host, port, `multicast or reserved${named}`, 'Use the address of one server.');
    return null;
  }
}
