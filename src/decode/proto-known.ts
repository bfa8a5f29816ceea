/**
 * The types that every protobuf compiler brings along (protobuf.dev, "Well-Known Types"), as far as the bytes need them: import path to
 * definition. Of the options (`descriptor.proto`) only the names are there, so that files which extend them can be read.
 */
const PACKAGE = 'package google.protobuf;';
const wrapper = (name: string, type: string) => `message ${name}Value { ${type} value = 1; }`;
const options = (...names: readonly string[]) => names.map((name) => `message ${name}Options {}`).join(' ');

export const WELL_KNOWN: ReadonlyMap<string, string> = new Map(
  Object.entries({
    any: 'message Any { string type_url = 1; bytes value = 2; }',
    duration: 'message Duration { int64 seconds = 1; int32 nanos = 2; }',
    timestamp: 'message Timestamp { int64 seconds = 1; int32 nanos = 2; }',
    empty: 'message Empty {}',
    field_mask: 'message FieldMask { repeated string paths = 1; }',
    source_context: 'message SourceContext { string file_name = 1; }',
    struct: `message Struct { map<string, Value> fields = 1; }
      message Value { oneof kind { NullValue null_value = 1; double number_value = 2; string string_value = 3; bool bool_value = 4; Struct struct_value = 5; ListValue list_value = 6; } }
      message ListValue { repeated Value values = 1; }
      enum NullValue { NULL_VALUE = 0; }`,
    wrappers: [
      wrapper('Double', 'double'),
      wrapper('Float', 'float'),
      wrapper('Int64', 'int64'),
      wrapper('UInt64', 'uint64'),
      wrapper('Int32', 'int32'),
      wrapper('UInt32', 'uint32'),
      wrapper('Bool', 'bool'),
      wrapper('String', 'string'),
      wrapper('Bytes', 'bytes'),
    ].join(' '),
    descriptor: options('File', 'Message', 'Field', 'Oneof', 'Enum', 'EnumValue', 'Service', 'Method', 'ExtensionRange'),
  }).map(([name, text]) => [`google/protobuf/${name}.proto`, `${PACKAGE} ${text}`]),
);

/** Holds a message of any type, which it names. */
export const ANY = 'google.protobuf.Any';
