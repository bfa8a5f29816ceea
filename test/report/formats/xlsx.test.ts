import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { format } from '../../../src/report/formats/xlsx.js';
import { buildReport } from '../../../src/report/session-report.js';
import { HOSTILE, sampleRecord } from '../sample-record.js';

/** Entries of a stored archive, by its central directory. */
function unzip(bytes: Buffer): Map<string, string> {
  const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  const entries = new Map<string, string>();
  for (let n = 0; n < count; n++) {
    const [size, nameLength, offset] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt32LE(at + 42)];
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    entries.set(name, bytes.toString('utf8', offset + 30 + nameLength, offset + 30 + nameLength + size));
    at += 46 + nameLength;
  }
  return entries;
}

test('a workbook of four sheets, every part well-formed, no cell a formula', () => {
  const entries = unzip(Buffer.from(format.render(buildReport(sampleRecord(), { showValues: true }), { language: 'zh-CN' })));
  expect([...entries.keys()]).toEqual([
    '[Content_Types].xml',
    '_rels/.rels',
    'xl/workbook.xml',
    'xl/_rels/workbook.xml.rels',
    'xl/styles.xml',
    'xl/worksheets/sheet1.xml',
    'xl/worksheets/sheet2.xml',
    'xl/worksheets/sheet3.xml',
    'xl/worksheets/sheet4.xml',
  ]);
  const tags = new Set<string>();
  const texts: string[] = [];
  for (const xml of entries.values()) {
    const parser = new SaxesParser();
    parser.on('error', (error) => {
      throw error;
    });
    parser.on('opentag', ({ name }) => tags.add(name));
    parser.on('text', (text) => texts.push(text));
    parser.write(xml).close();
  }
  expect(tags.has('f'), 'formula elements').toBe(false);
  expect(texts).toContain(HOSTILE.host);
  expect(entries.get('xl/workbook.xml')).toContain('name="概要"');
});
