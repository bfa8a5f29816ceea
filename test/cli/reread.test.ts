import { afterAll, expect, test, vi } from 'vitest';
import type { AuditSetup } from '../../src/cli/audit-setup.js';
import { RULES_DIR } from '../../src/cli/place.js';
import { judgeAgain } from '../../src/cli/rejudge.js';
import { reread } from '../../src/cli/reread.js';
import { readSettings } from '../../src/cli/settings.js';
import { storeSink } from '../../src/cli/store-sink.js';
import { findSession } from '../../src/cli/stored.js';
import { linkProto } from '../../src/decode/index.js';
import type { Exchange } from '../../src/model/exchange.js';
import type { Occurrence } from '../../src/model/finding.js';
import type { ProtoSchema } from '../../src/model/proto.js';
import type { Persona } from '../../src/model/session.js';
import { parseCountries } from '../../src/rulebook/country.js';
import { loadRulebook } from '../../src/rulebook/load.js';
import { createAudit } from '../../src/session/audit.js';
import { openStore } from '../../src/store/index.js';
import { bodyOf, exchangeOf, sessionOf } from '../session/traffic.js';
import { commandLine } from './recorded-cli.js';

const { home, remove } = commandLine();
const rulebook = loadRulebook({ dir: RULES_DIR });
const store = openStore({ dir: home });
afterAll(() => {
  store.close();
  remove();
});

const SECRET = 'Zx9-only-the-persona-knows';
const persona: Persona = { values: { nickname: [SECRET] }, salts: [], keys: [] };
const setup: AuditSetup = {
  settings: readSettings({ dataDir: home }, { env: { HOME: home }, cwd: home }),
  rulebook,
  persona: null,
  schemas: [],
  given: { app: null, categories: {}, context: {}, firstPartyDomains: [], declared: null },
  responses: false,
  countries: null,
};

function recorded(id: string, exchanges: readonly Exchange[], add: readonly Occurrence[] = [], schemas: readonly ProtoSchema[] = []): void {
  const session = sessionOf({ id, status: 'ended' });
  store.createSession(session, { pack: 'cn-2021', version: '1', sha256: '0' });
  const writer = store.writer(id);
  const sink = storeSink(store, writer, id);
  const audit = createAudit({ session, rulebook, persona, schemas, tagKey: new Uint8Array(32), sink });
  for (const exchange of exchanges) audit.exchange(exchange);
  audit.drain();
  for (const occurrence of add) {
    const finding = store.findings(id)[0] ?? audit.findings()[0];
    if (finding === undefined) throw new Error('nothing found');
    writer.occurrence(finding.id, occurrence);
  }
  sink.commit();
}
const again = (id: string, change: Partial<AuditSetup> = {}) => reread(store, findSession(store, id), { ...setup, ...change });
const pieces = (id: string) => store.findings(id).flatMap((finding) => store.occurrences(id, finding.id));
const typesOf = (result: ReturnType<typeof again>) =>
  result.findings.map(({ dataType, grade }) => (grade === 'confirmed' ? `${dataType} confirmed` : dataType)).sort();

test('proof keeps its place against what the same value only looks like', () => {
  recorded('proof', [exchangeOf(0, 'https://api.example.test/v1', `{"nickname":"${SECRET}","imei":"490154203237518"}`)]);
  const result = again('proof');
  expect(typesOf(result)).toEqual(['imei', 'nickname confirmed']);
  expect(result).toMatchObject({ kept: 1, keptOfPersona: 1 });
  expect(result.rows).toEqual([]);
  // With the persona it is found again, not kept.
  expect(again('proof', { persona })).toMatchObject({ kept: 0 });
  // Another test person was never there: what that one's values do not show is read as anybody's nickname.
  expect(typesOf(again('proof', { persona: { ...persona, values: { nickname: ['someone else'] } } }))).toEqual(['imei', 'nickname']);
});

test('that values came late is forgotten once they were looked for in everything, not before', () => {
  recorded('late', [exchangeOf(0, 'https://api.example.test/v1', `{"who":"${SECRET}"}`)]);
  const stored = findSession(store, 'late');
  store.updateSession({ ...stored, subject: { ...stored.subject, knownSince: { at: 1, exchanges: 1 } } });
  expect(again('late').record.session.subject.knownSince).toEqual({ at: 1, exchanges: 1 });
  expect(again('late', { persona }).record.session.subject.knownSince).toBeUndefined();
});

test('evidence that only a key of the persona opened is kept, and its payload is not called unreadable', () => {
  const exchange = exchangeOf(0, 'https://api.example.test/v1', `{"nickname":"${SECRET}"}`);
  recorded('keyed', [exchange]);
  const [proof] = pieces('keyed');
  if (proof === undefined) throw new Error('nothing found');
  const { detector: _detector, ...rest } = proof;
  recorded(
    'keyed-2',
    [exchange],
    [
      {
        ...rest,
        detector: 'pattern',
        dataType: 'imei',
        grade: 'strong',
        path: 'body.$.data|base64|aes-128-cbc|json$.imei',
        steps: ['json', 'base64', 'aes-128-cbc', 'json'],
      },
    ],
  );
  const result = again('keyed-2');
  expect(result.kept).toBe(2);
  expect(typesOf(result)).toContain('imei');
});

test('evidence behind a module is kept, and the module named, unless that very step is brought again', () => {
  const exchange = exchangeOf(0, 'https://api.example.test/v1', `{"nickname":"${SECRET}"}`);
  recorded('module', [exchange]);
  const [proof] = pieces('module');
  if (proof === undefined) throw new Error('nothing found');
  recorded(
    'module-2',
    [exchange],
    [{ ...proof, path: 'body.$.data|base64|hook-open|json$.nickname', steps: ['json', 'base64', 'hook-open', 'json'] }],
  );
  const modules = [{ file: './open.mjs', step: 'hook-open', sha256: '11', code: 'export const open = () => null;', where: null }];
  const other = [{ ...modules[0]!, step: 'hook-other' }];
  expect(again('module-2', { persona }).kept).toBe(1);
  expect(again('module-2', { persona: { ...persona, modules: other } }).kept).toBe(1);
  expect(again('module-2', { persona: { ...persona, modules } }).kept).toBe(0);
});

test('what was found in bytes that were not stored, and in the second reading of a request, stays even with the persona', () => {
  const ambiguous = exchangeOf(0, 'https://api.example.test/v1', `{"a":"${SECRET}"}`, {
    warnings: [{ code: 'conflicting-content-length', detail: '1, 2' }],
  });
  recorded('two', [ambiguous]);
  expect(again('two', { persona })).toMatchObject({ kept: 1, keptOfPersona: 0 });
  const [found] = pieces('two');
  if (found === undefined) throw new Error('nothing found');
  recorded('raw', [exchangeOf(0, 'https://api.example.test/v1', `{"a":"${SECRET}"}`)], [{ ...found, method: 'RAW', exchange: 9 }]);
  expect(again('raw', { persona }).findings.map(({ count }) => count)).toEqual([2]);
});

test('a rule that is gone takes its evidence along; lines are counted anew', () => {
  recorded('fewer', [exchangeOf(0, 'https://api.example.test/v1', '{"imei":"490154203237518","phone":"13900000000"}')]);
  const without = { ...rulebook, dataTypes: rulebook.dataTypes.filter(({ id }) => id !== 'imei') };
  const result = again('fewer', { rulebook: without });
  expect(typesOf(result)).toEqual(['phone_number']);
  expect(result.rows).toMatchObject([{ seq: 0, evidence: 1 }]);
});

test('a table of address registrations brought later is used; the answer is the same as in a live session that had it', () => {
  recorded('abroad', [exchangeOf(0, 'https://api.example.test/v1', '{"imei":"490154203237518"}')]);
  const issues = (result: ReturnType<typeof again>) => result.findings.flatMap((finding) => finding.issues.map(({ check }) => check));
  expect(issues(again('abroad'))).not.toContain('abroad');
  const countries = parseCountries('203.0.113.0/24,JP', 'c.csv');
  const result = again('abroad', { countries });
  expect(issues(result)).toContain('abroad');
  expect(result.findings[0]?.party.country).toBe('JP');
  expect(result.record.partyOf?.('api.example.test').country).toBe('JP');
});

test('incident: evidence in a message of a stream, or an answer, that a full disk had refused was gone after judging again', () => {
  recorded('refused', [exchangeOf(0, 'https://api.example.test/v1', `{"nickname":"${SECRET}"}`)]);
  const [proof] = pieces('refused');
  if (proof === undefined) throw new Error('nothing found');
  const inStream = { ...proof, message: 4, path: 'ws[4].$.nickname' };
  const inAnswer = { ...proof, direction: 'response' as const };
  recorded('refused-2', [exchangeOf(0, 'https://api.example.test/v1', `{"nickname":"${SECRET}"}`)], [inStream, inAnswer]);
  const result = again('refused-2', { persona });
  expect(result).toMatchObject({ kept: 2, keptOfPersona: 0, keptOfProto: 0 });
  expect(result.evidence.map(([, { message, direction }]) => [message, direction])).toEqual([
    [null, 'request'],
    [4, 'request'],
    [null, 'response'],
  ]);
});

test('incident: what a protobuf definition had given its name was gone after judging again without it', () => {
  const field = (number: number, value: Uint8Array | string) => {
    const bytes = Buffer.from(value);
    return Buffer.concat([Buffer.from([number * 8 + 2, bytes.length]), bytes]);
  };
  const body = Buffer.concat([field(1, 'a quiet sky'), field(2, field(2, '1990-02-03'))]);
  const source = { path: 'a.proto', file: 'a.proto' };
  const text = 'message Report { string nickname = 1; Device device = 2; } message Device { string birthday = 2; }';
  const schemas = [linkProto([{ ...source, text }], null, () => null)];
  const plain = exchangeOf(0, 'https://api.example.test/v1', '-');
  const exchange = {
    ...plain,
    request: { ...plain.request, headers: [['Content-Type', 'application/x-protobuf']] as const, body: bodyOf(body) },
  };
  recorded('proto', [exchange], [], schemas);
  expect(again('proto', { schemas })).toMatchObject({ kept: 0 });
  const result = again('proto');
  expect(typesOf(result)).toEqual(['birth_date', 'nickname']);
  expect(result).toMatchObject({ kept: 2, keptOfPersona: 0, keptOfProto: 2 });
});

test('a message whose analysis failed once, and is read now, does not count as not analysed any more', () => {
  recorded('mended', [exchangeOf(0, 'https://api.example.test/v1', '{}', { warnings: [{ code: 'analysis-failed', detail: 'a fault' }] })]);
  const writer = store.writer('mended');
  writer.notAnalysed(3);
  writer.flush();
  expect(again('mended').record.traffic.notAnalysed).toBe(2);
});

test('incident: what could not be analysed when a session was judged again stood in that answer only, and in no report after it', () => {
  recorded('faulty', [exchangeOf(0, 'https://api.example.test/v1', '{"imei":"490154203237518"}')]);
  const writer = store.writer('faulty');
  writer.notAnalysed(2);
  writer.flush();
  const exchanges = [...store.exchanges('faulty')];
  // A body that cannot be read stands for any fault in a decoder.
  const broken = exchanges.map((exchange) => ({
    ...exchange,
    request: {
      ...exchange.request,
      body: {
        ...exchange.request.body,
        get bytes(): Uint8Array {
          throw new TypeError('a decoder fault');
        },
      },
    },
  }));
  const spy = vi.spyOn(store, 'exchanges');
  const judged = (of: readonly Exchange[]) => {
    spy.mockReturnValueOnce(of.values());
    judgeAgain(store, findSession(store, 'faulty'), setup, false);
    return store.traffic('faulty').notAnalysed;
  };
  // Twice the same failure is one, and none once it is read.
  expect([judged(broken), judged(broken)]).toEqual([3, 3]);
  expect(store.exchangeRows('faulty', {}).rows[0]?.warnings).toEqual([{ code: 'analysis-failed', detail: 'a decoder fault' }]);
  expect(judged(exchanges)).toBe(2);
  expect(store.exchangeRows('faulty', {}).rows[0]?.warnings).toEqual([]);
  spy.mockRestore();
});
