/** Protocol Buffers definitions (`--proto FILE`) with all that they import, as far as reading messages needs it. Plain data: it is posted to the analysis thread. */
export interface ProtoSchema {
  readonly file: string;
  /** Full names of the messages that bodies may be: the one that was named, or all that are part of no other. The best fit counts. */
  readonly outer: readonly string[];
  /** By full name: `com.example.Report.Device`. */
  readonly messages: Readonly<Record<string, ProtoMessage>>;
  /** Full name -> number -> name. */
  readonly enums: Readonly<Record<string, Readonly<Record<number, string>>>>;
}

export interface ProtoMessage {
  readonly name: string;
  /** By field number. */
  readonly fields: Readonly<Record<number, ProtoField>>;
}

export interface ProtoField {
  readonly name: string;
  /** A scalar type of the language (`sint64`), or the full name of a message or enum; a name that no file defines stays as it was written. */
  readonly type: string;
  readonly repeated: boolean;
}
