import type { EndpointPart } from '../model/rulebook.js';
import type { Bilingual } from '../model/text.js';
import type { Part } from './candidate.js';

/**
 * One value out of a text that holds several at fixed places (`6|192.168.1.7|…`) or behind labels (`imei:… serial:…`).
 * @returns null: the text has no such part, or the part is empty.
 */
export function partOf(text: string, { between, at }: EndpointPart): Part | null {
  let start = 0;
  for (let place = 0; ; place++) {
    const end = text.indexOf(between, start);
    const part = text.slice(start, end < 0 ? text.length : end);
    if (typeof at === 'number' ? place === at : part.startsWith(at)) return trimmed(part, start, typeof at === 'string' ? at.length : 0);
    if (end < 0) return null;
    start = end + between.length;
  }
}

function trimmed(part: string, start: number, label: number): Part | null {
  const value = part.slice(label);
  const text = value.trim();
  return text === '' ? null : { text, start: start + label + value.indexOf(text) };
}

/** The shortest text that has this value as its part. */
export function aroundPart(value: string, { between, at }: EndpointPart): string {
  return typeof at === 'string' ? `${at}${value}` : `${between.repeat(at)}${value}`;
}

/** For the end of a sentence: which part of the text is meant. */
export function describePart({ between, at }: EndpointPart): Bilingual {
  return typeof at === 'string'
    ? { zh: `（文本中“${at}”之后的一段）`, en: ` (the part of the text that begins with “${at}”)` }
    : { zh: `（以“${between}”分隔的第 ${at + 1} 段）`, en: ` (part ${at + 1} of the text, which “${between}” divides)` };
}
