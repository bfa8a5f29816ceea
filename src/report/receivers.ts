import type { VerdictName } from '../model/finding.js';
import { VERDICTS } from '../model/finding.js';
import type { Party } from '../model/party.js';
import type { HostTraffic, ReportFinding, ReportParty } from '../model/report.js';
import { byText } from '../model/text.js';

function unknownParty(host: string): Party {
  return {
    host,
    registrableDomain: null,
    company: null,
    sdk: null,
    purpose: null,
    firstParty: null,
    country: null,
    reason: { zh: '未发现个人信息，未核实归属', en: 'No personal data was found; the owner was not looked up' },
  };
}

/** Every host that received anything: those with findings beyond the list first, then by findings, then by name. */
export function buildReceivers(
  findings: readonly ReportFinding[],
  contacted: readonly HostTraffic[],
  partyOf: (host: string) => Party = unknownParty,
): ReportParty[] {
  const byHost = new Map<string, ReportFinding[]>();
  for (const { host } of contacted) byHost.set(host, []);
  for (const finding of findings) {
    const list = byHost.get(finding.party.host);
    if (list === undefined) byHost.set(finding.party.host, [finding]);
    else list.push(finding);
  }
  const trafficOf = new Map(contacted.map((host) => [host.host, host]));
  const receivers = [...byHost].map(([host, found]): ReportParty => {
    const byVerdict: Partial<Record<VerdictName, number>> = {};
    for (const verdict of VERDICTS) {
      const count = found.filter((finding) => finding.verdict === verdict).length;
      if (count > 0) byVerdict[verdict] = count;
    }
    const sent = trafficOf.get(host);
    return {
      ...(found[0]?.party ?? partyOf(host)),
      exchanges: sent?.exchanges ?? 0,
      bytesUp: sent?.bytesUp ?? 0,
      bytesDown: sent?.bytesDown ?? 0,
      findings: found.length,
      byVerdict,
    };
  });
  const beyond = (receiver: ReportParty) => receiver.byVerdict.beyond_necessary ?? 0;
  return receivers.sort((a, b) => beyond(b) - beyond(a) || b.findings - a.findings || byText(a.host, b.host));
}
