import type { Rejudged, RenderedReport, SessionDiff } from '../live/index.js';
import type { ProtoSchema } from '../model/proto.js';
import type { Rulebook } from '../model/rulebook.js';
import type { Persona, Session, Subject } from '../model/session.js';
import type { Language } from '../model/text.js';
import { diffReports } from '../report/diff.js';
import { buildReport, type ReportOptions } from '../report/index.js';
import { parseCountries } from '../rulebook/country.js';
import { registryOf } from '../rulebook/delegations.js';
import { searchableExchange } from '../session/searchable.js';
import { type Erasure, openStore, type Store } from '../store/index.js';
import { plainDiff, rendered } from './page-view.js';
import { judgeAgain } from './rejudge.js';
import { picturesOf } from './screenshot.js';
import type { Settings } from './settings.js';
import { findSession, recordOf } from './stored.js';

/** What is asked of whole stored sessions: seconds of work for a long one. */
export type Question =
  | {
      readonly ask: 'report';
      readonly session: string;
      readonly only: readonly string[] | null;
      readonly format: string;
      readonly language: Language;
    }
  | { readonly ask: 'diff'; readonly before: string; readonly after: string }
  | { readonly ask: 'rejudge'; readonly session: string; readonly persona: Persona | null; readonly partial: boolean }
  | { readonly ask: 'delete'; readonly session: string }
  /** All that were stored before, in milliseconds since the epoch, and do not run. */
  | { readonly ask: 'purge'; readonly olderThan: number };

export type Answer = RenderedReport | SessionDiff | Rejudged | Erasure;

/** What an archive is opened with; can be posted to a thread. */
export interface ArchiveOrder {
  readonly settings: Settings;
  readonly rulebook: Rulebook;
  readonly responses: boolean;
  /** Protocol Buffers definitions of the app under test. */
  readonly schemas: readonly ProtoSchema[];
  readonly countries: { readonly file: string; readonly text: string } | null;
}

/** The tester's own words about a session stay as they are stored. */
const UNSAID: Subject = { app: null, categories: {}, context: {}, firstPartyDomains: [], declared: null };

/** Stored sessions, read as a whole. Has a connection of its own to the store, so that it can live in a thread of its own. */
export interface Archive {
  /** @throws StoreError, UsageError; nothing is changed then. */
  answer(question: Question): Answer;
  /**
   * Brings the search index of sessions that older versions recorded up to date, newest first; yields after every few exchanges.
   * Several at once are no harm: the last one to finish counts.
   */
  deepen(): Generator<number>;
  /** Other rules are in force from now on. */
  adopt(rulebook: Rulebook): void;
  close(): void;
}

/** Opens the store of the settings by a connection of its own. @throws StoreError */
export function openArchive(order: ArchiveOrder): Archive {
  const { settings, responses, schemas, countries } = order;
  let { rulebook } = order;
  const store = openStore({ dir: settings.dataDir });
  const reportOf = (id: string, options: ReportOptions = {}) => buildReport(recordOf(store, stored(store, id), rulebook), options);

  function rejudge(id: string, persona: Persona | null, partial: boolean): Rejudged {
    const table = countries === null ? registryOf(rulebook) : parseCountries(countries.text, countries.file);
    const setup = { settings, rulebook, persona, schemas, partial, given: UNSAID, responses, countries: table };
    const { again, number, diff } = judgeAgain(store, stored(store, id), setup, false);
    return { earlier: number, kept: again.kept, diff: plainDiff(diff) };
  }

  return {
    answer(question) {
      if (question.ask === 'diff') return plainDiff(diffReports(reportOf(question.before), reportOf(question.after)));
      if (question.ask === 'delete') return store.deleteSession(question.session);
      if (question.ask === 'purge') return store.purge(question.olderThan);
      if (question.ask === 'rejudge') return rejudge(question.session, question.persona, question.partial);
      const { session, only, format, language } = question;
      const name = `overreach-${session}${only === null ? '' : '-selection'}`;
      const report = reportOf(session, only === null ? {} : { only: new Set(only) });
      return rendered(report, name, format, language, picturesOf(store, report.session.id, report));
    },
    *deepen() {
      for (const id of store.shallowSessions())
        try {
          yield* store.deepen(id, searchableExchange);
        } catch (error) {
          // Deleted between two steps: nobody will search it.
          if (store.session(id) !== null) throw error;
        }
    },
    adopt(rules) {
      rulebook = rules;
    },
    close: () => store.close(),
  };
}

function stored(store: Store, id: string): Session {
  return store.session(id) ?? findSession(store, id);
}
