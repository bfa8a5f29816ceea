/** A Protocol Buffers definition (`--proto FILE`), as far as reading messages needs it. Plain data: it is posted to the analysis thread. */
export interface ProtoSchema {
  readonly file: string;
  /** Full name of the message that bodies are; null: the outermost one that fits best. */
  readonly root: string | null;
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
  /** A scalar type of the language (`sint64`), or the full name of a message or enum; names of other files stay as they were written. */
  readonly type: string;
  readonly repeated: boolean;
}
