import { UsageError } from '../errors.js';
import type { SessionReport } from '../model/report.js';
import type { Store } from '../store/index.js';
import { parseReport } from './diff.js';

/**
 * A judgement that a later one replaced, as the report it was: `rejudge` keeps it, with values masked.
 * @param word its number, from 1.
 * @throws UsageError naming those there are.
 */
export function earlierReport(store: Store, sessionId: string, word: string): SessionReport {
  const judgements = store.judgements(sessionId);
  const found = judgements.find(({ n }) => String(n) === word);
  if (found !== undefined) return parseReport(found.document, `judgement ${word} of ${sessionId}`);
  const known = judgements.map(({ n, at }) => `${n} (until ${new Date(at).toISOString()})`);
  throw new UsageError('OVR_JUDGEMENT', `Session "${sessionId}" has no earlier judgement "${word}".`, {
    next:
      known.length === 0
        ? 'It was never judged again. Without --judgement the report is the one in force.'
        : `There are: ${known.join(', ')}.`,
  });
}
