import type { Field, Part } from '../model/field.js';
import type { ProtoSchema } from '../model/proto.js';
import type { Bilingual } from '../model/text.js';
import type { Idle } from './idle.js';
import type { Sorting } from './json.js';
import type { Work } from './work.js';

/** What a decoder is given: bytes or text, and what is known about them. */
export interface Source {
  readonly bytes: Uint8Array;
  /** null: not text in any charset that can be told. */
  readonly text: string | null;
  /** Path to which a decoder of leaves adds its own: `body.$`, `query.d|json$`. */
  readonly root: string;
  readonly part: Part;
  /** Steps of a leaf of this decoder, its own included. */
  readonly steps: readonly string[];
  /** Names on the way here. */
  readonly keys: readonly string[];
  /** Content type without parameters, lower case; '' where none was declared. */
  readonly mime: string;
  /** The content type as it stood, for its parameters. */
  readonly contentType: string;
  /** `grpc-encoding` of the message; '' where none. */
  readonly encoding: string;
  /** The content type (or content-encoding) names this very format. */
  readonly declared: boolean;
  /** A whole body or message, not a leaf of one. */
  readonly base: boolean;
  /** Only the beginning was kept. */
  readonly truncated: boolean;
  readonly work: Work;
  /** What to leave out of a document that is read by the megabyte; null where everything is to be given. */
  readonly sorting: Sorting | null;
  /** What the tester said about the formats of this message (`--proto`). */
  readonly schemas: readonly ProtoSchema[];
}

/** One value that a decoder found. */
export interface Leaf {
  readonly path: string;
  readonly keys: readonly string[];
  readonly value: string;
  readonly kind: Field['kind'];
  readonly group: number;
  /** The value as bytes where it is not known to be text; it is read as text if it can be. */
  readonly bytes?: Uint8Array;
  /** A further step that made the value, such as `gb18030`. */
  readonly step?: string | null;
  /** Where it stands in the text of the source (UTF-16 offsets). */
  readonly start?: number;
  readonly end?: number;
  /** Content type of the bytes. */
  readonly contentType?: string;
  readonly encoding?: string;
  /** A frame around a value rather than a value: no field of its own when it can be opened. */
  readonly frame?: boolean;
  /** A picture in a document: what it holds beside the image is kept, and no field of its own, for the document is one. */
  readonly within?: boolean;
  /** The bytes stand nowhere else (an archive's entry, an encoded part): they are a layer of their own. */
  readonly layer?: boolean;
  /** What the path does not say of the way here: the field numbers behind names that a definition gave. It stands among the steps. */
  readonly trail?: string;
  /** Not to be taken apart further. */
  readonly closed?: boolean;
}

/** Another layer: what was inside a compression, an encoding, an escape. */
export interface Child {
  readonly bytes?: Uint8Array;
  readonly text?: string;
  /** The step's name in the path where it is not the decoder's id. */
  readonly step?: string;
  /** Kept whatever it holds (it had a magic number and a checksum); otherwise it must earn it. */
  readonly sure: boolean;
  /** Kept only if it can be taken apart further or holds a known value: readable text is not enough. */
  readonly structured?: boolean;
  /** Kept only if one opens it that knows its first bytes: it was cut out for beginning so. */
  readonly announced?: boolean;
  /** Only the beginning of what it was, though the source is whole: its stream was never ended. */
  readonly truncated?: boolean;
  /** Bytes of the source that it was made of, where others may stand behind them: a second frame, a signature. */
  readonly consumed?: number;
  readonly contentType?: string;
  /** Where the encoded part stands in the text of the source. */
  readonly start?: number;
  readonly end?: number;
}

/** Fields made by the decoder itself, for the one format that is read by the megabyte; `spans` holds start and end of each. */
export interface Ready {
  readonly fields: readonly Field[];
  readonly spans: readonly number[];
  readonly idle: Idle | null;
}

/** A part of a document that its decoder could not read. */
export interface UnreadPart {
  /** null: nothing of the whole document could be read. */
  readonly path: string | null;
  readonly bytes: Uint8Array;
  /** What it is: shapes of `Opaque`. */
  readonly shape: readonly string[];
}

export interface Opened {
  readonly ready?: Ready;
  /** Beside a child: what stood outside of it, kept if the child is. */
  readonly leaves?: readonly Leaf[];
  readonly child?: Child;
  /** Offset in the text at which reading ended early; the rest becomes a text field. */
  readonly rest?: number;
  /** It broke down somewhere: what could not be read is told, however much of it is here. */
  readonly broken?: boolean;
  /** Parts of it that could not be read. */
  readonly unread?: readonly UnreadPart[];
  /** Texts put together of several leaves, as bytes: known values are searched in them, and nothing else reads them. */
  readonly joined?: readonly Leaf[];
  /** Bytes of the source that the leaves were read from, where others may stand behind them. */
  readonly consumed?: number;
  /** The value stays a field as well: an image whose metadata was read is still an image. */
  readonly beside?: boolean;
}

/**
 * What takes a layer apart: a format, a charset, a key. `open` returns null where the source is not this format. It never throws, reads each byte a bounded number of times, and
 * recurses at most to a named limit.
 */
export interface Opener {
  /** Name of the step. */
  readonly id: string;
  /** Order of asking: 0-19 magic numbers, 20-39 unmistakable text, 40-79 encodings and loose text, forms before percent-encoding, 80-99 guesses. */
  readonly order: number;
  /** Asked about text that has one of these shapes (`SHAPE`). */
  readonly shapes?: number;
  /** Asked about text that begins so, white space aside: for a format that has no shape of its own. Of several decoders' each asks for its own. */
  readonly begins?: string | readonly string[];
  /** Asked about bytes that begin like this. */
  readonly magic?: (bytes: Uint8Array) => boolean;
  /**
   * Asked about bytes that are no text and that nobody else could open, where this says they may be it. A first look that costs next
   * to nothing, and is false only where `open` would return null: random tokens are the rule among such bytes.
   */
  readonly guess?: (bytes: Uint8Array, place: { readonly base: boolean; readonly truncated: boolean }) => boolean;
  /** First bytes with which `guess`, or `magic` where there is no guess, may be true of whole bytes, where not all are: those of a random token turn most decoders away unasked. */
  readonly first?: (byte: number) => boolean;
  /** Asked first where the content type names it. */
  readonly mime?: (mime: string) => boolean;
  /** Names in `content-encoding`. */
  readonly encodings?: readonly string[];
  /** How the path goes on for a whole body, and for a value inside: json has `.$` and `|json$`. */
  readonly mark?: { readonly whole: string; readonly nested: string };
  open(source: Source): Opened | null;
}

/** One format. A decoder is one file under `formats/` that exports `decoder` and is called as its file; it is found by being there. */
export interface Decoder extends Opener {
  /** What its step did, so that whoever has the request can do it again; a container says what its members are called in a path, too. */
  readonly says: Bilingual;
  /** The same of a step that is not called as the decoder: it carries a number, or names one of several alphabets. null: no step of this decoder. */
  readonly saysStep?: (step: string) => Bilingual | null;
}
