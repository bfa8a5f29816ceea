import { execFileSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../../src/cli/pdf.js';
import type { SessionReport } from '../../src/model/report.js';
import { readArchive, sourceOf } from '../../src/report/evidence-archive.js';
import { verifyEvidence } from '../../src/report/evidence-check.js';
import { commandLine } from '../cli/recorded-cli.js';
import { installed } from './official.js';
import { runProgram, temporaryFolder } from './program.js';

const canReadPdf = installed('pdftotext', '-v') && findBrowser(process.env) !== null;

/** What is handed over of a whole session with every kind of payload: the demo's. */
const folder = temporaryFolder();
const program = (...args: string[]) => runProgram(folder.path, args);
const at = (name: string) => join(folder.path, name);
/** What the demo's test person is called, lives at, and carries; made anew by every run. */
let planted: string[] = [];

beforeAll(async () => {
  expect((await program('demo', '--json')).code).toBe(0);
  const { stdout } = await program('report', 'latest', '--format', 'json', '--show-values');
  const report = JSON.parse(stdout) as SessionReport;
  planted = [
    ...new Set(
      report.findings
        .filter((finding) => finding.grade === 'confirmed' && finding.verdict !== 'technical')
        .flatMap((finding) => finding.occurrences.map((occurrence) => occurrence.value ?? '')),
    ),
  ].filter((value) => value.length >= 2);
  expect(planted.length).toBeGreaterThanOrEqual(8);
});
afterAll(() => folder.remove());

function everyReading(text: string): string {
  const found = [text, text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'))];
  for (const [run] of text.matchAll(/[A-Za-z0-9+/_-]{16,}={0,2}/g)) found.push(Buffer.from(run, 'base64').toString('utf8'));
  return found.join('\n');
}

describe('HAR', () => {
  test('masked: none of the values, in any reading; the raw one has them and is 0600', async () => {
    const { code, stdout } = await program('report', 'latest', '--format', 'har');
    expect(code).toBe(0);
    const readings = everyReading(stdout);
    expect(planted.filter((value) => readings.includes(value))).toEqual([]);
    const raw = await program('report', 'latest', '--format', 'har', '--raw', '--yes', '--out', at('raw.har'));
    expect(raw.code).toBe(0);
    expect(statSync(at('raw.har')).mode & 0o777).toBe(0o600);
    const text = everyReading(readFileSync(at('raw.har'), 'utf8'));
    expect(planted.filter((value) => text.includes(value)).length).toBeGreaterThan(planted.length / 2);
    expect((await program('report', 'latest', '--format', 'har', '--raw')).code).toBe(2);
  });

  test('the raw one, checked again, shows what the session showed', async () => {
    await program('report', 'latest', '--format', 'har', '--raw', '--yes', '--out', at('again.har'));
    const [session, again] = await Promise.all([
      program('report', 'latest', '--format', 'json'),
      program('check', at('again.har'), '--category', 'ride_hailing', '--json'),
    ]);
    const types = (text: string) => new Set((JSON.parse(text) as SessionReport).findings.map((finding) => finding.dataType));
    const [seen, found] = [types(session.stdout), types(again.stdout)];
    for (const type of ['imei', 'phone_number', 'opaque_payload']) expect([seen.has(type), found.has(type)], type).toEqual([true, true]);
  });
});

describe('every format', () => {
  test('holds none of the values, whole or filtered; a filter is said in it', async () => {
    // In this process: one of its own for each format and filter would cost a minute.
    const here = commandLine({ PATH: process.env.PATH, OVERREACH_DATA_DIR: at('data') });
    const formats = ['html', 'json', 'csv', 'xlsx', 'markdown', 'sarif', 'junit', 'har', ...(canReadPdf ? ['pdf'] : [])];
    for (const format of formats) {
      const outputs: string[] = [];
      for (const only of [[], ['--only', 'verdict=beyond_necessary', '--only', 'party=third']]) {
        await here.run('report', 'latest', '--format', format, ...only, '--out', at('out'));
        const text = format === 'pdf' ? execFileSync('pdftotext', [at('out'), '-'], { encoding: 'utf8' }) : readFileSync(at('out'), 'utf8');
        const readings = everyReading(text);
        expect(
          planted.filter((value) => readings.includes(value)),
          format,
        ).toEqual([]);
        outputs.push(text);
      }
      expect((outputs[1]?.length ?? 0) < (outputs[0]?.length ?? 0), format).toBe(true);
    }
    here.remove();
    expect((await program('report', 'latest', '--only', 'verdict=guilty')).code).toBe(2);
  }, 240_000);
});

describe('evidence package', () => {
  test('intact as made, masked, and refused with the name of the file after one flipped byte', async () => {
    writeFileSync(at('shot.png'), Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(64, 7)]));
    expect((await program('scene', 'before_consent', '--screenshot', at('shot.png'), '--session', 'latest')).code).toBe(0);
    const made = await program('export', 'latest', '--evidence', at('evidence.zip'), '--json');
    expect(made.code).toBe(0);
    const { fingerprint } = JSON.parse(made.stdout) as { fingerprint: string };
    expect((await program('verify', at('evidence.zip'), '--key', fingerprint)).code).toBe(0);
    const bytes = readFileSync(at('evidence.zip'));
    const readings = everyReading(bytes.toString('utf8'));
    expect(planted.filter((value) => readings.includes(value))).toEqual([]);

    const members = readArchive(sourceOf(bytes)).entries;
    expect(members.map(({ path }) => path)).toContain('screenshots/01.png');
    for (const { path, at: begin, size } of members) {
      const changed = Buffer.from(bytes);
      const offset = begin + Math.floor(size / 2);
      changed[offset] = (changed[offset] ?? 0) ^ 1;
      expect(verifyEvidence(sourceOf(changed)), path).toMatchObject({ status: 'changed', changes: [{ file: path }] });
      writeFileSync(at('changed.zip'), changed);
    }
    const { code, stdout } = await program('verify', at('changed.zip'));
    expect([code, stdout.includes(members.at(-1)?.path ?? '')]).toEqual([1, true]);
    expect((await program('verify', at('raw.har'))).code).toBe(2);
  });
});

describe('difference', () => {
  test('of two scenes: what is only sent after consent, and what was sent before', async () => {
    const { code, stdout } = await program('diff', 'latest', '--scenes', 'before_consent', 'consented', '--json');
    expect(code).toBe(0);
    const diff = JSON.parse(stdout) as {
      new: Array<{ dataType: string }>;
      changed: Array<{ what: string[] }>;
      before: { exchanges: number };
    };
    expect(diff.new.map(({ dataType }) => dataType)).toContain('phone_number');
    expect(diff.before.exchanges).toBeGreaterThan(0);
    expect(diff.changed.filter(({ what }) => what.includes('scenes'))).toEqual([]);
  });
});
