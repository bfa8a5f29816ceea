/** A body without its content-encodings. */
export interface Uncoded {
  /** As far as the codings could be taken off; as they came where none could. */
  readonly bytes: Uint8Array;
  /**
   * The first coding that is not what the header says: `unknown` here, a `misfit` to the bytes (damaged, or taken off before they were
   * recorded), or `short`, a stream that breaks off. null: all of them were taken off.
   */
  readonly trouble: { readonly name: string; readonly why: 'unknown' | 'misfit' | 'short' } | null;
  /** Bound of `limits.ts` at which inflating ended; null: none was reached. */
  readonly cut: string | null;
}

/**
 * Takes the content-encodings off a body. Never throws.
 * @param encoding value of the header; of several, joined by commas.
 * @param truncated only the beginning of the body was kept.
 * @param most bytes that are wanted; default: as many as the analysis reads.
 */
export type UndoCoding = (bytes: Uint8Array, encoding: string, truncated: boolean, most?: number) => Uncoded;
