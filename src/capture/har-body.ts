import { createHash } from 'node:crypto';
import { limits } from '../limits.js';
import { type Body, EMPTY_BODY, type Headers } from '../model/exchange.js';
import { type Loose, list, numberOf, record, textOf, written } from './har-json.js';
import { readPost } from './har-post.js';

type Warn = (code: string, detail: string) => void;

/** A body of known bytes, cut to `limits.bodyKept`. */
export function bodyOf(bytes: Uint8Array): Body {
  if (bytes.length === 0) return EMPTY_BODY;
  return {
    // A copy: a pooled Buffer would take its whole pool along when it is posted to a worker.
    bytes: new Uint8Array(bytes.subarray(0, limits.bodyKept)),
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    truncated: bytes.length > limits.bodyKept,
  };
}

/** A body that the tool knew of and did not write. It counts as cut, never as empty; its digest is not known. */
function missingBody(size: number): Body {
  return { bytes: EMPTY_BODY.bytes, size, sha256: '', truncated: true };
}

/** The same body, known to be only the beginning where it was longer. Its digest is then not known. */
export function cutAt(body: Body, size: number): Body {
  return size > body.size ? { ...body, size, sha256: '', truncated: true } : body;
}

/** Least number of bytes that the header fields tell of. What is sent in pieces is hardly nothing, unless the size says so. */
function lengthOf(headers: Headers, declared: number): number {
  if (declared !== 0 && /\bchunked\b/i.test(header(headers, 'transfer-encoding'))) return 1;
  const text = header(headers, 'content-length');
  return /^\d{1,15}$/.test(text) ? Number(text) : 0;
}

/**
 * The request's body, from text, base64 or parameters.
 * @param carried its content stands in the messages of a stream (gRPC), so that nothing is missing where there is none here.
 */
export function readPostData(request: Loose, headers: Headers, warn: Warn, carried = false): Body {
  // HTTP Toolkit writes bodies that are no text into `_content`.
  const { post: given, rebuilt, unread } = readPost(request.postData ?? request._content);
  const post = withBase64(given);
  const mime = textOf(post.mimeType) || header(headers, 'content-type');
  const text = textOf(post.text);
  const declared = request.bodySize === undefined ? -1 : numberOf(request.bodySize);
  if (rebuilt) warn('har-body-rebuilt', 'the body was put together from the document that stood in its place');
  if (text !== '') {
    const bare = withoutHeaders(text, mime, warn);
    if (isDamaged(post, bare)) warn('har-body-damaged', 'the tool wrote a binary body as text; some of its bytes are lost');
    const bytes = readText(post, bare, mime);
    if (bytes.length === 0) return unreadable('the request body is no base64', declared, warn);
    const body = checked(bytes, headers, isBase64(post), warn);
    // Sizes are those of the wire: only a body that is not encoded, and from which nothing was taken off, can be held against them.
    return bare === text && !rebuilt && header(headers, 'content-encoding') === ''
      ? whole(body, declared, text, isBase64(post), 'request', warn)
      : body;
  }
  const params = list(post.params).map(record);
  if (params.length > 0) {
    warn('har-body-rebuilt', 'the body was put together from its parameters');
    const body = bodyOf(Buffer.from(fromParams(params, mime), 'utf8'));
    // Browsers list a file by its name alone.
    if (!params.some(({ fileName, value }) => textOf(fileName) !== '' && textOf(value) === '')) return body;
    warn('har-body-missing', 'the recording left out a file of the form');
    return { ...body, size: Math.max(body.size, declared, lengthOf(headers, declared)), sha256: '', truncated: true };
  }
  // A tool that keeps no bodies may write -1 for the size; the header says what was sent.
  const sent = declared > 0 ? declared : carried ? 0 : lengthOf(headers, declared);
  if (unread !== null) return unreadable(`the recording holds the request body where nobody looks: ${unread.slice(0, 80)}`, sent, warn);
  if (sent === 0) return EMPTY_BODY;
  warn('har-body-missing', `the recording left out the request body, ${sent} byte(s) at least`);
  return missingBody(sent);
}

/** A body that was written in a way that gives nothing; one byte of it at least was sent. */
function unreadable(why: string, size: number, warn: Warn): Body {
  warn('har-body-missing', why);
  return missingBody(Math.max(size, 1));
}

/** The response's body. */
export function readContent(given: unknown, headers: Headers, bodySize: number, warn: Warn): Body {
  const content = withBase64(readPost(given).post);
  const text = textOf(content.text);
  const mime = textOf(content.mimeType) || header(headers, 'content-type');
  const size = Math.max(numberOf(content.size), 0);
  if (text === '') {
    const left = size > 0 ? size : bodySize;
    if (left <= 0) return EMPTY_BODY;
    warn('har-body-missing', `the recording left out the ${left} bytes of the response body`);
    return missingBody(left);
  }
  if (isDamaged(content, text)) warn('har-content-damaged', 'the tool wrote a binary body as text; some of its bytes are lost');
  const body = checked(readText(content, text, mime), headers, isBase64(content), warn);
  return whole(body, size, text, isBase64(content), 'response', warn);
}

/** Only where lengths can be compared: a text in another charset has another length in UTF-8. */
function whole(body: Body, size: number, text: string, binary: boolean, part: string, warn: Warn): Body {
  if (body.size >= size || !(binary || /^[\x00-\x7f]*$/.test(text))) return body;
  warn('har-body-short', `the recording holds ${body.size} of ${size} bytes of the ${part} body`);
  return cutAt(body, size);
}

/** whistle writes the bytes beside the text, which it makes of them in a charset of its own. */
function withBase64(holder: Loose): Loose {
  return textOf(holder.base64) === '' ? holder : { ...holder, text: holder.base64, encoding: 'base64' };
}

/** HAR 1.2 has `encoding` for responses only; tools also put it on requests, under several names. */
function isBase64(holder: Loose): boolean {
  return [holder.encoding, holder._encoding, holder.comment].some((value) => textOf(value).trim().toLowerCase() === 'base64');
}

/** Characters of base64 and base64url, with the line ends of RFC 2045. */
const BASE64 = /^[A-Za-z0-9+/_\-=\s]*$/;

function isDamaged(holder: Loose, text: string): boolean {
  return isBase64(holder) ? !BASE64.test(text) : text.includes('\ufffd');
}

function readText(holder: Loose, text: string, mime: string): Uint8Array {
  if (isBase64(holder)) return Buffer.from(text, 'base64');
  // Bytes written as one character each, which Chrome and mitmproxy do with bodies that are no text.
  const bytes = /^[\x00-\xff]*$/.test(text) && /[\x80-\xff]/.test(text);
  const binary =
    /octet-stream|protobuf|grpc|gzip|msgpack|cbor|thrift|tars|jce|zip|image\/|audio\/|video\//i.test(mime) || text.startsWith('\x1f\x8b');
  return Buffer.from(text, bytes && binary ? 'latin1' : 'utf8');
}

/** A HAR holds bodies with their content-encoding already undone, and the headers as they were. */
function checked(bytes: Uint8Array, headers: Headers, binary: boolean, warn: Warn): Body {
  const encoding = header(headers, 'content-encoding').toLowerCase();
  if (bytes.length > 0 && encoding !== '' && encoding !== 'identity' && !isStillEncoded(bytes, encoding, binary))
    warn('har-body-decoded', `the recording undid content-encoding ${encoding} and kept the header`);
  return bodyOf(bytes);
}

function isStillEncoded(bytes: Uint8Array, encoding: string, binary: boolean): boolean {
  const last = encoding.split(',').at(-1)?.trim();
  if (last === 'gzip' || last === 'x-gzip') return bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (last === 'zstd') return bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd;
  // RFC 1950 section 2.2: CM 8, and the first two bytes are a multiple of 31.
  if (last === 'deflate') return (bytes[0]! & 0x0f) === 8 && ((bytes[0]! << 8) | (bytes[1] ?? 0)) % 31 === 0;
  // Brotli has no magic: what came as base64 and is no text may be it.
  return binary && Buffer.from(bytes.subarray(0, 1024)).toString('utf8').includes('\ufffd');
}

/** Old Firefox writes the headers of the upload stream before the body. */
function withoutHeaders(text: string, mime: string, warn: Warn): string {
  if (!/^Content-(?:Type|Length): /i.test(text) || !/form/i.test(mime)) return text;
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return text;
  warn('har-body-headers', 'headers stood before the body and were taken off');
  return text.slice(end + 4);
}

function fromParams(params: readonly Loose[], mime: string): string {
  const boundary = /^multipart\/form-data.*?boundary="?([^";]+)/i.exec(mime)?.[1];
  if (boundary === undefined)
    return params.map(({ name, value }) => `${formEncoded(textOf(name))}=${formEncoded(written(value))}`).join('&');
  const parts = params.map(({ name, value, fileName, contentType }) => {
    const file = textOf(fileName) === '' ? '' : `; filename="${inQuotes(textOf(fileName))}"`;
    const type = textOf(contentType) === '' ? '' : `Content-Type: ${textOf(contentType).replace(/[\r\n]/g, ' ')}\r\n`;
    return `--${boundary}\r\nContent-Disposition: form-data; name="${inQuotes(textOf(name))}"${file}\r\n${type}\r\n${written(value)}\r\n`;
  });
  return `${parts.join('')}--${boundary}--\r\n`;
}

/** Form encoding of the text as given, so that decoding gives back exactly it (WHATWG URL, section 5.2). */
export function formEncoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'))
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

function inQuotes(text: string): string {
  return text.replace(/["\r\n]/g, encodeURIComponent);
}

function header(headers: Headers, name: string): string {
  return headers.find(([known]) => known.toLowerCase() === name)?.[1] ?? '';
}
