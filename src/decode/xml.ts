/**
 * A tolerant XML scanner. It never reads a DTD: entities are the five of the standard and numbers, so a billion laughs stays
 * three lines, and no address is ever fetched. Broken markup, common in captures, ends the scan instead of the decode.
 */
export interface XmlSink {
  open(name: string, attributes: readonly XmlAttribute[], empty: boolean): boolean;
  text(value: string, start: number, end: number): void;
  close(name: string): void;
  /** What readers of the data pass over: `#comment`, a processing instruction by its name, the declarations inside of a `!DOCTYPE`. */
  aside?(name: string, value: string, start: number, end: number): void;
}

export interface XmlAttribute {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Puts characters in the place of references; one that is not known stays as it stands. */
export function unescapeXml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x[0-9a-fA-F]{1,6}|#\d{1,7}|[a-z]{2,4});/g, (whole, name: string) => {
    if (name[0] !== '#') return ENTITIES[name] ?? whole;
    const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** Tells of a comment, an instruction, or declarations, from `open` to the sign that ends it; the XML declaration says nothing of anybody. */
function passOver(text: string, open: number, close: number, terminator: string, subset: number, sink: XmlSink): void {
  const declaration = text.slice(open, open + 6);
  let name = '#comment';
  let start = open + 4;
  if (terminator === '?>') {
    name = /^<(\?[^\s?]{1,64})/.exec(text.slice(open, open + 80))?.[1] ?? '?';
    start = open + 1 + name.length;
  } else if (terminator === '>') {
    name = /^<(!\[?\w{0,64})/.exec(text.slice(open, open + 80))?.[1] ?? '!';
    if (name === '!DOCTYPE' && subset < 0) return;
    start = subset < 0 ? open + 1 + name.length : open + subset + 1;
  }
  if (/^<\?xml\s/.test(declaration) || text.slice(start, close).trim() === '') return;
  sink.aside?.(name, text.slice(start, close), start, close);
}

function isNameCode(code: number): boolean {
  return code > 32 && code !== 0x2f && code !== 0x3e && code !== 0x3c && code !== 0x3d && code !== 0x22 && code !== 0x27;
}

/** @returns the offset at which scanning ended; the length of the text when all of it was read. */
export function scanXml(text: string, sink: XmlSink): number {
  const { length } = text;
  let at = 0;
  while (at < length) {
    const open = text.indexOf('<', at);
    const end = open < 0 ? length : open;
    if (end > at) sink.text(unescapeXml(text.slice(at, end)), at, end);
    if (open < 0) return length;
    const next = text[open + 1] ?? '';
    if (next === '!' || next === '?') {
      const cdata = text.startsWith('<![CDATA[', open);
      const terminator = cdata ? ']]>' : text.startsWith('<!--', open) ? '-->' : next === '?' ? '?>' : '>';
      // An internal DTD subset holds `>` of its own; it is left to its closing bracket, unread.
      const subset = next === '!' && text.startsWith('<!DOCTYPE', open) ? text.slice(open, open + 512).search(/\[/) : -1;
      const from = subset > 0 && !text.slice(open, open + subset).includes('>') ? text.indexOf(']', open) : open + (cdata ? 9 : 2);
      const close = from < 0 ? -1 : text.indexOf(terminator, from);
      if (close < 0) return open;
      if (cdata) sink.text(text.slice(open + 9, close), open + 9, close);
      else passOver(text, open, close, terminator, subset, sink);
      at = close + terminator.length;
      continue;
    }
    if (next === '/') {
      const close = text.indexOf('>', open);
      if (close < 0) return open;
      sink.close(text.slice(open + 2, close).trim());
      at = close + 1;
      continue;
    }
    let i = open + 1;
    while (i < length && isNameCode(text.charCodeAt(i))) i++;
    const name = text.slice(open + 1, i);
    if (name === '' || name.length > 256) return open;
    const attributes: XmlAttribute[] = [];
    let empty = false;
    for (;;) {
      while (i < length && text.charCodeAt(i) <= 32) i++;
      const code = text.charCodeAt(i);
      if (i >= length || code === 0x3c) return open;
      if (code === 0x3e) break;
      if (code === 0x2f) {
        empty = text[i + 1] === '>';
        i++;
        continue;
      }
      const nameStart = i;
      while (i < length && isNameCode(text.charCodeAt(i))) i++;
      if (i === nameStart) return open;
      const attribute = text.slice(nameStart, i);
      while (i < length && text.charCodeAt(i) <= 32) i++;
      if (text[i] !== '=') continue;
      i++;
      while (i < length && text.charCodeAt(i) <= 32) i++;
      const quote = text[i];
      if (quote !== '"' && quote !== "'") return open;
      const close = text.indexOf(quote, i + 1);
      if (close < 0) return open;
      attributes.push({ name: attribute, value: unescapeXml(text.slice(i + 1, close)), start: i + 1, end: close });
      i = close + 1;
    }
    if (!sink.open(name, attributes, empty)) return open;
    at = i + 1;
  }
  return length;
}
