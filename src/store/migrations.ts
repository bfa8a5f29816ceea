/**
 * The database's history. Numbered from 1, forward only: a released migration is never edited, the next one mends it. A database
 * that has seen more migrations than this list is refused untouched (`openDatabase`).
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE session (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    started_at REAL NOT NULL,
    ended_at REAL,
    status TEXT NOT NULL,
    source TEXT NOT NULL,
    subject TEXT NOT NULL,
    device TEXT,
    scenes TEXT NOT NULL,
    pack TEXT NOT NULL,
    pack_version TEXT NOT NULL,
    rules_sha256 TEXT NOT NULL,
    owner TEXT,
    doomed INTEGER NOT NULL DEFAULT 0,
    not_analysed INTEGER NOT NULL DEFAULT 0,
    not_stored INTEGER NOT NULL DEFAULT 0,
    totals TEXT
  ) STRICT;
  CREATE INDEX session_started ON session (started_at);

  CREATE TABLE exchange (
    session INTEGER NOT NULL REFERENCES session (number) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    at REAL NOT NULL,
    method TEXT NOT NULL,
    url TEXT NOT NULL,
    host TEXT NOT NULL,
    status INTEGER,
    secure INTEGER NOT NULL,
    app TEXT NOT NULL,
    scene TEXT,
    client TEXT,
    bytes_up INTEGER NOT NULL,
    bytes_down INTEGER NOT NULL,
    evidence INTEGER NOT NULL,
    failure TEXT,
    warnings TEXT NOT NULL,
    PRIMARY KEY (session, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX exchange_host ON exchange (session, host, seq, bytes_up, bytes_down);
  CREATE INDEX exchange_evidence ON exchange (session, seq) WHERE evidence > 0;
  CREATE INDEX exchange_failure ON exchange (session, seq) WHERE failure IS NOT NULL;

  CREATE TABLE wire (
    session INTEGER NOT NULL REFERENCES session (number) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    head TEXT NOT NULL,
    PRIMARY KEY (session, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE body (
    id INTEGER PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES session (number) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    part INTEGER NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    truncated INTEGER NOT NULL,
    bytes BLOB NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX body_place ON body (session, seq, part);
  CREATE INDEX body_truncated ON body (session) WHERE truncated = 1;

  CREATE TABLE message (
    session INTEGER NOT NULL REFERENCES session (number) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    n INTEGER NOT NULL,
    direction TEXT NOT NULL,
    kind TEXT NOT NULL,
    text INTEGER NOT NULL,
    at REAL NOT NULL,
    PRIMARY KEY (session, seq, n)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE finding (
    session INTEGER NOT NULL REFERENCES session (number) ON DELETE CASCADE,
    id TEXT NOT NULL,
    grade TEXT NOT NULL,
    verdict TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (session, id)
  ) STRICT;

  CREATE TABLE occurrence (
    id INTEGER PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES session (number) ON DELETE CASCADE,
    finding TEXT NOT NULL,
    exchange INTEGER NOT NULL,
    at REAL NOT NULL,
    document TEXT NOT NULL
  ) STRICT;
  CREATE INDEX occurrence_finding ON occurrence (session, finding, at, exchange);
  CREATE INDEX occurrence_exchange ON occurrence (session, exchange);

  CREATE TABLE connection (
    session INTEGER NOT NULL REFERENCES session (number) ON DELETE CASCADE,
    id TEXT NOT NULL,
    at REAL NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (session, id)
  ) STRICT;

  CREATE TABLE reached (
    session INTEGER NOT NULL REFERENCES session (number) ON DELETE CASCADE,
    name TEXT NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (session, name)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE judgement (
    session INTEGER NOT NULL REFERENCES session (number) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    at REAL NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (session, n)
  ) STRICT;
  `,
  `
  CREATE TABLE screenshot (
    session INTEGER NOT NULL REFERENCES session (number) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    scene TEXT,
    at REAL NOT NULL,
    mime TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (session, n)
  ) STRICT;
  `,
  `
  CREATE TABLE reveal (
    session INTEGER NOT NULL REFERENCES session (number) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    at REAL NOT NULL,
    who TEXT NOT NULL,
    exchange INTEGER,
    finding TEXT,
    data_types TEXT NOT NULL,
    PRIMARY KEY (session, n)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE known_values (
    session INTEGER PRIMARY KEY REFERENCES session (number) ON DELETE CASCADE,
    document TEXT NOT NULL
  ) STRICT;

  CREATE TABLE facet (
    session INTEGER NOT NULL REFERENCES session (number) ON DELETE CASCADE,
    finding TEXT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (session, finding, kind, value)
  ) STRICT, WITHOUT ROWID;
  INSERT OR IGNORE INTO facet (session, finding, kind, value)
    SELECT occurrence.session, occurrence.finding, kinds.column1,
      CASE kinds.column1
        WHEN 'client' THEN exchange.client
        WHEN 'scene' THEN exchange.scene
        ELSE CASE WHEN exchange.status IS NOT NULL THEN CAST(exchange.status AS TEXT) WHEN exchange.failure IS NOT NULL THEN '' END
      END AS met
    FROM occurrence JOIN exchange ON exchange.session = occurrence.session AND exchange.seq = occurrence.exchange,
      (VALUES ('client'), ('scene'), ('status')) AS kinds
    WHERE met IS NOT NULL;

  CREATE INDEX exchange_awaited ON exchange (session, seq) WHERE status IS NULL AND failure IS NULL;

  ALTER TABLE session ADD COLUMN search_depth INTEGER NOT NULL DEFAULT 0;
  `,
  // Until now only mini programs were told apart, by their Referer.
  `
  ALTER TABLE exchange ADD COLUMN attributed_by TEXT;
  UPDATE exchange SET attributed_by = 'referer' WHERE app <> 'main';
  CREATE INDEX exchange_app ON exchange (session, app, attributed_by, host, bytes_up, bytes_down) WHERE attributed_by IS NOT NULL;
  `,
  // The middle of words is found through a list of them; sessions recorded without get theirs from their index, in the background.
  `
  CREATE TABLE vocabulary (
    session INTEGER NOT NULL REFERENCES session (number) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (session, n)
  ) STRICT;
  `,
  // Of sessions recorded before nobody knows how many messages are indexed in part.
  `
  ALTER TABLE session ADD COLUMN searched_partly INTEGER;
  `,
  `
  CREATE TABLE device (
    session INTEGER NOT NULL REFERENCES session (number) ON DELETE CASCADE,
    address TEXT NOT NULL,
    first_seen REAL NOT NULL,
    last_seen REAL NOT NULL,
    known TEXT,
    lights TEXT NOT NULL,
    PRIMARY KEY (session, address)
  ) STRICT, WITHOUT ROWID;
  `,
  // An imported recording is as old as its traffic, and was kept since it was imported. Of those imported before nobody knows when: from now on.
  `
  ALTER TABLE session ADD COLUMN stored_at REAL NOT NULL DEFAULT 0;
  UPDATE session SET stored_at = CASE source WHEN 'har' THEN max(started_at, unixepoch() * 1000.0) ELSE started_at END;
  `,
  // Of sessions recorded before nobody knows into how many messages one could look.
  `
  ALTER TABLE session ADD COLUMN payloads_sent INTEGER;
  ALTER TABLE session ADD COLUMN payloads_closed INTEGER;
  `,
  // Evidence of before keeps its explanation in its own document.
  `
  CREATE TABLE explanation (
    session INTEGER NOT NULL REFERENCES session (number) ON DELETE CASCADE,
    key TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (session, key)
  ) STRICT, WITHOUT ROWID;
  ALTER TABLE occurrence ADD COLUMN explanation TEXT;
  `,
];
