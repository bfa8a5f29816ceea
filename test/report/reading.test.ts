import { expect, test } from 'vitest';
import { limits } from '../../src/limits.js';
import { readEvidence } from '../../src/report/reading.js';
import { buildReport } from '../../src/report/session-report.js';
import { finding, occurrence } from '../store/specimen.js';
import { sampleRecord } from './sample-record.js';

test('evidence is walked once, whatever a report needs of it', () => {
  const sample = sampleRecord();
  const asked: string[] = [];
  const record = {
    ...sample,
    occurrencesOf: (id: string) => {
      asked.push(id);
      return sample.occurrencesOf(id);
    },
  };
  buildReport(record, {});
  expect(asked.length).toBe(new Set(asked).size);
});

test('every finding has evidence, the report as a whole has a most, and what is left out is counted', () => {
  const many = limits.reportEvidence / 100;
  const findings = Array.from({ length: many }, (_, index) => finding(`f${index}`, { count: 150 }));
  const pieces = Array.from({ length: 150 }, (_, index) => occurrence(index, '490154203237518', { scene: index % 2 === 0 ? 'a' : null }));
  const reading = readEvidence({ ...sampleRecord(), findings, occurrencesOf: () => pieces }, findings, findings, true);
  expect(reading.findings.get('f0')?.listed).toHaveLength(100);
  expect(reading.findings.get('f0')?.byScene).toEqual({ '': 75, a: 75 });
  expect(reading.cut).toBe(many);
  expect([...reading.everywhere]).toEqual(['490154203237518']);
  expect(reading.byExchange.size).toBe(150);
});

test('values of technical findings and of unmasked reports are not gathered', () => {
  const [technical] = [finding('t', { verdict: 'technical' })];
  const record = { ...sampleRecord(), findings: [technical, finding('f')], occurrencesOf: () => [occurrence(1, 'secret')] };
  expect(readEvidence({ ...record, findings: [technical] }, [], [], true).everywhere.size).toBe(0);
  expect(readEvidence(record, record.findings, [], false).everywhere.size).toBe(0);
});

test('incident: a confirmed finding listed two hundred clues and not the one place that proved it', () => {
  const confirmed = finding('f', { grade: 'confirmed', count: 400 });
  const pieces = Array.from({ length: 400 }, (_, index) => occurrence(index, 'x', { grade: index === 390 ? 'confirmed' : 'probable' }));
  const { findings } = readEvidence({ ...sampleRecord(), findings: [confirmed], occurrencesOf: () => pieces }, [confirmed], [], false);
  const listed = findings.get('f')?.listed ?? [];
  expect(listed).toHaveLength(limits.reportOccurrences);
  expect(listed.at(-1)).toMatchObject({ exchange: 390, grade: 'confirmed' });
  expect(listed[0]).toMatchObject({ exchange: 0 });
});
