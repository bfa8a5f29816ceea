/**
 * Text to GBK bytes. Node decodes GBK but does not encode it; Chinese form posts and older SDKs still percent-encode GBK, so a
 * known name or address must be looked for in that writing too.
 */
let table: Uint16Array | undefined;

/** Two-byte area of GB 18030 (GBK), turned around: character code to byte pair, 0 where there is none. */
function pairs(): Uint16Array {
  if (table !== undefined) return table;
  const bytes = new Uint8Array(126 * 190 * 3);
  const order = new Uint16Array(126 * 190);
  let count = 0;
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue;
      bytes[count * 3] = lead;
      bytes[count * 3 + 1] = trail;
      bytes[count * 3 + 2] = NEWLINE;
      order[count++] = (lead << 8) | trail;
    }
  // All of the area is in the basic plane; a pair that is not assigned decodes to U+FFFD, alone or with an ASCII character.
  const text = new TextDecoder('gb18030').decode(bytes);
  const built = new Uint16Array(0x10000);
  let start = 0;
  let index = 0;
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) !== NEWLINE) continue;
    const code = text.charCodeAt(start);
    if (at === start + 1 && code !== UNKNOWN && built[code] === 0) built[code] = order[index]!;
    start = at + 1;
    index++;
  }
  table = built;
  return built;
}

const NEWLINE = 0x0a;
const UNKNOWN = 0xfffd;

/** GBK bytes of `text`, or null when a character is not in GBK. */
export function encodeGbk(text: string): Uint8Array | null {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code < 0x80) {
      bytes.push(code);
      continue;
    }
    const pair = code > 0xffff ? 0 : pairs()[code]!;
    if (pair === 0) return null;
    bytes.push(pair >> 8, pair & 0xff);
  }
  return Uint8Array.from(bytes);
}
