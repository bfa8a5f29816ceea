import { http1Rows } from './http1.js';
import { grpcRows, http2Rows } from './http2.js';
import type { Identity } from './identity.js';
import type { Route } from './route.js';
import type { Row } from './row.js';
import { Stage } from './stage.js';
import { tlsRows } from './tls.js';
import { tunnelRows } from './tunnels.js';
import { websocketRows } from './websocket.js';
import { PATIENCE_MS } from './wire.js';

export interface Result {
  readonly group: string;
  readonly name: string;
  readonly direct: string;
  readonly through: string;
  readonly verdict: 'equal' | 'documented' | 'DIFFERS';
  readonly reason: string | null;
}

export function allRows(): readonly Row[] {
  return [...http1Rows(), ...http2Rows(), ...grpcRows(), ...websocketRows(), ...tlsRows(), ...tunnelRows()];
}

/** What a row shows on a route; a failure is an observation, too, so that both columns can fail alike. */
async function observe(row: Row, route: Route, identity: Identity): Promise<string> {
  const stage = new Stage(route, identity);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the row did not end')), 2 * PATIENCE_MS);
  });
  try {
    return stage.plain(await Promise.race([row.run(stage), late]));
  } catch (error) {
    return stage.plain({ failed: error instanceof Error ? error.message : String(error) });
  } finally {
    clearTimeout(timer);
    await stage.close();
  }
}

/** A row that fails directly proves nothing, however equal the other column is. */
function judge(row: Row, direct: string, through: string): Result['verdict'] {
  if (direct.startsWith('{"failed"')) return 'DIFFERS';
  if (direct === through) return 'equal';
  return row.documented === undefined ? 'DIFFERS' : 'documented';
}

/** Runs the rows one after another on both routes; `tell` hears of each before it runs. */
export async function compare(
  rows: readonly Row[],
  direct: Route,
  through: Route,
  identity: Identity,
  tell: (row: Row) => void = () => undefined,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const row of rows) {
    tell(row);
    const [a, b] = [await observe(row, direct, identity), await observe(row, through, identity)];
    const verdict = judge(row, a, b);
    results.push({
      group: row.group,
      name: row.name,
      direct: a,
      through: b,
      verdict,
      reason: verdict === 'documented' ? (row.documented ?? null) : null,
    });
  }
  return results;
}

/** Up to where both are equal is of no interest; a little of it shows where one is. */
function apart(a: string, b: string): readonly [string, string] {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const from = Math.max(0, at - 40);
  const cut = (text: string): string => `${from > 0 ? '…' : ''}${text.slice(from, from + 200)}`;
  return [cut(a), cut(b)];
}

/** The table as text, differences with both observations. */
export function render(results: readonly Result[], column: string): string {
  const width = Math.max(...results.map(({ name }) => name.length));
  const lines: string[] = [];
  let group = '';
  for (const result of results) {
    if (result.group !== group) {
      group = result.group;
      lines.push('', `${group.padEnd(width + 4)}direct   ${column}`);
    }
    const ran = (text: string): string => (text.startsWith('{"failed"') ? 'failed' : 'ok').padEnd(9);
    lines.push(`  ${result.name.padEnd(width + 2)}${ran(result.direct)}${result.verdict}`);
    if (result.verdict === 'equal') continue;
    if (result.reason !== null) lines.push(`    reason: ${result.reason}`);
    const [direct, through] = apart(result.direct, result.through);
    lines.push(`    direct:    ${direct}`, `    ${column.padEnd(9)}: ${through}`);
  }
  const count = (verdict: Result['verdict']): number => results.filter((result) => result.verdict === verdict).length;
  lines.push('', `${results.length} rows: ${count('equal')} equal, ${count('documented')} documented, ${count('DIFFERS')} differ`);
  return lines.join('\n');
}
