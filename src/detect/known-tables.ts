import { limits } from '../limits.js';
import type { DataType } from '../model/rulebook.js';
import type { Persona } from '../model/session.js';
import { buildDigests, type DigestSet } from './digest.js';
import { type CanonicalValue, canonicalValue, NOTHING } from './forms/canonical.js';
import { parsePlace } from './geo.js';
import { type KnownPlaces, knownPlace, knownPlaces } from './geo-known.js';
import { buildKeyTest, type KeyTest } from './known-key.js';
import { buildLeafTable, type LeafTable } from './known-leaf.js';
import { type MaskedTexts, maskedTexts } from './known-masked.js';
import { buildKnownSearch, type KnownSearch } from './known-search.js';
import { buildSpelledTable, type SpelledTable } from './known-spelled.js';
import { buildSplitTable, type SplitTable } from './known-split.js';
import type { ValueName } from './known-trace.js';
import { PICTURE_PLACE } from './picture.js';

/** A value of the persona; its number is its position among all. */
export interface KnownEntry {
  readonly type: string;
  readonly text: string;
  /** Which of the values of its type, from 1. */
  readonly ordinal: number;
}

/** The tables that a persona is made into, once for a session. */
export interface KnownTables {
  readonly entries: readonly KnownEntry[];
  /** Whether the persona holds more values than are looked for (`limits.personaValues`). */
  readonly isCut: boolean;
  readonly canonical: readonly CanonicalValue[];
  readonly places: KnownPlaces;
  readonly digests: DigestSet;
  readonly search: KnownSearch;
  readonly keyTest: KeyTest;
  readonly leaves: LeafTable;
  readonly spelled: SpelledTable;
  readonly split: SplitTable;
  /** Types with values that are looked for only as whole leaves. */
  readonly leafTypes: readonly string[];
  readonly masked: MaskedTexts;
  /** Whether the rules have a type for the place of a picture. */
  readonly hasPictures: boolean;
  /** What a value is called in a trace. */
  readonly nameOf: (value: number) => ValueName;
}

const PLACE_TYPES = new Set(['location_precise', 'location_coarse', 'location_track', 'trip_origin', 'trip_destination', 'photo_exif_gps']);

/** About 1 ms a value. @param persona values by data type id; @param dataTypes names and keys of the types; ids that are missing there still work. */
export function buildKnownTables(persona: Persona, dataTypes: readonly DataType[]): KnownTables {
  const listed = Object.entries(persona.values).flatMap(([type, values]) =>
    values.map((text, index) => ({ type, text, ordinal: index + 1 })).filter(({ text, ordinal }) => values.indexOf(text) === ordinal - 1),
  );
  const entries = listed.slice(0, limits.personaValues);
  const canonical = entries.map(({ type, text }) => {
    const isPlace = PLACE_TYPES.has(type) && parsePlace(text) !== null;
    return isPlace ? NOTHING : canonicalValue(type, text);
  });
  const placed = entries.flatMap(({ type, text }, index) => {
    const place = PLACE_TYPES.has(type) ? parsePlace(text) : null;
    return place === null ? [] : [knownPlace(index, place, text)];
  });
  const places = knownPlaces(placed);
  const digests = buildDigests(
    canonical.map(({ digested }) => digested),
    persona.salts.slice(0, limits.personaSalts),
  );
  const search = buildKnownSearch(canonical, digests);
  const keyTest = buildKeyTest(dataTypes);
  const leaves = buildLeafTable(canonical);
  const spelled = buildSpelledTable(canonical);
  const split = buildSplitTable(canonical);
  const leafTypes = [...new Set(entries.flatMap(({ type }, index) => (canonical[index]!.leaves.length === 0 ? [] : [type])))];
  const masked = maskedTexts(canonical);
  const names = new Map(dataTypes.map(({ id, name }) => [id, name]));
  const nameOf = (value: number): ValueName => {
    const { type, ordinal } = entries[value]!;
    return { type, ordinal, name: names.get(type) ?? { zh: type, en: type } };
  };
  return {
    entries,
    isCut: entries.length < listed.length,
    canonical,
    places,
    digests,
    search,
    keyTest,
    leaves,
    spelled,
    split,
    leafTypes,
    masked,
    hasPictures: dataTypes.some(({ id }) => id === PICTURE_PLACE),
    nameOf,
  };
}
