/**
 * Plain `http://` requests, by our own code behind the seam of front.ts. The package parses and writes every message again: it
 * loses trailers, 103 and the status text, merges doubled headers, holds response heads back, has no backpressure, and a
 * malformed answer ends the process. Here one phone connection has one origin connection at a time, and a request loses only what
 * `plain-request` says. Long because it is one state machine over one connection.
 */
import type { Socket } from 'node:net';
import { limits } from '../limits.js';
import type { Client } from '../model/exchange.js';
import type { TapOpen } from '../model/tap.js';
import type { HostPort } from './address-policy.js';
import { type Cause, type CauseCode, causeOf } from './causes.js';
import { breakOff, IDLE_TIMEOUT } from './couple.js';
import type { Dialler } from './dialler.js';
import { BodyEnd } from './http-body.js';
import { headLength, isProblem, readRequestHead, requestFraming, values } from './http-head.js';
import { aimOf, asksWebSocket, forwardedHead, targetOf } from './plain-request.js';
import { refusalPage } from './refusal-page.js';
import { ResponseWatch } from './response-watch.js';
import type { Tap, TappedConnection } from './tap.js';
import { failureCode, type PlainOrigin, UpstreamError, upstreamError } from './upstream.js';

export interface PlainOptions {
  readonly tap: Tap;
  readonly nextId: () => string;
  readonly dialler: Dialler;
  /** Is this the onboarding page's address? */
  readonly isOnboarding: (target: HostPort) => boolean;
  /** Takes the socket over, request unread, to answer from the onboarding pages. */
  readonly onboard: (phone: Socket, proxied: boolean) => void;
  /** Takes the socket over for a CONNECT that came after plain requests. */
  readonly tunnel: (phone: Socket) => void;
  /** Says who this is by Proxy-Authorization; null: not admitted. */
  readonly admit: (authorization: string | undefined, at: HostPort) => Client | null;
  /** Told of a request that was refused for lack of credentials. */
  readonly onUnadmitted: (at: HostPort) => void;
}

interface Leg {
  readonly target: HostPort;
  readonly socket: Socket;
  readonly parent: PlainOrigin['parent'];
  readonly watch: ResponseWatch;
  readonly tapped: TappedConnection;
}

/** One connection of a phone that speaks plain HTTP to the proxy. */
export class PlainConnection {
  readonly #phone: Socket;
  readonly #options: PlainOptions;
  #held: Buffer = Buffer.alloc(0);
  #leg: Leg | null = null;
  #body: BodyEnd | null = null;
  /** Why the phone's next bytes must wait. */
  #waiting: 'dial' | 'idle' | 'upgrade' | null = null;
  #finalsBeforeUpgrade = 0;
  #upgradeAsked = false;
  #tied = false;
  #over = false;
  #phoneEnded = false;
  #timedOut = false;
  #headTimer: NodeJS.Timeout | null = null;

  constructor(phone: Socket, options: PlainOptions) {
    this.#phone = phone;
    this.#options = options;
    phone.on('error', this.#onPhoneError);
    phone.on('data', this.#onPhoneData);
    phone.on('end', this.#onPhoneEnd);
    phone.on('close', this.#onPhoneClose);
    phone.on('drain', this.#onPhoneDrain);
    phone.on('timeout', this.#onPhoneTimeout);
    phone.setTimeout(limits.keepAliveMs);
    phone.resume();
  }

  readonly #onPhoneTimeout = (): void => {
    this.#timedOut = true;
    this.#phone.destroy();
  };

  readonly #onPhoneError = (): void => {
    this.#phone.destroy();
  };

  readonly #onPhoneDrain = (): void => {
    this.#leg?.socket.resume();
  };

  readonly #onPhoneData = (bytes: Buffer): void => {
    if (this.#over) return;
    this.#held = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    this.#pump();
    if (this.#held.length > limits.requestHeld) this.#phone.pause();
  };

  readonly #onPhoneEnd = (): void => {
    this.#phoneEnded = true;
    this.#pump();
    this.#endUp();
  };

  readonly #onPhoneClose = (): void => {
    this.#over = true;
    this.#stopHeadTimer();
    // A request that was not whole, or waited for the answer to another: it has reached nobody.
    if (this.#body === null && !this.#tied && (this.#waiting === null || this.#waiting === 'idle'))
      this.#recordRefusal('OVR_CLIENT_LEFT', '');
    const leg = this.#leg;
    if (leg === null) return;
    // Nothing is outstanding after a quiet end; otherwise the phone left in the middle, and the origin must stop at once.
    if (leg.watch.idle && this.#body === null && !this.#tied) this.#dropLeg();
    else if (!leg.socket.destroyed) {
      const early = this.#timedOut ? IDLE_TIMEOUT : { code: 'client-left', detail: '' };
      leg.tapped.close(this.#phoneEnded && leg.socket.readableEnded ? null : early);
      breakOff(leg.socket);
    }
  };

  /** The phone has said its last byte: say so to the origin, unless bytes of it still wait here. */
  #endUp(): void {
    if (!this.#phoneEnded || this.#waiting === 'dial') return;
    const leg = this.#leg;
    if (this.#waiting === 'idle') {
      // What still waits here is for another origin; this one gets nothing more and must not be kept waiting for it.
      leg?.socket.end();
      return;
    }
    if (leg !== null && (this.#tied || this.#body !== null || !leg.watch.idle)) leg.socket.end();
    else {
      this.#over = true;
      this.#phone.end();
    }
  }

  #startHeadTimer(): void {
    this.#headTimer ??= setTimeout(() => {
      this.#headTimer = null;
      this.#refuse('OVR_HTTP_HEAD', `headMs ${limits.headMs}`, 400);
    }, limits.headMs);
  }

  #stopHeadTimer(): void {
    if (this.#headTimer !== null) clearTimeout(this.#headTimer);
    this.#headTimer = null;
  }

  #send(leg: Leg, bytes: Buffer): void {
    if (bytes.length > 0) this.#sendHead(leg, bytes, null);
  }

  /** @param toParent what goes out instead: our credentials for the parent are none of the phone's traffic. */
  #sendHead(leg: Leg, bytes: Buffer, toParent: Buffer | null): void {
    leg.tapped.bytes('up', bytes);
    if (!leg.socket.write(toParent ?? bytes)) this.#phone.pause();
  }

  #pump(): void {
    while (!this.#over && this.#waiting === null && this.#held.length > 0) {
      const leg = this.#leg;
      if (this.#tied && leg !== null) {
        const all = this.#held;
        this.#held = Buffer.alloc(0);
        this.#send(leg, all);
      } else if (this.#body !== null && leg !== null) this.#pumpBody(leg, this.#body);
      else if (!this.#pumpHead()) break;
    }
    if (this.#held.length <= limits.requestHeld && this.#leg?.socket.writableNeedDrain !== true && !this.#over) this.#phone.resume();
  }

  #pumpBody(leg: Leg, body: BodyEnd): void {
    const length = body.take(this.#held, 0);
    const part = this.#held.subarray(0, length);
    this.#held = this.#held.subarray(length);
    this.#send(leg, part);
    if (body.broken) {
      // The origin has part of a request that cannot be ended: it must not take what follows for a request.
      leg.tapped.close({ code: 'request-framing', detail: 'chunked' });
      breakOff(leg.socket);
      this.#leg = null;
      this.#body = null;
      this.#refuse('OVR_HTTP_AMBIGUOUS', 'chunk', 400);
    } else if (body.done) this.#requestDone(leg);
  }

  #requestDone(leg: Leg): void {
    this.#body = null;
    // What follows an upgrade request belongs to whichever protocol the answer decides for.
    if (this.#upgradeAsked && !leg.watch.upgraded && leg.watch.finals === this.#finalsBeforeUpgrade) this.#waiting = 'upgrade';
  }

  /** @returns false while there is nothing to be done before more bytes or another event. */
  #pumpHead(): boolean {
    let skip = 0;
    while (this.#held[skip] === 0x0d || this.#held[skip] === 0x0a) skip++;
    if (skip > 0) this.#held = this.#held.subarray(skip);
    if (this.#held.length === 0) return false;
    const length = headLength(this.#held);
    if (length < 0 || length > limits.httpHead) {
      this.#startHeadTimer();
      if (this.#held.length > limits.httpHead) this.#refuse('OVR_HTTP_HEAD', `httpHead ${limits.httpHead}`, 431);
      return false;
    }
    this.#stopHeadTimer();
    const head = readRequestHead(this.#held.subarray(0, length));
    if (isProblem(head)) return this.#refuse(head.code, head.detail, 400);
    if (head.method === 'CONNECT') return this.#whenIdle(() => this.#release(this.#options.tunnel));
    const target = targetOf(head, this.#options.isOnboarding);
    if (target.kind === 'refused') return this.#refuse(target.code, target.detail, 400, head.method === 'HEAD');
    if (target.kind === 'onboarding') return this.#whenIdle(() => this.#release((phone) => this.#options.onboard(phone, target.proxied)));
    const client = this.#options.admit(values(head.lines, 'proxy-authorization')[0], target.at);
    if (client === null) return this.#refuse('OVR_PROXY_CREDENTIALS', '', 407, head.method === 'HEAD', target.at);
    const framing = requestFraming(head);
    if (isProblem(framing)) return this.#refuse(framing.code, framing.detail, 400, head.method === 'HEAD', target.at);
    const leg = this.#leg;
    const upgrade = asksWebSocket(head.lines);
    const elsewhere = leg === null || leg.watch.last || leg.target.host !== target.at.host || leg.target.port !== target.at.port;
    // A proxy need not carry an upgrade on; through a tunnel it does not see one.
    if (elsewhere || (upgrade && leg.parent !== null))
      return this.#whenIdle(() => this.#dial(target.at, client, head.method === 'HEAD', upgrade));
    this.#held = this.#held.subarray(length);
    this.#upgradeAsked = upgrade;
    this.#finalsBeforeUpgrade = leg.watch.finals;
    leg.watch.asked(head.method, this.#upgradeAsked);
    this.#phone.setTimeout(limits.idleMs);
    this.#sendHead(
      leg,
      forwardedHead(head, target.at, target.path),
      leg.parent === null ? null : forwardedHead(head, target.at, target.path, leg.parent),
    );
    const body = new BodyEnd(framing);
    this.#body = body;
    if (body.done) this.#requestDone(leg);
    return true;
  }

  /** Runs `next` once no response is outstanding; the request's head stays unread until then. */
  #whenIdle(next: () => void): false {
    const leg = this.#leg;
    if (leg !== null && !leg.watch.idle) this.#waiting = 'idle';
    else {
      this.#dropLeg();
      next();
    }
    return false;
  }

  #dropLeg(): void {
    const leg = this.#leg;
    this.#leg = null;
    if (leg === null) return;
    leg.tapped.close(null);
    leg.socket.destroySoon();
  }

  /** Gives the socket away with what is unread. */
  #release(take: (phone: Socket) => void): void {
    const phone = this.#phone;
    this.#over = true;
    this.#stopHeadTimer();
    phone.pause();
    phone.off('data', this.#onPhoneData);
    phone.off('end', this.#onPhoneEnd);
    phone.off('close', this.#onPhoneClose);
    phone.off('drain', this.#onPhoneDrain);
    phone.off('timeout', this.#onPhoneTimeout);
    phone.setTimeout(limits.keepAliveMs);
    phone.unshift(this.#held);
    take(phone);
  }

  #dial(at: HostPort, client: Client, isHead: boolean, tunnel: boolean): void {
    this.#waiting = 'dial';
    const { dialler } = this.#options;
    const dialled: Promise<PlainOrigin> = tunnel ? dialler.dial(at).then((socket) => ({ socket, parent: null })) : dialler.dialPlain(at);
    dialled.then(
      (origin) => {
        this.#waiting = null;
        if (this.#over) {
          origin.socket.destroy();
          this.#recordFailure(at, client, new UpstreamError('OVR_CLIENT_LEFT', ''));
          return;
        }
        this.#attach(at, client, origin);
        this.#pump();
        this.#endUp();
      },
      (error: unknown) => {
        this.#waiting = null;
        this.#fail(at, client, error, isHead);
      },
    );
  }

  #open(at: HostPort, client: Client, met: Pick<TapOpen, 'serverAddress' | 'reach' | 'cause'>): TappedConnection {
    return this.#options.tap.open({ connection: this.#options.nextId(), client, ...at, layer: 'http', sni: null, alpn: null, ...met });
  }

  #fail(at: HostPort, client: Client, error: unknown, isHead: boolean): void {
    const failure = upstreamError(error);
    const cause = this.#recordFailure(at, client, failure);
    const refused = failure.causeCode.startsWith('OVR_DESTINATION');
    if (!this.#over) this.#answer(cause, refused ? 403 : failure.causeCode === 'OVR_UPSTREAM_TIMEOUT' ? 504 : 502, isHead);
  }

  /** Also where the phone has left meanwhile: that it wanted something of this host must not be missing from the record. */
  #recordFailure(at: HostPort, client: Client, { causeCode, detail }: UpstreamError): Cause {
    const cause = causeOf(causeCode, { ...at, detail });
    this.#open(at, client, { serverAddress: null, reach: 'failed', cause }).close({ code: failureCode(causeCode), detail });
    return cause;
  }

  #answer(cause: Cause, status: number, isHead: boolean): void {
    this.#over = true;
    this.#held = Buffer.alloc(0);
    this.#stopHeadTimer();
    this.#phone.end(refusalPage(status, cause, isHead));
    // Read on, so that a phone in the middle of an upload gets the page and not a reset; but not for ever.
    this.#phone.resume();
    setTimeout(() => this.#phone.destroy(), limits.lingerMs).unref();
  }

  /** Answers with a page, after the responses that are still to come. Always false, for {@link #pumpHead}. */
  #refuse(code: CauseCode, detail: string, status: number, isHead = false, at: HostPort = { host: '', port: 0 }): false {
    return this.#whenIdle(() => {
      if (code === 'OVR_PROXY_CREDENTIALS') this.#options.onUnadmitted(at);
      else this.#recordRefusal(code, detail);
      this.#answer(causeOf(code, { ...at, detail }), status, isHead);
    });
  }

  /** What the app wanted to send and could not must not be missing from the record. Where nothing tells for whom it was, it was no proxy's request. */
  #recordRefusal(code: CauseCode, detail: string): void {
    const aim = aimOf(this.#held);
    if (aim === null) return;
    const client = this.#options.admit(aim.authorization, aim.at);
    if (client === null) return;
    this.#recordFailure(aim.at, client, new UpstreamError(code, detail));
  }

  #attach(target: HostPort, client: Client, { socket, parent }: PlainOrigin): void {
    const serverAddress = this.#options.dialler.addressOf(socket);
    const tapped = this.#open(target, client, { serverAddress, reach: 'cleartext', cause: null });
    const leg: Leg = { target, socket, parent, watch: new ResponseWatch(), tapped };
    this.#leg = leg;
    socket.on('data', (bytes: Buffer) => {
      // The phone has no credentials for the parent: a prompt there would only send it ours to guess.
      if (parent !== null && /^HTTP\/1\.[01] 407 /.test(bytes.toString('latin1', 0, 13))) this.#refusedByParent(leg, client);
      else this.#onOriginData(leg, bytes);
    });
    socket.on('drain', () => this.#pump());
    socket.on('end', () => this.#onOriginEnd(leg));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (this.#leg === leg && !leg.watch.idle) tapped.close({ code: 'upstream-reset', detail: error.code ?? '' });
    });
    socket.on('close', () => this.#onOriginClose(leg));
    // A parent's answer was read from it before, and then it was paused.
    socket.resume();
  }

  #refusedByParent(leg: Leg, client: Client): void {
    if (this.#leg !== leg) return;
    this.#leg = null;
    leg.tapped.close({ code: failureCode('OVR_PARENT_PROXY'), detail: 'HTTP 407' });
    leg.socket.destroy();
    this.#fail(leg.target, client, new UpstreamError('OVR_PARENT_PROXY', 'HTTP 407'), false);
  }

  #onOriginData(leg: Leg, bytes: Buffer): void {
    if (this.#leg !== leg) return;
    if (this.#tied) {
      leg.tapped.bytes('down', bytes);
      if (!this.#phone.write(bytes)) leg.socket.pause();
      return;
    }
    const length = leg.watch.read(bytes);
    if (length > 0) {
      const part = length === bytes.length ? bytes : bytes.subarray(0, length);
      leg.tapped.bytes('down', part);
      if (!this.#phone.write(part)) leg.socket.pause();
    }
    if (leg.watch.unsolicited) {
      this.#leg = null;
      leg.tapped.close({ code: 'unsolicited-bytes', detail: `${bytes.length - length} bytes that no request asked for` });
      leg.socket.destroy();
    }
    this.#settle(leg);
  }

  /** After each answer: is what the phone waits for decided? */
  #settle(leg: Leg): void {
    if (leg.watch.upgraded) this.#tied = true;
    if (this.#waiting === 'upgrade' && (this.#tied || leg.watch.last || leg.watch.finals > this.#finalsBeforeUpgrade)) this.#waiting = null;
    if (leg.watch.idle) {
      if (this.#waiting === 'idle') this.#waiting = null;
      if (this.#body === null && !this.#tied) this.#phone.setTimeout(limits.keepAliveMs);
      if (this.#phoneEnded && this.#held.length === 0) this.#endUp();
    }
    this.#pump();
  }

  #onOriginEnd(leg: Leg): void {
    if (this.#leg !== leg) return;
    if (leg.watch.idle && !leg.watch.last && this.#body === null && !this.#tied) {
      this.#dropLeg();
      return;
    }
    this.#phone.end();
    if (this.#tied) return;
    this.#over = true;
    leg.socket.end();
  }

  #onOriginClose(leg: Leg): void {
    if (this.#leg !== leg) {
      leg.tapped.close(null);
      return;
    }
    const orderly = leg.socket.readableEnded;
    const quiet = leg.watch.idle && !leg.watch.last && this.#body === null && !this.#tied;
    const whole = orderly && (this.#tied || leg.watch.last || leg.watch.idle);
    leg.tapped.close(quiet || whole ? null : { code: 'cut-short', detail: '' });
    this.#leg = null;
    if (quiet) return;
    this.#over = true;
    if (orderly) this.#phone.destroySoon();
    else breakOff(this.#phone);
  }
}
