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
	/** Leaves per message: a 1 MiB JSON of short pairs stays below it. */
	decodeFields: 20_000,
	/** Output of one inflater, and its ratio to the input: `min(decodeInflated, decodeRatio * input + 64 KiB)`. */
	decodeInflated: 16 * MiB,
	decodeRatio: 200,
	/** Sum of all decoded layers of one message. */
	decodeTotal: 64 * MiB,
	/** Nesting of one JSON text; V8's own stack gives out near 10,000. */
	jsonDepth: 256,
	/** Parts of one multipart body. */
	multipartParts: 1_000,

	/** Request or response head; Node's own default is 16 KiB, browsers send up to 64 with large cookies. */
	httpHead: 64 * KiB,
	httpHeaderCount: 500,
	/** One WebSocket message, and its fragments (ws lowered its own default to 16,384 after CVE-2026-48779). */
	wsMessage: 16 * MiB,
	wsFragments: 16_384,
	/** Stream messages kept per exchange; more are counted, not kept. */
	streamMessages: 10_000,

	/** Tap bytes waiting for the analysis thread before a connection is marked "captured, not analysed". */
	tapQueued: 64 * MiB,
	/** Tap copies are batched up to this size or this delay before they are posted. */
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
	/** One phone must get its 500 tunnels. */
	connectionsPerClient: 1_024,
	connectionsTotal: 4_096,

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

	/** Exchanges that wait for the analysis before they are counted as not analysed. */
	analysisQueued: 10_000,
	/** Store batches: rows or milliseconds, whichever comes first. A kill -9 loses at most this. */
	storeBatch: 500,
	storeBatchMs: 50,
	/** Sessions older than this are purged. */
	retentionDays: 30,

	/** A HAR file read whole; larger ones are refused with advice. */
	harFile: 512 * MiB,
	/** Occurrences listed per finding in a report; `count` always tells the true number. */
	reportOccurrences: 200,
} as const;

export type LimitName = keyof typeof limits;
