import type { Occurrence } from '../model/finding.js';
import type { OpaqueRow, ReportCoverage, Traffic, UnreadHost } from '../model/report.js';
import type { Connection, Reach } from '../model/session.js';
import { type Bilingual, byText } from '../model/text.js';
import type { Division } from './attribution.js';

/** `capture/causes`: let through as the tester asked, although the certificate does not verify. */
const NOT_VERIFIED = 'OVR_UPSTREAM_NOT_VERIFIED';

/** `session/http3`: the server invites the app to a protocol that does not pass a proxy. */
const HTTP3_OFFERED = 'OVR_HTTP3_OFFERED';

const READABLE: readonly Reach[] = ['decrypted', 'cleartext'];

const WITHOUT_CAUSE: Record<Reach, Bilingual> = {
  decrypted: { zh: '已解密', en: 'Decrypted' },
  cleartext: { zh: '明文', en: 'Sent in clear' },
  passed_through: { zh: '按设置直通，未解密', en: 'Passed through on request, not decrypted' },
  pinned: { zh: 'App 只信任自己的证书（证书锁定）', en: 'The app trusts its own certificate only (pinning)' },
  ca_not_trusted: { zh: '设备未信任本工具的证书', en: "The device does not trust this tool's certificate" },
  not_inspected: { zh: '协议无法识别，未检查', en: 'Unknown protocol, not inspected' },
  failed: { zh: '连接失败', en: 'The connection failed' },
};

function unread(connections: readonly Connection[], reaches: readonly Reach[]): UnreadHost[] {
  return byHost(connections.filter(({ reach }) => reaches.includes(reach)));
}

/** Connections with a cause, one line for each host and cause. */
function byHost(connections: readonly Connection[]): UnreadHost[] {
  const groups = new Map<string, UnreadHost>();
  for (const connection of connections) {
    const code = connection.cause?.code ?? connection.reach.replaceAll('_', '-');
    const key = `${connection.host}\n${code}`;
    const before = groups.get(key);
    groups.set(key, {
      host: connection.host,
      connections: (before?.connections ?? 0) + 1,
      bytesUp: (before?.bytesUp ?? 0) + connection.bytesUp,
      code,
      cause: before?.cause ?? connection.cause?.text ?? WITHOUT_CAUSE[connection.reach],
    });
  }
  return [...groups.values()].sort((a, b) => byText(a.host, b.host) || byText(a.code, b.code));
}

function opaqueRows(opaque: Iterable<Pick<Occurrence, 'host' | 'path'>>): OpaqueRow[] {
  const rows = new Map<string, OpaqueRow>();
  for (const { host, path } of opaque) {
    const key = `${host}\n${path}`;
    rows.set(key, { host, path, count: (rows.get(key)?.count ?? 0) + 1 });
  }
  return [...rows.values()].sort((a, b) => byText(a.host, b.host) || byText(a.path, b.path));
}

/** Whether something was sent, and all of it was encrypted by the app or lay behind a bound: silence about it proves nothing. */
export function isNothingRead({ coverage: { payloads } }: { readonly coverage: Pick<ReportCoverage, 'payloads'> }): boolean {
  return payloads !== undefined && payloads.sent > 0 && payloads.closed === payloads.sent;
}

/**
 * What was looked at and what was not, of the app under test and the apps judged beside it. A host counts as read when a connection to
 * it was readable or an exchange with it is there (a recording has no connections).
 * @param opaque places of undecodable payloads, paths already redacted.
 */
export function buildCoverage(
  { hosts: contacted, connections, attribution }: Division,
  traffic: Traffic,
  opaque: Iterable<Pick<Occurrence, 'host' | 'path'>>,
  limitsReached: Readonly<Record<string, number>>,
): ReportCoverage {
  const read = new Set(contacted.map(({ host }) => host));
  for (const connection of connections) if (READABLE.includes(connection.reach)) read.add(connection.host);
  const hosts = new Set(read);
  for (const { host } of connections) hosts.add(host);
  const readWith = (code: string) => byHost(connections.filter(({ reach, cause }) => READABLE.includes(reach) && cause?.code === code));
  const notVerified = readWith(NOT_VERIFIED);
  const http3Offered = readWith(HTTP3_OFFERED);
  return {
    hosts: hosts.size,
    decrypted: read.size,
    passedThrough: unread(connections, ['passed_through']),
    pinned: unread(connections, ['pinned']),
    notInspected: unread(connections, ['ca_not_trusted', 'not_inspected', 'failed']),
    opaque: opaqueRows(opaque),
    notAnalysed: traffic.notAnalysed,
    truncated: traffic.truncated,
    limitsReached: Object.fromEntries(Object.entries(limitsReached).sort(([a], [b]) => byText(a, b))),
    notAnalysedBytes: connections.reduce((sum, connection) => sum + connection.notAnalysed, 0),
    notStored: traffic.notStored ?? 0,
    ...(traffic.payloads === undefined || traffic.payloads.closed === 0 ? {} : { payloads: traffic.payloads }),
    ...(notVerified.length === 0 ? {} : { notVerified }),
    ...(http3Offered.length === 0 ? {} : { http3Offered }),
    ...(attribution === null ? {} : { attribution }),
  };
}
