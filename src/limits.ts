/**
 * Every numeric bound of the program, with its reason. A bound that is reached is reported under the name it has here, never
 * passed over in silence.
 */
const KiB = 1024;
const MiB = 1024 * KiB;

export const limits = {
  /** Body bytes kept per message. Real bodies are 0.5 to 50 KB; the rest is streamed, hashed and marked truncated. */
  bodyKept: 1 * MiB,
  /** Text kept of one field; longer values are cut for storage (they are still scanned). */
  fieldText: 64 * KiB,

  /** Nested decode steps. gitleaks stops at 5; real apps reach 4 to 6; 12 leaves room and ends quines. */
  decodeDepth: 12,
  /** Leaves per message that become fields: as many as somebody wants in a megabyte and a half of events. Known values are searched in all of it. */
  decodeFields: 20_000,
  /**
   * As many of them does a field count for under a name that the message did not have before: understanding a name takes as long as reading two
   * values. Real messages have some hundred names; ten thousand of them are still read.
   */
  decodeNewName: 2,
  /**
   * The same of a name longer than `keyLength`: cutting it into words, asking what each of them may mean and quoting it in paths takes three times as long,
   * above all in the first message that does. Real names are under 60 characters; of addresses as names three thousand are still read.
   */
  decodeLongName: 6,
  /**
   * Leaves of one document that nobody wants, in bytes: two megabytes of events. Each is 40 bytes in arrays, 200 as a field where somebody asks for
   * all of them after all: 20 MiB, and half a second. Names count among them as they do among fields.
   */
  decodeIdle: 100_000,
  /** Output of one inflater, and its ratio to the input: `min(decodeInflated, decodeRatio * input + 64 KiB)`. */
  decodeInflated: 16 * MiB,
  decodeRatio: 200,
  /** Sum of all decoded layers of one message: twice the largest one, each of which is read and searched at some 100 MB/s. */
  decodeTotal: 32 * MiB,
  /** Nesting of one JSON text; V8's own stack gives out near 10,000. */
  jsonDepth: 256,
  /** Parts of one multipart body, and the headers of one. */
  multipartParts: 1_000,
  partHead: 8 * KiB,
  /** Parts of one text that are taken apart: a sentence has a few, a line of a log three. */
  textTokens: 1_024,
  /** Content codings of one body, one upon the other; two are rare. */
  contentCodings: 16,
  /** Entries of one EXIF directory; cameras write some forty. */
  exifEntries: 256,
  /** Bytes that the decoders of one message may read, all attempts together. At 200 MB/s and more this stays below a second. */
  decodeWork: 128 * MiB,
  /** One name in a path or in `keys`, a whole path, and names on the way: hostile keys must not multiply with the depth. */
  decodeKey: 128,
  decodePath: 1_024,
  decodeKeys: 32,
  /** Places listed in `Decoded.limits`; every further one of the same bound would say the same. */
  decodeHits: 64,
  /** Below 64 bytes entropy proves nothing: noise of that length shows 5.77 +- 0.07 bits per byte. */
  opaqueBytes: 64,
  /** Arrays of bytes in one document; the parts of a picture or a record are a few. */
  byteArrays: 16,
  /** Shortest document within another text that is read with what nobody wants left out: a message has one such document, and a short one must not take its place. */
  sortedText: 1_024,
  /** Characters of the shortest text that is told to be in an unknown encoding: base64 makes 88 of 64 bytes. */
  opaqueText: 88,
  /** A whole message in a format that nobody knows is told from so many bytes on: a name and a number, or one block of a cipher. Signs of life are shorter. */
  unreadBytes: 16,
  /** Share of a message that may stand in clear beside an encrypted payload before it counts as looked at: version, time and signature of an envelope are less. */
  closedClear: 0.1,
  /** Nesting of a protobuf message; the reference implementations stop at 100. */
  protobufDepth: 100,
  /** Structs, lists and maps of TARS, Thrift, BSON, PHP, Java and other binary formats in one another; Thrift's own readers stop at 64. */
  structDepth: 64,
  /** Characters of a `.proto` file; the largest of public APIs have some 200,000. */
  protoFile: 1 * MiB,
  /** Files of one definition, imported ones among them, and their characters together: a large app has some hundred files. */
  protoFiles: 512,
  protoText: 8 * MiB,
  /** Entries opened in one archive. */
  zipEntries: 256,
  /** Objects of one PDF; a page has some twenty, and a tagged document one for each of its paragraphs. */
  pdfObjects: 20_000,

  /** Values, salts and key hooks of one persona; a complete test person has about 60 values. */
  personaValues: 1_000,
  personaSalts: 64,
  personaKeys: 64,
  /** Characters of one persona value, and bytes of the file. */
  personaValue: 2_000,
  personaFile: 1 * MiB,
  /** A hook module: one file of the tester's own. A cipher with its tables is a few KiB. */
  hookFile: 256 * KiB,
  /** Waited for a hook module to be loaded, once for each thread that decodes; it takes 50 ms. */
  hookLoadMs: 10_000,
  /** One answer of a hook module, and all its answers to one message: unlocking 1 MiB takes 20 ms, a shared machine stalls for 100. */
  hookMs: 500,
  hookMessageMs: 2_000,
  /** Times that a module may be too slow before it is asked no more: ten seconds of stalled analysis in all. */
  hookOverruns: 20,
  /** Questions to hook modules about one message. */
  hookCalls: 256,
  /** Bytes of one answer, and memory of the module's own objects. */
  hookOutput: 16 * MiB,
  hookMemory: 128 * MiB,
  /** Digests of known values: 40 values without salts make 3,000; each salt adds 3,700, and 5,400 with a separator, at 2 us each. */
  knownDigests: 400_000,
  /** Known-value evidence of one message; a message that repeats a persona thousands of times says no more than this. */
  knownEvidence: 2_000,

  /** Values that servers handed out, and values that the phone sent, remembered to be followed: 4,096 of at most 512 characters are 4 MiB. */
  followedValues: 4_096,
  /** Bits that say of a forgotten value that the phone had sent it: 128 KiB keep the error below one in twelve for 130,000 of them. */
  followedFilterBits: 2 ** 20,
  /** Shorter values meet by chance or are words; longer ones are content. */
  followedShortest: 16,
  followedLongest: 512,
  /** JSON responses and messages are read for values to follow up to this size: above it they are content, and reading them costs the analysis. */
  followedBody: 64 * KiB,
  /** Recorded streams whose messages wait until everything that was handed out before them is known; beyond it they are read at once. */
  followedHeld: 16 * MiB,

  /** Identifiers that a message named, and values whose names said nothing, remembered to be recognised in other messages, of each so many. */
  recurringValues: 4_096,
  /** Digests of those identifiers: each makes about 100, so of some 400 phones and people; 200 bytes each. */
  recurringDigests: 40_000,
  /** Characters that the remembered places of values hold on to, each its path and the URL of its message: an app may send 64 KiB of URL with each. */
  recurringHeld: 32 * MiB,
  /** One and the same value in this many messages whose names say nothing; more are no longer told once it is named. */
  recurringPlaces: 16,
  /** Identifiers of one message whose digests are made: a quarter of a millisecond each, and no phone has as many. */
  recurringDigested: 100,

  /** Request or response head; Node's own default is 16 KiB, browsers send up to 64 with large cookies. */
  httpHead: 64 * KiB,
  httpHeaderCount: 500,
  /** One WebSocket message, and its fragments (ws lowered its own default to 16,384 after CVE-2026-48779). */
  wsMessage: 16 * MiB,
  wsFragments: 16_384,
  /** Payload of a ping, pong or close from which on it is judged as a message: keep-alives carry 0 to 4 bytes, identifiers more. */
  wsControl: 8,
  /** One compressed message before inflation; a larger one costs the deflate context, which is then said. */
  wsCompressed: 4 * MiB,
  /** Output of one inflated WebSocket or gRPC message. */
  wireInflated: 16 * MiB,
  /** Body bytes kept for all open streams of one connection: four full bodies, so that 1,000 half-sent uploads cost no more. */
  wireKept: 4 * MiB,
  /** Bytes that wait for the other direction (a response ahead of its request, bytes behind an upgrade). */
  wireHeld: 256 * KiB,
  /** Open exchanges of one connection; servers allow 100 to 256 concurrent streams. */
  wireStreams: 1_000,
  /** Events of a response that wait for the end of its request (an event stream that answers an unfinished upload). */
  wireEarly: 1_000,
  /** Raw bytes handed on for each direction of a connection that is not read; the rest is counted. */
  wireRaw: 1 * MiB,
  /** Bytes on either side of the seam between two raw pieces in which known values are looked for across it: a name or number is under 100, written in percent 900. */
  rawSeam: 1 * KiB,
  /** Other readings given for one ambiguous request, requests hidden in it included. */
  wireReadings: 8,
  /** One chunk-size line with its extensions (llhttp stops at 16 KiB). */
  chunkLine: 4 * KiB,
  /** Header block of one HTTP/2 message, all CONTINUATION frames together (CONTINUATION floods, CVE-2024-24549 and kin). */
  h2HeaderBlock: 128 * KiB,
  /** Dynamic HPACK table: browsers announce 64 KiB; a larger one is refused, and the connection is not read from there. */
  hpackTable: 64 * KiB,
  /** Stream messages kept per exchange; more are counted, not kept. */
  streamMessages: 10_000,

  /** Tap bytes waiting for the analysis thread before a connection is marked "captured, not analysed". */
  tapQueued: 64 * MiB,
  /**
   * The same for bytes to the phone: half, so that a server that sends faster than can be read does not hide what the phone sends, which is
   * what is judged.
   */
  tapQueuedDown: 32 * MiB,
  /**
   * How much nicer the threads are that do not relay. Where one core is all there is, three steps are about half the time (526 to 1,024,
   * `sched_prio_to_weight` in Linux' core.c): the relay is not held up, and the analysis still comes on.
   */
  threadNiceness: 3,
  /** The analysis is told of as fallen behind from so old a backlog on: usual is a tenth of a second, and a burst is worked off in a few. */
  analysisBehindMs: 10_000,
  /** Copies for the analysis thread are packed up to this size or this delay before they are posted. */
  tapBatch: 64 * KiB,
  tapDelayMs: 5,

  /** A TLS ClientHello with post-quantum key shares is about 1.8 KB and may span records; 64 KiB is far above any real one. */
  clientHello: 64 * KiB,
  clientHelloMs: 3_000,
  handshakeMs: 15_000,
  connectMs: 15_000,
  headMs: 15_000,
  /** A silent tunnel; mitmproxy's tcp_timeout. */
  idleMs: 600_000,
  /** A phone whose VPN asks for UDP does so for every lookup: one refused SOCKS command of it is recorded at most so often. */
  socksRefusalMs: 10_000,
  /** One phone must get its 500 tunnels. */
  connectionsPerClient: 1_024,
  connectionsTotal: 4_096,
  /** Descriptors of a relayed connection: the phone's socket and the origin's. */
  filesPerConnection: 2,
  /**
   * Descriptors that are kept for everything else: 45 of Node's threads and the database, 80 while a thread for a report loads its modules,
   * `turnedAway`, tabs of the page, look-ups of names, a second attempt of some connections.
   */
  filesReserved: 176,
  /** Connections beyond the bounds that are let say whom they were meant for, at once; of further ones only the number is recorded. */
  turnedAway: 32,
  /** A client that was asked for user name and password comes again with them at once; whoever has not by then does not know them. */
  credentialsMs: 10_000,
  /** Addresses that are told of as not allowed: a tester's phone is among the first, and scanners must not fill terminal and page. */
  refusedPeers: 4,
  /** After a refusal page the client's bytes are read and dropped this long, so that it gets the page and not a reset. */
  lingerMs: 3_000,
  /** A kept connection between two requests; nginx's keepalive_timeout. */
  keepAliveMs: 75_000,
  /** Plain HTTP: bytes of a request that wait while the next origin is being connected; the socket is paused above it. */
  requestHeld: 256 * KiB,
  /** The next address of a name is tried beside the first after this long (RFC 8305 says 250 ms; phones' Wi-Fi is slower). */
  nextAddressMs: 1_000,
  /** Down bytes held back until the client has spoken inside TLS, which tells a pinned app from a working one. */
  quietDown: 64 * KiB,
  /** A client that leaves this soon after its handshake without a byte did not like what it saw; spare connections live longer. */
  abandonedMs: 3_000,
  /** Phones remembered, and hosts for each. */
  devices: 256,
  deviceHosts: 1_000,
  /** Between two looks at what is new about the phones, to keep it with the session: as often as the page asks. */
  deviceNoteMs: 2_000,
  /** One question to a phone by adb; a healthy one answers in 50 ms, a sleeping one within two seconds. */
  adbMs: 5_000,
  /** What it may print (a full package list is about 60 KiB), and rows of its connection table. */
  adbOutput: 4 * MiB,
  adbSockets: 10_000,
  /** The end of a session waits so long for the phone to name what came last: a sleeping one has answered, and Ctrl-C is given eight seconds in all. */
  adbLastMs: 2_000,
  /** Copied bytes that wait for adb to say which app they belong to. */
  adbHeld: 16 * MiB,
  /** How long a host stays passed through on its own before decryption is tried again. */
  autoPassThroughMs: 600_000,
  /** Upstream TLS sessions kept for resumption. */
  upstreamSessions: 1_000,
  /** Requests to the onboarding page from one address in one minute: four open tabs that poll each second. */
  onboardingPerMinute: 300,

  /** Leaf certificates: Apple refuses above 825 days, Chromium above 200; the CA/B ballot SC-081v3 goes to 47. Back-dated for phone clocks. */
  leafDays: 45,
  leafBackdateDays: 2,
  caYears: 10,
  secureContexts: 500,

  /** Live feed: events waiting per browser tab before they are dropped and the tab is told to resync. */
  feedQueued: 1_000,
  feedBytes: 4 * MiB,
  feedClients: 16,
  feedInbound: 64 * KiB,
  /** Rows of one page answer. */
  pageRows: 500,
  /**
   * Live feed: at least this many milliseconds between two frames, and silence before a peer is gone. As often as the store commits, so
   * that a row does not wait once more before it is told; the page draws a frame in 4 ms.
   */
  feedFrameMs: 50,
  feedPingMs: 30_000,
  /** How often a tab that fell behind is looked at; half a second is soon enough to catch up. */
  feedDrainMs: 500,
  /** Text of one body as the page shows it; more is cut and said to be. A browser lays out 256 KiB without a pause. */
  viewText: 256 * KiB,
  /** Bytes shown as a hex dump. */
  viewHex: 4 * KiB,
  /** Pictures shown of one body, and what one may unfold to: a phone's camera makes 12 to 50 megapixels, four bytes each. */
  viewPictures: 4,
  viewPixels: 50_000_000,
  /** Stream messages in one answer, around the one asked for. */
  viewMessages: 40,
  /** Pieces of evidence placed in one exchange; what is beyond is masked with the whole body. */
  viewMarks: 500,
  /** Occurrences in one answer, and those read at once to learn the scenes of a finding. */
  viewOccurrences: 200,
  /** Exchanges without an answer so far that are looked at for "not answered yet"; a phone has some dozens open. */
  viewAwaited: 500,
  /** Reveals listed by the page, the newest first; all of them are kept and counted. */
  revealLog: 1_000,
  /** The thread that makes reports and comparisons gives its memory back after this long without a question. */
  archiveIdleMs: 60_000,
  /** Searches of the page that wait for the one that runs; a tab asks one or two at a time. The next one is refused. */
  uiSearches: 64,
  /** The thread that searches gives its memory back after this long without a search; starting it takes a tenth of a second. */
  uiSearchIdleMs: 300_000,
  /** Body of a request to the page's server: the largest honest one is a declared inventory. */
  uiBody: 256 * KiB,

  /** Store batches: rows or milliseconds, whichever comes first. Of what was analysed a kill -9 loses at most this. */
  storeBatch: 500,
  storeBatchMs: 50,
  /** The same where a batch has so many rows that writing it is most of the work: nobody sees it later, and a kill -9 loses no more. */
  storeBatchMost: 500,
  /** Explanations of evidence remembered by who writes or reads them; a large session has a few hundred, some kilobytes each. */
  storeExplanations: 4_096,
  /** Exchanges of which who writes them remembers what their evidence was met with: open streams are some dozens, an entry has 100 bytes. */
  storeMet: 4_096,
  /** Written by one session but not yet stored (disk full, database busy); beyond it new exchanges are counted as not stored. */
  storeQueued: 64 * MiB,
  /** Pause between two attempts to write to a disk that refused. */
  storeRetryMs: 500,
  /** How long one process waits for another that holds the database. */
  storeBusyMs: 5_000,
  /** The same on the thread that relays: everything that passes waits meanwhile, and an app takes longer for a dead connection. */
  storeBusyRelayMs: 250,
  /** Text of one message that is indexed for search; headers of long documents are what people look for. How many are longer stands in the answer. */
  searchText: 32 * KiB,
  /**
   * Words that are looked up because they hold a searched text in their middle: 5,000 take 100 ms, and whoever meets more has typed
   * something that is everywhere. The answer says that it is cut.
   */
  searchWords: 5_000,
  /** Characters of a word that are looked through: names, numbers and digests are shorter, and encrypted text in hex is no word. Messages with longer ones are counted with the long texts. */
  searchWord: 256,
  /** Characters of the list of words that are looked through in one search, the newest first: 4,000,000 words, 150 ms. The answer says that it is cut. */
  searchVocabulary: 48 * MiB,
  /** Exchanges deleted in one transaction, so that deleting a long session does not double the disk it uses. */
  storeDeleteStep: 2_000,
  /** One rule file; the largest of ours is under 20 KiB. */
  ruleFile: 1 * MiB,
  /** A rule's regular expression, and its positions once repetitions are written out: the proof of its speed is cubic in them. */
  ruleExpression: 2_000,
  ruleExpressionStates: 1_000,
  /** Ways to read one text through bounded repetitions: an upper bound (a written date counts 1,300), each way at most as long as the value. */
  ruleExpressionWays: 10_000,
  /** Proved expressions that are remembered; the program's own rules have 600. */
  ruleExpressionsKnown: 4_000,
  /** Judging frequency: slots of a sixth of the window kept per finding (2 h of one-minute windows), and exchanges told apart in one slot. */
  frequencySlots: 720,
  frequencyPerSlot: 64,

  /** Below this share of random values that pass too, a validator plus a key is `strong` (facts: one in 10,000 is the edge of coincidence). */
  strongPassRate: 1e-4,
  /** Above this share a value without a key is not even a clue. Mobile numbers pass at 0.062 of random eleven digits. */
  cluePassRate: 0.07,
  /** Characters of a field's name that are read, from its end, where its noun stands; real names are under 60. */
  keyLength: 64,
  /** Field names remembered by the key dictionary; a phone's traffic has a few thousand, a hostile one endless. */
  keyMemory: 20_000,
  /**
   * Readings remembered of values that come again under their names, in places (a power of two), and the longest of those values: a phone's traffic
   * repeats some hundred, which with their traces are a few kilobytes each. Longer values are texts, addresses and tokens, and differ.
   */
  readingsKept: 4_096,
  readingLength: 64,
  /** Values of which mask and tag are remembered: those of a busy phone's minute, under a megabyte. */
  maskedValuesKept: 4_096,
  /** Spellings of one dictionary key with alternatives; the largest of the rules has some 700. */
  keySpellings: 2_000,
  /** Nested arrays that a field is counted to, from the inside: a list of groups of contacts with phones has three. */
  listDepth: 4,
  /** Embedded hits reported per field; a longer list is a container, which the composites name. */
  embeddedHits: 50,

  /** Sessions older than this are due for deletion, where no setting says otherwise: an audit with its report takes weeks, not months. */
  retentionDays: 30,
  /** The longest time that can be set: ten years, which no duty to keep records exceeds. */
  retentionMost: 3_650,

  /** Blocks of a table of address registrations: the whole of both families, as the registries publish it, is under 400,000. */
  countryBlocks: 1_000_000,
  /** The table that comes with the rules: packed about 0.7 MB, unpacked under 2; four times that leaves room for years. */
  registryFile: 4 * MiB,
  registryPlain: 16 * MiB,

  /** Times that the rules of one session may be replaced: each keeps the judgement before it. */
  ruleReloads: 100,
  /** A clock that is set back by this much is told of: corrections over the network are under a second. */
  clockStepMs: 60_000,
  /** Quiet time after the last change of a rule file before it is read: editors write a file in several steps. */
  ruleSettleMs: 300,
  /** Between two looks whether a watched folder of rules is still the one that is watched: of one that was made anew no event tells. */
  ruleLookMs: 2_000,

  /** Characters of a tester's note in the refusal test, or of the reason to accept a finding: a paragraph in a report, not a document. */
  noteText: 2_000,

  /** A recording is read piece by piece; this ends a mistake (a disk image, a device), not an audit: an hour of a busy phone is about 1 GiB. */
  harFile: 16 * 1024 * MiB,
  /** Bytes of a recording looked at in one go. */
  harPiece: 1 * MiB,
  /** One entry of a HAR, with its bodies; a larger one is counted as not analysed. Parsed it takes three times as much. */
  harEntry: 64 * MiB,
  /** One text in it: `bodyKept` written wholly in `\u0000` escapes is 6 MiB; of longer ones the end is left out, as it is of every body. */
  harText: 8 * MiB,
  /** Everything in a HAR but its entries: names, pages, comments. */
  harFrame: 16 * MiB,
  /** Imported between two commits: exchanges, and bytes of their bodies (a quarter of `storeQueued`). */
  importBatch: 256,
  importBatchBytes: 16 * MiB,
  /** A file read whole as text; V8 has no longer strings. */
  textFile: 512 * MiB,
  /** The most that a ZIP without its 64-bit form can tell the size of. Packages are written and verified in pieces. */
  evidencePackage: 4096 * MiB - 1,
  /** Nine files of ours and the pictures of the tester; the rest leaves room for later versions. */
  evidenceFiles: 64,
  /** What is read whole of a package that somebody else gives: its list of files, and the chain (a million exchanges have 70 MiB). */
  evidenceManifest: 1 * MiB,
  evidenceChain: 256 * MiB,
  /** One picture of a phone's screen (a PNG of 1440 x 3200 seldom has 4 MiB), those of one session, and what a report shows of them. */
  screenshot: 8 * MiB,
  screenshots: 50,
  screenshotsShown: 64 * MiB,
  /** Bytes of recorded traffic from which on `check` shares several inputs among threads: starting one costs as long as judging this much. */
  threadWorth: 4 * MiB,
  /** Occurrences listed per finding in a report; `count` always tells the true number. */
  reportOccurrences: 200,
  /** Occurrences listed in a report as a whole: as JSON they are some 40 MiB, which a reader still opens. */
  reportEvidence: 50_000,

  /**
   * Printing a report: 100,000 exchanges make some thousand pages; Chromium prints about 50 a second where nothing else runs, and 120 s
   * were once too few on a machine that was busy.
   */
  pdfMs: 600_000,
} as const;

export type LimitName = keyof typeof limits;
