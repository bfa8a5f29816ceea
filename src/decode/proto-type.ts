import type { ProtoField, ProtoMessage, ProtoSchema } from '../model/proto.js';

/** A message with the definition it stands in. */
export interface ProtoType {
  readonly message: ProtoMessage;
  readonly schema: ProtoSchema;
}

/** How a number of the wire is to be read; null: as without a definition. */
export type Reading = 'signed' | 'unsigned' | 'zigzag' | 'boolean' | 'real' | 'enum' | null;

const VARINTS: Readonly<Record<string, Reading>> = {
  int32: 'signed',
  int64: 'signed',
  uint32: 'unsigned',
  uint64: 'unsigned',
  sint32: 'zigzag',
  sint64: 'zigzag',
  bool: 'boolean',
};
const FIXED: Readonly<Record<string, readonly [wire: number, reading: Reading]>> = {
  fixed32: [5, 'unsigned'],
  sfixed32: [5, 'signed'],
  float: [5, 'real'],
  fixed64: [1, 'unsigned'],
  sfixed64: [1, 'signed'],
  double: [1, 'real'],
};

/** Wire type of one value of this type; null: the type is defined elsewhere. */
function wireOf({ type }: ProtoField, schema: ProtoSchema): number | null {
  if (VARINTS[type] !== undefined || schema.enums[type] !== undefined) return 0;
  const fixed = FIXED[type];
  if (fixed !== undefined) return fixed[0];
  return type === 'string' || type === 'bytes' || schema.messages[type] !== undefined ? 2 : null;
}

/** The field of this number, if the wire can be it: repeated numbers also come packed in one value. */
export function fieldOf(type: ProtoType | null, number: number, wire: number): ProtoField | null {
  const field = type?.message.fields[number];
  if (type === null || field === undefined) return null;
  const own = wireOf(field, type.schema);
  // A group (proto2, or "delimited" in the editions) is a message that ends by a tag in place of a length.
  const grouped = wire === 3 && type.schema.messages[field.type] !== undefined;
  return own === null || own === wire || grouped || (wire === 2 && field.repeated) ? field : null;
}

/** How the number of a field is to be read; null: the field holds none (text, bytes, a message). */
export function readingOf({ type }: ProtoField, schema: ProtoSchema): Reading {
  return VARINTS[type] ?? FIXED[type]?.[1] ?? (schema.enums[type] === undefined ? null : 'enum');
}

/** Wire type of the values that a field holds packed; null: it is not packed. */
export function packedWire(field: ProtoField, schema: ProtoSchema): number | null {
  const wire = wireOf(field, schema);
  return field.repeated && wire !== null && wire !== 2 ? wire : null;
}

/** The message type of a field; null where it has another, or none that is known. */
export function innerType(field: ProtoField, schema: ProtoSchema): ProtoType | null {
  const message = schema.messages[field.type];
  return message === undefined ? null : { message, schema };
}

/**
 * Which message of the definitions these fields are: the one that names most of them and contradicts none.
 * @param tags number and wire type of each outermost field.
 */
export function typeOf(tags: ReadonlyArray<readonly [number: number, wire: number]>, schemas: readonly ProtoSchema[]): ProtoType | null {
  let best: ProtoType | null = null;
  let most = 0;
  for (const schema of schemas)
    for (const message of rootsOf(schema)) {
      const type = { message, schema };
      let known = 0;
      let strange = 0;
      for (const [number, wire] of tags) {
        if (message.fields[number] === undefined) strange++;
        else if (fieldOf(type, number, wire) === null) strange += tags.length;
        else known++;
      }
      // Newer apps have fields that an older definition lacks, but not mostly.
      if (known <= most || strange > known) continue;
      most = known;
      best = type;
    }
  return best;
}

function rootsOf({ outer, messages }: ProtoSchema): readonly ProtoMessage[] {
  return outer.flatMap((name) => messages[name] ?? []);
}
