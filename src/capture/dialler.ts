/** Policy and connection in one step, with every failure under a code that the phone and the record can be told. */
import type { Socket } from 'node:net';
import { CaptureError } from '../errors.js';
import type { Address, AddressPolicy, HostPort } from './address-policy.js';
import { isCauseCode } from './causes.js';
import { type PlainOrigin, type Upstream, UpstreamError, upstreamError } from './upstream.js';

export class Dialler {
  readonly #policy: AddressPolicy;
  readonly #upstream: Upstream;

  constructor(policy: AddressPolicy, upstream: Upstream) {
    this.#policy = policy;
    this.#upstream = upstream;
  }

  /**
   * Resolves and judges, then begins to connect without waiting for it, so that a refusal can be the answer to CONNECT while the
   * connection overlaps with what the phone says next.
   * @throws UpstreamError where the destination is refused or has no address.
   */
  begin(target: HostPort): Promise<{ readonly origin: Promise<Socket> }> {
    return this.#begin(target, (addresses) => this.#upstream.connect(target.host, target.port, addresses));
  }

  async #begin<Origin>(
    target: HostPort,
    connect: (addresses: readonly Address[]) => Promise<Origin>,
  ): Promise<{ readonly origin: Promise<Origin> }> {
    try {
      const origin = connect(await this.#addresses(target));
      // Whoever needs the origin meets its failure; until then it must not count as unhandled, which would end the process.
      origin.catch(() => undefined);
      return { origin };
    } catch (error) {
      if (!(error instanceof CaptureError)) throw upstreamError(error);
      if (error.code === 'OVR_DNS') throw new UpstreamError('OVR_UPSTREAM_DNS', '', error);
      throw isCauseCode(error.code) ? new UpstreamError(error.code, '', error) : upstreamError(error);
    }
  }

  /** Inside a company only the parent proxy may be able to resolve a name: it is then asked by name, and judges for itself. */
  async #addresses({ host, port }: HostPort): Promise<readonly Address[]> {
    try {
      return await this.#policy.destination(host, port);
    } catch (error) {
      if (error instanceof CaptureError && error.code === 'OVR_DNS' && this.#upstream.goesByParent(host, [])) return [];
      throw error;
    }
  }

  /** @throws UpstreamError */
  async dial(target: HostPort): Promise<Socket> {
    const { origin } = await this.begin(target);
    try {
      return await origin;
    } catch (error) {
      throw upstreamError(error);
    }
  }

  /** For plain requests. @throws UpstreamError */
  async dialPlain(target: HostPort): Promise<PlainOrigin> {
    const { origin } = await this.#begin(target, (addresses) => this.#upstream.connectPlain(target.host, target.port, addresses));
    try {
      return await origin;
    } catch (error) {
      throw upstreamError(error);
    }
  }

  /** The origin's address; null where only a parent proxy knows it. */
  addressOf(origin: Socket): string | null {
    return this.#upstream.addressOf(origin);
  }
}
