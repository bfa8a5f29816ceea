/**
 * Until when a trouble lasts. `until_stored`: nothing new is kept before the next batch is told; `until_caught_up`: what is shown is of
 * earlier until the analysis has worked off what waits; `for_good`: nothing more is analysed in this run of the program; null: it was over
 * when it was told.
 */
export type Lasting = 'until_stored' | 'until_caught_up' | 'for_good' | null;

/** Trouble of the running audit that nobody asked about: a disk that refuses, an analysis that ended. */
export interface Trouble {
  readonly code: string;
  readonly message: string;
  readonly next: string;
  /** Both in Chinese; absent where the code's own words say it. */
  readonly zh?: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly lasts: Lasting;
}
