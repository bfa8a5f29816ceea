import type { VerdictName } from '../../model/finding.js';
import type { AppTraffic } from '../../model/report.js';
import type { Subject } from '../../model/session.js';
import type { FindingRow } from '../trail.js';
import { isHigh, rankOf } from './facts.js';
import { type Gaps, isNothingRead, isPartly, unseenCount } from './gaps.js';
import type { TextKey } from './text/zh.js';

/** A part of the answer. */
export interface HeadlinePart {
  readonly key: TextKey;
  /** Fills `{n}`. */
  readonly n?: number;
  /** Findings whose types and receivers are named behind it, worst first. */
  readonly named?: readonly FindingRow[];
}

export interface HeadlineFacts {
  /** Without candidates. */
  readonly rows: readonly FindingRow[];
  readonly categories: Subject['categories'];
  readonly running: boolean;
  /** All requests of the session, whosever they are. */
  readonly exchanges: number;
  /** The part of them of which something tells whose they are. */
  readonly apps: readonly Pick<AppTraffic, 'app' | 'exchanges'>[];
  readonly gaps: Gaps;
}

/** Verdicts that hold something against the list of a category. */
const WEIGHED: ReadonlySet<VerdictName> = new Set(['beyond_necessary', 'conditional', 'necessary']);

/** What the server answered is a finding of its own where responses are judged: the app did not send it. */
const isAnswer = ({ trail }: FindingRow): boolean => trail?.direction === 'response';

/**
 * The answer in parts: what went beyond, to whom, how grave; what is open, and what was not seen. Whoever sent it is told apart as in the
 * report (`report/conclusion`): a mini program answers for a list of its own, and of an app without requests nothing can be said.
 */
export function headlineOf({ rows, categories, running, exchanges, apps, gaps }: HeadlineFacts): HeadlinePart[] {
  const judged = (categories.main ?? []).length > 0;
  const sentBy = (others: (app: string) => boolean) =>
    exchanges - apps.filter(({ app }) => app !== 'main' && others(app)).reduce((sum, one) => sum + one.exchanges, 0);
  const ofApp = sentBy(() => true);
  const ofJudged = sentBy((app) => !Object.hasOwn(categories, app));
  const over = rows.filter(({ verdict }) => verdict === 'beyond_necessary');
  const beyond = over.filter((row) => !isAnswer(row)).sort((a, b) => rankOf(a) - rankOf(b));
  const ofOthers = beyond.filter(({ app }) => app !== 'main').length;
  const count = (of: (row: FindingRow) => boolean) => rows.filter(of).length;
  // What could not be opened is counted with what was not seen.
  const open = count(({ verdict, grade }) => verdict === 'not_judged' && grade !== 'opaque');
  const uncategorised: HeadlinePart = open > 0 ? { key: 'headline.uncategorised', n: open } : { key: 'headline.noCategory' };

  function answer(): HeadlinePart[] {
    if (exchanges > 0 && ofJudged <= 0) return [{ key: 'headline.noneOfApp' }];
    // Of what nobody could look into, "nothing was found" would be said of nothing.
    if (beyond.length === 0 && isNothingRead(gaps)) return [{ key: 'headline.nothingRead' }];
    if (rows.length === 0) {
      if (exchanges === 0) return [{ key: running ? 'headline.quiet' : 'headline.noTraffic' }];
      return [{ key: running ? 'headline.none' : 'headline.noneEnded' }, ...appWithout()];
    }
    if (beyond.length > 0)
      return [
        { key: 'headline.beyond', n: beyond.length, named: beyond },
        ...(ofOthers > 0 ? [{ key: 'headline.ofOthers', n: ofOthers } as const] : []),
        ...(judged ? appWithout() : [uncategorised]),
      ];
    // No list was held against any of them: then "nothing beyond it" would be said of nothing.
    if (!judged) return [uncategorised];
    if (open > 0 && count(({ verdict }) => WEIGHED.has(verdict)) === 0) return [{ key: 'headline.unjudged', n: open }, ...appWithout()];
    return [
      { key: running ? 'headline.fine' : 'headline.fineEnded' },
      ...(open > 0 ? [{ key: 'headline.unjudgedToo', n: open } as const] : []),
      ...appWithout(),
    ];
  }

  function appWithout(): HeadlinePart[] {
    return exchanges > 0 && ofApp <= 0 ? [{ key: 'headline.noneOfApp' }] : [];
  }

  const told: ReadonlyArray<readonly [key: TextKey, n: number]> = [
    ['headline.answered', over.length - beyond.length],
    ['headline.high', count(({ issues }) => isHigh(issues))],
    ['headline.open', count(({ verdict }) => verdict === 'conditional')],
    ['headline.unseen', unseenCount(gaps)],
    ['headline.interrupted', Number(gaps.interrupted)],
    ['headline.partly', Number(isPartly(gaps))],
    ['headline.unread', gaps.notAnalysed],
    ['headline.notStored', gaps.notStored],
  ];
  return [...answer(), ...told.flatMap(([key, n]) => (n > 0 ? [{ key, n }] : []))];
}
