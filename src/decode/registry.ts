import type { Bilingual } from '../model/text.js';
import { importFolder } from '../modules.js';
import type { Decoder } from './decoder.js';
import { firstVisible, SHAPE, shapeOf } from './shape.js';

/** Every file under `formats/`, in order of asking. Loading the program's own code is the only thing this room does outside of its arguments. */
const decoders: readonly Decoder[] = (await importFolder<Decoder>(new URL('./formats/', import.meta.url), 'decoder'))
  .map(({ id, value }) => {
    if (value.id !== id) throw new Error(`decode/formats/${id}: the decoder calls itself "${value.id}"; step and file name must agree`);
    return value;
  })
  .sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));

/** Nearly every text is past with its first character. */
const BEGINNINGS: Array<readonly string[] | undefined> = Array.from({ length: 128 });
for (const begins of decoders.flatMap((decoder) => decoder.begins ?? [])) {
  const first = begins.charCodeAt(0);
  BEGINNINGS[first] = [...(BEGINNINGS[first] ?? []), begins];
}

function isAnnounced(text: string, first: number, start: number): boolean {
  if (!(first < 128)) return false;
  const beginnings = BEGINNINGS[first];
  if (beginnings === undefined) return false;
  for (const begins of beginnings) if (text.startsWith(begins, start)) return true;
  return false;
}

/** The shape of a text as the decoders want to know it: `announced` where one of them knows it by how it begins. */
export function textShape(text: string): number {
  const shape = shapeOf(text);
  const first = text.charCodeAt(0);
  if (first > 32) return isAnnounced(text, first, 0) ? shape | SHAPE.announced : shape;
  const start = firstVisible(text);
  return isAnnounced(text, text.charCodeAt(start), start) ? shape | SHAPE.announced : shape;
}

const NONE: readonly Decoder[] = [];
const byShape = new Map<number, readonly Decoder[]>();

/** Decoders worth asking about text of this shape (`textShape`). */
export function decodersForShape(shape: number): readonly Decoder[] {
  let list = byShape.get(shape);
  if (list === undefined) {
    list = decoders.filter(({ shapes = 0, begins }) => ((begins === undefined ? shapes : shapes | SHAPE.announced) & shape) !== 0);
    byShape.set(shape, list);
  }
  return list;
}

/** Decoders of formats that a content type names. @param mime without parameters, in lower case. */
export function decodersForMime(mime: string): readonly Decoder[] {
  return mime === '' ? NONE : decoders.filter((decoder) => decoder.mime?.(mime) === true);
}

/** By the first byte: most of them know theirs, and random tokens are asked about by the thousand. */
const withMagic = Array.from({ length: 256 }, (_, byte) =>
  decoders.filter(({ magic, guess, first }) => magic !== undefined && (guess !== undefined || first?.(byte) !== false)),
);
/** Decoders that know their format by its first bytes. */
export function decodersForMagic(bytes: Uint8Array): readonly Decoder[] {
  let found: Decoder[] | null = null;
  for (const decoder of withMagic[bytes[0] ?? 0]!)
    if (decoder.magic?.(bytes) === true) {
      found ??= [];
      found.push(decoder);
    }
  return found ?? NONE;
}

/** Decoders for bytes that announce nothing. */
export const guessers: readonly Decoder[] = decoders.filter((decoder) => decoder.guess !== undefined);

const byFirst = Array.from({ length: 256 }, (_, byte) => guessers.filter(({ first }) => first?.(byte) !== false));

/** Those of them that may know bytes, of which nothing was cut off, by the first one. */
export function guessersOf(byte: number): readonly Decoder[] {
  return byFirst[byte] ?? guessers;
}

/** Decoders for one content-encoding, the likelier first: `deflate` is the zlib format, and often the bare one. */
export function decodersForEncoding(name: string): readonly Decoder[] {
  return decoders.filter((decoder) => decoder.encodings?.includes(name) === true);
}

/** What a step did, as the decoder says of whom it is one; null where it is none of any. */
export function decoderSays(step: string): Bilingual | null {
  const own = decoders.find(({ id }) => id === step);
  if (own !== undefined) return own.says;
  for (const decoder of decoders) {
    const words = decoder.saysStep?.(step);
    if (words !== undefined && words !== null) return words;
  }
  return null;
}

/** Ids of all decoders, in order of asking. */
export function decoderIds(): readonly string[] {
  return decoders.map((decoder) => decoder.id);
}
