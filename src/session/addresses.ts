import type { JudgeSettings } from '../judge/judge.js';
import type { Exchange } from '../model/exchange.js';
import type { CountryTable } from '../model/party.js';
import { hostOf } from './analyst.js';

/**
 * At which address each host was reached. The first one counts: a judgement must not depend on how many addresses a name had, and
 * the first is the same live and when the session is read again.
 */
export class Addresses {
  readonly #first = new Map<string, string>();

  add({ request, serverAddress }: Pick<Exchange, 'request' | 'serverAddress'>): void {
    const host = hostOf(request.url);
    if (serverAddress !== null && !this.#first.has(host)) this.#first.set(host, serverAddress);
  }

  /** For the judge; empty where there is no table, so that every country is "not known". */
  settings(table: CountryTable | null | undefined): Pick<JudgeSettings, 'countries'> {
    if (!table) return {};
    return { countries: { asOf: table.asOf, countryOf: (host) => table.countryOf(this.#first.get(host) ?? host) } };
  }
}
