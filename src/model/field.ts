import type { Direction } from './exchange.js';
import type { HookFailure } from './hook.js';

/** Where in the message a field stands; the first segment of every path. */
export type Part = 'url' | 'query' | 'header' | 'trailer' | 'cookie' | 'body' | 'ws' | 'grpc' | 'sse';

/**
 * A decoded leaf. `path` is the whole way to it, so that a tester can redo every step:
 * `url.path[2]`, `query.imei`, `header.user-agent`, `cookie.uid`, `body.$.device.imei`, `body.form.phone`, `body.multipart.file`,
 * `body.text`, `ws[3].$.a`. A nested decode adds `|step` and goes on in the format it found: `body.$.data|base64|gzip|json$.imei`,
 * `query.d|json$.a`, `body|gzip.$.imei` (content-encoding). A name that is a value by itself ends in `|name`.
 */
export interface Field {
  readonly path: string;
  readonly part: Part;
  /** Names on the way, outermost first, the leaf's own name last: `['device', 'imei']`. Array positions are left out. */
  readonly keys: readonly string[];
  /** Text of the leaf. Numbers keep every digit of the source; binary leaves hold latin1 text of at most `limits.fieldText` bytes. */
  readonly value: string;
  readonly kind: 'string' | 'number' | 'boolean' | 'null' | 'binary';
  /** Every decode step taken to get here, in order: `['gzip', 'json', 'base64', 'json']`. */
  readonly steps: readonly string[];
  /** Fields of one object (or one query, form, header list) share it; for detectors that look at neighbours. */
  readonly group: number;
  /** Present on binary leaves. */
  readonly bytes?: Uint8Array;
  /** How this leaf was taken apart further, if it was: the values inside are fields of their own. */
  readonly opened?: boolean;
}

/** One decoded layer of bytes; known values are also searched here, so that a value in no named field is still found. */
export interface Layer {
  readonly path: string;
  readonly part: Part;
  readonly steps: readonly string[];
  readonly bytes: Uint8Array;
}

/** Names among the shapes of what could not be opened, where it is neither a cipher's nor a compressor's. */
export const OPAQUE_SHAPE = {
  /** Neither noise nor text nor any format that is known: a serialisation of the app's own, or a weak scrambling. */
  unknownFormat: 'unknown-format',
  /** A text without words, in no encoding that is known. */
  unknownEncoding: 'unknown-encoding',
  /** In an unknown format, and most of it words in clear. */
  readableText: 'readable-text',
  /** Markup or the source of a program, between which names with values were not read as such. */
  source: 'markup-or-source',
  /** A page of a document that is a picture, or nearly. */
  picture: 'picture',
  /** Characters of a document that its font does not say what they are. */
  unmapped: 'unmapped-characters',
  /** A part of a document that was packed in a way that is not read, or is damaged. */
  unreadPart: 'unread-part',
  /** Pages of a database that hold rows which were deleted. */
  deletedRows: 'deleted-rows',
} as const;

/** Archives, documents and memory of programs that broke down (`minidump`) that are known by their first bytes, as shapes of what could not be opened. */
export const SEALED_FILES = ['zip', '7z', 'rar', 'xz', 'bzip2', 'lz4', 'pdf', 'sqlite', 'sqlite-wal', 'minidump'] as const;

/** Bytes that no decoder could open and that look encrypted or compressed. Never "clean". */
export interface Opaque {
  readonly path: string;
  readonly part: Part;
  readonly steps: readonly string[];
  readonly bytes: number;
  /** Bits per byte, and what uniform noise of this length would show. */
  readonly entropy: number;
  readonly expected: number;
  /** Multiple of 16 / of 8, repeated 16-byte blocks (ECB), RSA-sized (128, 256, 512). */
  readonly shape: readonly string[];
  readonly tried: readonly string[];
  /** Hook modules of the tester that should have opened it and failed. */
  readonly failed?: readonly HookFailure[];
}

/** A bound that was reached: what lies behind it was not looked at. */
export interface LimitHit {
  readonly path: string;
  /** Name of the constant in limits.ts. */
  readonly limit: string;
}

/** The object or array that leaves stand in. */
export interface PlaceOfLeaves {
  /** Made when it is asked for; the group costs nothing. */
  readonly path: string;
  readonly group: number;
  /** Names on the way to it: one array for all that have the same in their document. */
  readonly keys: readonly string[];
}

/**
 * Leaves of one document that nobody wanted (`Interest`): they stand in its text letter for letter, and become fields when somebody asks
 * for them after all.
 */
export interface IdleLeaves {
  /** Steps of all of them. */
  readonly steps: readonly string[];
  /** Arrays are nested in their document more than `limits.listDepth` deep, or may be. */
  readonly isDeep: boolean;
  /** Bytes of the layer that they stand in, or of their document where it was cut out of a text and is no layer. */
  readonly bytes: Uint8Array;
  /** All fields of the message as if everything had been wanted. Made once. */
  whole(): Pick<Decoded, 'fields' | 'verbatim'>;
  /** The same, one after another, for as long as more are wanted. */
  each(take: (field: Field) => boolean): void;
  /**
   * Fields of the message, in order, with those leaves whose object or array passes.
   * @param reads whether a leaf of such a place is asked for, by its text and its names; all are without it.
   */
  among(
    stands: (place: PlaceOfLeaves, isElement: boolean) => boolean,
    reads?: (value: string, keys: readonly string[]) => boolean,
  ): readonly Field[];
  /** Whether one of them has a last name of the set. */
  isNamed(names: ReadonlySet<string>): boolean;
  /** Whether the text of one of them is a key of the map. */
  holdsAny(texts: ReadonlyMap<string, unknown>): boolean;
  /** Whether one of these stretches of `bytes` (start, end) reaches into one of them, as far as can be told. */
  touches(stretches: ReadonlyArray<readonly [start: number, end: number]>): boolean;
}

/** One message (a request, a response, or one stream message) taken apart. */
export interface Decoded {
  readonly direction: Direction;
  /** Index of the stream message, or null for the request or response itself. */
  readonly message: number | null;
  readonly fields: readonly Field[];
  /** 1 for each field whose text stands in one of the layers letter for letter: what a search of that layer does not find is not in it. */
  readonly verbatim?: Uint8Array;
  /** Leaves that are left out of `fields`; they count for the bounds all the same. Only where the decoder was told what is wanted. */
  readonly idle?: IdleLeaves;
  readonly layers: readonly Layer[];
  readonly opaque: readonly Opaque[];
  readonly limits: readonly LimitHit[];
}
