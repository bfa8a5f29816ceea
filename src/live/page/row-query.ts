import type { DeviceLabel, Scene } from '../../model/session.js';
import type { FindingRow } from '../trail.js';
import { type Facts, type Filter, matches, TEXT_LENGTH, type Term } from './filter.js';

/** Finding ids that one request may carry in its address: 16 digits and a comma of three signs each, and Node takes heads of 16 KiB. */
const MOST_FINDINGS = 500;

export interface RowFilter {
  readonly where: readonly string[];
  /** null: whatever was found, or nothing. */
  readonly findings: readonly string[] | null;
  /** More findings match than can be asked for. */
  readonly cut: boolean;
}

/**
 * The filter line as a question about requests. What a request knows itself (host, app, scene, device, status, text) is asked of the
 * store; what only a finding knows (verdict, type, party, ...) picks the findings first, and then the requests that carry them.
 */
export function rowFilter(
  { terms }: Filter,
  rows: readonly FindingRow[],
  factsOf: (row: FindingRow) => Facts,
  session: { readonly scenes: readonly Scene[]; readonly app: string | null; readonly devices?: readonly DeviceLabel[] },
): RowFilter {
  const apps = [...new Set(['main', ...rows.map(({ app }) => app)])];
  const where = terms.flatMap((term) => wordsOf(term, session.scenes, apps, session.app, session.devices ?? []));
  const ofFindings = terms.filter(({ operator }) => operator !== null && !OF_REQUESTS.has(operator));
  if (ofFindings.length === 0) return { where, findings: null, cut: false };
  const wanted = { terms: ofFindings, unknown: [] };
  const ids = rows.filter((row) => matches(wanted, factsOf(row))).map(({ id }) => id);
  return { where, findings: ids.slice(0, MOST_FINDINGS), cut: ids.length > MOST_FINDINGS };
}

const OF_REQUESTS: ReadonlySet<string> = new Set(['host', 'app', 'scene', 'device', 'status']);

function wordsOf(
  { operator, value, negated }: Term,
  scenes: readonly Scene[],
  apps: readonly string[],
  app: string | null,
  devices: readonly DeviceLabel[],
): string[] {
  const minus = negated ? '-' : '';
  const all = (field: string, values: readonly string[]) => values.map((one) => `${minus}${field}:${one}`);
  const holds = (text: string) => text.toLowerCase().includes(value);
  switch (operator) {
    case null:
      return all('text', [value.slice(0, TEXT_LENGTH)]);
    case 'host':
      return all('host', [value]);
    case 'device':
      // The store knows addresses; labels are the tester's.
      return all('device', [value, ...devices.filter(({ label }) => holds(label)).map(({ address }) => address)]);
    case 'status':
      return all(
        'status',
        [value.replace(/x+$/, '')].filter((one) => one !== ''),
      );
    case 'scene':
      return all(
        'scene',
        orNothing(
          scenes.filter(({ name, consent }) => holds(name) || holds(consent)).map(({ id }) => id),
          value,
          negated,
        ),
      );
    case 'app':
      return all(
        'app',
        orNothing(
          apps.filter((one) => holds(one) || (one === 'main' && app !== null && holds(app))),
          value,
          negated,
        ),
      );
    default:
      return [];
  }
}

/** A name that nothing has must match nothing, not everything. */
function orNothing(ids: readonly string[], value: string, negated: boolean): readonly string[] {
  return ids.length > 0 || negated ? ids : [value];
}
