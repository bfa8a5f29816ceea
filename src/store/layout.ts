import type { Generated } from 'kysely';

/** Tables as the newest migration leaves them. Booleans are 0 and 1, times are milliseconds since the epoch, JSON is text. */
export interface Tables {
  setting: { key: string; value: string };
  session: {
    /** Short key of every other table; never used twice, because the search table is named after it. */
    number: Generated<number>;
    id: string;
    started_at: number;
    /** When it was put in: retention counts from here. That of an import is later than its traffic. */
    stored_at: number;
    ended_at: number | null;
    status: string;
    source: string;
    subject: string;
    device: string | null;
    scenes: string;
    pack: string;
    pack_version: string;
    rules_sha256: string;
    /** Name of the lock that the running process holds. */
    owner: string | null;
    /** 1 from the beginning of its deletion: hidden, and erased to the end by the next process if this one dies. */
    doomed: number;
    not_analysed: number;
    not_stored: number;
    /** Requests and outgoing messages that carried something, and those into which nobody could look; null: not counted. */
    payloads_sent: number | null;
    payloads_closed: number | null;
    /** Counts of a session that is over, so that the list of sessions need not count rows. */
    totals: string | null;
    /** 0: the search index holds only what stood on the wire as text; 1: the text that the decoders found as well; 2: the words are listed, too. */
    search_depth: number;
    /** Messages of which only the beginning is indexed; null: nobody counted them. */
    searched_partly: number | null;
  };
  exchange: {
    session: number;
    seq: number;
    at: number;
    method: string;
    url: string;
    host: string;
    status: number | null;
    secure: number;
    app: string;
    scene: string | null;
    client: string | null;
    bytes_up: number;
    bytes_down: number;
    evidence: number;
    failure: string | null;
    warnings: string;
    attributed_by: string | null;
  };
  /** The exchange without its bodies, as JSON. */
  wire: { session: number; seq: number; head: string };
  /** `part`: -2 request, -1 response, from 0 the stream message of that index. */
  body: {
    id: Generated<number>;
    session: number;
    seq: number;
    part: number;
    size: number;
    sha256: string;
    truncated: number;
    bytes: Uint8Array;
  };
  message: {
    session: number;
    seq: number;
    n: number;
    direction: string;
    kind: string;
    text: number;
    at: number;
  };
  finding: { session: number; id: string; grade: string; verdict: string; document: string };
  /** `document`: what is this piece's own, or all of it where `explanation` is null. */
  occurrence: {
    id: Generated<number>;
    session: number;
    finding: string;
    exchange: number;
    at: number;
    document: string;
    explanation: string | null;
  };
  /** What pieces of evidence have in common, as JSON, under a key made of it; see `explanation.ts`. */
  explanation: { session: number; key: string; document: string };
  connection: { session: number; id: string; at: number; document: string };
  /** What the proxy knew of a phone beside its traffic; `lights` as JSON. */
  device: { session: number; address: string; first_seen: number; last_seen: number; known: string | null; lights: string };
  reached: { session: number; name: string; times: number };
  /** What a session was judged to be before it was judged again: its report, values masked. Numbered from 1 within the session. */
  judgement: { session: number; n: number; at: number; document: string };
  /** Pictures of the phone's screen that the tester gave. */
  screenshot: {
    session: number;
    n: number;
    scene: string | null;
    at: number;
    mime: string;
    sha256: string;
    size: number;
    bytes: Uint8Array;
  };
  /** Who looked at values in clear. Numbered from 1 within the session; `exchange` is null where the whole session was opened. */
  reveal: { session: number; n: number; at: number; who: string; exchange: number | null; finding: string | null; data_types: string };
  /** The test person as it was changed in the page: values by data type, as JSON, in clear. Salts and key hooks are not in it. */
  known_values: { session: number; document: string };
  /** What a finding was met with, each value once, so that nobody has to read all its occurrences. Status `''`: it failed unanswered. */
  facet: { session: number; finding: string; kind: 'client' | 'scene' | 'status'; value: string };
  /** The distinct words of the search index, folded, each ended by a line feed; numbered from 1 within the session, see `vocabulary.ts`. */
  vocabulary: { session: number; n: number; words: string };
}
