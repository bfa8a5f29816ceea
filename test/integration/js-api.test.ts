import { readFileSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { connect as tlsConnect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditHandle } from '../../src/index.js';
import { type Origin, startOrigin, temporaryFolder } from './program.js';

/** What `import ... from 'overreach'` gives: the built entry of the package. */
const overreach = (await import(new URL('../../dist/index.js', import.meta.url).href)) as typeof import('../../src/index.js');

const folder = temporaryFolder();
const dataDir = join(folder.path, 'data');
const PERSONA = { phone_number: '13900000000', imei: ['490154203237518'] } as const;
let origin: Origin;

beforeAll(async () => {
  origin = await startOrigin(folder.path);
});
afterAll(async () => {
  await origin.close();
  folder.remove();
});

/** A client behind the proxy, over TLS, as the app under test would be. */
function post(audit: AuditHandle, path: string, body: unknown): Promise<number> {
  return new Promise((resolve, reject) => {
    const target = `localhost:${origin.httpsPort}`;
    const connect = httpRequest({ host: audit.host, port: audit.port, method: 'CONNECT', path: target });
    connect.once('error', reject);
    connect.once('connect', (_, socket: Socket) => {
      const secure = tlsConnect({ socket, servername: 'localhost', ca: readFileSync(audit.ca) });
      secure.once('error', reject);
      const request = httpRequest({
        host: 'localhost',
        path,
        method: 'POST',
        createConnection: () => secure,
        headers: { 'content-type': 'application/json', connection: 'close' },
      });
      request.once('error', reject);
      request.once('response', (response) => {
        response.resume();
        response.once('end', () => {
          secure.destroy();
          resolve(response.statusCode ?? 0);
        });
      });
      request.end(JSON.stringify(body));
    });
    connect.end();
  });
}

describe('a test script', () => {
  test('starts the proxy, marks scenes, asserts on findings, and gets the report', async () => {
    const audit = await overreach.startAudit({
      category: 'news',
      app: 'Demo 1.0',
      persona: PERSONA,
      dataDir,
      allowLoopback: true,
      upstreamCa: origin.ca,
    });
    try {
      expect(audit.proxy).toBe(`http://127.0.0.1:${audit.port}`);
      expect(await audit.findings()).toEqual([]);

      await audit.scene('launch', 'before_consent');
      expect(await post(audit, '/launch', { device: { imei: PERSONA.imei[0] } })).toBe(200);
      const [early] = await audit.findings();
      expect(early).toMatchObject({ dataType: 'imei', grade: 'confirmed', verdict: 'beyond_necessary', party: { host: 'localhost' } });
      expect(early?.issues.map((issue) => issue.check)).toContain('before_consent');

      await audit.scene('login', 'consented');
      expect(await post(audit, '/login', { phone: PERSONA.phone_number })).toBe(200);
      const interim = await audit.report();
      expect(interim.session).toMatchObject({ app: 'Demo 1.0', category: 'news', status: 'running' });
      expect(interim.session.scenes.map(({ name, consent }) => [name, consent])).toEqual([
        ['launch', 'before_consent'],
        ['login', 'consented'],
      ]);
      const phone = interim.findings.find((finding) => finding.dataType === 'phone_number');
      expect(phone?.occurrences[0]?.scene).toBe(interim.session.scenes[1]?.id);
      expect(JSON.stringify(interim)).not.toContain(PERSONA.phone_number);
      await audit.endScene();
    } finally {
      await audit.stop();
    }
    const report = await audit.stop();
    expect(report.session.status).toBe('ended');
    expect(overreach.failing(report).map((finding) => finding.dataType)).toEqual(expect.arrayContaining(['imei', 'phone_number']));
    expect(overreach.inconclusive(report)).toEqual([]);
    await expect(post(audit, '/after', {})).rejects.toThrow();
  });

  test('incident: a script whose phone was never connected saw nothing fail, and had no way to ask whether anything was looked at', async () => {
    const report = await (await overreach.startAudit({ dataDir })).stop();
    expect([overreach.failing(report), overreach.inconclusive(report)]).toEqual([[], ['no-traffic', 'no-category']]);
  });

  test('what a build sends more than the last is one call away', async () => {
    const record = async (extra: object): Promise<import('../../src/index.js').SessionReport> => {
      const audit = await overreach.audit.start({
        category: 'news',
        persona: PERSONA,
        dataDir,
        allowLoopback: true,
        upstreamCa: origin.ca,
      });
      try {
        await post(audit, '/start', { phone: PERSONA.phone_number, ...extra });
      } finally {
        await audit.stop();
      }
      return audit.stop();
    };
    const [one, two] = [await record({}), await record({ imei: PERSONA.imei[0] })];
    expect(overreach.diffReports(one, two).new.map((entry) => entry.dataType)).toEqual(['imei']);
  });

  test('options that do not hold are refused with a code, and nothing is left running', async () => {
    await expect(overreach.startAudit({ dataDir, category: 'newz' })).rejects.toMatchObject({ code: 'OVR_CATEGORY' });
    await expect(overreach.startAudit({ dataDir, persona: { imei: [] } })).rejects.toBeInstanceOf(overreach.InputError);
    await expect(overreach.startAudit({ dataDir, listen: 'nowhere' })).rejects.toBeInstanceOf(overreach.UsageError);
  });
});

describe('a recording', () => {
  const har = JSON.stringify({
    log: {
      version: '1.2',
      creator: { name: 'test', version: '1' },
      entries: [
        {
          startedDateTime: '2026-01-01T00:00:00.000Z',
          request: {
            method: 'POST',
            url: 'https://api.example.test/v1',
            headers: [],
            postData: { mimeType: 'application/json', text: JSON.stringify({ imei: PERSONA.imei[0] }) },
          },
          response: { status: 200, headers: [], content: {} },
        },
      ],
    },
  });

  test('is judged from its text or its file alike', () => {
    const options = { category: 'news', persona: PERSONA, firstParty: ['example.test'], dataDir } as const;
    const report = overreach.auditHar(har, options);
    expect(report.findings).toMatchObject([{ dataType: 'imei', verdict: 'beyond_necessary', party: { firstParty: true } }]);
    expect(report.findings[0]?.occurrences[0]).not.toHaveProperty('value');
    expect(overreach.auditHar(har, { ...options, showValues: true }).findings[0]?.occurrences[0]?.value).toBe(PERSONA.imei[0]);
    const file = join(folder.path, 'a.har');
    writeFileSync(file, har);
    expect(overreach.auditHar(file, options)).toEqual(report);
  });

  test('a file that is none is refused with its code', () => {
    expect(() => overreach.auditHar('nowhere.har', { dataDir })).toThrow(overreach.InputError);
    expect(() => overreach.auditHar('{"log":', { dataDir })).toThrow(expect.objectContaining({ code: 'OVR_HAR_TRUNCATED' }));
  });
});
