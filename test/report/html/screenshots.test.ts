import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { Page } from '../../../src/report/html/page.js';
import { screenshots } from '../../../src/report/html/screenshots.js';
import { renderReport } from '../../../src/report/index.js';
import { buildReport } from '../../../src/report/session-report.js';
import { HOSTILE, sampleRecord } from '../sample-record.js';

const bytes = Uint8Array.of(0x89, 0x50);
const sha256 = createHash('sha256').update(bytes).digest('hex');
const picture = { n: 1, scene: 'launch', at: 1_795_000_000_000, mime: 'image/png', sha256, size: 2 } as const;
const report = buildReport({ ...sampleRecord(), screenshots: [picture, { ...picture, n: 2, sha256: '0'.repeat(64) }] });

test('every picture is listed; those that are given are shown, and said not to be masked', () => {
  const text = screenshots(new Page(report, 'en', new Map([[sha256, bytes]])))?.text ?? '';
  expect(text).toContain('screenshots/02.png');
  expect(text.match(/<img /g)).toHaveLength(1);
  expect(text).toContain('src="data:image/png;base64,iVA="');
  expect(text).toContain('not masked');
  expect(text).not.toContain(HOSTILE.scene);
  expect(screenshots(new Page(buildReport(sampleRecord()), 'en'))).toBeNull();
});

test('the document allows pictures only where it shows one', () => {
  const html = (pictures: ReadonlyMap<string, Uint8Array>) => String(renderReport(report, 'html', { language: 'zh-CN', pictures }));
  expect(html(new Map([[sha256, bytes]]))).toContain("default-src 'none'; img-src data:; style-src");
  expect(html(new Map())).not.toContain('img-src');
});
