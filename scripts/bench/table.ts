import type { Measured } from './measure.js';

const number = (value: number | null, digits = 0): string => (value === null ? '-' : value.toFixed(digits));

/** One line for each contestant; ratios are to `direct` of the same run. */
export function table(results: readonly Measured[]): string {
  const direct = results.find(({ name }) => name === 'direct')?.perSecond ?? Number.NaN;
  const rows = results.map((result) => [
    result.name,
    number(result.perSecond),
    number(result.perSecond / direct, 2),
    number(result.p50, 1),
    number(result.p99, 1),
    number(result.cpu),
    number(result.newHost, 1),
    number(result.slowGrowth),
    String(result.failed),
  ]);
  const head = ['', 'req/s', 'of direct', 'p50 ms', 'p99 ms', 'CPU us/req', 'new host ms', 'slow +MiB', 'failed'];
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '))
    .join('\n');
}

/** What is promised, and whether this run kept it. A contestant that is not installed leaves its line open. */
export function targets(results: readonly Measured[]): string {
  const of = (name: string) => results.find((result) => result.name === name);
  const [direct, relay, audit] = [of('direct'), of('relay, not auditing'), of('auditing, with store')];
  const line = (what: string, value: number | undefined, holds: (value: number) => boolean, digits = 2): string =>
    value === undefined || Number.isNaN(value)
      ? `?  ${what}: not measured`
      : `${holds(value) ? '✓' : '✗'}  ${what}: ${value.toFixed(digits)}`;
  const ratio = (a: Measured | undefined, b: Measured | undefined): number | undefined =>
    a === undefined || b === undefined ? undefined : a.perSecond / b.perSecond;
  return [
    line('relay without auditing, at least 0.9 of direct', ratio(relay, direct), (value) => value >= 0.9),
    line('relay without auditing, at most 45 us CPU a request', relay?.cpu ?? undefined, (value) => value <= 45, 0),
    line('auditing, at least 1.0 of squid ssl-bump', ratio(audit, of('squid ssl-bump')), (value) => value >= 1),
    line('auditing, at least 2.5 of bare http-mitm-proxy', ratio(audit, of('bare http-mitm-proxy')), (value) => value >= 2.5),
    line('auditing, at least 10 of mitmdump', ratio(audit, of('mitmdump')), (value) => value >= 10),
    line(
      'new host, at most 4 of direct',
      audit === undefined || direct === undefined ? undefined : audit.newHost / direct.newHost,
      (value) => value <= 4,
    ),
    // Garbage not yet collected is 10 to 20; a proxy that buffers grows by hundreds within the four seconds.
    line('slow client, MiB of growth (under 32)', audit?.slowGrowth ?? undefined, (value) => value < 32, 0),
  ].join('\n');
}
