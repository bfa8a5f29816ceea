import type { Headers } from '../model/exchange.js';
import type { Connection } from '../model/session.js';

/** RFC 9114 section 3.1.1; `h3-29` and kin are its drafts, which old servers still offer. */
const OFFER = /(?:^|[,\s])h3(?:-\d+)?\s*=/;

const OFFERED: Connection['cause'] = {
  code: 'OVR_HTTP3_OFFERED',
  text: {
    zh: '该服务器提供 HTTP/3（Alt-Svc）。应用若改走 QUIC（UDP），这部分流量不经过代理，也不会出现在记录中。如需确认，请在路由器上阻断手机的 UDP 443 端口后重试。',
    en: 'This server offers HTTP/3 (Alt-Svc). What an app sends over QUIC (UDP) does not pass a proxy and is not in the record. To be sure, block UDP port 443 for the phone at the router and try again.',
  },
};

/**
 * Whether a response invites the app to a protocol that no proxy sees. The header is passed on as it came: with a proxy set, the usual
 * stacks stay on TCP, and taking it out would change what the app gets.
 * @returns the remark for the connection's row; null where nothing is offered.
 */
export function http3Offered(headers: Headers): Connection['cause'] {
  const offers = headers.some(([name, value]) => name.length === 7 && name.toLowerCase() === 'alt-svc' && OFFER.test(value));
  return offers ? OFFERED : null;
}
