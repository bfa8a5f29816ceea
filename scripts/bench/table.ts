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
    number(result.unread === null ? null : 100 * result.unread, 1),
    number(result.slowGrowth),
    String(result.failed),
  ]);
  const head = ['', 'req/s', 'of direct', 'p50 ms', 'p99 ms', 'CPU us/req', 'new host ms', 'not analysed %', 'slow +MiB', 'failed'];
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '))
    .join('\n');
}

export interface Target {
  readonly what: string;
  /** Null: not measured in this run. */
  readonly value: number | null;
  readonly holds: boolean | null;
}

/** What is promised, and whether this run kept it. A contestant that is not installed leaves its line open. */
export function targets(results: readonly Measured[]): readonly Target[] {
  const of = (name: string) => results.find((result) => result.name === name);
  const [direct, relay, audit] = [of('direct'), of('relay, not auditing'), of('auditing, with store')];
  const target = (what: string, value: number | null | undefined, holds: (value: number) => boolean): Target =>
    value === undefined || value === null || Number.isNaN(value)
      ? { what, value: null, holds: null }
      : { what, value: Math.round(value * 100) / 100, holds: holds(value) };
  const ratio = (a: Measured | undefined, b: Measured | undefined): number | undefined =>
    a === undefined || b === undefined ? undefined : a.perSecond / b.perSecond;
  return [
    target('relay without auditing, at least 0.9 of direct', ratio(relay, direct), (value) => value >= 0.9),
    target('relay without auditing, at most 45 us CPU a request', relay?.cpu, (value) => value <= 45),
    target('auditing, at least 1.0 of squid ssl-bump', ratio(audit, of('squid ssl-bump')), (value) => value >= 1),
    target('auditing, at least 2.5 of bare http-mitm-proxy', ratio(audit, of('bare http-mitm-proxy')), (value) => value >= 2.5),
    target('auditing, at least 10 of mitmdump', ratio(audit, of('mitmdump')), (value) => value >= 10),
    target('auditing, share of requests not analysed (0)', audit?.unread, (value) => value === 0),
    target(
      'new host, at most 4 of direct',
      audit === undefined || direct === undefined ? undefined : audit.newHost / direct.newHost,
      (value) => value <= 4,
    ),
    // Garbage not yet collected is 10 to 20; a proxy that buffers grows by hundreds within the four seconds.
    target('slow client, MiB of growth (under 32)', audit?.slowGrowth, (value) => value < 32),
  ];
}

/** One line for each. */
export function targetLines(results: readonly Measured[]): string {
  return targets(results)
    .map(({ what, value, holds }) => (value === null ? `?  ${what}: not measured` : `${holds ? '✓' : '✗'}  ${what}: ${value}`))
    .join('\n');
}
