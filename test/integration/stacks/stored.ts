import { join } from 'node:path';
import type { Exchange } from '../../../src/model/exchange.js';
import { openStore } from '../../../src/store/index.js';
import { until } from '../program.js';

/** The first exchange of a running session with this target, once it is as far as is waited for; undefined where it never comes. */
export function storedExchange(
  home: string,
  session: string,
  target: string,
  isThere: (exchange: Exchange | undefined) => boolean,
): Promise<Exchange | undefined> {
  const stored = (): Exchange | undefined => {
    const store = openStore({ dir: join(home, 'data'), readOnly: true });
    try {
      return [...store.exchanges(session)].find(({ request }) => request.target === target);
    } finally {
      store.close();
    }
  };
  return until(async () => stored(), isThere);
}
