import type { Finding } from '../model/finding.js';
import type { Party } from '../model/party.js';
import type { Family } from '../model/rulebook.js';
import type { Declaration } from '../model/session.js';

/** declared: type and receiver are. receiver: the type is, this receiver is not. type: the type is not. open: nobody said whose the receiver is. */
export type Coverage = 'declared' | 'receiver' | 'type' | 'open';

/**
 * Holds a transmission against what the app's privacy policy declares. A type declared under another role of its family counts:
 * the wire cannot tell them apart.
 * @param ownKnown whether the tester named the app's own domains: without them `first_party` may be any host that nobody else claims.
 */
export function coverageOf(
  declared: readonly Declaration[],
  dataType: string,
  family: Family | null,
  party: Party,
  ownKnown: boolean,
): Coverage {
  const same = new Set([dataType, ...(family?.roles ?? []).filter((set) => set.includes(dataType)).flat()]);
  const lines = declared.filter((line) => same.has(line.dataType));
  if (lines.length === 0) return 'type';
  if (lines.some((line) => isReceiver(line.receiver, party))) return 'declared';
  return !ownKnown && party.firstParty === null && lines.some((line) => isOwn(line.receiver)) ? 'open' : 'receiver';
}

function isOwn(receiver: string): boolean {
  return receiver.trim().toLowerCase() === 'first_party';
}

/** `*`, `first_party`, a domain, or the name of company or SDK in either language. */
function isReceiver(receiver: string, party: Party): boolean {
  const text = receiver.trim().toLowerCase();
  if (text === '*') return true;
  if (isOwn(receiver)) return party.firstParty === true;
  const host = party.host.toLowerCase();
  if (host === text || host.endsWith(`.${text}`)) return true;
  return [party.company?.zh, party.company?.en, party.sdk].some((name) => name?.toLowerCase() === text);
}

/**
 * A first draft of an inventory from what was seen, for a person to edit: purposes are not on the wire. Only what was judged,
 * and no technical data. In order of data type and receiver.
 */
export function draftInventory(findings: readonly Finding[]): Declaration[] {
  const lines = new Map<string, Declaration>();
  for (const finding of findings) {
    if (finding.placeholder || finding.grade === 'candidate' || finding.grade === 'opaque' || finding.verdict === 'technical') continue;
    const { party } = finding;
    const receiver = party.firstParty === true ? 'first_party' : (party.sdk ?? party.registrableDomain ?? party.host);
    lines.set(JSON.stringify([finding.dataType, receiver]), { dataType: finding.dataType, purpose: party.purpose ?? '?', receiver });
  }
  return [...lines].sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0)).map(([, line]) => line);
}
