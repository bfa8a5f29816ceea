/** The page's state as it stands in the address, so that a reload or a link loses nothing. */
export const VIEWS = ['findings', 'matrix', 'timeline', 'receivers', 'coverage', 'requests', 'checklist', 'rules', 'sessions'] as const;
export type View = (typeof VIEWS)[number];
export const SORTS = ['newest', 'active', 'severity'] as const;
export type Sort = (typeof SORTS)[number];

export interface Address {
  /** null: the running session, or the newest. */
  readonly session: string | null;
  readonly view: View;
  readonly filter: string;
  readonly sort: Sort;
  readonly finding: string | null;
  readonly exchange: number | null;
  /** `category.ID`, `type.ID` or `check.ID` of the rules that is open. */
  readonly rule: string | null;
  /** What the list leaves out for now: `host:NAME`, `app:ID`. */
  readonly muted: readonly string[];
  /** `BEFORE..AFTER`, or `consent` for the two halves of the session that is shown. */
  readonly compare: string | null;
}

function oneOf<T extends string>(list: readonly T[], text: string | null, otherwise: T): T {
  return list.find((one) => one === text) ?? otherwise;
}

/** The state of the page in an address; what cannot be read is as at first. @param search with its question mark. */
export function readAddress(search: string): Address {
  const query = new URLSearchParams(search);
  const exchange = query.get('exchange');
  return {
    session: query.get('session'),
    view: oneOf(VIEWS, query.get('view'), 'findings'),
    filter: query.get('q') ?? '',
    sort: oneOf(SORTS, query.get('sort'), 'newest'),
    finding: query.get('finding'),
    exchange: exchange !== null && /^\d{1,15}$/.test(exchange) ? Number(exchange) : null,
    rule: query.get('rule'),
    muted: query.getAll('mute').filter((one) => /^(host|app):./s.test(one)),
    compare: query.get('compare'),
  };
}

/** Only what differs from the default is written, and never a token. */
export function writeAddress(address: Address): string {
  const query = new URLSearchParams();
  if (address.session !== null) query.set('session', address.session);
  if (address.view !== 'findings') query.set('view', address.view);
  if (address.filter !== '') query.set('q', address.filter);
  if (address.sort !== 'newest') query.set('sort', address.sort);
  if (address.finding !== null) query.set('finding', address.finding);
  if (address.exchange !== null) query.set('exchange', String(address.exchange));
  if (address.rule !== null) query.set('rule', address.rule);
  for (const one of address.muted) query.append('mute', one);
  if (address.compare !== null) query.set('compare', address.compare);
  const text = query.toString();
  return text === '' ? '/' : `/?${text}`;
}
