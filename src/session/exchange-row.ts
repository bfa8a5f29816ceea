import type { ExchangeRow } from '../model/audit.js';
import type { Attribution, Exchange, Headers } from '../model/exchange.js';
import { hostOf } from './analyst.js';

/** @returns the line of the request list for an exchange as it stands, before anything was found in it. @param scene id of the scene it began in. */
export function rowOf(exchange: Exchange, sender: Attribution | null, scene: string | null): ExchangeRow {
  const { request, response, client } = exchange;
  return {
    seq: exchange.seq,
    at: exchange.startedAt,
    method: request.method,
    url: request.url,
    host: hostOf(request.url),
    status: response?.status ?? null,
    secure: exchange.secure,
    app: sender?.id ?? 'main',
    ...(sender === null ? {} : { attributedBy: sender.by }),
    scene,
    client: client === null ? null : (client.user ?? client.app?.packages[0] ?? client.address),
    bytesUp: headSize(request.headers) + request.target.length + request.body.size,
    bytesDown: response === null ? 0 : headSize(response.headers) + response.body.size,
    evidence: 0,
    failure: exchange.failure,
    warnings: exchange.warnings,
  };
}

/** `name: value CRLF` for each; HTTP/2 sends fewer bytes for the same header, so this is what was said, not what was framed. */
export function headSize(headers: Headers): number {
  return headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);
}
