import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { tellError } from '../../src/cli/tell-error.js';
import { createTerminal } from '../../src/cli/terminal.js';
import { type OverreachError, RuleError, StoreError } from '../../src/errors.js';

function told(error: OverreachError, language: 'zh-CN' | 'en'): string {
  const lines: string[] = [];
  const output = new PassThrough().on('data', (chunk: Buffer) => lines.push(chunk.toString()));
  tellError(createTerminal(new PassThrough(), output, { NO_COLOR: '1' }), error, language);
  return lines.join('');
}

test('an error is told with its next step, and in Chinese unless English is wanted', () => {
  const error = new StoreError('OVR_STORE_FULL', 'The disk is full\u001b[2J.', { next: 'Free some.' });
  expect(told(error, 'en')).toMatch(/^OVR_STORE_FULL The disk is full[^\u001b]*\n {2}→ Free some\.\n$/);
  expect(told(error, 'zh-CN')).toContain('\n  磁盘已满');
});

test('incident: what was wrong with a rule, and in which line, was told in English alone', () => {
  const error = new RuleError('house/pack.yaml', 3, 'version', { zh: '版本写作 1.2.3', en: 'a version is written "1.2.3"' });
  expect(told(error, 'zh-CN')).toContain('\n  house/pack.yaml 第 3 行，version：版本写作 1.2.3。改正该行后');
  expect(told(error, 'en')).not.toMatch(/\p{Script=Han}/u);
});
