import { chineseNumber, type Language } from '../../model/text.js';
import { showUnseen } from '../../model/unseen.js';

/** `8.3 KB`; binary steps, because that is what capture tools show. */
export function bytes(count: number): string {
  if (count < 1024) return `${count} B`;
  const units = ['KB', 'MB', 'GB', 'TB'];
  let value = count / 1024;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

/** Local wall clock, `14:03:27`. */
export function clock(at: number): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** Local date and minute, `2026-11-21 14:03`. */
export function moment(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** `0:07`, `12:40`, `1:02:09`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** Digits in groups, the same in both languages. */
export function whole(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `5(2)` as people cite it: 第五条（二）, Article 5 (2). */
export function articleName(reference: string, language: Language): string {
  const match = /^(\d+)(?:\((\d+)\))?$/.exec(reference.trim());
  if (match === null) return reference;
  const [, article = '', item] = match;
  if (language === 'en') return `Article ${article}${item === undefined ? '' : ` (${item})`}`;
  return `第${chineseNumber(Number(article))}条${item === undefined ? '' : `（${chineseNumber(Number(item))}）`}`;
}

/** Captured text for a person's eyes: what is not seen becomes visible, so that a host or key cannot pose as another. */
export function visible(text: string): string {
  return showUnseen(text, '\t\n', (code) => `⟨${code}⟩`);
}
