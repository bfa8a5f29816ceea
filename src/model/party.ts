import type { Bilingual } from './text.js';

/** Who received it. */
export interface Party {
  readonly host: string;
  readonly registrableDomain: string | null;
  readonly company: Bilingual | null;
  readonly sdk: string | null;
  /** `first_party`, `ads`, `analytics`, `push`, `map`, `payment`, `risk`, `cdn`, `os`, `login`, `cloud`, ... or null. */
  readonly purpose: string | null;
  /** null: not known. */
  readonly firstParty: boolean | null;
  /** ISO 3166-1 alpha-2 of the address's registration; null: not known. */
  readonly country: string | null;
  /** Date of the table that says so, `YYYY-MM-DD`; absent where it has none. */
  readonly countryAsOf?: string;
  readonly reason: Bilingual;
}

/**
 * Where addresses are registered: the table that comes with the rules, or one that the user brings. Registration
 * is not location (facts, 4d: CDN and anycast addresses mislead), and an address that the table lacks is "not known", never "at
 * home".
 */
export interface CountryTable {
  /** Date of the table, `YYYY-MM-DD`; null: a table of the user's, which has none. */
  readonly asOf: string | null;
  /** ISO 3166-1 alpha-2 of the smallest block that holds the address; null: not known, or no address. */
  countryOf(address: string): string | null;
}
