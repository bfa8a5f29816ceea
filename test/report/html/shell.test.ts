import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { html } from '../../../src/report/html/markup.js';
import { documentOf } from '../../../src/report/html/shell.js';

const tool = { name: 'overreach', version: '1' };

test('nothing may be loaded or run: the policy names the one style sheet by its digest', () => {
  const document = documentOf({ language: 'en', title: '<x>', tool, pictures: false }, html`<p>body</p>`);
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(document)?.[1] ?? '';
  const style = /<style>([\s\S]*)<\/style>/.exec(document)?.[1] ?? '';
  expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('img-src');
  expect(document).toContain('<title>&lt;x&gt;</title>');
  expect(document).toContain('<main>\n<p>body</p>\n</main>');
});

test('pictures may be shown where they stand in the document itself', () => {
  expect(documentOf({ language: 'zh-CN', title: '', tool, pictures: true }, html``)).toContain('img-src data:;');
});
