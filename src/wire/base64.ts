/**
 * Base64 in pieces (gRPC-web-text). Every DATA piece may be padded for itself, so padding may stand in the middle of the stream.
 */
export class Base64Pieces {
  #rest = '';

  /** Decodes as many whole quads as there are; white space and foreign characters are skipped. */
  push(bytes: Uint8Array): Uint8Array {
    const text =
      this.#rest +
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
        .toString('latin1')
        .replace(/[^A-Za-z0-9+/=]/g, '');
    const whole = text.length - (text.length % 4);
    this.#rest = text.slice(whole);
    const out: Buffer[] = [];
    let from = 0;
    while (from < whole) {
      const pad = text.indexOf('=', from);
      const end = pad === -1 || pad >= whole ? whole : pad + 4 - (pad % 4);
      out.push(Buffer.from(text.slice(from, end), 'base64'));
      from = end;
    }
    return Buffer.concat(out);
  }

  /** True when a quad is open. */
  get open(): boolean {
    return this.#rest !== '';
  }
}
