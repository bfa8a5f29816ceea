const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', '0': '\0', '\n': '' };

/** The characters that a JSON or JavaScript string literal stands for; unknown escapes give the character itself. */
export function unescapeJson(raw: string): string {
  let out = '';
  let from = 0;
  for (let i = raw.indexOf('\\'); i >= 0; i = raw.indexOf('\\', from)) {
    out += raw.slice(from, i);
    const next = raw[i + 1] ?? '';
    const width = next === 'u' ? 4 : next === 'x' ? 2 : 0;
    const digits = raw.slice(i + 2, i + 2 + width);
    if (width > 0 && digits.length === width && /^[0-9a-fA-F]+$/.test(digits)) {
      out += String.fromCharCode(Number.parseInt(digits, 16));
      from = i + 2 + width;
    } else {
      out += ESCAPES[next] ?? next;
      from = i + 2;
    }
  }
  return out + raw.slice(from);
}
