/** A PDF put together by hand: what independent programs write is larger than a test should be. */
export interface PdfPart {
  /** Entries of its dictionary, without the brackets; or any object, where there is no stream. */
  readonly entries: string;
  readonly stream?: Uint8Array | string;
}

function bytesOf(content: Uint8Array | string): Buffer {
  return typeof content === 'string' ? Buffer.from(content, 'latin1') : Buffer.from(content);
}

/** @param objects by number. There is no table of them: readers have to find them. */
export function pdf(objects: Readonly<Record<number, string | PdfPart>>, trailer = '/Root 1 0 R'): Buffer {
  const pieces: Uint8Array[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  for (const [number, part] of Object.entries(objects)) {
    pieces.push(Buffer.from(`${number} 0 obj\n`));
    if (typeof part === 'string') pieces.push(Buffer.from(part, 'latin1'));
    else if (part.stream === undefined) pieces.push(Buffer.from(`<<${part.entries}>>`, 'latin1'));
    else {
      const content = bytesOf(part.stream);
      pieces.push(Buffer.from(`<<${part.entries} /Length ${content.length}>>\nstream\n`, 'latin1'), content, Buffer.from('\nendstream'));
    }
    pieces.push(Buffer.from('\nendobj\n'));
  }
  pieces.push(Buffer.from(`trailer\n<<${trailer}>>\nstartxref\n0\n%%EOF\n`));
  return Buffer.concat(pieces);
}

/** Objects of a document of one page that shows this; its fonts are `/F1` and, where given, `/F2`. */
export function onePage(
  content: string | PdfPart,
  fonts: readonly string[] = ['/Type1 /BaseFont /Helvetica'],
): Record<number, string | PdfPart> {
  const listed = fonts.map((_, index) => `/F${index + 1} ${10 + index} 0 R`).join(' ');
  return {
    1: '<</Type /Catalog /Pages 2 0 R>>',
    2: '<</Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 600 800]>>',
    3: `<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <</Font <<${listed}>>>>>>`,
    4: typeof content === 'string' ? { entries: '', stream: content } : content,
    ...Object.fromEntries(fonts.map((font, index) => [10 + index, `<</Type /Font /Subtype ${font}>>`])),
  };
}

/** A map of codes of two bytes to characters, as fonts carry it. */
export function toUnicode(characters: Readonly<Record<string, string>>): PdfPart {
  const hex = (text: string) => Buffer.from(text, 'utf16le').swap16().toString('hex');
  const lines = Object.entries(characters).map(([code, text]) => `<${code}> <${hex(text)}>`);
  return {
    entries: '',
    stream: `begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange ${lines.length} beginbfchar ${lines.join('\n')} endbfchar endcmap`,
  };
}
