import { asClue, type Candidate } from './candidate.js';

/**
 * A phone and its router have different addresses. Where one object gives the same to both, under `bssid` and under `mac`, whoever wrote it
 * could not read the phone's own (iOS has not told it since version 7) and put the router's in its place.
 * @param candidates of one message, by whatever they were read: company and the form of the value make a `mac` sure as well as its name.
 * @returns the same; addresses called the phone's that are a router's beside them are clues.
 */
export function withRouters(candidates: readonly Candidate[]): readonly Candidate[] {
  const routers = new Map<string, string>();
  for (const candidate of candidates) if (isRead(candidate, 'bssid')) routers.set(placeOf(candidate), candidate.evidence.path);
  if (routers.size === 0) return candidates;
  return candidates.map((candidate) => {
    if (!isRead(candidate, 'mac_address')) return candidate;
    const router = routers.get(placeOf(candidate));
    return router === undefined || router === candidate.evidence.path ? candidate : asClue(candidate, line);
  });
}

/** The object that a value stands in, and the value. */
function placeOf({ evidence: { path, value } }: Candidate): string {
  return `${path.slice(0, path.lastIndexOf('.'))} ${value.trim().toLowerCase()}`;
}

/** By its name or its form: of a value that is known to be the tester's there is no doubt. */
function isRead({ evidence }: Candidate, type: string): boolean {
  return evidence.dataType === type && (evidence.grade === 'strong' || evidence.grade === 'probable') && !evidence.placeholder;
}

const line = {
  rule: 'doubt-routers',
  text: {
    zh: '同一对象内的路由器地址（BSSID）与此相同：不是手机自己的 MAC',
    en: 'the address of the router (BSSID) in the same object is the same: it is not the phone’s own',
  },
} as const;
