import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExchangeRow } from '../../src/model/audit.js';
import { type Body, EMPTY_BODY, type Exchange, type StreamMessage } from '../../src/model/exchange.js';
import type { Finding, Occurrence } from '../../src/model/finding.js';
import type { Connection, Session } from '../../src/model/session.js';
import { openStore, type Store } from '../../src/store/store.js';
import { occurrenceOf } from '../occurrence.js';

const folders: string[] = [];
const stores: Store[] = [];

/** A store of its own with the running session `s1`; closed and gone after `removeFolders()`. */
export function recordingStore(dir = dataFolder()): Store {
  const store = openStore({ dir });
  store.createSession(session(), RULES);
  stores.push(store);
  return store;
}

/** A data folder of its own, gone after `removeFolders()`. */
export function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'overreach-store-'));
  folders.push(folder);
  return folder;
}

export function removeFolders(): void {
  for (const store of stores.splice(0)) store.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export const RULES = { pack: 'cn-2021', version: '1', sha256: 'ab'.repeat(32) };

export function session(id = 's1', change: Partial<Session> = {}): Session {
  return {
    id,
    startedAt: 1_800_000_000_000,
    endedAt: null,
    status: 'running',
    source: 'proxy',
    subject: { app: 'Demo', categories: { main: ['ride_hailing'] }, context: {}, firstPartyDomains: ['demo.test'], declared: null },
    device: 'Pixel',
    scenes: [{ id: 'a', name: '启动', consent: 'before_consent', startedAt: 1_800_000_000_000, endedAt: null }],
    ...change,
  };
}

export function body(text: string | Uint8Array): Body {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return { bytes, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), truncated: false };
}

export function exchange(seq: number, change: Partial<Exchange> = {}): Exchange {
  return {
    seq,
    source: 'proxy',
    connection: 'c1',
    client: { address: '192.0.2.7', port: 40_000, user: null },
    serverAddress: '198.51.100.9',
    secure: true,
    startedAt: 1_800_000_000_000 + seq,
    requestEndedAt: 1_800_000_000_001 + seq,
    responseStartedAt: null,
    endedAt: null,
    request: {
      method: 'POST',
      target: `/v1/report?n=${seq}`,
      url: `https://api.demo.test/v1/report?n=${seq}`,
      httpVersion: '1.1',
      headers: [
        ['Host', 'api.demo.test'],
        ['Content-Type', 'application/json'],
      ],
      trailers: [],
      body: body(`{"n":${seq},"device_id":"dev-${seq}"}`),
    },
    response: {
      status: 200,
      statusText: 'OK',
      httpVersion: '1.1',
      headers: [['Content-Type', 'application/json']],
      trailers: [],
      body: body('{"ok":true}'),
    },
    messages: [],
    failure: null,
    warnings: [],
    ...change,
  };
}

export function row(of: Exchange, change: Partial<ExchangeRow> = {}): ExchangeRow {
  return {
    seq: of.seq,
    at: of.startedAt,
    method: of.request.method,
    url: of.request.url,
    host: new URL(of.request.url).hostname,
    status: of.response?.status ?? null,
    secure: of.secure,
    app: 'main',
    scene: 'a',
    client: '192.0.2.7',
    bytesUp: 100,
    bytesDown: 50,
    evidence: 0,
    failure: of.failure,
    warnings: of.warnings,
    ...change,
  };
}

export function message(index: number, text: string): StreamMessage {
  return {
    index,
    direction: 'request',
    kind: 'ws',
    text: true,
    at: 1_800_000_000_000 + index,
    body: text === '' ? EMPTY_BODY : body(text),
  };
}

export function finding(id: string, change: Partial<Finding> = {}): Finding {
  return {
    id,
    app: 'main',
    dataType: 'imei',
    family: 'device_id',
    grade: 'confirmed',
    placeholder: false,
    verdict: 'beyond_necessary',
    reason: { zh: '不在清单内', en: 'not on the list', article: '5(2)' },
    issues: [],
    party: {
      host: 'ads.example.test',
      registrableDomain: 'example.test',
      company: null,
      sdk: null,
      purpose: null,
      firstParty: false,
      country: null,
      reason: { zh: '无', en: 'none' },
    },
    count: 1,
    firstSeen: 1_800_000_000_000,
    lastSeen: 1_800_000_000_000,
    ...change,
  };
}

export function occurrence(of: number, value: string, change: Partial<Occurrence> = {}): Occurrence {
  return occurrenceOf({
    value,
    exchange: of,
    at: 1_800_000_000_000 + of,
    url: 'https://ads.example.test/collect',
    host: 'ads.example.test',
    scene: 'a',
    tag: 'tag',
    ...change,
  });
}

export function connection(id: string, change: Partial<Connection> = {}): Connection {
  return {
    id,
    at: 1_800_000_000_000,
    client: { address: '192.0.2.7', port: 40_000, user: null },
    host: 'pinned.example.test',
    port: 443,
    serverAddress: null,
    protocol: null,
    reach: 'pinned',
    cause: { code: 'pinned', text: { zh: '证书锁定', en: 'pinned' } },
    bytesUp: 0,
    bytesDown: 0,
    notAnalysed: 0,
    ...change,
  };
}
