import type { Candidate, Part } from './candidate.js';
import { NUMBERED, OF_ROUTER } from './device-features.js';
import { tokensOf } from './keys.js';
import type { Validator } from './validator.js';
import { validator as iccid } from './validators/iccid.js';
import { isHandset } from './validators/imei.js';
import { validator as imsi } from './validators/imsi.js';
import { validator as mac } from './validators/mac.js';

/**
 * Numbers of a phone, its cards and its interfaces that can be told from their digits: one of them alone is a number among others, and two
 * of different kinds beside each other are a device, whatever their names. Random digits pass as both once in a million times (2.2e-3 and 1.6e-4).
 */
const KINDS = 2;

interface Kind {
  readonly dataType: string;
  readonly tells: (text: string) => boolean;
  /** Words in a name that speak of something else. */
  readonly unless: RegExp;
}

const passing =
  (form: RegExp, { check }: Validator) =>
  (text: string) =>
    form.test(text) && check(text)?.placeholder === false;

const HARD: readonly Kind[] = [
  { dataType: 'imei', tells: isHandset, unless: NUMBERED },
  { dataType: 'imsi', tells: passing(/^460\d{12}$/, imsi), unless: NUMBERED },
  { dataType: 'iccid', tells: passing(/^8986\d{15,16}$/, iccid), unless: NUMBERED },
  { dataType: 'mac_address', tells: passing(/^[0-9A-F]{2}(?:[:-][0-9A-F]{2}){5}$/i, mac), unless: OF_ROUTER },
];
const SHORTEST = 15;
const LONGEST = 20;

/** The type of a number that says by itself what it is; null where it does not, or stands for none. */
export function identifierOf(text: string): string | null {
  if (text.length < SHORTEST || text.length > LONGEST) return null;
  return HARD.find(({ tells }) => tells(text))?.dataType ?? null;
}

/**
 * Fields of which two or more of one object are such numbers of different kinds.
 * @param candidates readings of the single fields. @param groupOf group of the field that the n-th of them reads.
 * @returns path -> type; those that are sure by their own names count and are given too.
 */
export function identifiersAmong(candidates: readonly Candidate[], groupOf: (index: number) => number): ReadonlyMap<string, string> {
  const groups = new Map<number, Map<string, string>>();
  for (const [index, { evidence }] of candidates.entries()) {
    const { dataType, path, value } = evidence;
    if (identifierOf(value) !== dataType || speaksOfOther(path, dataType)) continue;
    const group = groupOf(index);
    const known = groups.get(group) ?? new Map<string, string>();
    groups.set(group, known.set(path, dataType));
  }
  const all = new Map<string, string>();
  for (const paths of groups.values())
    if (new Set(paths.values()).size >= KINDS) for (const [path, dataType] of paths) all.set(path, dataType);
  return all;
}

function speaksOfOther(path: string, dataType: string): boolean {
  const name = /([^.|$[\]]*)(?:\[\d+\]|\|[a-z0-9-]+)*$/.exec(path)?.[1] ?? '';
  const unless = HARD.find((kind) => kind.dataType === dataType)?.unless;
  return tokensOf(name).some((word) => unless?.test(word));
}

const SEPARATORS = ['\t', ',', ';', '|', '_', '#', ' '] as const;
const MOST_PARTS = 12;

/** The same in one text: numbers of different kinds, one after another. */
export function identifiersIn(text: string): Array<readonly [string, Part]> {
  for (const separator of SEPARATORS) {
    if (!text.includes(separator)) continue;
    const pieces = text.split(separator);
    if (pieces.length > MOST_PARTS) continue;
    const parts: Array<readonly [string, Part]> = [];
    let start = 0;
    for (const piece of pieces) {
      const dataType = identifierOf(piece);
      if (dataType !== null) parts.push([dataType, { text: piece, start }]);
      start += piece.length + separator.length;
    }
    if (new Set(parts.map(([dataType]) => dataType)).size >= KINDS) return parts;
  }
  return [];
}
