import type { DataType } from '../model/rulebook.js';
import { asClue, type Candidate } from './candidate.js';

/**
 * A phone and its router have different addresses. Where one object gives the same to both, under `bssid` and under `mac`, whoever wrote it
 * could not read the phone's own (iOS has not told it since version 7) and put the router's in its place.
 * @param candidates of one message, by whatever they were read: neighbours and the form of the value make a `mac` sure as well as its name.
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

/** A phone has one address for Wi-Fi, and another one while it is a hotspot. */
const MOST_OWN = 2;
const LAST_ROW = /\[\d{1,9}\](?=[^[]*$)/;

/**
 * `[{ mac, name }, { mac, name }, …]`: more different addresses in the rows of one list than a phone has are those of what is near it, whatever the
 * list is called.
 * @param types by id: which of them tell one device or person from another. @returns the same; such addresses are clues.
 */
export function withNeighbours(candidates: readonly Candidate[], types: ReadonlyMap<string, DataType>): readonly Candidate[] {
  const lists = new Map<string, Set<string>>();
  for (const candidate of candidates) {
    const { path, value } = candidate.evidence;
    if (!isRead(candidate, 'mac_address') || !path.includes('[')) continue;
    const list = path.replace(LAST_ROW, '[]');
    const values = lists.get(list) ?? new Set();
    values.add(value.trim().toLowerCase());
    lists.set(list, values);
  }
  const many = new Set([...lists].flatMap(([list, values]) => (values.size > MOST_OWN ? [list] : [])));
  if (many.size === 0) return candidates;
  // Rows with another identifier, an account or a number are records of devices, each with an address of its own.
  const isOfOne = (id: string): boolean => {
    const type = types.get(id);
    return id !== 'mac_address' && type !== undefined && (type.identifier !== null || type.family === 'account' || type.family === 'phone');
  };
  const ofDevices = new Set(
    candidates.flatMap(({ evidence: { dataType, path } }) =>
      path.includes('[') && isOfOne(dataType) ? [path.slice(0, path.search(LAST_ROW))] : [],
    ),
  );
  return candidates.map((candidate) => {
    const { path } = candidate.evidence;
    if (!isRead(candidate, 'mac_address') || !many.has(path.replace(LAST_ROW, '[]'))) return candidate;
    return ofDevices.has(path.slice(0, path.search(LAST_ROW))) ? candidate : asClue(candidate, neighboursLine);
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

const neighboursLine = {
  rule: 'doubt-neighbours',
  text: {
    zh: '同一列表中有三个以上不同的地址，各行没有别的设备标识：是附近的设备或路由器，不是手机自己的 MAC',
    en: 'three or more different addresses in one list, and nothing in its rows tells a device: those of what is near, not the phone’s own',
  },
} as const;
