import { expect, test } from 'vitest';
import { facts, Page, paragraphs, table } from '../../../src/report/html/page.js';
import { buildReport } from '../../../src/report/session-report.js';
import { HOSTILE, sampleRecord } from '../sample-record.js';

const report = buildReport(sampleRecord());

test('findings and receivers have numbers that sections share', () => {
  const page = new Page(report, 'en');
  expect(page.finding({ id: 'f-imei-ads' })).toBe('F-01');
  expect(page.receiver('api.chuxing.test')).toBe('R1');
  expect(page.receiver('none')).toBe('');
});

test('text, scenes and lists follow the language', () => {
  const [zh, en] = [new Page(report, 'zh-CN'), new Page(report, 'en')];
  expect([zh.say('甲', 'a'), en.say('甲', 'a')]).toEqual(['甲', 'a']);
  expect([zh.list(['1', '2']), en.list(['1', '2'])]).toEqual(['1、2', '1, 2']);
  expect([zh.scene('launch'), zh.scene('gone'), en.scene(null)]).toEqual([HOSTILE.scene, 'gone', 'not marked']);
  expect(zh.none().text).toContain('无');
});

test('tables and lists escape their cells', () => {
  expect(table('<c>', [{ head: '<h>', kind: 'num' }], [['<x>']]).text).toBe(
    '<table><caption>&lt;c&gt;</caption><thead><tr><th scope="col" class="num">&lt;h&gt;</th></tr></thead><tbody><tr><td class="num">&lt;x&gt;</td></tr></tbody></table>',
  );
  expect(facts([['<n>', '<v>']]).text).toBe('<dl class="facts"><div><dt>&lt;n&gt;</dt><dd>&lt;v&gt;</dd></div></dl>');
  expect(paragraphs('a\n<b>').text).toBe('<p>a</p><p>&lt;b&gt;</p>');
});
