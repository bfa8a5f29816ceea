/** How the messages of one direction are compressed. */
export interface Deflate {
  /** True: each message may refer to the ones before it (RFC 7692 section 7.1.1). */
  readonly takeover: boolean;
}

/**
 * What the server's `Sec-WebSocket-Extensions` agreed to. `up` follows `client_no_context_takeover`, `down` the server's.
 * Window sizes need no notice: inflating with the largest window reads every smaller one.
 * @returns null when permessage-deflate is not in use.
 */
export function deflateOf(extensions: string): { readonly up: Deflate; readonly down: Deflate } | null {
  for (const extension of extensions.split(',')) {
    const [name, ...parameters] = extension.split(';').map((part) => part.trim().toLowerCase());
    if (name !== 'permessage-deflate') continue;
    return {
      up: { takeover: !parameters.includes('client_no_context_takeover') },
      down: { takeover: !parameters.includes('server_no_context_takeover') },
    };
  }
  return null;
}
