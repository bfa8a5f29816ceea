/**
 * What a phone gets instead of the origin's answer. It is shown in the app's own web view, so it says plainly that this is the
 * proxy speaking. Every word in it is escaped: the host name comes from the phone.
 */
import type { Cause } from './causes.js';
import { escapeMarkup } from './markup.js';

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  407: 'Proxy Authentication Required',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  502: 'Bad Gateway',
  504: 'Gateway Timeout',
};

/**
 * A whole HTTP/1.1 response that ends the connection.
 * @param head true to leave the body out (HEAD).
 */
export function refusalPage(status: number, cause: Cause, head = false): Buffer {
  const body = Buffer.from(
    `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Overreach ${status}</title>` +
      `<h1>Overreach: ${status}</h1><p>${escapeMarkup(cause.text.zh)}</p><p lang="en">${escapeMarkup(cause.text.en)}</p><p><code>${escapeMarkup(cause.code)}</code></p></html>\n`,
  );
  const lines = [
    `HTTP/1.1 ${status} ${REASONS[status] ?? 'Refused'}`,
    'Content-Type: text/html; charset=utf-8',
    `Content-Length: ${body.length}`,
    "Content-Security-Policy: default-src 'none'",
    'X-Content-Type-Options: nosniff',
    'Cache-Control: no-store',
    `Overreach-Error: ${cause.code}`,
    ...(status === 407 ? ['Proxy-Authenticate: Basic realm="Overreach", charset="UTF-8"'] : []),
    'Connection: close',
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), head ? Buffer.alloc(0) : body]);
}
