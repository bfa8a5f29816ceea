/**
 * For `skipIf`: a test that cannot run here says why.
 * @param here whether what it needs is here.
 * @param what it needs, for the reader of the log.
 */
export function lacking(here: boolean, what: string): boolean {
  if (!here) console.warn(`skipped: ${what} is not here`);
  return !here;
}
