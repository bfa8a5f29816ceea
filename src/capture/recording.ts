import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { InputError } from '../errors.js';
import { limits } from '../limits.js';
import type { Exchange } from '../model/exchange.js';
import { isFlowFile, readFlows } from './flow-file.js';
import { harExchanges, type Missed } from './har.js';

/** Who wants to know what becomes of a recording while it is read. */
export interface RecordingWatch {
  /** Bytes read so far, of how many. */
  progress?(done: number, total: number): void;
  /** A part that nobody could look into; without this the first of them is an error. */
  missed?(what: Missed): void;
}

/**
 * Recorded traffic as exchanges, one at a time: a HAR, or a flow file of mitmproxy. Its content tells which, not its name. The file is
 * read while exchanges are asked for, and closed when nobody asks any more.
 * @throws InputError `OVR_HAR_*`, `OVR_FLOW_*`, `OVR_PCAP`, also after exchanges were handed out; `OVR_HAR_READ` where the disk fails.
 */
export function* readRecording(path: string, watch: RecordingWatch = {}): Generator<Exchange> {
  const missed = watch.missed?.bind(watch);
  const pieces = filePieces(path, watch);
  const first = pieces.next();
  // Nothing of the first piece is lost by looking at it: it is handed on before the next one is read.
  const all = (function* (): Generator<Uint8Array> {
    if (first.done !== true) yield first.value;
    yield* pieces;
  })();
  try {
    const head = first.done === true ? new Uint8Array(0) : first.value.subarray(0, 32);
    refusePcap(head, path);
    yield* isFlowFile(head) ? readFlows(all, path, missed) : harExchanges(all, path, missed);
  } finally {
    pieces.return(undefined);
  }
}

/** One buffer serves for all pieces: whoever wants to keep bytes copies them. */
function* filePieces(path: string, watch: RecordingWatch): Generator<Uint8Array> {
  const file = guarded(path, () => openSync(path, 'r'));
  try {
    const total = fstatSync(file).size;
    const buffer = Buffer.allocUnsafeSlow(limits.harPiece);
    let done = 0;
    for (;;) {
      const read = guarded(path, () => readSync(file, buffer, 0, buffer.length, null));
      if (read === 0) return;
      done += read;
      yield buffer.subarray(0, read);
      watch.progress?.(done, Math.max(total, done));
    }
  } finally {
    closeSync(file);
  }
}

function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** What the disk or the rights refused. */
export function unreadable(path: string, cause: unknown): InputError {
  return new InputError('OVR_HAR_READ', `Cannot read ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, {
    next: 'Check its rights.',
    cause,
  });
}

/** Packet captures (pcap in both byte orders and both resolutions, pcapng) hold what was on the wire: encrypted. */
function refusePcap(head: Uint8Array, path: string): void {
  const magic = Buffer.from(head.subarray(0, 4)).toString('hex');
  if (!['d4c3b2a1', 'a1b2c3d4', '4d3cb2a1', 'a1b23c4d', '0a0d0d0a'].includes(magic)) return;
  throw new InputError('OVR_PCAP', `${path} is a packet capture; its packets are encrypted and are not read`, {
    next: 'Record again with decryption and export HAR: in PCAPdroid switch on TLS decryption and export the HTTP log as HAR; or audit the phone with "overreach start".',
  });
}
