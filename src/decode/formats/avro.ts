import { OPAQUE_SHAPE } from '../../model/field.js';
import { AvroReader, avroLong, avroSchema } from '../avro.js';
import { ByteCursor } from '../byte-cursor.js';
import type { Decoder, UnreadPart } from '../decoder.js';
import { inflate } from '../inflate.js';
import { element } from '../path.js';
import { TypedLeaves } from '../typed.js';

/** `Obj` and the version (Avro 1.11 specification, "Object Container Files"). */
const HEADER = 4;
const SYNC = 16;
/** Entries of the header: the schema, the way of packing, and what the app adds. */
const MOST_ENTRIES = 256;
/** What a block costs beside its bytes, in bytes read: an inflater is made for it. Writers gather 16 KiB and more. */
const BLOCK_COST = 8 * 1024;

/** The names and values of the header; null where it is none. */
function headerOf(cursor: ByteCursor): ReadonlyMap<string, Buffer> | null {
  const entries = new Map<string, Buffer>();
  const sized = () => cursor.slice(Number(avroLong(cursor)));
  for (;;) {
    let count = avroLong(cursor);
    if (count === 0n) return cursor.broken ? null : entries;
    if (count < 0n) {
      avroLong(cursor);
      count = -count;
    }
    for (; count > 0n; count--) {
      const name = sized().toString('utf8');
      entries.set(name, sized());
      if (cursor.broken || entries.size > MOST_ENTRIES) return null;
    }
  }
}

/** Container files of Avro, in which events are gathered: the schema stands before the values, so every one has its names. Blocks that are packed with more than deflate are told as unread. */
export const decoder: Decoder = {
  id: 'avro',
  says: {
    zh: 'Avro 数据文件，按文件头中的模式读取；[n] 为第 n 条记录',
    en: 'Avro data file, read by the schema in its head; [n] is the record',
  },
  order: 9,
  first: (byte) => byte === 0x4f,
  magic: (bytes) => bytes[0] === 0x4f && bytes[1] === 0x62 && bytes[2] === 0x6a && bytes[3] === 1 && bytes.length > HEADER + SYNC,
  open(source) {
    const { root, keys, work, truncated } = source;
    if (source.bytes[0] !== 0x4f || source.bytes[3] !== 1) return null;
    const cursor = new ByteCursor(source.bytes);
    cursor.at = HEADER;
    const header = headerOf(cursor);
    const sync = cursor.slice(SYNC);
    const schema = avroSchema(header?.get('avro.schema')?.toString('utf8') ?? '');
    if (header === null || schema === null || cursor.broken) return null;
    const codec = header.get('avro.codec')?.toString('latin1') ?? 'null';
    const leaves = new TypedLeaves(work);
    const unread: UnreadPart[] = [];
    const tell = (index: number, bytes: Uint8Array) =>
      unread.push({ path: element(root, index), bytes, shape: [OPAQUE_SHAPE.unreadPart, 'avro'] });
    for (let index = 0; cursor.left > 0 && !leaves.full && work.read(BLOCK_COST, root); ) {
      const first = index;
      const count = Number(avroLong(cursor));
      const packed = cursor.slice(Number(avroLong(cursor)));
      const isSound = !cursor.broken && cursor.slice(SYNC).equals(sync);
      const inflated = codec === 'deflate' && isSound ? inflate('rawdeflate', packed, work.inflatable(packed.length), false) : null;
      if (inflated?.cut === true) work.hit(element(root, first), work.inflatableBy(packed.length));
      const bytes = codec === 'null' ? packed : inflated?.bytes;
      if (!isSound || bytes === undefined || !work.decoded(codec === 'null' ? 0 : bytes.length, root)) {
        if (!truncated) tell(first, isSound ? packed : cursor.bytes.subarray(cursor.at));
        break;
      }
      const block = new ByteCursor(bytes);
      const reader = new AvroReader(block, leaves, work);
      for (; index < first + count && !block.broken && !leaves.full; index++)
        reader.value(schema, { path: element(root, index), keys, group: work.group() }, 0);
      if (block.broken && inflated?.cut !== true) tell(first, packed);
    }
    return leaves.list.length > 0 || unread.length > 0 ? { leaves: leaves.list, unread } : null;
  },
};
