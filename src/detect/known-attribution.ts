import type { Field, Layer } from '../model/field.js';
import { findPlaces } from './geo-known.js';
import { type Hit, type Placement, placeOf } from './known-hit.js';
import { readable, utf16Span } from './known-joined.js';
import { findMasked } from './known-masked.js';
import type { ByteHit } from './known-search.js';
import type { SplitHit } from './known-split.js';
import type { KnownTables } from './known-tables.js';
import {
  traceDigest,
  traceExtent,
  traceInName,
  traceKnown,
  traceLayer,
  traceLeafOnly,
  traceLeafWithoutKey,
  traceMasked,
  traceParts,
  tracePlace,
  tracePrecision,
  traceShortName,
  traceShortNumber,
} from './known-trace.js';
import { isOfPicture, PICTURE_PLACE } from './picture.js';
import { isOfPremises } from './premises.js';

/** What a shop's address has as well as a person's. */
const PLACES = new Set(['location_coarse', 'postal_address']);

/** Says of what was found where it stands, which value it is, how sure that is, and why. */
export class KnownAttribution {
  readonly #tables: KnownTables;

  constructor(tables: KnownTables) {
    this.#tables = tables;
  }

  /** A value or digest among the bytes of a field or layer. */
  inBytes(hit: ByteHit, bytes: Uint8Array, place: Placement): Hit {
    const { canonical, keyTest, nameOf } = this.#tables;
    const name = nameOf(hit.value);
    const found = hit.end - hit.start === bytes.length;
    const line = hit.digest === null ? traceKnown(name, hit.form) : traceDigest(name, hit.digest);
    const { short, digits } = canonical[hit.value]!;
    const weakness = !short ? [] : [digits === null ? traceShortName() : traceShortNumber()];
    const asWritten = readable(bytes.subarray(hit.start, hit.end));
    const text = hit.text === null || equalsFolded(asWritten, hit.text) ? asWritten : hit.text;
    return {
      ...place,
      value: hit.value,
      start: hit.start,
      end: hit.end,
      span: found || place.text === null ? null : utf16Span(bytes, hit.start, hit.end, place.text),
      dataType: name.type,
      grade: short && hit.detector === 'known-value' && !keyTest.agrees(name.type, place.keys) ? 'probable' : 'confirmed',
      detector: hit.detector,
      form: hit.form,
      text,
      readable: found && !place.layer && text === asWritten,
      trace: [line, place.layer ? traceLayer() : traceExtent(found), ...weakness],
    };
  }

  /** The same in a layer. @param order of the layer, behind all fields. */
  inLayer(hit: ByteHit, layer: Pick<Layer, 'path' | 'part' | 'steps' | 'bytes'>, order: number): Hit {
    return this.inBytes(hit, layer.bytes, {
      path: layer.path,
      part: layer.part,
      steps: layer.steps,
      keys: [],
      layer: true,
      order,
      text: null,
    });
  }

  /**
   * A word that is sent under the name of a kindred type: `username: Dempe`. Not digits, which every number of a few digits may be, nor one of few
   * values.
   */
  #isKindred(type: string, value: number, common: boolean, keys: readonly string[]): boolean {
    const { entries, keyTest } = this.#tables;
    return !common && /\p{L}/u.test(entries[value]!.text) && keyTest.isAkin(type, keys);
  }

  /** Three Chinese characters are a rare enough name to be worth a look without a key; anything shorter or common is not. */
  isRareName({ value, common }: { readonly value: number; readonly common: boolean }): boolean {
    return !common && /^\p{Script=Han}{3,}$/u.test(this.#tables.entries[value]!.text.trim());
  }

  /** Values that count as the whole of a leaf only. @param order of the field in the message. */
  inLeaf(field: Field, order: number): Hit[] {
    const { entries, keyTest, leaves, nameOf } = this.#tables;
    return leaves.find(field.value).flatMap(({ value, form, common }): Hit[] => {
      const name = nameOf(value);
      const agrees = keyTest.agrees(name.type, field.keys);
      if (!agrees && !this.isRareName({ value, common }) && !this.#isKindred(name.type, value, common, field.keys)) return [];
      return [
        {
          ...placeOf(field, order),
          value,
          start: 0,
          end: Buffer.byteLength(field.value),
          span: null,
          dataType: name.type,
          // Where a shop is, many are at home.
          grade: agrees && !common ? 'confirmed' : PLACES.has(name.type) && isOfPremises(field.keys) ? 'candidate' : 'probable',
          detector: 'known-value',
          form,
          text: form === 'plain' ? field.value : entries[value]!.text.trim(),
          readable: form === 'plain',
          trace: [traceKnown(name, form), agrees ? traceLeafOnly(common) : traceLeafWithoutKey()],
        },
      ];
    });
  }

  /** Values in a spelling that is looked for as the whole of a leaf only. @param order of the field in the message. */
  spelledOut(field: Field, order: number): Hit[] {
    const { nameOf, spelled } = this.#tables;
    return spelled.find(field.value).map(({ value, form, text }) => ({
      ...this.#leafHit(field, order, value, form),
      text,
      trace: [traceKnown(nameOf(value), form), traceExtent(true)],
    }));
  }

  /** A value that was sent in parts; it stands where the first of them does. @param order of that field in the message, -1 where it is not among those that were read. */
  inParts({ value, text, field, parts }: SplitHit, order: number): Hit {
    const trace = [traceKnown(this.#tables.nameOf(value), 'parts'), traceParts(parts)];
    return { ...this.#leafHit(field, Math.max(order, 0), value, 'parts'), text, trace };
  }

  /** What holds of a hit that is a whole leaf in a form that nobody reads at sight. */
  #leafHit(field: Field, order: number, value: number, form: string): Omit<Hit, 'text' | 'trace'> {
    const { canonical, nameOf } = this.#tables;
    return {
      ...placeOf(field, order),
      value,
      start: 0,
      end: Buffer.byteLength(field.value),
      span: null,
      dataType: nameOf(value).type,
      grade: canonical[value]!.short ? 'probable' : 'confirmed',
      detector: 'known-value',
      form,
      readable: false,
    };
  }

  /** Values that the app struck out in part. @param order of the field in the message. */
  struckOut(field: Field, order: number): Hit[] {
    const { masked, nameOf } = this.#tables;
    return findMasked(field.value, masked).map(({ value, span, text }) => {
      const name = nameOf(value);
      return {
        ...placeOf(field, order),
        value,
        start: span?.[0] ?? 0,
        end: span?.[1] ?? field.value.length,
        span,
        dataType: name.type,
        grade: 'probable',
        detector: 'known-value',
        form: 'masked',
        text,
        readable: false,
        trace: [traceMasked(name), traceExtent(span === null)],
      };
    });
  }

  /** A place in a picture stays what it is, whoever lives there: to send the one is not to send the other. */
  #placeType(type: string, coarse: boolean, field: Field): string {
    if (this.#tables.hasPictures && type.startsWith('location_') && isOfPicture(field)) return PICTURE_PLACE;
    return coarse && type === 'location_precise' ? 'location_coarse' : type;
  }

  /** Places, compared as numbers in three systems. */
  places(fields: readonly Field[]): Hit[] {
    const { nameOf, places } = this.#tables;
    return findPlaces(fields, places).map((found): Hit => {
      const { value } = found.place;
      const name = nameOf(value);
      const coarse = found.decimals <= 2;
      const field = fields[found.field]!;
      return {
        ...placeOf(field, found.field),
        value,
        start: found.span?.[0] ?? 0,
        end: found.span?.[1] ?? field.value.length,
        span: found.span,
        dataType: this.#placeType(name.type, coarse, field),
        grade: coarse || found.place.decimals < 3 ? 'probable' : 'confirmed',
        detector: 'known-value',
        form: found.scale === 1 ? `coordinates-${found.datum}` : `coordinates-${found.datum}-integer`,
        text: found.text,
        readable: false,
        trace: [
          tracePlace(name, found.datum, found.decimals, found.scale),
          ...(found.inName ? [traceInName()] : []),
          tracePrecision(found.decimals),
        ],
      };
    });
  }
}

function equalsFolded(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
