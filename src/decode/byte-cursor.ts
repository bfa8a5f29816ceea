/** Reads bytes one after another, numbers with the highest byte first. What would lie behind the end breaks it, and reads as nothing. */
export class ByteCursor {
  at = 0;
  broken = false;
  readonly bytes: Buffer;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  /** The next bytes, in place. */
  slice(size: number): Buffer {
    if (!(size >= 0 && size <= this.left)) {
      this.broken = true;
      return this.bytes.subarray(0, 0);
    }
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }

  /** Bytes up to a sign, which is passed over. */
  until(sign: number): Buffer {
    const end = this.bytes.indexOf(sign, this.at);
    const found = this.slice(end < 0 ? -1 : end - this.at);
    if (!this.broken) this.at++;
    return found;
  }

  byte(): number {
    return this.uint(1);
  }

  /** @param size 1 to 6. */
  uint(size: number): number {
    const bytes = this.slice(size);
    return this.broken ? 0 : bytes.readUIntBE(0, size);
  }

  /** @param size 1 to 6. */
  int(size: number): number {
    const bytes = this.slice(size);
    return this.broken ? 0 : bytes.readIntBE(0, size);
  }

  int64(): bigint {
    const bytes = this.slice(8);
    return this.broken ? 0n : bytes.readBigInt64BE(0);
  }

  float(): number {
    const bytes = this.slice(4);
    return this.broken ? 0 : bytes.readFloatBE(0);
  }

  double(): number {
    const bytes = this.slice(8);
    return this.broken ? 0 : bytes.readDoubleBE(0);
  }
}
